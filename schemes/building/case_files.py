"""The cases of a version as a file of tests/cases: what everybody shares at the head, then one table a case."""

from collections.abc import Mapping, Sequence
from typing import Any

import tomli_w

Case = Mapping[str, Any]


def cases_toml(scheme: str, cases: Sequence[Case]) -> str:
    """The file; the first case's place and day stand at its head. Empty when there is no case."""
    if not cases:
        return ""
    head = {"scheme": scheme, "division": cases[0]["division"], "on": cases[0]["on"], "facts": {}}
    return tomli_w.dumps(head | {"case": [_case(case, head) for case in cases]})


def _case(case: Case, head: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: case[name] for name in ("division", "on") if case[name] != head[name]}
    facts = {name: value for name, value in case["facts"].items() if name != "household"}
    members = {"household": case["facts"]["household"]} if "household" in case["facts"] else {}
    return {"name": case["name"], **own, "facts": facts, **members, "expect": dict(case["expect"])}
