"""After the help has ended: the person goes on with what was begun for them, in their own account."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import door, own
from applications.models import Application
from applications.states import State
from helping.models import CasePin
from helping.standing import about, asking
from people.models import Person, User
from people.refusals import Conflict, NotFound


def waiting_for(user: User, at: datetime) -> QuerySet[Application]:
    """Cases about the user, begun or filed by others who may not (or no longer) act for them: the user may go on."""
    if user.person_id is None:
        return Application.objects.none()
    mine = about.filed_for(user.person).exclude(filed_by=user)
    mine = mine.exclude(state=State.DRAFT, data_key__destroyed_at__isnull=False)
    helpers = User.objects.filter(pk__in=mine.values("filed_by"))
    going_on = [pk for one in helpers for pk in _going_on(one, user.person, mine, at).values_list("pk", flat=True)]
    return mine.exclude(pk__in=going_on).order_by("-pk")


def take_over(user: User, public_id: str, at: datetime) -> Application:
    """The user has the case from now on. Raises NotFound for what is not theirs, Conflict while the helper goes on.

    Whoever wrote it stays a party of it: they cannot act on it as an official later. A PIN they made is no longer good.
    """
    with door.open_case(public_id, user=user, at=at) as case:
        application = case.application
        if user.person_id is None or not _is_about(application, user):
            raise NotFound()
        if application.filed_by_id == user.pk:
            raise Conflict(_("这份申请已经由您自己办理。"), code="own_already")
        this = Application.objects.filter(pk=application.pk)
        if _going_on(application.filed_by, user.person, this, at).exists():
            raise Conflict(_("帮办人还在办理这份申请。请先停止帮办。"), code="still_helped")
        door.name_parties(application, [], application.filed_by)
        CasePin.objects.filter(application=application, ended_at__isnull=True).exclude(made_by=user).update(ended_at=at)
        application.filed_by, application.for_other = user, False
        case.save()
        case.record("case.taken_over")
    return application


def _going_on(helper: User, person: Person, cases: QuerySet[Application], at: datetime) -> QuerySet[Application]:
    """Those of the cases a helper still has and may go on with; a draft left at a counter is nobody's to go on with."""
    if not asking.may_help(helper, person, at):
        return cases.none()
    return own.cases_of(helper, at).filter(pk__in=cases.values("pk"))


def _is_about(application: Application, user: User) -> bool:
    """Whether somebody filed it for the user, or the user has taken it over; not what others filed as their own."""
    mine = application.for_other or application.filed_by_id == user.pk
    return mine and not application.by_organisation and about.person_of(application) == user.person_id
