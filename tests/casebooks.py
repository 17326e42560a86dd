"""The policy cases of tests/cases, as data: what each scheme's book says of a case."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "cases"
NULLS = {"null": None}


@dataclass(frozen=True)
class PolicyCase:
    """One case of a book: where, when, the facts as JSON, and what must come out."""

    name: str
    division: str
    on: date
    facts: dict[str, Any]
    values: dict[str, Any]
    expect: dict[str, Any]


@cache
def schemes() -> tuple[str, ...]:
    """The schemes that have a book."""
    return tuple(path.stem for path in sorted(FOLDER.glob("*.toml")))


@cache
def cases_of(scheme: str) -> tuple[PolicyCase, ...]:
    """Every case of a scheme's book."""
    book = tomllib.loads((FOLDER / f"{scheme}.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return tuple(read_case(book, case) for case in book["case"])


def eligible_case(scheme: str) -> PolicyCase:
    """The first case of a book that is met in full; if there is one, one without a what-if."""
    met = [case for case in cases_of(scheme) if case.expect.get("eligible") is True]
    return min(met, key=lambda case: bool(case.values))


def read_case(book: dict[str, Any], case: dict[str, Any]) -> PolicyCase:
    """A case of a book, with what its head says."""
    return PolicyCase(
        name=case["name"],
        division=case.get("division", book["division"]),
        on=date.fromisoformat(case.get("on", book["on"])),
        facts=_facts(book, case),
        values={**book.get("values", {}), **case.get("values", {})},
        expect=case["expect"],
    )


def _facts(book: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """The facts of the book, changed as the case says; the texts "null" and "drop" mean null and leave out."""
    facts = {**book["facts"], **case.get("facts", {})}
    if "household" in case:
        facts["household"] = [_plain({**book["member"], **member}) for member in case["household"]]
    return {name: value for name, value in _plain(facts).items() if name not in case.get("without", ())}


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {
        name: NULLS.get(value, value) if isinstance(value, str) else value
        for name, value in record.items()
        if value != "drop"
    }
