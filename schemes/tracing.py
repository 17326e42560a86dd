"""What rests on a clause: the rules, the calculation, the values and the letters of its scheme; and the way back.

Everything is read in a few queries, whatever the number of clauses. "assumed" is what no document states: a value
published as such, or the scheme's own example where no value is published.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import get_language

from people.models import Division
from schemes.definition import GRANTING_LETTER, Example, SchemeDefinition
from schemes.letters import variables_of
from schemes.models import PolicyClause, PolicyValue, current_versions
from schemes.rules.requirements import Requirement
from schemes.words.condition_words import condition_words
from schemes.words.scheme_values import SchemeValues
from schemes.words.version_labels import CODES, LETTERS

INFORM = "inform"
CITING = frozenset({"document", "clause"})


@dataclass(frozen=True)
class TracedRule:
    """A condition of a scheme in words. `cites` is the law it rests on instead of the clause, "" for none."""

    label: str
    words: str
    cites: str
    value: str


@dataclass(frozen=True)
class TracedValue:
    """A policy value as it stands. `row` is None for the scheme's example, which stands in where none is published."""

    label: str
    words: str
    assumed: bool
    note: str
    row: PolicyValue | None


@dataclass(frozen=True)
class Rests:
    """What rests on one clause for one scheme. Nothing does where the clause or the scheme only informs."""

    clause: PolicyClause
    title: str
    offered_as: str
    rules: tuple[TracedRule, ...] = ()
    calculation: str = ""
    values: tuple[TracedValue, ...] = ()
    letters: tuple[str, ...] = ()

    @property
    def offered(self) -> str:
        """How it is offered there, in words."""
        return str(CODES["offered_as"][self.offered_as])

    @property
    def assumed(self) -> int:
        """How many of its values no document states."""
        return sum(value.assumed for value in self.values)


def clauses_on_record() -> QuerySet[PolicyClause]:
    """Every clause with its document (without the full text) and division, in the order of the documents."""
    rows = PolicyClause.objects.select_related("document__division").defer("document__text")
    return rows.order_by("document", "pk")


class Tracing:
    """The policy as published, ready to follow from clauses to what rests on them. Two queries."""

    def __init__(self, schemes: Iterable[str] | None = None) -> None:
        wanted = None if schemes is None else set(schemes)
        versions = [one for one in current_versions() if wanted is None or one.scheme_id in wanted]
        self.definitions = {version.scheme_id: version.definition for version in versions}
        self._told: dict[str, tuple[tuple[TracedRule, ...], tuple[str, ...]]] = {}

    @cached_property
    def values(self) -> dict[str, list[PolicyValue]]:
        """The values that no newer row supersedes, by scheme."""
        rows = PolicyValue.objects.filter(scheme__in=self.definitions, successor__isnull=True)
        found = defaultdict(list)
        rows = rows.select_related("clause__document", "division").defer("clause__document__text")
        for row in rows.order_by("division", "name", "valid_from"):
            found[row.scheme_id].append(row)
        return found

    def rests_on(self, clause: PolicyClause, first_of_place: bool = True) -> Rests | None:
        """What rests on a clause; None for a scheme nobody has published.

        `first_of_place`: examples that stand in are told once a place, at the first clause of the scheme there.
        """
        definition = self.definitions.get(clause.scheme_id)
        if definition is None:
            return None
        offered = clause.offered_as or definition.offered_as
        if offered == INFORM:
            return Rests(clause, str(definition.title), INFORM)
        rules, letters = self._told_by(definition)
        values = [traced(definition, row) for row in self.values[definition.code] if row.clause_id == clause.pk]
        if first_of_place:
            values += self.examples(definition, clause.document.division)
        return Rests(
            clause,
            str(definition.title),
            offered,
            rules,
            str(CODES["calculation"].get(definition.calculation, definition.calculation)),
            tuple(values),
            letters,
        )

    def _told_by(self, definition: SchemeDefinition) -> tuple[tuple[TracedRule, ...], tuple[str, ...]]:
        """Rules and letters, put into words once a scheme."""
        if definition.code not in self._told:
            self._told[definition.code] = (rules_of(definition), letters_of(definition))
        return self._told[definition.code]

    def examples(self, definition: SchemeDefinition, place: Division) -> list[TracedValue]:
        """The scheme's examples that stand in at a place, because neither it nor a division above has a value."""
        there = {row.name for row in self.values[definition.code] if row.division_id in place.lineage}
        return [traced_example(definition, one) for one in definition.examples if one.name not in there]

    def rests_on_all(self, clauses: Iterable[PolicyClause]) -> list[Rests]:
        """What rests on each of the clauses, examples told once a scheme and division."""
        told: set[tuple[str, str]] = set()
        found = []
        for clause in clauses:
            offers = self._is_filed(clause)
            place = (clause.scheme_id, clause.document.division_id)
            rests = self.rests_on(clause, first_of_place=place not in told)
            if offers:
                told.add(place)
            if rests is not None:
                found.append(rests)
        return found

    def _is_filed(self, clause: PolicyClause) -> bool:
        definition = self.definitions.get(clause.scheme_id)
        return definition is not None and (clause.offered_as or definition.offered_as) != INFORM


def traced(definition: SchemeDefinition, row: PolicyValue) -> TracedValue:
    """A published value in the scheme's words."""
    words = SchemeValues(definition)
    assumed = row.basis == PolicyValue.Basis.ASSUMED
    return TracedValue(words.label(row.name), words.words(row.name, row.value), assumed, row.note, row)


def traced_example(definition: SchemeDefinition, example: Example) -> TracedValue:
    """The scheme's own example in its words: always assumed."""
    words = SchemeValues(definition)
    return TracedValue(words.label(example.name), words.words(example.name, example.value), True, example.note, None)


def rules_of(definition: SchemeDefinition) -> tuple[TracedRule, ...]:
    """The conditions in words."""
    words = SchemeValues(definition)
    return tuple(_rule(definition, words, rule) for rule in definition.requirements)


def _rule(definition: SchemeDefinition, words: SchemeValues, rule: Requirement) -> TracedRule:
    return TracedRule(
        label=rule.label.in_language(get_language() or ""),
        words=condition_words(definition, rule.condition),
        cites=" ".join(rule.cites) if rule.cites else "",
        value=words.label(rule.rests_on) if rule.rests_on else "",
    )


def letters_of(definition: SchemeDefinition) -> tuple[str, ...]:
    """The letters whose text cites document or clause."""
    return tuple(str(LETTERS[kind]) for kind, cites in letters_sent(definition).items() if cites)


def letters_sent(definition: SchemeDefinition) -> dict[str, bool]:
    """The letters a case of the scheme can bring, and whether each cites document and clause: a scheme also carries
    the shared letters of other kinds of benefit, which it never sends.
    """
    others = set(GRANTING_LETTER.values()) - {GRANTING_LETTER.get(definition.benefit_kind)}
    if definition.offered_as != "refer":
        others.add("referral")
    sent = {kind: letter for kind, letter in definition.letters.items() if kind not in others}
    return {kind: bool(variables_of(letter.body) & CITING) for kind, letter in sent.items()}
