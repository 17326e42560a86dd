"""A caller says case number and PIN: the hotline hears how the case stands, and nothing else.

Every try is a row; wrong ones count against the PIN and against whoever types them.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from applications import own
from applications.models import Application
from audit import chain
from helping.models import CasePin, PinLookup
from helping.models.pins import MOST_WRONG
from helping.pins.making import fits
from people import grants
from people.areas import inside
from people.models import Office, User
from people.posts import posts_of
from people.refusals import Conflict, Invalid, NotFound

ROLE, PERMISSION = "hotline", "answer_hotline"
SPAN, MOST_FAILED = timedelta(hours=1), 20  # an operator who mistypes for callers all day stays far below
Outcome = PinLookup.Outcome


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices for which the user answers the hotline."""
    held = [post.office for post in posts_of(user, at) if post.role == ROLE]
    return [office for office in held if grants.may(user, PERMISSION, office)]


def look_up(user: User, number: str, pin: str, at: datetime) -> Application:
    """The case a caller asks about. The try is kept whatever comes of it.

    Raises NotFound for who answers no hotline, Conflict after too many failures, Invalid for what does not fit.
    """
    offices = offices_of(user, at)
    if not offices:
        raise NotFound()
    with transaction.atomic():
        # One try of an operator at a time: so tries at the same moment cannot pass the limit together.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        _check_rate(user, at)
        found, outcome = _try(_case_with(number, offices), pin, at)
        _keep(user, offices[0], found, outcome, at)
    if outcome != Outcome.SHOWN:
        raise Invalid(_words(outcome), code=outcome)
    return found


def _check_rate(user: User, at: datetime) -> None:
    failed = PinLookup.objects.filter(operator=user, at__gt=at - SPAN).exclude(outcome=Outcome.SHOWN)
    if failed.count() >= MOST_FAILED:
        text = _("一小时内不符的次数太多，暂时不能查询。请稍后再试，或者请来电人到窗口办理。")
        raise Conflict(text, code="too_often")


def _case_with(number: str, offices: list[Office]) -> Application | None:
    """By its number, where the hotline answers for its place."""
    area = inside("division", {office.division_id for office in offices})
    related = ("scheme_version", "division")
    return Application.objects.filter(area, number=number).select_related(*related).first()


def _try(application: Application | None, pin: str, at: datetime) -> tuple[Application | None, str]:
    rows = CasePin.objects.select_for_update(no_key=True).filter(application=application, ended_at__isnull=True)
    kept = rows.first() if application is not None else None
    if kept is None or not _still_good(kept, at):
        return None, Outcome.UNKNOWN
    if kept.locked_at is not None:
        return application, Outcome.LOCKED
    if fits(application, pin, kept.digest):
        CasePin.objects.filter(pk=kept.pk).update(wrong=0)
        return application, Outcome.SHOWN
    kept.wrong += 1
    kept.locked_at = at if kept.wrong == MOST_WRONG else None
    kept.save(update_fields=["wrong", "locked_at"])
    return application, Outcome.LOCKED if kept.locked_at else Outcome.WRONG


def _still_good(pin: CasePin, at: datetime) -> bool:
    """Whether its maker still has the case: help may have run out by its last day, which ends no PIN by itself."""
    return own.cases_of(pin.made_by, at).filter(pk=pin.application_id).exists()


def _keep(user: User, office: Office, application: Application | None, outcome: str, at: datetime) -> None:
    PinLookup.objects.create(operator=user, office=office, application=application, outcome=outcome, at=at)
    if application is None:
        chain.append(f"reader:{user.username}", "hotline.unknown", actor=user.username, at=at)
        return
    action = "hotline.looked" if outcome == Outcome.SHOWN else "hotline.refused"
    data = {"office": office.pk, "outcome": outcome, "state": str(application.state), "round": application.round}
    chain.append(application.stream, action, actor=user.username, at=at, subject=application.public_id, data=data)


def _words(outcome: str) -> str:
    """The same for a number that is not there and a PIN that is wrong: neither tells which cases exist."""
    if outcome == Outcome.LOCKED:
        return _("这个查询密码输错次数太多，已经锁定。请来电人在自己的账号里或者到窗口重新设置。")
    return _("编号和查询密码不符。请来电人对照收件凭证再报一遍。")
