"""Papers of a practice site 演练: they look like real ones, and say in four places that they are none."""

from dataclasses import replace

from papers.content import PaperContent

MARK = "演练"
NOTE = "【演练】本文书仅供学习使用，没有任何效力。"
NOTE_EN = "[Practice] This paper is for learning only and has no effect whatsoever."


def practised(content: PaperContent) -> PaperContent:
    """The same paper with the mark in its title, its first paragraph, its seal and its data."""
    return replace(
        content,
        title=f"【{MARK}】{content.title}",
        title_en=f"[Practice] {content.title_en}",
        opening=(NOTE, *content.opening),
        english=(NOTE_EN, *content.english),
        seal_note=MARK,
        machine=content.machine | {"practice": True},
    )
