"""Handling a complaint: by an official of the office who has not acted in the case; the answer goes to its maker."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications import actions, door
from approvals import reopening
from approvals.complaints.filing import ANSWER, STAGE
from approvals.letters.complaints import complaint_reply
from approvals.models import Complaint
from people import vault
from people.models import User
from people.posts import holds, posts_of
from people.refusals import Conflict, Invalid, NotFound, Refused

Result = Complaint.Result
# The permission each role handles complaints by.
PERMISSIONS = {"reviewer": "handle_objections", "supervisor": "manage_work"}


def complaints_of(user: User, at: datetime) -> QuerySet[Complaint]:
    """The complaints the user's offices answer for, the most urgent first."""
    wanted = Q(pk=None)
    for post in posts_of(user, at):
        if post.role in PERMISSIONS:
            wanted |= Q(office=post.office_id)
    related = ("application__data_key", "application__scheme_version", "application__subject", "office", "handled_by")
    return Complaint.objects.filter(wanted).select_related(*related).order_by("due_at", "pk")


def why_not(user: User, complaint: Complaint) -> str:
    """Why a user may not handle a complaint of their office; "" when they may."""
    if complaint.result:
        return _("这件投诉已经答复。")
    if is_about_them(user, complaint):
        return _("您办理过本案，或者是本案当事人、其近亲属，这件投诉须由其他工作人员处理。")
    return ""


def is_about_them(user: User, complaint: Complaint) -> bool:
    """Whether a user made the complaint, acted in its case or is close to a party: its maker is not theirs to reach."""
    return complaint.by_id == user.pk or bool(door.barred_from(complaint.application, user, STAGE))


def handle(user: User, pk: int, result: str, answer: str, at: datetime) -> Complaint:
    """Answer a complaint; an upheld one about an outcome that can be reopened begins a new round.

    Raises NotFound outside the user's offices, Refused for whoever acted in the case, Conflict when somebody was
    first, Invalid naming what is missing.
    """
    found = complaints_of(user, at).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    _check(result, answer)
    application = found.application
    keys = (application.pk, application.process_ref)
    with actions.once_only(application.public_id), door.open_locked(*keys, user=user, at=at) as case:
        locked = Complaint.objects.select_for_update(of=("self",), no_key=True)
        complaint = locked.select_related("office__signs_for").get(pk=pk)
        _check_hands(case, complaint)
        reopens = result == Result.UPHELD and is_about_outcome(complaint)
        reopens = reopens and case.application.state in reopening.REOPENABLE
        _answered(case, complaint, result, answer)
        complaint_reply(case, complaint, answer, reopens=reopens)
        if reopens:
            reopening.begin_round(case, answer)
        else:
            case.save()
    return complaint


def is_about_outcome(complaint: Complaint) -> bool:
    """Whether it disputes what was decided."""
    return complaint.kind == Complaint.Kind.DECISION


def _check(result: str, answer: str) -> None:
    errors: dict[str, str] = {}
    if result not in {Result.UPHELD, Result.DISMISSED}:
        errors["result"] = _("请选择处理结果。")
    if not answer.strip():
        errors["answer"] = _("请写明答复的内容和理由。")
    if errors:
        raise Invalid(errors=errors)


def _check_hands(case: door.Case, complaint: Complaint) -> None:
    if complaint.result:
        raise Conflict(_("这件投诉已由同事答复，您的答复没有保存。"), code="answered")
    if not any(holds(case.user, role, complaint.office, name, case.at) for role, name in PERMISSIONS.items()):
        raise NotFound()
    refused = why_not(case.user, complaint)
    if refused:
        raise Refused(refused, code="four_eyes")
    door.take_seat(case, STAGE)


def _answered(case: door.Case, complaint: Complaint, result: str, answer: str) -> None:
    complaint.result, complaint.handled_by, complaint.handled_at = result, case.user, case.at
    complaint.answer = vault.encrypt(case.application.data_key, answer.strip(), ANSWER)
    complaint.save(update_fields=["result", "handled_by", "handled_at", "answer"])
    case.record(
        "complaint.answered", kind=complaint.kind, result=result, office=complaint.office_id, complaint=complaint.pk
    )
