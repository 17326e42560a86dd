"""Drafts that a hold by law keeps: a draft has no parties yet, so those its answers name are asked for too."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from applications import answers
from applications.models import Application
from archives.erasing import law_holds
from archives.models import LegalHold
from people import vault


def is_held(draft: Application, on: date) -> bool:
    """Whether a hold keeps a draft on a day: by its place or scheme, by who began it, for whom, or by whom it names."""
    return law_holds.held_cases(on).filter(pk=draft.pk).exists() or bool(naming_held([draft], on))


def naming_held(drafts: Iterable[Application], on: date) -> set[int]:
    """Those of these drafts whose answers name somebody a hold names; none is opened where none names a person."""
    persons = law_holds.standing(on).filter(reach=LegalHold.Reach.PERSON)
    held = set(persons.values_list("person__id_index", flat=True))
    return {draft.pk for draft in drafts if not held.isdisjoint(_named_in(draft))} if held else set()


def _named_in(draft: Application) -> set[str]:
    """The indexes of the citizen IDs somebody typed. A draft nobody can read names nobody any more."""
    try:
        return {vault.blind_index("id", number) for number in _numbers(answers.read(draft))}
    except vault.VaultError:
        return set()


def _numbers(said: dict[str, Any]) -> Iterator[str]:
    for one in (said, *(said.get("household") or [])):
        if one.get("id_number"):
            yield str(one["id_number"])
