"""One thing that happened to a case, and the words that were sealed with it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from approvals.review_facts import Shown
from papers.models import Paper
from people import vault
from people.models import DataKey, User


@dataclass(frozen=True)
class Change:
    """One answer that differs from the round before."""

    label: str
    before: Shown
    after: Shown


@dataclass(frozen=True)
class Entry:
    """Who did what when, and why (`text`). `points` are label and message of what was asked to be corrected; `beside`:
    a step of the office itself (taken, handed on, urged), no word on the case.
    """

    at: datetime
    title: str
    by: str = ""
    text: str = ""
    points: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] | None = None
    paper: Paper | None = None
    beside: bool = False


@dataclass(frozen=True)
class RoundHistory:
    """Everything of one round, the latest first."""

    number: int
    entries: tuple[Entry, ...] = field(default=())


def readable(key: DataKey, blob: bytes, context: str) -> str:
    """A sealed text; a remark in its place where it cannot be opened, so that one bad row does not hide the page."""
    if not blob:
        return ""
    try:
        return vault.decrypt(key, bytes(blob), context)
    except vault.VaultError:
        return _("（内容无法解密）")


def who(official: User | None, on_behalf_of: User | None = None, office: str = "") -> str:
    """The official, for whom they stood in, and at which office; the clock where nobody acted."""
    name = str(official) if official else _("系统（到期自动）")
    if on_behalf_of is not None:
        name = _("%(who)s代%(whom)s") % {"who": name, "whom": on_behalf_of}
    return f"{name} · {office}" if office else name
