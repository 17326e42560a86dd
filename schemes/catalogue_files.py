"""The catalogue and policy files: reading and validating them, without the database.

A scheme's file is laid over archetypes/common.toml and the texts of its archetype, so it holds only what differs.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self, TypeVar

from pydantic import ValidationError, model_validator

from schemes.definition import SchemeDefinition
from schemes.rules.parsing import BadValueError
from schemes.rules.texts import Frozen
from schemes.rules.values import READERS, read_value

Model = TypeVar("Model", bound=Frozen)
ROOM = Path(__file__).resolve().parent


class CatalogueError(ValueError):
    """A file that cannot be used; the message names the file and everything that is wrong with it."""


class DocumentFile(Frozen):
    """A policy document as a file holds it."""

    code: str
    title: str
    number: str
    issuer: str
    dated: date | None = None
    published: date | None = None
    in_force_to: date | None = None
    source: Literal["official", "repost", "memory"]
    note: str = ""

    @model_validator(mode="after")
    def _has_a_beginning(self) -> Self:
        if self.dated is None and self.published is None:
            raise ValueError(f"{self.code}: dated or published is needed")
        return self

    @property
    def in_force_from(self) -> date:
        """Its date; its publication day where it has none."""
        found = self.dated or self.published
        if found is None:
            raise ValueError(f"{self.code}: dated or published is needed")
        return found


class ValueFile(Frozen):
    """A policy value as a file holds it; in force as long as its document unless it says otherwise."""

    name: str
    value: Any
    basis: Literal["stated", "assumed"]
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.name not in READERS:
            raise ValueError(f"{self.name} is no policy value")
        try:
            read_value(self.name, self.value)
        except BadValueError as error:
            raise ValueError(f"{self.name} {error}") from error
        if self.basis == "assumed" and not self.note:
            raise ValueError(f"{self.name}: an assumed value says in its note what it rests on")
        return self


class OfferFile(Frozen):
    """A scheme a division offers: the clause word for word, and the values."""

    scheme: str
    document: str
    clause: str
    text: str
    strength: Literal["shall", "may", "general", "explore", "planned"]
    responsible: str = ""
    values: tuple[ValueFile, ...] = ()


class PolicyFile(Frozen):
    """Everything on record for one division."""

    division: str
    documents: tuple[DocumentFile, ...]
    schemes: tuple[OfferFile, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        known = {document.code for document in self.documents}
        for offer in self.schemes:
            if offer.document not in known:
                raise ValueError(f"{offer.scheme}: document {offer.document} is not in this file")
        clash = next(overlapping(self), None)
        if clash:
            raise ValueError(clash)
        return self

    def document(self, code: str) -> DocumentFile:
        """The document of this code. Raises KeyError."""
        return {document.code: document for document in self.documents}[code]


def period(value: ValueFile, document: DocumentFile) -> tuple[date, date | None]:
    """From when to when a value is in force."""
    return value.valid_from or document.in_force_from, value.valid_to or document.in_force_to


def overlapping(policy: PolicyFile) -> Iterator[str]:
    """Values of one name whose periods overlap."""
    seen: dict[tuple[str, str], list[tuple[date, date | None]]] = {}
    for offer in policy.schemes:
        for value in offer.values:
            starts, ends = period(value, policy.document(offer.document))
            earlier = seen.setdefault((offer.scheme, value.name), [])
            if any(starts <= (end or date.max) and start <= (ends or date.max) for start, end in earlier):
                yield f"{offer.scheme}: {value.name} is given twice for the same days"
            earlier.append((starts, ends))


def read_schemes(room: Path = ROOM) -> list[SchemeDefinition]:
    """Every scheme file, validated. Raises CatalogueError."""
    common = _toml(room / "archetypes" / "common.toml")
    return [_scheme(path, room, common) for path in sorted((room / "catalogue").glob("*.toml"))]


def read_policies(room: Path = ROOM) -> list[PolicyFile]:
    """Every policy file, validated. Raises CatalogueError."""
    return [_validated(PolicyFile, _toml(path), path) for path in sorted((room / "policies").glob("*.toml"))]


def _scheme(path: Path, room: Path, common: Mapping[str, Any]) -> SchemeDefinition:
    own = _toml(path)
    archetype = room / "archetypes" / f"{own.get('archetype', '')}.toml"
    shared = laid_over(common, _toml(archetype)) if archetype.exists() else common
    definition = _validated(SchemeDefinition, laid_over(shared, own), path)
    if definition.code != path.stem:
        raise CatalogueError(f"{path.name}: code {definition.code} is not the file's name")
    return definition


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two trees as one: tables are merged, everything else of the upper one replaces what is below."""
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        merged[name] = laid_over(under, value) if both else value
    return merged


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path.name}: {error}") from error


def _validated(model: type[Model], content: Mapping[str, Any], path: Path) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'file'}: {fault['msg']}" for fault in error.errors())
        raise CatalogueError(f"{path.name}: {faults}") from error
