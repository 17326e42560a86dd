"""Rules on one's own cases that rooms above this one keep. They register themselves by name when they are loaded.

A module of rules has `hidden_from(user, at)`, the condition on cases a user filed and no longer has; `gate(case, act)`,
which raises what keeps whoever acts in an open case from an act; and `bounds(user, cases, at)`, what pages need of the
same: for those of many cases it binds, by key, the acts it keeps and why (leave.Bound).
"""

from functools import cache
from importlib import import_module
from types import ModuleType

_names: list[str] = []


def register(name: str) -> None:
    """Add a module of rules; once is enough."""
    if name not in _names:
        _names.append(name)
        rules.cache_clear()


@cache
def rules() -> tuple[ModuleType, ...]:
    """The modules, loaded when they are first asked."""
    return tuple(import_module(name) for name in _names)
