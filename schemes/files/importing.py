"""A scheme's file from outside: read as the catalogue reads its own, without writing anything."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schemes.definition import SchemeDefinition
from schemes.files.catalogue_files import ROOM, CatalogueError, scheme_content, shared_parts
from schemes.files.file_faults import told
from schemes.files.parts import UnknownPartError
from schemes.files.toml_lines import Places
from schemes.models.versions import content_of


def content_of_file(name: str, text: str, room: Path = ROOM) -> dict[str, Any]:
    """The definition in a TOML text, as a version stores it. Raises CatalogueError: file, line, what is wrong."""
    try:
        own = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError([f"{name}: {error}"]) from error
    common = tomllib.loads((room / "archetypes" / "common.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    try:
        content = scheme_content(own, room, common, shared_parts(room))
        return content_of(SchemeDefinition.model_validate(content))
    except UnknownPartError as error:
        line = Places(text).line_with(error.code) or 1
        raise CatalogueError([f"{name}:{line}: {error}"]) from error
    except ValidationError as error:
        raise CatalogueError(told(name, text, error)) from error
