"""A package: everything a new scheme, or a new version of one, needs to come into force at once.

Content of a proposal of kind package: {base, own, document, values, cases}.
`own` is what the scheme's file would say (shared parts as `use`); `base` the number of the version it was begun on, 0
for a new scheme. `document` is a document as drafted on the desk; its clauses of this scheme name it SELF until it is
published. `values` are the place's values {name, value, basis, note, valid_from, valid_to, clause}, `clause` by its
place. `cases` are {name, division, on, facts, expect}.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from schemes.building.lenient import lenient
from schemes.definition import SchemeDefinition
from schemes.files.catalogue_files import ROOM, scheme_content, shared_parts, toml_of
from schemes.files.parts import UnknownPartError
from schemes.models import SchemeVersion

SELF = "*"
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Package:
    """The content of a package, read and changed; every change is a new package."""

    own: Mapping[str, Any]
    document: Mapping[str, Any] | None = None
    values: tuple[Mapping[str, Any], ...] = ()
    cases: tuple[Mapping[str, Any], ...] = ()
    base: int = 0

    @classmethod
    def of(cls, content: Content) -> "Package":
        """The package in a proposal's content."""
        return cls(
            own=content.get("own") or {},
            document=content.get("document"),
            values=tuple(content.get("values", ())),
            cases=tuple(content.get("cases", ())),
            base=content.get("base", 0),
        )

    @classmethod
    def of_version(cls, version: SchemeVersion, cases: list[Mapping[str, Any]]) -> "Package":
        """A package that begins with a published version, written out."""
        return cls(own={"complete": True, **version.content}, cases=tuple(cases), base=version.number)

    def content(self) -> dict[str, Any]:
        """As a proposal stores it."""
        return {
            "base": self.base,
            "own": dict(self.own),
            "document": self.document,
            "values": list(self.values),
            "cases": list(self.cases),
        }

    @property
    def code(self) -> str:
        """The scheme's code; empty while it has none."""
        return str(self.own.get("code", ""))

    @property
    def title(self) -> str:
        """The Chinese title; empty while it has none."""
        title = self.own.get("title")
        return str(title.get("zh", "")) if isinstance(title, Mapping) else ""

    @property
    def clauses(self) -> list[dict[str, Any]]:
        """The clauses of its document that offer this scheme."""
        return [clause for clause in (self.document or {}).get("clauses", ()) if clause["scheme"] in (SELF, self.code)]

    def written(self) -> dict[str, Any]:
        """What the scheme says with every shared part written out; a part that does not exist is left out."""
        try:
            return scheme_content(self.own, ROOM, _common(), known_parts())
        except UnknownPartError:
            return dict(self.own)

    def definition(self) -> SchemeDefinition:
        """The definition. Raises pydantic.ValidationError while it does not hold together."""
        return SchemeDefinition.model_validate(self.written())

    def reading(self) -> SchemeDefinition:
        """As much of the definition as can be read: for choices and previews, never for deciding."""
        return lenient(self.written())

    def with_own(self, **changes: Any) -> "Package":
        """With other keys of the scheme; None takes a key away."""
        return replace(self, own={name: value for name, value in {**self.own, **changes}.items() if value is not None})

    def entries(self, section: str) -> list[Any]:
        """The list of a section as the scheme has it: its own, or what its archetype lays under it."""
        found = self.own.get(section, _laid_under(str(self.own.get("archetype", "")), section))
        return list(found) if isinstance(found, (list, tuple)) else []

    def value(self, name: str) -> Mapping[str, Any] | None:
        """The drafted value of a name."""
        return next((value for value in self.values if value["name"] == name), None)

    def named_document(self) -> dict[str, Any] | None:
        """The document with the scheme's code in its clauses."""
        if self.document is None:
            return None
        return {**self.document, "clauses": [self._named(clause) for clause in self.document.get("clauses", ())]}

    def _named(self, clause: Mapping[str, Any]) -> dict[str, Any]:
        return {**clause, "scheme": self.code} if clause["scheme"] == SELF else dict(clause)


@cache
def known_parts() -> dict[str, Any]:
    """The parts that schemes share."""
    return shared_parts(ROOM)


@cache
def _common() -> dict[str, Any]:
    return toml_of(ROOM / "archetypes" / "common.toml")


@cache
def _laid_under(archetype: str, section: str) -> list[Any]:
    path = ROOM / "archetypes" / f"{archetype}.toml"
    return toml_of(path).get(section, []) if archetype and path.exists() else []
