"""The copy itself: a ZIP with a page to read, the same for machines, and the files; one member at a time in memory."""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import answers, attachments
from applications.messages import SEALED
from applications.models import Application
from archives.erasing import destroying
from archives.my_data import about, mandates, reads
from archives.my_data.about import Kept
from archives.sources import filings
from papers import reading
from papers.models import Paper
from people import vault
from people.models import User
from people.one_moment import one_moment

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def write(stream: IO[bytes], user: User, at: datetime) -> int:
    """Write everything; how many files are in it. Raises what keeps a file from being opened.

    What it says is of one moment; the files are those of the cases it names.
    """
    with one_moment():
        cases = about.cases_of(user, at)
        told = _told(user, cases, at)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as pack:
        pack.writestr("my-data.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
        pack.writestr("my-data.html", render_to_string("archives/my_data/copy.html", told))
        count = 2
        for kept in cases:
            for name, content in _files(kept.application):
                pack.writestr(f"{kept.application.public_id}/{name}", content)
                count += 1
    return count


def _told(user: User, kept: list[Kept], at: datetime) -> dict[str, Any]:
    cases = [_case(one) for one in kept]
    told = {"made_at": _moment(at), "account": _account(user), "person": _person(user), "cases": cases}
    return told | {"consents": _consents(user), "reads": _reads(user, cases), **_mandates(user, at)}


def _account(user: User) -> dict[str, str]:
    return {"username": user.username, "name": user.full_name, "since": _moment(user.date_joined)}


def _person(user: User) -> dict[str, str]:
    """By the labels of the fields; the numbers in clear, for it is their own copy."""
    person = about.person_of(user)
    if person is None:
        return {}
    numbers = about.numbers_of(person, masked=False)
    return {_("姓名"): person.name, **{about.labels()[field]: value for field, value in numbers.items()}}


def _case(kept: Kept) -> dict[str, Any]:
    application = kept.application
    there = not destroying.is_destroyed(application)
    return {
        "id": application.public_id,
        "number": application.number or "",
        "scheme": str(application.scheme_version.definition.title),
        "state": application.applicant_label,
        "filed": _moment(application.submitted_at),
        "amount": str(application.amount or ""),
        "erasure": kept.verdict.words,
        "answers": _answers(application) if there else {},
        "messages": _messages(application) if there else [],
        "papers": [f"{one.number} {one.title}" for one in reading.papers_for_applicant(application.public_id)],
    }


def _answers(application: Application) -> dict[str, str]:
    """Label and value of every answer, in words and whole."""
    return dict(filings.told(application, answers.read(application)))


def _messages(application: Application) -> list[dict[str, str]]:
    from_office, own = _("办理机关"), _("我")
    return [
        {
            "at": _moment(row.at),
            "by": from_office if row.from_official else own,
            "text": vault.decrypt(application.data_key, bytes(row.text), SEALED),
        }
        for row in application.messages.order_by("pk")
    ]


def _consents(user: User) -> list[dict[str, str]]:
    return [
        {
            "text": str(one.text.zh),
            "version": str(one.text),
            "at": _moment(one.given_at),
            "language": one.language,
            "case": one.case_ref,
            "taken_back": _moment(one.withdrawal.at) if hasattr(one, "withdrawal") else "",
        }
        for one in about.consents_of(user)
    ]


def _mandates(user: User, at: datetime) -> dict[str, list[dict[str, object]]]:
    """Who may act for them, and for whom they may act."""
    return {
        "helpers": [mandates.written(one, one.helper) for one in mandates.for_me(user, at)],
        "helped": [mandates.written(one, one.mandate.person.name) for one in mandates.by_me(user, at)],
    }


def _reads(user: User, cases: list[dict[str, Any]]) -> list[dict[str, str]]:
    found = reads.reads_of([case["id"] for case in cases], user.username)
    return [{"at": _moment(one.at), "case": one.case, "what": one.what, "who": one.who} for one in found]


def _files(application: Application) -> Iterator[tuple[str, bytes]]:
    """What was handed in, and what was issued to them."""
    if destroying.is_destroyed(application):
        return
    for place, row in enumerate(application.attachments.order_by("pk"), 1):
        row.application = application
        yield f"{place:03d}{ENDINGS.get(row.content_type, '.bin')}", attachments.content_of(row)
    for paper in reading.papers_for_applicant(application.public_id).filter(state=Paper.State.READY):
        yield f"{paper.verify_code}.pdf", reading.pdf_bytes(paper)


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
