"""Gateways: by what a message leaves the site. Each channel has one, named in the settings; without it none leaves."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Outgoing:
    """One message: to whom, what, and the key under which it is the same message at every try."""

    key: str
    to: str
    text: str
    subject: str = ""


class NotSent(Exception):
    """The gateway did not take a message. `code` holds no personal data; `final`: it never will."""

    def __init__(self, code: str, *, final: bool = False) -> None:
        super().__init__(code)
        self.code, self.final = code[:40], final


class Gateway(Protocol):
    """What sends. It may be given the same key again after a crash, and should then send nothing twice."""

    def send(self, message: Outgoing) -> str:
        """Hand over one message; the gateway's own reference, "" where it gives none. Raises NotSent."""


def gateway(channel: str) -> Gateway | None:
    """The gateway of a channel; None where this site has none."""
    path = settings.TELL_GATEWAYS.get(channel, "")
    return import_string(path)() if path else None


def channels() -> frozenset[str]:
    """The channels by which messages can leave this site."""
    return frozenset(channel for channel, path in settings.TELL_GATEWAYS.items() if path)
