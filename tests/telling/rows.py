"""True rows of notices, wishes and ratings, for the tests that break each rule of the database once."""

from datetime import timedelta

from applications import actions
from approvals.models import Rating
from approvals.ratings import answering
from approvals.ratings.rating import Rated, rate
from people import vault
from telling import outbox
from telling.models import Address, Notice, Wish
from telling.recipients import Recipient
from tests import world


def on_site() -> Notice:
    """A notice of the site."""
    world.grant().submit()
    return Notice.objects.latest("pk")


def queued() -> Notice:
    """A text message that waits."""
    application = world.grant().submit().application
    about = outbox.About(application.data_key, application.definition.title, application.public_id, application.number)
    person = Recipient("person:1", addresses={"sms": "13800001234"})
    outbox.tell("test:1", "granted", about, [person], world.START)
    return Notice.objects.get(event="test:1")


def sent() -> Notice:
    """One that was sent."""
    row = queued()
    Notice.objects.filter(pk=row.pk).update(state="sent", sent_at=world.START, next_try_at=None)
    return Notice.objects.get(pk=row.pk)


def wish() -> Wish:
    """What somebody wants."""
    key = vault.new_data_key()
    key.save()
    return Wish.objects.create(user=world.user("applicant"), data_key=key, changed_at=world.START)


def address() -> Address:
    """An address whose code was sent."""
    until = world.START + timedelta(minutes=15)
    return Address.objects.create(wish=wish(), channel="sms", value=b"x", code_digest="0" * 64, code_until=until)


def rating(level: int = 2) -> Rating:
    """A rating of a case that was taken back; a bad one."""
    case = world.grant().submit()
    actions.withdraw(case.user, case.public_id, case.at)
    return rate(case.user, case.public_id, Rated(level), case.at)


def rating_answered() -> Rating:
    """A bad rating that was answered."""
    bad = rating()
    return answering.answer(world.user("county-supervisor"), bad.pk, "已核实。", bad.made_at + timedelta(hours=1))
