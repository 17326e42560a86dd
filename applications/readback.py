"""Answers in words, for somebody who checks them: the applicant before filing, an official in review."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.day_words import stored_in_words
from people.forms import group_in_fours
from people.identity import Doubt, IdentityError, check_account, check_certificate, check_id
from people.joining import in_a_row, listed
from people.masking import masked_account, masked_id, masked_phone
from people.models import Division, Office
from schemes.definition import Question

NOT_ANSWERED = gettext_lazy("没有填写")
LONG_NUMBERS = frozenset({"id_number", "certificate", "account", "uscc"})
# The check of a bank card says nothing about the account of an organisation.
QUIET_OF_ORGANISATIONS = frozenset({"account"})
MASKS: dict[str, Callable[[str], str]] = {
    "id_number": masked_id,
    "certificate": masked_account,
    "account": masked_account,
    "phone": masked_phone,
}


@dataclass(frozen=True)
class Places:
    """Names of the divisions and offices that answers refer to by code."""

    divisions: Mapping[str, Division]
    offices: Mapping[int, Office]


def places_in(questions: Iterable[Question], answers: Mapping[str, Any]) -> Places:
    """Everything the answers refer to, in two queries at most."""
    asked = [(question.kind, answers.get(question.name)) for question in questions]
    codes = {value for kind, value in asked if kind == "division" and value}
    offices = {value for kind, value in asked if kind == "school" and value}
    found = Division.objects.select_related("parent").in_bulk(codes) if codes else {}
    return Places(found, Office.objects.in_bulk(offices) if offices else {})


def in_words(question: Question, value: Any, places: Places, *, masked: bool = False) -> str:
    """One answer as a person reads it. With `masked`, numbers show only what recognises them."""
    if value in (None, "", []):
        return str(NOT_ANSWERED)
    if masked and question.kind in MASKS:
        return MASKS[question.kind](value)
    if question.kind in LONG_NUMBERS:
        return group_in_fours(value)
    reader = READERS.get(question.kind)
    return reader(question, value, places) if reader else str(value)


def _yes_no(question: Question, value: bool, places: Places) -> str:
    return _("是") if value else _("否")


def _choice(question: Question, value: str, places: Places) -> str:
    return next((str(choice.label) for choice in question.choices if choice.value == value), value)


def _choices(question: Question, value: list[str], places: Places) -> str:
    return listed(_choice(question, code, places) for code in value)


def _components(question: Question, value: list[dict[str, str]], places: Places) -> str:
    rows = (
        _("%(what)s：%(amount)s")
        % {"what": _choice(question, row["component"], places), "amount": _money(question, row["cost"], places)}
        for row in value
    )
    return in_a_row(rows)


def _percent(question: Question, value: str, places: Places) -> str:
    return f"{value}%"


def _money(question: Question, value: str, places: Places) -> str:
    whole, _point, rest = value.partition(".")
    return _("%(amount)s 元") % {"amount": f"{int(whole):,}.{rest or '00'}"}


def _date(question: Question, value: str, places: Places) -> str:
    return stored_in_words(value)


def _division(question: Question, value: str, places: Places) -> str:
    division = places.divisions.get(value)
    if division is None:
        return value
    above = division.parent.label if division.parent_id else ""
    return f"{above} {division.label}" if above.isascii() and above else f"{above}{division.label}"


def _school(question: Question, value: int, places: Places) -> str:
    office = places.offices.get(value)
    return office.label if office else str(value)


READERS: dict[str, Callable[[Question, Any, Places], str]] = {
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "components": _components,
    "percent": _percent,
    "money": _money,
    "date": _date,
    "division": _division,
    "school": _school,
}


def doubts_about(question: Question, value: Any) -> list[Doubt]:
    """What is unusual about an answer and worth another look; it never blocks."""
    checks = {
        "id_number": lambda text: check_id(text).warnings,
        "certificate": lambda text: check_certificate(text, None).warnings,
        "account": lambda text: check_account(text)[1],
    }
    if question.kind not in checks or not value:
        return []
    try:
        return list(checks[question.kind](value))
    except IdentityError:
        return []
