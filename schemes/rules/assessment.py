"""The result of the rules: eligible or not, how much, and the lines that explain it."""

from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from schemes.rules.money import ZERO, as_text
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

Result = Literal["pass", "fail", "info", "amount"]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the reasoning. `value` is a code or a figure; `value_zh` and `value_en` are for readers."""

    code: str
    label_zh: str
    label_en: str
    result: Result
    value: str = ""
    value_zh: str = ""
    value_en: str = ""
    document: str = ""
    clause: str = ""

    def as_json(self) -> dict[str, str]:
        """The line as the contract holds it."""
        return {name: getattr(self, name) for name in LINE_FIELDS}


LINE_FIELDS = tuple(line_field.name for line_field in fields(Line))


@dataclass(frozen=True, slots=True)
class Instalment:
    """One calendar month of a time-bound benefit: `base` is tapered and capped, the supplement kept apart."""

    starts_on: date
    ends_on: date
    percent: Decimal
    base: Decimal
    supplement: Decimal

    @property
    def amount(self) -> Decimal:
        """What is paid for the month."""
        return self.base + self.supplement

    def as_json(self) -> dict[str, str]:
        """The month as the contract's schedule holds it."""
        return {
            "month": f"{self.starts_on:%Y-%m}",
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "percent": f"{self.percent:f}",
            "base": as_text(self.base),
            "supplement": as_text(self.supplement),
            "amount": as_text(self.amount),
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a calculation finds. `used` names the policy values it looked at.

    Where anything needed is missing, `eligible`, `amount` and `phase` are None and `missing` says what.
    """

    eligible: bool | None
    amount: Decimal | None
    lines: tuple[Line, ...] = ()
    schedule: tuple[Instalment, ...] = ()
    phase: str | None = None
    missing: tuple[str, ...] = ()
    used: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Assessment:
    """An outcome, for one scheme in one division on one day."""

    scheme: str
    division: str
    on: date
    outcome: Outcome
    basis: Literal["stated", "assumed"]

    @property
    def eligible(self) -> bool | None:
        """True, False, or None while facts are missing."""
        return self.outcome.eligible

    @property
    def amount(self) -> Decimal | None:
        """Yuan; 0.00 when not eligible, None while facts are missing."""
        return self.outcome.amount

    @property
    def lines(self) -> tuple[Line, ...]:
        """The explanation, in the order the rules were applied."""
        return self.outcome.lines

    @property
    def schedule(self) -> tuple[Instalment, ...]:
        """The months of a time-bound benefit; empty for everything else."""
        return self.outcome.schedule

    @property
    def phase(self) -> str | None:
        """The policy phase of a phase-out: within, disregarding, phasing_out or stopped."""
        return self.outcome.phase

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of facts that are needed and absent."""
        return self.outcome.missing

    def line(self, code: str) -> Line | None:
        """The first line of this code, if there is one."""
        return next((line for line in self.lines if line.code == code), None)

    def as_json(self) -> dict[str, Any]:
        """The shape of the contract; every sum and value is a string."""
        return {
            "scheme": self.scheme,
            "division": self.division,
            "on": self.on.isoformat(),
            "eligible": self.eligible,
            "amount": None if self.amount is None else as_text(self.amount),
            "currency": "CNY",
            "basis": self.basis,
            "lines": [line.as_json() for line in self.lines],
            "schedule": [month.as_json() for month in self.schedule],
            "phase": self.phase,
            "missing": list(self.missing),
        }


def cited_line(
    policy: Policy,
    code: str,
    label: Bilingual,
    result: Result,
    value: str = "",
    *,
    rests_on: str = "",
    shown: Bilingual | None = None,
) -> Line:
    """A line that cites the policy value it rests on, or the scheme's own clause."""
    document, clause = policy.cited_for(rests_on)
    return Line(
        code=code,
        label_zh=label.zh,
        label_en=label.en,
        result=result,
        value=value,
        value_zh=shown.zh if shown else value,
        value_en=shown.en if shown else value,
        document=document,
        clause=clause,
    )


def refused(lines: tuple[Line, ...], used: frozenset[str], phase: str | None = None) -> Outcome:
    """Not eligible: no money, no schedule."""
    return Outcome(eligible=False, amount=ZERO, lines=lines, phase=phase, used=used)


def incomplete(missing: tuple[str, ...], lines: tuple[Line, ...] = (), used: frozenset[str] = frozenset()) -> Outcome:
    """Something needed is absent: nothing is decided, one line says what is missing."""
    gaps = tuple(Line("missing", f"缺少 {name}", f"{name} is missing", "info", name, name, name) for name in missing)
    return Outcome(eligible=None, amount=None, lines=lines + gaps, missing=missing, used=used)
