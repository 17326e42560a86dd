"""Cases whose people are told by text message and e-mail."""

from datetime import datetime
from zoneinfo import ZoneInfo

from people import vault
from telling import sending
from telling.contexts import RECIPIENT, TEXT
from telling.models import Notice
from tests import world

NOON = datetime(2026, 9, 7, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def filed(n=2):
    """A grant that was filed: its subject's telephone is on record."""
    return world.grant(n).submit()


def notices(case, channel=None):
    """What was told of a case, oldest first."""
    found = Notice.objects.filter(case_ref=case.public_id).select_related("data_key").order_by("pk")
    return list(found.filter(channel=channel) if channel else found)


def words(notice):
    """What a notice says."""
    return vault.decrypt(notice.data_key, bytes(notice.text), TEXT)


def recipient(notice):
    """Where it goes."""
    return vault.decrypt(notice.data_key, bytes(notice.recipient), RECIPIENT)


def waiting(case):
    """The text message that waits."""
    return next(one for one in notices(case, "sms") if one.state == "queued")


def send_at(at):
    """A run of the worker that takes no time."""
    return sending.send_due(lambda: at)
