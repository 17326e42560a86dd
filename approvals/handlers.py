"""What each outcome does, inside the door: transition and papers first, the route last."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.door import Case
from applications.models import Correction, CorrectionPoint
from applications.states import State
from approvals import answers as answers_given
from approvals import letters, notices
from approvals.letters import waivers
from approvals.letters.objections import objection_reply
from approvals.models import Decision, Objection
from approvals.outcomes import ANSWERS, Outcome
from approvals.said import Said
from approvals.signing import signatures
from benefits import giving
from benefits.models import PhaseOut, Waiver
from benefits.waivers import ending, terms
from papers.models import Paper
from people import vault
from people.joining import listed
from people.refusals import Conflict, Invalid
from workflows import calendar, engine
from workflows.models import WorkItem
from workflows.routing import missed

# assumed: no text of the first two divisions states how long an applicant has to answer a correction request.
CORRECTION_WORKING_DAYS = 15


def begin_review(case: Case, item: WorkItem) -> None:
    """The first act after acceptance takes the case into review."""
    if case.application.state == State.ACCEPTED and item.kind in {"review", "countersign", "decide", "notice"}:
        case.application.begin_review(case.at)


def accept(case: Case, item: WorkItem, said: Said) -> None:
    """受理: acceptance notice; where another office decides, the notice that it was handed on."""
    case.application.accept(case.at)
    case.save()
    if case.application.is_referred:
        _decide(case, item, Decision.Kind.REFERRAL, letters.referral(case, item))
    else:
        issue_acceptance(case, item)


def issue_acceptance(case: Case, item: WorkItem) -> None:
    """The acceptance notice; no official stands on it where acceptance came about by silence."""
    _decide(case, item, Decision.Kind.ACCEPTANCE, letters.acceptance(case, item))


def not_accept(case: Case, item: WorkItem, said: Said) -> None:
    """不予受理: a reasoned paper with remedies; the route ends."""
    case.application.decline_to_accept(case.at)
    case.save()
    _decide(case, item, Decision.Kind.NOT_ACCEPTED, letters.not_accepted(case, item, said.text))


def correction(case: Case, item: WorkItem, said: Said) -> None:
    """补正: everything at once, the clock stops."""
    begin_review(case, item)
    application, key = case.application, case.application.data_key
    due = calendar.deadline(case.at, CORRECTION_WORKING_DAYS, "working")
    before = application.state == State.SUBMITTED
    application.return_for_correction(case.at, due)
    case.save()
    request = Correction.objects.create(
        application=application,
        round=application.round,
        kind=said.correction_kind,
        asked_by=case.user,
        asked_at=case.at,
        due_at=due,
        before_acceptance=before,
    )
    CorrectionPoint.objects.bulk_create(
        CorrectionPoint(correction=request, target=target, name=name, message=vault.encrypt(key, message, "correction"))
        for target, name, message in said.points
    )
    _decide(case, item, Decision.Kind.CORRECTION, letters.correction(case, item, said.points, due))


def agree(case: Case, item: WorkItem, said: Said) -> None:
    """同意 or 不同意: an opinion for those who decide."""
    begin_review(case, item)
    case.save()


def grant(case: Case, item: WorkItem, said: Said) -> None:
    """准予: only on a positive assessment; benefit, dues and reservation in the same transaction."""
    begin_review(case, item)
    assessment = check_grant(case, item)
    case.application.grant(case.at)
    case.save()
    giving.give(case, assessment, said.text if said.override else "", said.text if said.overtake else "")
    _decide(case, item, Decision.Kind.GRANT, letters.grant(case, item, assessment))


def check_grant(case: Case, item: WorkItem) -> dict[str, Any]:
    """The assessment a grant rests on. Raises Invalid where it does not carry one, or a level was never asked."""
    assessment = answers_of.read_assessment(case.application)
    if not assessment or assessment["eligible"] is not True:
        raise Invalid(_("测算结果不符合条件，不能批准。请不予批准并说明理由，或者退回补正。"), code="not_eligible")
    if assessment["basis"] == "assumed" and not settings.DEMO:
        raise Invalid(_("测算用到的标准还没有经政策发布人确认，不能批准。请先发布有文号的标准。"), code="unconfirmed")
    definition = engine.definition_of(case.process)
    left_out = missed(case.process, definition, definition.stage(item.stage))
    if left_out:
        stages = listed(str(stage.label) for stage in left_out)
        text = _("按现在的测算金额，还须先经过“%(stages)s”。请退回该环节，由其提出意见后再决定。")
        raise Invalid(text % {"stages": stages}, code="level_missing")
    return assessment


def refuse(case: Case, item: WorkItem, said: Said) -> None:
    """不予: facts, reasons with clauses, remedies."""
    begin_review(case, item)
    case.application.refuse(case.at)
    case.save()
    assessment = answers_of.read_assessment(case.application)
    _decide(case, item, Decision.Kind.REFUSAL, letters.refusal(case, item, said, assessment))


def record_answer(case: Case, item: WorkItem, said: Said) -> None:
    """答复: what the office in charge decided, written down and told; nothing is given or refused by us."""
    begin_review(case, item)
    case.application.record_answer(case.at)
    case.save()
    paper = letters.answer(case, item, said, answers_given.RESULTS[said.outcome])
    answers_given.keep(case, _decide(case, item, Decision.Kind.ANSWER, paper), said)


def confirm(case: Case, item: WorkItem, said: Said) -> None:
    """The lottery centre's contract act: the agreement with its revival clause is concluded, and certified."""
    terms.conclude(case, _waiver(case), waivers.agreement_of(case))
    waivers.certificate(case, item.queue.office)


