"""What every calculation is explained with: what it lacks, the limits it looked at, and the sum it ends in."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from schemes.rules.assessment import Line, Outcome, cited_line, incomplete, refused
from schemes.rules.money import as_text
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual


def lacking(
    facts: Mapping[str, Any], policy: Policy, needed_facts: Iterable[str], needed_values: Iterable[str]
) -> Outcome | None:
    """The incomplete outcome where a needed fact or policy value is absent; None where nothing is."""
    values = tuple(needed_values)
    missing = (*(name for name in needed_facts if facts.get(name) is None), *policy.absent(values))
    return incomplete(missing, used=frozenset(values)) if missing else None


def limit_line(policy: Policy, code: str, label: Bilingual, value: str, *, holds: bool, rests_on: str) -> Line:
    """A limit that is kept or is not. Where it is not, the label says what is possible."""
    return cited_line(policy, code, label, "pass" if holds else "fail", value, rests_on=rests_on)


def sum_line(policy: Policy, code: str, label: Bilingual, sum_: Decimal, rests_on: str) -> Line:
    """A sum in yuan on the way to the amount."""
    return cited_line(policy, code, label, "info", as_text(sum_), rests_on=rests_on)


def concluded(
    policy: Policy, lines: Iterable[Line], amount: Decimal, label: Bilingual, *, rests_on: str, used: Iterable[str]
) -> Outcome:
    """Refused where a line fails; otherwise eligible, with the amount (yuan) as the last line."""
    explained, names = tuple(lines), frozenset(used)
    if any(line.result == "fail" for line in explained):
        return refused(explained, names)
    last = cited_line(policy, "amount", label, "amount", as_text(amount), rests_on=rests_on)
    return Outcome(eligible=True, amount=amount, lines=(*explained, last), used=names)


def short(value: Decimal) -> str:
    """A number without needless zeros: 70, 1.5."""
    return f"{value.normalize():f}"
