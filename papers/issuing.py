"""Issuing a paper: number and frozen content in the caller's transaction, rendering after it commits."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from papers import content as contents
from papers import glyphs, numbering, reading
from papers.content import PaperContent
from papers.jobs import render_paper
from papers.models import Paper
from people import vault
from people.models import DataKey, Office


def issue(
    *,
    kind: str,
    office: Office,
    content: PaperContent,
    data_key: DataKey,
    case_ref: str,
    public_title: str,
    at: datetime,
    supersedes: Paper | None = None,
) -> Paper:
    """Issue a paper. Raises UnprintableCharacter when a character of it is in none of the fonts.

    The paper that is superseded stays verifiable, and says so.
    """
    year = timezone.localdate(at).year
    glyphs.check(content)
    series, sequence = numbering.take_number(office, kind, year)
    code = numbering.new_code()
    content = replace(
        content,
        number=numbering.written(office, series, year, sequence),
        verify_code=numbering.grouped(code),
        verify_url=settings.SITE_URL + reverse("papers:result", args=[code]),
    )
    plain = contents.canonical(content)
    paper = Paper.objects.create(
        kind=kind,
        office=office,
        series=series,
        year=year,
        sequence=sequence,
        number=content.number,
        verify_code=code,
        case_ref=case_ref,
        addressee_masked=vault.masked_name(content.addressee),
        title=content.title,
        title_en=content.title_en,
        public_title=public_title,
        data_key=data_key,
        content=vault.encrypt(data_key, plain, reading.CONTENT_CONTEXT),
        content_sha256=hashlib.sha256(plain.encode()).hexdigest(),
        supersedes=supersedes,
        issued_at=at,
        next_attempt_at=timezone.now(),
    )
    if supersedes is not None:
        Paper.objects.filter(pk=supersedes.pk).update(status=Paper.Status.SUPERSEDED)
    transaction.on_commit(lambda: render_paper.enqueue(paper.pk))
    return paper