def decline(case: Case, item: WorkItem, said: Said) -> None:
    """No agreement came about; the administrative decision stands, the waiver ends with the draft of
    the agreement, and the applicant reads why."""
    waiver = _waiver(case)
    waiver.end(case.at, "no_agreement")
    waiver.save()
    ending.withdraw(case)
    waivers.no_agreement(case, item.queue.office, said.text)


def file(case: Case, item: WorkItem, said: Said) -> None:
    """备案: the higher office has taken note."""
    case.save()
    PhaseOut.objects.filter(application=case.application).update(filed_at=case.at)


def answer_for(case: Case, item: WorkItem, said: Said) -> None:
    """责令改正 and the answer to it: words between two offices; the decision stands as it is."""
    case.save()


def _waiver(case: Case) -> Waiver:
    return Waiver.objects.select_for_update(of=("self",), no_key=True).get(application=case.application)


def _decide(case: Case, item: WorkItem, kind: str, paper: Paper) -> Decision:
    application = case.application
    final = kind in {Decision.Kind.GRANT, Decision.Kind.REFUSAL}
    return Decision.objects.create(
        application=application,
        kind=kind,
        round=application.round,
        office=item.queue.office,
        **signatures.signers(case, item, final=final),
        amount=application.amount if kind == Decision.Kind.GRANT else None,
        assessment=bytes(application.assessment) if final else b"",
        paper=paper,
        supersedes=Decision.objects.filter(paper=paper.supersedes).first() if paper.supersedes_id else None,
        decided_at=case.at,
    )


def route(case: Case, item: WorkItem, said: Said) -> None:
    """Move the route, last of all."""
    if said.outcome == Outcome.CORRECTION:
        engine.pause(case.process, case.at)
    elif said.outcome in {Outcome.NOT_ACCEPT, Outcome.REFUSE}:
        engine.close_seat(item, case.user, case.at)
        engine.cancel(case.process, case.user, case.at)
    elif said.outcome == Outcome.SEND_BACK:
        engine.close_only(item, case.user, case.at, WorkItem.Outcome.RETURNED)
        engine.return_to(case.process, said.target, case.user, case.at)
    elif said.outcome in {Outcome.UPHOLD, Outcome.DISMISS}:
        notices.settle(case, item, upheld=said.outcome == Outcome.UPHOLD)
    elif engine.close_seat(item, case.user, case.at, _seat_outcome(item, said)):
        notices.arrive(case, engine.advance(case.process, case.user, case.at))


def _seat_outcome(item: WorkItem, said: Said) -> str:
    """How a seat is closed; where several sign, one who is against is counted as such."""
    against = item.kind == "countersign" and said.outcome == Outcome.DISAGREE
    return WorkItem.Outcome.AGAINST if against else WorkItem.Outcome.DONE


def send_back(case: Case, item: WorkItem, said: Said) -> None:
    """退回: an earlier stage looks again."""
    begin_review(case, item)
    case.save()


def answer_objections(case: Case, item: WorkItem, said: Said) -> None:
    """Answer every open objection of the running notice, each with a paper of its own."""
    notice = case.application.notices.filter(ended_at__isnull=True).first()
    if notice is None:
        raise Conflict(_("公示已经结束。"), code="notice_over")
    upheld = said.outcome == Outcome.UPHOLD
    waiting = list(notice.objections.filter(handled_at__isnull=True))
    notice.objections.filter(pk__in=[objection.pk for objection in waiting]).update(
        handled_by=case.user,
        handled_at=case.at,
        result="upheld" if upheld else "dismissed",
        answer=vault.encrypt(case.application.data_key, said.text, "objection"),
    )
    for objection in waiting:
        paper = objection_reply(case, item.queue.office, objection, upheld=upheld, reason=said.text)
        Objection.objects.filter(pk=objection.pk).update(reply=paper)
    if upheld:
        case.application.end_notice(case.at)
        case.save()


HANDLERS: dict[str, Callable[[Case, WorkItem, Said], None]] = {
    Outcome.ACCEPT: accept,
    Outcome.NOT_ACCEPT: not_accept,
    Outcome.CORRECTION: correction,
    Outcome.AGREE: agree,
    Outcome.DISAGREE: agree,
    Outcome.SEND_BACK: send_back,
    Outcome.GRANT: grant,
    Outcome.REFUSE: refuse,
    **dict.fromkeys(ANSWERS, record_answer),
    Outcome.CONFIRM: confirm,
    Outcome.DECLINE: decline,
    Outcome.FILE: file,
    Outcome.ORDER: answer_for,
    Outcome.EXPLAINED: answer_for,
    Outcome.CORRECTED: answer_for,
    Outcome.UPHOLD: answer_objections,
    Outcome.DISMISS: answer_objections,
}
