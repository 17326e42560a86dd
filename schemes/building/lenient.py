"""A definition that is still being written, read as far as it can be: what does not hold is left out."""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticUndefined

from schemes.definition import SchemeDefinition
from schemes.texts import LocalText

UNNAMED = LocalText(zh="未命名", en="Not named yet")
STAND_INS: dict[str, Any] = {
    "code": "new-scheme",
    "archetype": "individual",
    "benefit_kind": "grant",
    "title": UNNAMED,
    "public_title": UNNAMED,
    "summary": UNNAMED,
    "ask_at": UNNAMED,
}


def lenient(written: Mapping[str, Any]) -> SchemeDefinition:
    """Never validated as a whole: nothing may be decided on it."""
    values = {name: _value(name, written) for name in SchemeDefinition.model_fields}
    return SchemeDefinition.model_construct(**values)


def _value(name: str, written: Mapping[str, Any]) -> Any:
    field = SchemeDefinition.model_fields[name]
    empty = STAND_INS.get(name) if field.is_required() else field.get_default()
    raw = written.get(name, PydanticUndefined)
    if raw is PydanticUndefined:
        return empty
    try:
        return _adapter(name).validate_python(raw)
    except ValidationError:
        return _entries(name, raw) if _is_list(name) and isinstance(raw, (list, tuple)) else empty


def _entries(name: str, raw: list[Any] | tuple[Any, ...]) -> tuple[Any, ...]:
    """The entries of a list that hold by themselves."""
    found = []
    for entry in raw:
        try:
            found.extend(_adapter(name).validate_python((entry,)))
        except ValidationError:
            continue
    return tuple(found)


def _is_list(name: str) -> bool:
    annotation = SchemeDefinition.model_fields[name].annotation
    return get_origin(annotation) is tuple and Ellipsis in get_args(annotation)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(SchemeDefinition.model_fields[name].annotation)
