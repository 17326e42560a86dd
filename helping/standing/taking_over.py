"""After the help has ended: the person goes on with what was begun for them, in their own account."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from helping.models import HelpedCase
from helping.standing import asking
from people.models import User
from people.refusals import Conflict, NotFound


def waiting_for(user: User, at: datetime) -> QuerySet[Application]:
    """Cases begun or filed for the user by helpers who no longer may: nobody goes on with them until the user does."""
    if user.person_id is None:
        return Application.objects.none()
    mine = HelpedCase.objects.filter(mandate__person=user.person_id).exclude(application__filed_by=user)
    helpers = User.objects.filter(pk__in=mine.values("application__filed_by"))
    gone = [one.pk for one in helpers if not asking.may_help(one, user.person, at)]
    return Application.objects.filter(pk__in=mine.values("application"), filed_by__in=gone).order_by("-pk")


def take_over(user: User, public_id: str, at: datetime) -> Application:
    """The user has the case from now on. Raises NotFound for what is not theirs, Conflict while the helper goes on."""
    with door.open_case(public_id, user=user, at=at) as case:
        application = case.application
        about = Q(mandate__person=user.person_id)
        if user.person_id is None or not HelpedCase.objects.filter(about, application=application).exists():
            raise NotFound()
        if application.filed_by_id == user.pk:
            raise Conflict(_("这份申请已经由您自己办理。"), code="own_already")
        if asking.may_help(application.filed_by, user.person, at):
            raise Conflict(_("帮办人还在办理这份申请。请先停止帮办。"), code="still_helped")
        application.filed_by, application.for_other = user, False
        case.save()
        case.record("case.taken_over")
    return application
