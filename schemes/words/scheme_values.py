"""The policy values of one scheme, with the scheme's own words for them: labels, codes, and how they are typed in."""

from collections.abc import Iterator, Mapping
from typing import Any

from schemes.definition import SchemeDefinition
from schemes.rules.conditions import Condition
from schemes.value_inputs import INPUTS, PARAMETER_INPUTS, Asked, ValueInput
from schemes.words.value_words import label_of, parameter_words, words_of

# Whose choices are the codes of a table.
FACTS_OF_TABLE = {"category_amounts": ("category", "categories"), "component_ceilings": ("components",)}


class SchemeValues:
    """What a definition says about its policy values."""

    def __init__(self, definition: SchemeDefinition) -> None:
        self.definition = definition
        self._declared = {parameter.name: parameter for parameter in definition.parameters}

    @property
    def names(self) -> tuple[str, ...]:
        """The values the scheme works with, in its order."""
        return self.definition.policy_values

    def label(self, name: str) -> str:
        """What a value is called."""
        return str(self._declared[name].label) if name in self._declared else label_of(name)

    def words(self, name: str, raw: Any) -> str:
        """A stored value as people read it."""
        if name in self._declared:
            return parameter_words(self._declared[name].kind, raw, self.codes(name))
        return words_of(name, raw, self.codes(name))

    def input(self, name: str) -> ValueInput:
        """How the value is typed in. Raises KeyError for a name nobody declares."""
        return PARAMETER_INPUTS[self._declared[name].kind] if name in self._declared else INPUTS[name]

    def asked(self, name: str, raw: Any = None) -> Asked:
        """What the fields of a value need to know; codes that stand in the value already are never lost."""
        present = {code: code for code in raw} if isinstance(raw, (Mapping, list)) else {}
        return Asked(name, self.label(name), present | self.codes(name))

    def codes(self, name: str) -> dict[str, str]:
        """The scheme's words for the codes that may stand in a table, or in a list that answers are compared with."""
        wanted = FACTS_OF_TABLE.get(name) or set(self._compared_with(name))
        questions = [question for question in self.definition.questions() if question.as_fact in wanted]
        return {choice.value: str(choice.label) for question in questions for choice in question.choices}

    def _compared_with(self, name: str) -> Iterator[str]:
        """The facts that conditions of the scheme hold against a policy value."""
        asked = (*self.definition.questions(), *self.definition.papers_asked)
        conditions = [rule.condition for rule in self.definition.requirements]
        conditions += [rule.applies_when for rule in self.definition.requirements]
        conditions += [one.shown_when for one in asked]
        for condition in conditions:
            yield from _facts_against(condition, name)


def _facts_against(condition: Condition | None, name: str) -> Iterator[str]:
    """The fields a condition compares with this policy value, or by which it chooses an entry of it."""
    if condition is None:
        return
    for part in (*condition.all, *condition.any, condition.negated):
        yield from _facts_against(part, name)
    if condition.policy == name:
        yield condition.key or condition.field
