"""Samples 样稿: a paper that was never issued, made to be looked at. It says so in its title, text, seal and number."""

from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from papers.content import PaperContent

MARK = "样稿"
NOTE = "【样稿】本页只供核对文字，没有编号，没有任何效力。"
NOTE_EN = "[Sample] This is for checking the words only. It has no number and no effect whatsoever."


def sampled(content: PaperContent) -> PaperContent:
    """The same paper marked as a sample, without number or code; nothing of it is kept."""
    return replace(
        content,
        title=f"【{MARK}】{content.title}",
        title_en=f"[Sample] {content.title_en}",
        opening=(NOTE, *content.opening),
        english=(NOTE_EN, *content.english),
        seal_note=MARK,
        number="（样稿，不编号）",
        verify_code="（样稿，不能核验）",
        verify_url=settings.SITE_URL + reverse("papers:verify"),
        machine={"sample": True},
    )
