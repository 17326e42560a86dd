"""The one way content is turned into a hash: canonical JSON, SHA-256."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces; times in UTC; anything else unusual as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    return stamp(value) if isinstance(value, datetime) else str(value)


def stamp(at: datetime) -> str:
    """A time as the chain writes it, whatever zone it was read in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(previous: str, content: dict[str, Any]) -> str:
    """The hash of a link: the previous hash and the canonical content."""
    return hashlib.sha256(f"{previous}\n{canonical(content)}".encode()).hexdigest()
