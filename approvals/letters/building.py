"""Putting an official's paper together and issuing it."""

from dataclasses import replace
from typing import Any

from django.utils import timezone

from applications.door import Case
from applications.letters import issuing
from applications.letters.issuing import Draft, from_book
from applications.letters.remedies import HEADING, legal_kind_of, remedy_in_english, remedy_of
from applications.remedy_clock import REMEDY
from approvals.letters.superseding import superseded
from papers.models import Paper
from people.models import Office
from schemes.letter_book import scheme_letter
from schemes.letters import LetterKind, fill, fill_body
from schemes.texts import LocalText

__all__ = ["Draft", "draft", "from_book", "issue_draft", "remedy_in_english", "remedy_of"]


def draft(case: Case, letter: LetterKind, kind: str, values: dict[str, str | LocalText], **parts: Any) -> Draft:
    """A draft from the letter of this kind that is in force where the case is, with the variables filled in."""
    application = case.application
    text = scheme_letter(application.definition, letter, application.division_id, timezone.localdate(case.at))
    return Draft(kind, fill(text.title, values), fill_body(text.body, values), **parts)


def issue_draft(case: Case, office: Office, drafted: Draft) -> Paper:
    """Freeze, number and queue a paper; after a reopening it takes the place of the outcome of the round before."""
    earlier = drafted.supersedes or superseded(case.application, drafted.kind)
    machine = drafted.machine | _remedy_terms(case, office, drafted)
    return issuing.issue_draft(case, office, replace(drafted, supersedes=earlier, machine=machine))


def _remedy_terms(case: Case, office: Office, drafted: Draft) -> dict[str, Any]:
    """The days and months of the remedies a paper names, frozen in it: the remedy clock goes by them."""
    remedy = case.application.definition.remedies.get(legal_kind_of(office))
    if remedy is None or all(section.heading != HEADING for section in drafted.sections):
        return {}
    return {REMEDY: {"review_days": remedy.review_days, "suit_months": remedy.suit_months}}
