"""A draft of the counter is filed as it was read back, and not past it: the rule the applications room asks for."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from applications import own
from applications.door import Case
from applications.leave import Bound
from applications.models import Application
from applications.states import State
from helping.models import CounterVisit
from people.models import User
from people.refusals import Invalid


def hidden_from(user: User, at: datetime) -> Q:
    """Drafts that were not filed while the applicant was there: nobody goes on with them once the visit is over.

    What the applicant has taken over is theirs. Whose leave was taken back is hidden by the rules of mandates.
    """
    over = CounterVisit.objects.filter(application=OuterRef("pk"), closed_at__isnull=False)
    return Q(Exists(over), state=State.DRAFT, for_other=True)


def bounds(user: User, cases: Iterable[Application], at: datetime) -> dict[int, Bound]:
    """None: what was not read back yet is read back at the counter, and then filed."""
    return {}


def gate(case: Case, act: own.Act) -> None:
    """Raise Invalid for a draft that was not read back, or was changed since; who took theirs over files it alone."""
    if act != own.Act.FILE or not case.application.for_other:
        return
    visit = CounterVisit.objects.filter(application=case.application).first()
    if visit is None:
        return
    if visit.read_back_at is None or visit.read_back_at < case.application.saved_at:
        text = _("这份申请是在窗口填写的。请回到“窗口代办”，把填写的内容读给申请人听，再提交。")
        raise Invalid(text, code="not_read_back")
