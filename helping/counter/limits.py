"""A draft of the counter is filed as it was read back, and not past it: the rule the applications room asks for."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from applications import own
from applications.door import Case
from helping.models import CounterVisit
from people.models import User
from people.refusals import Invalid


def hidden_from(user: User, at: datetime) -> Q:
    """The counter hides nothing: whose leave was taken back is hidden by the rules of mandates."""
    return Q(pk__in=())


def gate(case: Case, act: str) -> None:
    """Raise Invalid for a draft that was not read back, or was changed since."""
    if act != own.FILE:
        return
    visit = CounterVisit.objects.filter(application=case.application).first()
    if visit is None:
        return
    if visit.read_back_at is None or visit.read_back_at < case.application.saved_at:
        text = _("这份申请是在窗口填写的。请回到“窗口代办”，把填写的内容读给申请人听，再提交。")
        raise Invalid(text, code="not_read_back")
