"""The accessibility tree of a page: what the browser tells a screen reader, and nothing else of the page."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

GROUPS = frozenset({"group", "radiogroup"})
Raw = dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """What is said of one thing; `groups` are the groups it lies in as (name, description), the nearest first."""

    role: str
    name: str
    groups: tuple[tuple[str, str], ...] = ()
    description: str = ""
    value: str = ""
    states: dict[str, str] = field(default_factory=dict)

    def is_(self, state: str) -> bool:
        """Whether it is said to be so: checked, invalid …"""
        return self.states.get(state) == "true"

    @property
    def group(self) -> str:
        """The name of what it lies in; "" where it stands alone."""
        return self.groups[0][0] if self.groups else ""

    @property
    def explained(self) -> str:
        """Everything said beside the name: hints and errors, its own and of what it lies in."""
        return " ".join([self.description, *(description for _name, description in self.groups)])


class Tree:
    """The tree of the page that stands in a window."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def focused(self) -> Heard:
        """What has the focus."""
        asked = {"objectId": self._focus(), "fetchRelatives": True}
        nodes = self._session.send("Accessibility.getPartialAXTree", asked)["nodes"]
        by_id = {node["nodeId"]: node for node in nodes}
        groups, above = [], by_id.get(nodes[0].get("parentId"))
        while above:
            if _text(above, "role") in GROUPS:
                groups.append((_text(above, "name"), _text(above, "description")))
            above = by_id.get(above.get("parentId"))
        return _heard(nodes[0], tuple(groups))

    def options(self) -> list[str]:
        """What can be chosen in the list that has the focus, in order."""
        asked = {"objectId": self._focus(), "role": "option"}
        return [_text(node, "name") for node in self._session.send("Accessibility.queryAXTree", asked)["nodes"]]

    def whole(self) -> list[Heard]:
        """Everything on the page in the order it is told, the page itself first."""
        nodes = self._session.send("Accessibility.getFullAXTree")["nodes"]
        return [_heard(node) for node in nodes if not node["ignored"]]

    def _focus(self) -> str:
        asked = {"expression": "document.activeElement"}
        return self._session.send("Runtime.evaluate", asked)["result"]["objectId"]


def _heard(node: Raw, groups: tuple[tuple[str, str], ...] = ()) -> Heard:
    states = {one["name"]: str(one["value"].get("value")) for one in node.get("properties", [])}
    said = (_text(node, one) for one in ("role", "name", "description", "value"))
    role, name, description, value = said
    return Heard(role, name, groups, description, value, states)


def _text(node: Raw, name: str) -> str:
    """In one line; before the colon of what is said but not seen there is no pause."""
    return re.sub(r"\s+(?=：)", "", " ".join(str(node.get(name, {}).get("value", "")).split()))
