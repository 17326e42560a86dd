"""Making a complaint about one's own case, and which office answers it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions, door
from applications.models import Application
from applications.own import Act
from applications.states import State
from approvals.models import Complaint, Decision
from people import vault
from people.models import Office, Post, User
from people.posts import in_force
from people.refusals import Conflict, Invalid
from workflows import calendar
from workflows.models import WorkItem

# assumed: no text of the first two divisions states a limit for answering a complaint.
ANSWER_WORKING_DAYS = 15
TEXT, CONTACT, ANSWER = "complaint", "complaint_contact", "complaint_answer"
HANDLERS = ("reviewer", "supervisor")
# Whoever handles a complaint acts at no stage of the case.
STAGE = "complaint"
# What one can disagree with.
DISPUTABLE = (
    Decision.Kind.NOT_ACCEPTED,
    Decision.Kind.REFUSAL,
    Decision.Kind.GRANT,
    Decision.Kind.ANSWER,
    Decision.Kind.REVOCATION,
    Decision.Kind.STOP,
    Decision.Kind.REDUCTION,
    Decision.Kind.RECOVERY,
)


@dataclass(frozen=True)
class Complained:
    """What is complained about, and how the person wants to be reached ("" for on the case page)."""

    kind: str
    text: str
    contact: str = ""


def kinds_for(application: Application) -> list[str]:
    """What one can complain about now: service once it was filed, an outcome once there is one; each once at a time."""
    if application.state == State.DRAFT:
        return []
    decided = application.decisions.filter(kind__in=DISPUTABLE).exists() or application.state == State.LAPSED
    possible = [Complaint.Kind.SERVICE, *([Complaint.Kind.DECISION] if decided else [])]
    waiting = set(application.complaints.filter(result="").values_list("kind", flat=True))
    return [str(kind) for kind in possible if kind not in waiting]


def complain(user: User, public_id: str, said: Complained, at: datetime) -> Complaint:
    """Make a complaint about one's own case.

    Raises NotFound for anybody else's, Invalid naming what is missing, Conflict where one of the kind waits already.
    """
    with actions.own_case(user, public_id, at, Act.COMPLAIN) as case:
        _check(case.application, said)
        complaint = _made(case, said)
        case.record("complaint.made", kind=said.kind, office=complaint.office_id, complaint=complaint.pk)
    return complaint


def _check(application: Application, said: Complained) -> None:
    errors: dict[str, str] = {}
    if said.kind not in Complaint.Kind.values:
        errors["kind"] = _("请选择您要反映的是哪一方面。")
    elif said.kind not in kinds_for(application):
        raise Conflict(_("这方面现在不能提出：还没有办理结果，或者上一次提出的还没有答复。"), code="not_now")
    if not said.text.strip():
        errors["text"] = _("请写明您的意见和要求。")
    if errors:
        raise Invalid(errors=errors)


def _made(case: door.Case, said: Complained) -> Complaint:
    application, key = case.application, case.application.data_key
    try:
        with transaction.atomic():
            return Complaint.objects.create(
                application=application,
                kind=said.kind,
                by=case.user,
                office=office_for(application, case.at),
                round=application.round,
                text=vault.encrypt(key, said.text.strip(), TEXT),
                contact=vault.encrypt(key, said.contact.strip(), CONTACT) if said.contact.strip() else b"",
                made_at=case.at,
                due_at=calendar.deadline(case.at, ANSWER_WORKING_DAYS, "working"),
            )
    except IntegrityError as error:
        raise Conflict(_("您已经提出过，正在处理，请等待答复。"), code="waiting") from error


def office_for(application: Application, at: datetime) -> Office:
    """The office that answers: that of the last outcome, else the one that has the case; a school has nobody who
    could, then the next on the route where somebody has not acted in the case.
    """
    offices = list(dict.fromkeys(_offices(application)))
    return next((office for office in offices if _has_handler(application, office, at)), offices[0])


def _offices(application: Application) -> Iterator[Office]:
    decided = application.decisions.filter(kind__in=DISPUTABLE).select_related("office").order_by("-pk")
    yield from (decision.office for decision in decided)
    items = WorkItem.objects.filter(case_id=application.pk).select_related("queue__office").order_by("-pk")
    yield from (item.queue.office for item in items)
    county = application.division.at_level("county") or application.division_id
    functions = {stage.function for stage in application.definition.stages if stage.function}
    yield from Office.objects.filter(division_id=county, function__in=functions).order_by("pk")


def _has_handler(application: Application, office: Office, at: datetime) -> bool:
    serving = Post.objects.filter(in_force(timezone.localdate(at)), office=office, role__in=HANDLERS)
    posts = serving.filter(user__is_active=True).select_related("user")
    return any(not door.barred_from(application, post.user, STAGE) for post in posts)
