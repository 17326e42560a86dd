"""The catalogue and policy files: reading and validating them, without the database.

A scheme's file is laid over archetypes/common.toml and the texts of its archetype, so it holds only what differs. The
parts that schemes share stand in archetypes/parts*.toml.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from schemes.definition import SchemeDefinition
from schemes.parts import UnknownPartError, laid_over, with_parts
from schemes.policy_files import PolicyFile
from schemes.rules.texts import Frozen

Model = TypeVar("Model", bound=Frozen)
ROOM = Path(__file__).resolve().parent


class CatalogueError(ValueError):
    """A file that cannot be used; the message names the file and everything that is wrong with it."""


def read_schemes(room: Path = ROOM) -> list[SchemeDefinition]:
    """Every scheme file, validated. Raises CatalogueError."""
    common = _toml(room / "archetypes" / "common.toml")
    parts = shared_parts(room)
    return [_scheme(path, room, common, parts) for path in sorted((room / "catalogue").glob("*.toml"))]


def shared_parts(room: Path = ROOM) -> dict[str, Any]:
    """Every part that schemes share, of all the files that hold some. Raises CatalogueError for a file not in TOML."""
    parts: dict[str, Any] = {}
    for path in sorted((room / "archetypes").glob("parts*.toml")):
        parts = laid_over(parts, _toml(path))
    return parts


def read_policies(room: Path = ROOM) -> list[PolicyFile]:
    """Every policy file, validated. Raises CatalogueError."""
    return [_policy(path, room) for path in sorted((room / "policies").glob("*.toml"))]


def _policy(path: Path, room: Path) -> PolicyFile:
    content = _toml(path)
    for document in content.get("documents", ()):
        text = room / "documents" / f"{document.get('code', '')}.txt"
        if text.exists():
            document["text"] = text.read_text(encoding="utf-8")
    return _validated(PolicyFile, content, path)


def _scheme(path: Path, room: Path, common: Mapping[str, Any], parts: Mapping[str, Any]) -> SchemeDefinition:
    own = _toml(path)
    try:
        definition = _validated(SchemeDefinition, scheme_content(own, room, common, parts), path)
    except UnknownPartError as error:
        raise CatalogueError(f"{path.name}: {error}") from error
    if definition.code != path.stem:
        raise CatalogueError(f"{path.name}: code {definition.code} is not the file's name")
    return definition


def scheme_content(
    own: Mapping[str, Any], room: Path, common: Mapping[str, Any], parts: Mapping[str, Any]
) -> dict[str, Any]:
    """What a scheme file says, over what every scheme shares, shared parts written out."""
    if own.get("offered_as") == "inform":
        return dict(own)
    archetype = room / "archetypes" / f"{own.get('archetype', '')}.toml"
    shared = laid_over(common, _toml(archetype)) if archetype.exists() else common
    return with_parts(laid_over(shared, own), parts)


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
