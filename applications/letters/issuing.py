"""Putting a paper about a case together, and issuing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from applications.door import Case
from applications.naming import name_of
from papers.content import PaperContent, Section, SigningLine
from papers.forms_of_reading import wishes
from papers.issuing import issue
from papers.models import Paper
from papers.wording import letterhead, named, signer_of
from people.masking import masked_name
from people.models import Office
from schemes.letter_book import standard_letter
from schemes.letter_book.standard import paragraphs_of
from schemes.texts import LocalText


@dataclass(frozen=True)
class Draft:
    """A paper before it has a number: the filled letter and the parts added to it.

    `supersedes`: the earlier paper that this one takes the place of; `corrects`: the one whose slip it corrects;
    `refers_to`: the number of one that it follows in another way.
    `addressee`: whom it is for, where that is not the applicant; "" where it is for nobody in particular.
    `names_case`: whether what programs read of it names the case and its scheme; not where outsiders get the paper,
    who are told no more than the public title.
    `english`: what the courtesy copy says after the letter.
    `applicant_name`: how the applicant is written, where that is not how the case writes it.
    `sealed`: whether it bears the seal when it is issued; an agreement is sealed when both sides conclude it.
    """

    kind: str
    title: LocalText
    body: LocalText
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    machine: dict[str, Any] = field(default_factory=dict)
    supersedes: Paper | None = None
    corrects: Paper | None = None
    refers_to: str = ""
    layout: str = ""
    signing: tuple[SigningLine, ...] = ()
    addressee: str | None = None
    names_case: bool = True
    english: tuple[str, ...] = ()
    applicant_name: str = ""
    sealed: bool = True


def from_book(case: Case, code: str, kind: str, values: Mapping[str, str | LocalText], **parts: Any) -> Draft:
    """A draft from the standard letter `code` in force for the case's division on the day, variables filled in.

    Raises KeyError for a code the book does not have, or a variable without a value.
    """
    letter = standard_letter(code, case.application.division_id, timezone.localdate(case.at))
    title, body = letter.filled(values)
    return Draft(kind, title, body, **parts)


def issue_draft(case: Case, office: Office, drafted: Draft) -> Paper:
    """Freeze, number and queue a paper, in the caller's transaction."""
    application = case.application
    name = drafted.applicant_name or name_of(application)
    ours = drafted.addressee is None
    paper = issue(
        kind=drafted.kind,
        office=office,
        content=_content(case, office, drafted, name if ours else drafted.addressee),
        data_key=application.data_key,
        case_ref=application.public_id,
        public_title=application.definition.public_title.zh,
        public_addressee=_outside(case, name) if ours else drafted.addressee,
        at=case.at,
        supersedes=drafted.supersedes,
        corrects=drafted.corrects,
    )
    if ours:
        wishes.follow(paper, application.filed_by, case.at)
    return paper


def _outside(case: Case, name: str) -> str:
    """What outsiders see of the applicant as the paper writes them: an organisation's name, a person's masked."""
    return name if case.application.by_organisation else masked_name(name)


def _content(case: Case, office: Office, drafted: Draft, addressee: str) -> PaperContent:
    application, signer = case.application, signer_of(office)
    about = {"case": application.number, "scheme": application.scheme_code} if drafted.names_case else {}
    entrusted = _entrusted(case, office)
    return PaperContent(
        title=drafted.title.zh,
        title_en=drafted.title.en,
        **letterhead(office, case.at),
        addressee=addressee,
        opening=tuple(part for part in paragraphs_of(drafted.body.zh) if part.rstrip("：:") != addressee),
        sections=drafted.sections,
        closing=(*drafted.closing, *paragraphs_of(entrusted.zh)),
        issued_by=office.name if office != signer else "",
        seal_note="样章" if settings.DEMO and drafted.sealed else "",
        english=(*paragraphs_of(drafted.body.en), *drafted.english, *paragraphs_of(entrusted.en)),
        layout=drafted.layout,
        refers_to=drafted.refers_to,
        signing=drafted.signing,
        machine={**about, "kind": drafted.kind, "signed": _signed(case, office), **drafted.machine},
    )


def _signed(case: Case, office: Office) -> dict[str, str]:
    """Who signed, who acted for it, and on which day, for programs."""
    signer = signer_of(office)
    kinds = {"organ_kind": signer.legal_kind, "acted_by_kind": office.legal_kind}
    return {"organ": signer.name, "acted_by": office.name, **kinds, "on": timezone.localdate(case.at).isoformat()}


def _entrusted(case: Case, office: Office) -> LocalText:
    """For whom an office acted, where it is not itself that signs; else nothing."""
    if office.signs_for is None:
        return LocalText(zh="", en="")
    letter = standard_letter("entrusted", case.application.division_id, timezone.localdate(case.at))
    return letter.filled({"office": named(office), "organ": named(office.signs_for)})[1]
