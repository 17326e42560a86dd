"""Who may act for an account's person, and for whom the account may act: since when, until when, and for what."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archives.my_data import about
from helping.models import Mandate
from helping.standing import shown
from helping.standing.shown import Help
from people.models import User

MOST = 200


def for_me(user: User, at: datetime) -> list[Help]:
    """Who may or might act for the person the account belongs to, the latest first; nothing where that is unproved."""
    person = about.person_of(user)
    return _told(Mandate.objects.filter(person=person), at) if person else []


def by_me(user: User, at: datetime) -> list[Help]:
    """For whom the account may or might act, the latest first."""
    return _told(Mandate.objects.filter(helper=user), at)


def written(one: Help, who: str) -> dict[str, object]:
    """A mandate as a copy of one's data tells it; `who` is the other side."""
    mandate = one.mandate
    return {
        "who": who,
        "kind": mandate.get_kind_display(),
        "may": list(one.scopes),
        "way": mandate.get_way_display(),
        "since": f"{mandate.starts:%Y-%m-%d}",
        "until": f"{mandate.ends:%Y-%m-%d}" if mandate.ends else _("直到停止"),
        "ended": one.ended,
    }


def _told(rows: QuerySet[Mandate], at: datetime) -> list[Help]:
    found = rows.select_related("person", "helper", "office__division").order_by("-pk")[:MOST]
    return [shown.help_of(mandate, at) for mandate in found]
