"""A lost second step across the counter, for applicants: the clerk looks at the card, and a day later it is taken off.

The account must be the person's, as for a one-time password (at_counter.py). The day between is the owner's: told on
the site and at every address they proved, they object by signing in. Never for the clerk's own account, a relative's
or an official's.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import chain
from people.models import LostFactor, Office, User
from people.refusals import Invalid
from project.sign_in import at_counter, lost_factor, records, telling_of


@dataclass(frozen=True)
class Loss:
    """Why (a code), and which card was looked at; `valid_until` None where the card says 长期."""

    reason: str
    paper: str
    valid_until: date | None = None


def ask(by: User, office: Office, shown: at_counter.Shown, loss: Loss, at: datetime) -> LostFactor:
    """Put it down, with the card that was seen; the owner is told at once.

    Raises Invalid for a card that has run out or does not belong to the account, Refused for one's own account or a
    relative's, Conflict where there is no second step, where it is under way, and after too many in a day.
    """
    if loss.valid_until and loss.valid_until < timezone.localdate(at):
        raise Invalid(errors={"valid_until": _("这张身份证已经过期，不能办理。请其先换领。")})
    user = at_counter.account_of(by, office, shown, "counter-factors")
    hours = lost_factor.hours("counter_wait_hours")
    with transaction.atomic():
        said = {"office": office, "reason": loss.reason, "paper": loss.paper}
        row = lost_factor.ask(user, by, timedelta(hours=hours), at, **said)
        valid = loss.valid_until.isoformat() if loss.valid_until else ""
        data = {"office": office.pk, "reason": loss.reason, "paper": loss.paper, "valid_until": valid}
        event = records.record(user, "factor.lost", at, by=by, **data)
        chain.append(f"staff:{office.pk}", event.action, actor=by.username, at=at, data={"user": user.pk})
        name = f"{event.stream}:{event.seq}"
        day = timezone.localdate(row.until)
        telling_of.tell_everywhere(user, name, "factor_lost", at, day, hours=str(hours))
    return row
