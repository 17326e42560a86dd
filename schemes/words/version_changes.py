"""What one version of a scheme changes against another, as a list people can read: questions, papers, conditions,
stages, letters, values and the rest. For publishers who decide on drafts and on running cases.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from people.models import Office
from schemes.definition import SchemeDefinition
from schemes.rules.texts import Frozen
from schemes.words.value_words import label_of
from schemes.words.version_labels import LABELS, LETTERS
from schemes.words.version_words import both_words

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Detail:
    """One property that differs; "" on a side where there is nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One question, paper, condition … that was added, removed or changed."""

    kind: Kind
    label: str
    details: tuple[Detail, ...]


@dataclass(frozen=True)
class Section:
    """All that differs in one part of the definition."""

    code: str
    title: str
    entries: tuple[Entry, ...]


Items = Mapping[str, Any]
# Properties that are the key of an item, say the same twice, or are compared as items of their own.
LEFT_OUT = frozenset({"code", "name", "columns", "fact_name", "lines", "archetype"})
COMPARED = LEFT_OUT | frozenset(
    {"pages", "papers_asked", "requirements", "stages", "letters", "refusal_reasons", "examples", "remedies"}
)
LEGAL_KINDS = {kind.value: kind.label for kind in Office.LegalKind}


def _questions(scheme: SchemeDefinition) -> Items:
    found: dict[str, Frozen] = {}
    for question in scheme.questions():
        found[question.name] = question
        found |= {f"{question.name}.{column.name}": column for column in question.columns}
    return found


def _coded(items: tuple[Any, ...]) -> Items:
    return {item.code: item for item in items}


PARTS: tuple[tuple[str, Promise, Callable[[SchemeDefinition], Items]], ...] = (
    ("questions", gettext_lazy("问题"), _questions),
    ("papers", gettext_lazy("材料"), lambda scheme: _coded(scheme.papers_asked)),
    ("requirements", gettext_lazy("条件"), lambda scheme: _coded(scheme.requirements)),
    ("stages", gettext_lazy("办理环节"), lambda scheme: _coded(scheme.stages)),
    ("letters", gettext_lazy("文书"), lambda scheme: scheme.letters),
    ("reasons", gettext_lazy("不予批准的理由"), lambda scheme: _coded(scheme.refusal_reasons)),
    ("examples", gettext_lazy("示例值"), lambda scheme: {one.name: one for one in scheme.examples}),
    ("remedies", gettext_lazy("救济途径"), lambda scheme: scheme.remedies),
)


def changes_between(before: SchemeDefinition, after: SchemeDefinition) -> list[Section]:
    """Every part that differs, in the order of the form; what stayed the same is left out."""
    general = tuple(_details(before, after, before, after, COMPARED))
    sections = [Section("general", _("基本内容"), (Entry("changed", _("事项"), general),))] if general else []
    for code, title, items_of in PARTS:
        entries = tuple(_entries(before, after, items_of(before), items_of(after)))
        if entries:
            sections.append(Section(code, str(title), entries))
    return sections


def _entries(before: SchemeDefinition, after: SchemeDefinition, old: Items, new: Items) -> list[Entry]:
    found = []
    for key, item in new.items():
        details = tuple(_details(old.get(key), item, before, after))
        if key not in old:
            found.append(Entry("added", _label(key, item, after), details))
        elif details:
            found.append(Entry("changed", _label(key, item, after), details))
    return found + [Entry("removed", _label(key, item, before), ()) for key, item in old.items() if key not in new]


def _label(key: str, item: Any, definition: SchemeDefinition) -> str:
    """What people call it: its own label, else the name of the letter, kind of office or policy value."""
    own = getattr(item, "label", None)
    if own is not None:
        return own.in_language(get_language() or "")
    declared = {parameter.name: parameter.label for parameter in definition.parameters}
    return str(LETTERS.get(key) or LEGAL_KINDS.get(key) or declared.get(key) or label_of(key))


def _details(
    old: Any, new: Any, before: SchemeDefinition, after: SchemeDefinition, left_out: frozenset[str] = LEFT_OUT
) -> list[Detail]:
    """The properties that differ; of something new, those that say anything besides its label."""
    found = []
    for name in type(new).model_fields:
        was, becomes = getattr(old, name, None), getattr(new, name)
        if name in left_out or was == becomes or (old is None and (not becomes or name == "label")):
            continue
        found.append(Detail(str(LABELS.get(name, name)), *both_words(name, was, becomes, before, after)))
    return [detail for detail in found if detail.before != detail.after]
