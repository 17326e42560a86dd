"""Parts that schemes share: pages, papers, requirements, reasons, stages and declarations, each under a code.

An entry `use = "identity"` of a scheme's list stands for that part; keys written beside it replace the part's own.
"""

from collections.abc import Iterable, Mapping
from typing import Any

SECTIONS = ("pages", "papers_asked", "requirements", "refusal_reasons", "stages", "declarations")
# Declarations are bare texts: they carry no code of their own.
WITHOUT_CODE = frozenset({"declarations"})


class UnknownPartError(ValueError):
    """A scheme uses a part that does not exist."""

    def __init__(self, section: str, code: str, known: Iterable[str]) -> None:
        self.code = code
        listed = ", ".join(sorted(known))
        super().__init__(f"{section}: there is no shared part {code}; use one of these or write it out: {listed}")


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two trees as one: tables are merged, everything else of the upper one replaces what is below."""
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        merged[name] = laid_over(under, value) if both else value
    return merged


def with_parts(content: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """The content with every `use` written out. Raises UnknownPartError."""
    written = dict(content)
    for section in SECTIONS:
        if isinstance(written.get(section), list):
            known = parts.get(section, {})
            written[section] = [_written_out(section, entry, known) for entry in written[section]]
    return written


def _written_out(section: str, entry: Any, known: Mapping[str, Any]) -> Any:
    if not isinstance(entry, Mapping) or "use" not in entry:
        return entry
    code = entry["use"]
    if code not in known:
        raise UnknownPartError(section, code, known)
    named = {} if section in WITHOUT_CODE else {"code": code}
    own = {name: value for name, value in entry.items() if name != "use"}
    return laid_over(named | dict(known[code]), own)
