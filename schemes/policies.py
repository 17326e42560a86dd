"""The policy that holds for a scheme in a division on a day.

Values and clauses are inherited nation → province → prefecture → county → township; of each value the nearest one in
force on the day wins. A clause in force anywhere on that line puts the scheme in force.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from django.db.models import Q

from people.models import Division
from schemes.definition import SchemeDefinition
from schemes.errors import FactsError, UnknownDivision
from schemes.models import PolicyClause, PolicyValue
from schemes.rules.parameters import read_parameter
from schemes.rules.parsing import BadValueError
from schemes.rules.policy import Given, Policy
from schemes.rules.values import READERS, read_value

Status = Literal["in_force", "inform_only", "no_clause", "not_in_force"]


@dataclass(frozen=True)
class ClauseRef:
    """A clause as it is cited. `document` is how the document is called in a line: its number, or its title."""

    document: str
    document_title: str
    number: str
    clause: str
    text: str
    strength: str
    division_code: str
    in_force_from: date
    in_force_to: date | None
    responsible: str = ""
    target: str = ""
    offered_as: str = ""


@dataclass(frozen=True)
class ResolvedValue:
    """One policy value in force. `value` is JSON as stored; `overridden` marks a what-if."""

    value: Any
    basis: str
    division_code: str
    document: str
    clause: str
    valid_from: date | None
    valid_to: date | None
    note: str = ""
    overridden: bool = False


@dataclass(frozen=True)
class ResolvedPolicy:
    """What holds on a day. Where nothing is in force, `clauses` are those that ran out or have not begun.

    `kinds` are the kinds of the values the scheme declares itself. Status "inform_only": there is a clause, but
    nothing can be filed on it.
    """

    status: Status
    clauses: tuple[ClauseRef, ...]
    values: Mapping[str, ResolvedValue]
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def assumed(self) -> tuple[str, ...]:
        """Names of the values no policy document states: a production site opens the scheme only without any."""
        return tuple(name for name, value in self.values.items() if value.basis == "assumed")

    @property
    def plain_values(self) -> dict[str, Any]:
        """The bare values by name, as questions read them."""
        return {name: value.value for name, value in self.values.items()}

    @cached_property
    def for_rules(self) -> Policy:
        """The typed form the rules work on. Raises FactsError for an override that cannot be read."""
        first = self.clauses[0] if self.clauses else None
        return Policy(
            values={name: _given(name, value, self.kinds) for name, value in self.values.items()},
            document=first.document if first else "",
            clause=first.clause if first else "",
        )

    def overridden_by(self, overrides: Mapping[str, Any] | None) -> "ResolvedPolicy":
        """The same policy with other values, for a what-if. Raises FactsError for a name that is no policy value."""
        if not overrides:
            return self
        unknown = [name for name in overrides if name not in READERS and name not in self.kinds]
        if unknown:
            raise FactsError.of(f"values.{unknown[0]}", "没有这个政策参数", "there is no such policy value")
        changed = {name: self._overridden(name, value) for name, value in overrides.items()}
        return replace(self, values={**self.values, **changed})

    def seen_by(self, definition: SchemeDefinition) -> "ResolvedPolicy":
        """The same policy as this version of the scheme reads it: its own parameters known, its examples filled in."""
        if self.status != "in_force":
            return replace(self, kinds=definition.parameter_kinds)
        if not definition.can_be_filed or all(clause.offered_as == "inform" for clause in self.clauses):
            return replace(self, status="inform_only", values={}, kinds=definition.parameter_kinds)
        examples = {
            one.name: ResolvedValue(one.value, "assumed", "", "", "", None, None, one.note)
            for one in definition.examples
        }
        return replace(self, values={**examples, **self.values}, kinds=definition.parameter_kinds)

    def _overridden(self, name: str, value: Any) -> ResolvedValue:
        before = self.values.get(name)
        if before is None:
            return ResolvedValue(value, "assumed", "", "", "", None, None, overridden=True)
        return replace(before, value=value, basis="assumed", overridden=True)


def _given(name: str, resolved: ResolvedValue, kinds: Mapping[str, str]) -> Given:
    try:
        value = read_parameter(kinds[name], resolved.value) if name in kinds else read_value(name, resolved.value)
    except BadValueError as error:
        raise FactsError(((f"values.{name}", error.message),)) from error
    return Given(value, resolved.basis == "assumed", resolved.document, resolved.clause)


def resolve(
    scheme_code: str, division_code: str, on: date, overrides: Mapping[str, Any] | None = None
) -> ResolvedPolicy:
    """The policy in force, in three queries. Raises UnknownDivision, and FactsError for impossible overrides."""
    return _resolved_for([scheme_code], lineage_of(division_code), on)[scheme_code].overridden_by(overrides)


def resolve_for(
    definition: SchemeDefinition, division_code: str, on: date, overrides: Mapping[str, Any] | None = None
) -> ResolvedPolicy:
    """The policy in force as this version of the scheme reads it. Raises UnknownDivision, FactsError."""
    return resolve(definition.code, division_code, on).seen_by(definition).overridden_by(overrides)


def resolve_all(definitions: Iterable[SchemeDefinition], division_code: str, on: date) -> dict[str, ResolvedPolicy]:
    """The policy of many schemes by their codes, in as many queries as that of one. Raises UnknownDivision."""
    wanted = {definition.code: definition for definition in definitions}
    found = _resolved_for(wanted, lineage_of(division_code), on)
    return {code: found[code].seen_by(definition) for code, definition in wanted.items()}


def lineage_of(division_code: str) -> list[str]:
    """Codes from the division itself up to the nation; a retired code goes by its successor. UnknownDivision."""
    division = Division.objects.filter(code=division_code).select_related("successor").first()
    if division is None:
        raise UnknownDivision(division_code)
    return list(reversed((division.successor or division).lineage))


def _resolved_for(schemes: Collection[str], line: list[str], on: date) -> dict[str, ResolvedPolicy]:
    """Status, clauses and values of each scheme, before any version reads them."""
    clauses = _clauses_by_scheme(schemes, line)
    in_force = {scheme: [clause for clause in clauses[scheme] if clause.document.in_force(on)] for scheme in schemes}
    values = _values_in_force([scheme for scheme in schemes if in_force[scheme]], line, on)
    return {scheme: _policy_of(clauses[scheme], in_force[scheme], values[scheme]) for scheme in schemes}


def _policy_of(
    clauses: list[PolicyClause], in_force: list[PolicyClause], values: Mapping[str, ResolvedValue]
) -> ResolvedPolicy:
    status: Status = "in_force" if in_force else "not_in_force" if clauses else "no_clause"
    return ResolvedPolicy(status, tuple(map(_clause_ref, in_force or clauses)), values)


def _clauses_by_scheme(schemes: Collection[str], line: list[str]) -> dict[str, list[PolicyClause]]:
    """The clauses on the line, the nearest first. The documents come without their full texts."""
    rows = PolicyClause.objects.filter(scheme__in=schemes, document__division__in=line)
    rows = rows.select_related("document").defer("document__text").order_by("document__in_force_from", "pk")
    found: dict[str, list[PolicyClause]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: line.index(row.document.division_id)):
        found[row.scheme_id].append(row)
    return found


def _values_in_force(schemes: Collection[str], line: list[str], on: date) -> dict[str, dict[str, ResolvedValue]]:
    """The nearest value of each name in force, by scheme."""
    nearest: dict[str, dict[str, ResolvedValue]] = defaultdict(dict)
    if not schemes:
        return nearest
    rows = PolicyValue.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        scheme__in=schemes,
        division__in=line,
        valid_from__lte=on,
        successor__isnull=True,
    )
    rows = rows.select_related("clause__document").defer("clause__text", "clause__document__text")
    for row in sorted(rows, key=lambda row: (line.index(row.division_id), row.name)):
        nearest[row.scheme_id].setdefault(row.name, _resolved(row))
    return nearest


def _resolved(row: PolicyValue) -> ResolvedValue:
    return ResolvedValue(
        value=row.value,
        basis=row.basis,
        division_code=row.division_id,
        document=row.clause.document.label,
        clause=row.clause.clause,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        note=row.note,
    )


def _clause_ref(clause: PolicyClause) -> ClauseRef:
    document = clause.document
    return ClauseRef(
        document=document.label,
        document_title=document.title,
        number=document.number,
        clause=clause.clause,
        text=clause.text,
        strength=clause.strength,
        division_code=document.division_id,
        in_force_from=document.in_force_from,
        in_force_to=document.in_force_to,
        responsible=clause.responsible,
        target=clause.target,
        offered_as=clause.offered_as,
    )
