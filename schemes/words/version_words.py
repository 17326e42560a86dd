"""The properties of a definition in words, for showing what differs between two versions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.joining import in_a_row, labelled, listed
from people.models import Office, Post
from schemes.definition import SchemeDefinition
from schemes.rules.conditions import Condition
from schemes.rules.texts import Bilingual
from schemes.words.condition_words import condition_words, fact_words
from schemes.words.version_labels import CODES

FUNCTIONS = {function.value: function.label for function in Office.Function}
ROLES = {role.value: role.label for role in Post.Role}
NAMES_OF_FACTS = frozenset({"case_division", "routing_facts", "shows"})
NAMES_OF_VALUES = frozenset({"policy_values", "within_policy", "rests_on"})


def both_words(name: str, was: Any, becomes: Any, before: SchemeDefinition, after: SchemeDefinition) -> tuple[str, str]:
    """A property on both sides; where the reader's language says the same, the other language is shown."""
    pair = words(name, was, before), words(name, becomes, after)
    if pair[0] != pair[1]:
        return pair
    other = "zh" if (get_language() or "").startswith("en") else "en"
    return words(name, was, before, other), words(name, becomes, after, other)


def words(name: str, value: Any, definition: SchemeDefinition, language: str = "") -> str:
    """One property as people read it; "" for nothing."""
    if value is None or value == () or value == {}:
        return ""
    if isinstance(value, Condition):
        return condition_words(definition, value)
    if isinstance(value, Bilingual):
        return value.in_language(language or get_language() or "")
    if isinstance(value, tuple):
        return _listed(name, value, definition, language)
    if isinstance(value, Mapping):
        return in_a_row(
            labelled(_code(name, key, definition), words(name, one, definition)) for key, one in value.items()
        )
    return _item_words(name, value, definition, language)


def _listed(name: str, value: tuple[Any, ...], definition: SchemeDefinition, language: str) -> str:
    sentences = all(isinstance(one, Bilingual) for one in value)
    return (in_a_row if sentences else listed)(words(name, one, definition, language) for one in value)


def _item_words(name: str, value: Any, definition: SchemeDefinition, language: str) -> str:
    """A choice, a seat, a parameter by its label; a rule by its parts; everything else is a code or a figure."""
    label = getattr(value, "label", None)
    if isinstance(label, Bilingual):
        return label.in_language(language or get_language() or "")
    if name == "function_by":
        cases = (f"{answer} → {FUNCTIONS.get(office, office)}" for answer, office in value.map.items())
        return labelled(fact_words(definition, value.fact), listed(cases))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _code(name, str(value), definition)


def _code(name: str, code: str, definition: SchemeDefinition) -> str:
    if name in NAMES_OF_FACTS:
        return fact_words(definition, code)
    if name in NAMES_OF_VALUES:
        return fact_words(definition, f"policy.{code}")
    known: Mapping[str, Any] = {"function": FUNCTIONS, "role": ROLES}.get(name) or CODES.get(name, {})
    if name == "asked_of" and code not in known:
        return next((str(stage.label) for stage in definition.stages if stage.code == code), code)
    return str(known.get(code, code))
