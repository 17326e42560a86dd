"""Putting an official's paper together and issuing it."""

from dataclasses import replace
from typing import Any

from django.utils import timezone

from applications.door import Case
from applications.letters import issuing
from applications.letters.issuing import Draft, from_book, paragraphs
from approvals.letters.superseding import superseded
from approvals.letters.wording import signer_of
from papers.content import Section
from papers.models import Paper
from people.models import Office
from schemes.letter_book import scheme_letter
from schemes.letters import LetterKind, fill
from schemes.texts import LocalText

__all__ = ["Draft", "draft", "from_book", "issue_draft", "remedy_of"]


def draft(case: Case, letter: LetterKind, kind: str, values: dict[str, str | LocalText], **parts: Any) -> Draft:
    """A draft from the letter of this kind that is in force where the case is, with the variables filled in."""
    application = case.application
    text = scheme_letter(application.definition, letter, application.division_id, timezone.localdate(case.at))
    return Draft(kind, fill(text.title, values), fill(text.body, values), **parts)


def issue_draft(case: Case, office: Office, drafted: Draft) -> Paper:
    """Freeze, number and queue a paper; after a reopening it takes the place of the outcome of the round before."""
    earlier = drafted.supersedes or superseded(case.application, drafted.kind)
    return issuing.issue_draft(case, office, replace(drafted, supersedes=earlier))


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
    return Section("救济途径", tuple(paragraphs(fill(remedy.text, values).zh)))
