"""Putting a paper together and issuing it."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from applications.door import Case
from applications.naming import name_of, public_name_of
from approvals.letters.superseding import superseded
from approvals.letters.wording import on_paper, signer_of
from papers.content import PaperContent, Section
from papers.issuing import issue
from papers.models import Paper
from people.models import Office
from schemes.letters import fill
from schemes.texts import LocalText


@dataclass(frozen=True)
class Draft:
    """A paper before it has a number: the filled letter and the parts added to it.

    `supersedes`: the paper of another case that this one takes the place of.
    """

    kind: str
    title: LocalText
    body: LocalText
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    machine: dict[str, Any] = field(default_factory=dict)
    supersedes: Paper | None = None


def draft(case: Case, letter: str, kind: str, values: dict[str, str | LocalText], **parts: Any) -> Draft:
    """A draft from the scheme's letter of this kind with the variables filled in."""
    text = case.application.definition.letters[letter]
    return Draft(kind, fill(text.title, values), fill(text.body, values), **parts)


def issue_draft(case: Case, office: Office, drafted: Draft) -> Paper:
    """Freeze, number and queue a paper."""
    application, signer = case.application, signer_of(office)
    name = name_of(application)
    content = PaperContent(
        title=drafted.title.zh,
        title_en=drafted.title.en,
        organ=signer.name,
        organ_mark=signer.organ_mark,
        addressee=name,
        opening=tuple(part for part in _paragraphs(drafted.body.zh) if part.rstrip("：:") != name),
        sections=drafted.sections,
        closing=drafted.closing,
        signer=signer.name,
        date=on_paper(case.at),
        contact=f"{office.name} {office.phone}".strip(),
        seal_note="样章" if settings.DEMO else "",
        english=tuple(_paragraphs(drafted.body.en)),
        machine={
            "case": application.number,
            "scheme": application.scheme_code,
            "kind": drafted.kind,
            **drafted.machine,
        },
    )
    return issue(
        kind=drafted.kind,
        office=office,
        content=content,
        data_key=application.data_key,
        case_ref=application.public_id,
        public_title=application.definition.public_title.zh,
        public_addressee=public_name_of(application),
        at=case.at,
        supersedes=drafted.supersedes or superseded(application, drafted.kind),
    )


def remedy_of(case: Case, office: Office) -> Section | None:
    """How to object to this office's act, by its legal kind; None where the scheme names no remedy for it."""
    signer = signer_of(office)
    remedy = case.application.definition.remedies.get(signer.legal_kind)
    if remedy is None:
        return None
    values = {
        "organ": signer.name,
        "review_organ": signer.review_organ,
        "court": signer.court,
        "review_days": str(remedy.review_days or ""),
        "suit_months": str(remedy.suit_months or ""),
    }
    return Section("救济途径", tuple(_paragraphs(fill(remedy.text, values).zh)))


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
