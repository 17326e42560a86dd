"""The catalogue and policy files: reading and validating them, without the database.

A scheme's file is laid over archetypes/common.toml and the texts of its archetype, so it holds only what differs. The
parts that schemes share stand in archetypes/parts*.toml.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from schemes.definition import SchemeDefinition
from schemes.files.file_faults import told
from schemes.files.parts import UnknownPartError, laid_over, with_parts
from schemes.files.policy_files import PolicyFile
from schemes.files.toml_lines import Places
from schemes.rules.texts import Frozen

Model = TypeVar("Model", bound=Frozen)
ROOM = Path(__file__).resolve().parents[1]


class CatalogueError(ValueError):
    """Files that cannot be used; one line for each mistake: file, line, what is wrong, what to do."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def read_schemes(room: Path = ROOM) -> list[SchemeDefinition]:
    """Every scheme file, validated. Raises CatalogueError with the mistakes of all of them."""
    common = toml_of(room / "archetypes" / "common.toml")
    parts = shared_parts(room)
    return _all(sorted((room / "catalogue").glob("*.toml")), lambda path: _scheme(path, room, common, parts))


def shared_parts(room: Path = ROOM) -> dict[str, Any]:
    """Every part that schemes share, of all the files that hold some. Raises CatalogueError for a file not in TOML."""
    parts: dict[str, Any] = {}
    for path in sorted((room / "archetypes").glob("parts*.toml")):
        parts = laid_over(parts, toml_of(path))
    return parts


def read_policies(room: Path = ROOM) -> list[PolicyFile]:
    """Every policy file, validated. Raises CatalogueError with the mistakes of all of them."""
    return _all(sorted((room / "policies").glob("*.toml")), lambda path: _policy(path, room))


def _all(paths: Iterable[Path], read: Callable[[Path], Model]) -> list[Model]:
    found: list[Model] = []
    faults: list[str] = []
    for path in paths:
        try:
            found.append(read(path))
        except CatalogueError as error:
            faults.extend(error.faults)
    if faults:
        raise CatalogueError(faults)
    return found


def _policy(path: Path, room: Path) -> PolicyFile:
    content = toml_of(path)
    for document in content.get("documents", ()):
        text = room / "documents" / f"{document.get('code', '')}.txt"
        if text.exists():
            document["text"] = text.read_text(encoding="utf-8")
    return _validated(PolicyFile, content, path)


def _scheme(path: Path, room: Path, common: Mapping[str, Any], parts: Mapping[str, Any]) -> SchemeDefinition:
    own = toml_of(path)
    try:
        content = scheme_content(own, room, common, parts)
    except UnknownPartError as error:
        line = Places(path.read_text(encoding="utf-8")).line_with(error.code, "use") or 1
        raise CatalogueError([f"{path.name}:{line}: {error}"]) from error
    definition = _validated(SchemeDefinition, content, path)
    if definition.code != path.stem:
        raise CatalogueError([f"{path.name}:1: code {definition.code} is not the file's name; rename one of them"])
    return definition


def scheme_content(
    own: Mapping[str, Any], room: Path, common: Mapping[str, Any], parts: Mapping[str, Any]
) -> dict[str, Any]:
    """What a scheme file says, over what every scheme shares, shared parts written out; `complete` needs none."""
    if own.get("complete"):
        return {name: value for name, value in own.items() if name != "complete"}
    if own.get("offered_as") == "inform":
        return dict(own)
    archetype = room / "archetypes" / f"{own.get('archetype', '')}.toml"
    shared = laid_over(common, toml_of(archetype)) if archetype.exists() else common
    return with_parts(laid_over(shared, own), parts)


def toml_of(path: Path) -> dict[str, Any]:
    """A file in TOML, sums as Decimal. Raises CatalogueError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError([f"{path.name}: {error}; correct the TOML"]) from error


def _validated(model: type[Model], content: Mapping[str, Any], path: Path) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise CatalogueError(told(path.name, path.read_text(encoding="utf-8"), error)) from error
