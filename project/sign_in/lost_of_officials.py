"""An official's lost second step: one security administrator puts it down, a second administrator agrees.

The second is another security administrator of the area, or a system administrator of it; never who put it down, never
the owner. Until then nothing changes, and after some days it has to be put down anew.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain
from people import office_book, staffing
from people.models import LostFactor, User
from people.posts import posts_of
from people.refusals import Conflict, NotFound, Refused
from project.sign_in import lost_factor, records


def put_down(user: User, by: User, reason: str, at: datetime) -> LostFactor:
    """The first of the two, for an account `by` may act on; the caller's transaction holds it. Raises Conflict."""
    span = timedelta(hours=lost_factor.hours("second_within_hours"))
    row = lost_factor.ask(user, by, span, at, reason=reason)
    records.record(user, "factor.lost", at, by=by, reason=reason)
    return row


def waiting(by: User, at: datetime) -> list[LostFactor]:
    """What waits for a second administrator in the area, what they put down themselves among it."""
    rows = LostFactor.objects.filter(office__isnull=True, ended_at__isnull=True, until__gt=at).exclude(user=by)
    found = rows.select_related("user__staff_of", "by").order_by("pk")
    return [row for row in found if _is_in_area(by, row.user, at)]


def agree(by: User, user_id: int, at: datetime) -> User:
    """The second of the two: the second step is taken off. Raises NotFound, Refused for the first, Conflict."""
    with transaction.atomic():
        row = _taken(by, user_id, at)
        if row.by_id == by.pk:
            raise Refused(_("登记和同意要由两个人办。请另一位管理员同意。"), code="four_eyes")
        row.second = by
        chain.append(f"reader:{by.username}", "factor.agreed", actor=by.username, at=at, data={"user": row.user_id})
        lost_factor.take_off(row, by.username, at)
    return row.user


def drop(by: User, user_id: int, at: datetime) -> User:
    """Either of the two thinks better of it: the second step stays. Raises NotFound, Conflict."""
    with transaction.atomic():
        row = _taken(by, user_id, at)
        lost_factor.keep(row.user, at, by)
    return row.user


def _taken(by: User, user_id: int, at: datetime) -> LostFactor:
    known = next((row for row in waiting(by, at) if row.user_id == user_id), None)
    if known is None:
        raise NotFound()
    row = lost_factor.locked(known.user)
    if row is None or row.pk != known.pk:
        raise Conflict(_("已经有人办过了。"), code="ended")
    return row


def _is_in_area(by: User, user: User, at: datetime) -> bool:
    """Whether every post in force, else the office the account was made for, lies in the area of one of their posts."""
    held = {post.office_id for post in posts_of(user, at)} or {user.staff_of_id}
    return any(
        offices.filter(pk__in=held).count() == len(held)
        for offices in (staffing.offices_of(by, at), office_book.offices_of(by, at))
    )
