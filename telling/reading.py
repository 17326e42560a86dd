"""What somebody was told on the site: the list, how many are unread, and saying one has read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from people import vault
from people.models import User
from telling.contexts import TEXT
from telling.models import Notice


@dataclass(frozen=True)
class Told:
    """A notice with its words."""

    notice: Notice
    words: str


def words_of(notice: Notice) -> str:
    """What a notice said; where its key is gone, that it cannot be read."""
    try:
        return vault.decrypt(notice.data_key, bytes(notice.text), TEXT)
    except vault.VaultError:
        return _("（内容无法解密）")


def unread(user: User) -> int:
    """How many notices of the site somebody has not read."""
    return Notice.objects.filter(user=user, channel=Notice.Channel.SITE, read_at__isnull=True).count()


def page(user: User, before: int | None, most: int) -> list[Told]:
    """Somebody's notices of the site, the latest first, those before one seen; one more than `most` where there is."""
    rows = Notice.objects.filter(user=user, channel=Notice.Channel.SITE).select_related("data_key").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [Told(row, words_of(row)) for row in rows[: most + 1]]


def mark_read(user: User, until: int, at: datetime) -> int:
    """Somebody has read their notices up to one; how many were unread."""
    mine = Notice.objects.filter(user=user, channel=Notice.Channel.SITE, read_at__isnull=True, pk__lte=until)
    return mine.update(read_at=at)


def told_of(case_ref: str) -> list[Told]:
    """What everybody was told of a case, by every channel, the latest first."""
    rows = Notice.objects.filter(case_ref=case_ref).select_related("data_key", "user").order_by("-pk")
    return [Told(row, words_of(row)) for row in rows]


def counted(rows: Iterable[Told]) -> dict[str, int]:
    """How many notices of each state."""
    found: dict[str, int] = {}
    for told in rows:
        found[told.notice.state] = found.get(told.notice.state, 0) + 1
    return found
