"""Issuing a paper: number and frozen content in the caller's transaction, rendering after it commits."""

import hashlib
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from papers import codes, glyphs, numbering, reading
from papers import content as contents
from papers.content import PaperContent
from papers.jobs import render_paper
from papers.layouts import layout_of
from papers.models import Paper
from papers.practice import practised
from papers.seals import register, sealing
from people import vault
from people.models import DataKey, Office
from people.refusals import Invalid

MOST_CHARACTERS = 50_000


class TooLong(Invalid):
    """A paper of more pages than anybody reads: something is wrong with what was entered."""

    code = "too_long"


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
    corrects: Paper | None = None,
    public_addressee: str = "",
) -> Paper:
    """Issue a paper in the caller's transaction; a worker renders it once that commits.

    `public_addressee` is what anybody who verifies it reads: an organisation's name; by default the name masked.
    The paper that is superseded, corrected (or, by a revocation, revoked) stays verifiable, and says so; the new one
    refers to it by its number.
    Raises UnprintableCharacter when a character of it is in none of the fonts, and TooLong; no number is taken then.
    """
    year, series = timezone.localdate(at).year, numbering.SERIES[Paper.Kind(kind)]
    content = _referring(replace(content, layout=content.layout or layout_of(kind)), supersedes or corrects)
    seal = register.electronic_for(kind, office)
    content = _checked(sealing.drawn(content, seal, office), numbering.written(office, series, year, 0))
    sequence, code = numbering.take(numbering.key(office, series, year)), codes.new_code()
    content = _numbered(content, numbering.written(office, series, year, sequence), code)
    place = {"kind": kind, "office": office, "series": series, "year": year, "sequence": sequence}
    links = {"data_key": data_key, "supersedes": supersedes, "corrects": corrects, "seal": seal}
    masked = public_addressee or vault.masked_name(content.addressee)
    told = {"case_ref": case_ref, "public_title": public_title, "addressee_masked": masked}
    paper = Paper.objects.create(
        **place, **links, **told, **_frozen(content, data_key, code), issued_at=at, next_attempt_at=timezone.now()
    )
    _replaced(supersedes, by=kind)
    _corrected(corrects)
    transaction.on_commit(lambda: render_paper.enqueue(paper.pk))
    return paper


def _referring(content: PaperContent, earlier: Paper | None) -> PaperContent:
    """The content with the number of the paper it follows, for readers and for programs."""
    number = content.refers_to or (earlier.number if earlier else "")
    return replace(content, refers_to=number, machine=content.machine | {"refers_to": number}) if number else content


def _checked(content: PaperContent, number: str) -> PaperContent:
    """The content as it can be printed under such a number, with the mark of a practice site where this is one."""
    content = practised(content) if settings.PRACTICE else content
    if sum(len(text) for _field, text in content.texts()) > MOST_CHARACTERS:
        raise TooLong(_("文书内容过长，无法生成。请精简填写的意见或材料说明。"))
    glyphs.check(replace(content, number=number))
    return content


def _numbered(content: PaperContent, number: str, code: str) -> PaperContent:
    url = settings.SITE_URL + reverse("papers:result", args=[code])
    return replace(content, number=number, verify_code=codes.grouped(code), verify_url=url)


def _frozen(content: PaperContent, data_key: DataKey, code: str) -> dict[str, object]:
    """The sealed content, its hash, and what the row tells of it in clear."""
    plain = contents.canonical(content)
    return {
        "number": content.number,
        "verify_code": code,
        "title": _short(content.title, "title"),
        "title_en": _short(content.title_en, "title_en"),
        "content": vault.encrypt(data_key, plain, reading.content_context(code)),
        "content_sha256": hashlib.sha256(plain.encode()).hexdigest(),
    }


def _short(text: str, field: str) -> str:
    """As much of a text as its column holds: a scheme's long name in a title keeps no paper from being issued."""
    return text[: Paper._meta.get_field(field).max_length]


def _replaced(paper: Paper | None, *, by: str) -> None:
    if paper is None:
        return
    status = Paper.Status.REVOKED if by == Paper.Kind.REVOCATION else Paper.Status.SUPERSEDED
    Paper.objects.filter(pk=paper.pk).update(status=status)


def _corrected(paper: Paper | None) -> None:
    """A paper with a corrected slip stays in force; one that was superseded or revoked stays what it is."""
    if paper is not None:
        Paper.objects.filter(pk=paper.pk, status=Paper.Status.VALID).update(status=Paper.Status.CORRECTED)
