"""Answering a request for a hearing 听证: held or not, told in writing before anything is proposed."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications.models import Application
from approvals.exofficio import seat as seats
from approvals.letters.statements import HearingReply, statement_reply
from approvals.models import Proceeding
from papers.models import Paper
from people.models import User
from people.refusals import Conflict, Invalid
from schemes import procedures


def reply_to_request(
    user: User, public_id: str, reply: HearingReply, at: datetime, *, version: int | None = None
) -> Paper:
    """Tell the person that a hearing is held, when and where, or that none is held, and why.

    Raises what `seats.taken` raises; Conflict where none was asked for or it was answered; Invalid naming what is
    missing.
    """
    with seats.taken(user, public_id, procedures.PROPOSE, at, version=version) as seat:
        case, proceeding = seat.case, seat.proceeding
        if not waits_for_reply(proceeding):
            raise Conflict(_("当事人没有要求听证，或者已经答复。"), code="nothing_to_answer")
        _check(reply, at)
        paper = statement_reply(case, seat.office, proceeding, reply)
        case.save()
        case.record("ex_officio.hearing_answered", office=seat.office.pk, held=reply.granted)
    return paper


def waits_for_reply(proceeding: Proceeding) -> bool:
    """Whether a hearing was asked for and nothing was answered yet: the paper is the record of the answer."""
    return proceeding.hearing_wanted and not replied(proceeding.application)


def replied(application: Application) -> bool:
    """Whether a request for a hearing was answered in this case, by a paper that is not void."""
    replies = Paper.objects.filter(case_ref=application.public_id, kind=Paper.Kind.STATEMENT_REPLY)
    return replies.exclude(status=Paper.Status.VOID).exists()


def _check(reply: HearingReply, at: datetime) -> None:
    errors: dict[str, str] = {}
    if not reply.reason.strip():
        errors["reason"] = _("请写明理由或者说明，会写进答复书。")
    if reply.granted and reply.at is None:
        errors["hearing_on"] = _("请填写听证的日期和时间。")
    elif reply.granted and reply.at <= at:
        errors["hearing_on"] = _("听证时间要在现在以后。")
    if reply.granted and not reply.place.strip():
        errors["place"] = _("请填写听证的地点。")
    if errors:
        raise Invalid(errors=errors)
