"""Weighing what was said, and the decision by an official who has not acted in the case."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from applications.states import State
from approvals.exofficio import seat as seats
from approvals.exofficio.effects import impose
from approvals.exofficio.hearing import FACTS, STATEMENT
from approvals.exofficio.replying import waits_for_reply
from approvals.exofficio.terms import Weighed
from approvals.letters import exofficio as letters
from approvals.models import Decision, Opinion, Proceeding
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid, NotFound
from schemes import procedures
from workflows import engine
from workflows.models import WorkItem

Outcome = Opinion.Outcome
HEARING = "hearing"
REPLIED = "\n\n答复陈述申辩："
DECISION_OF = {
    Proceeding.Kind.REVOKE: Decision.Kind.REVOCATION,
    Proceeding.Kind.STOP: Decision.Kind.STOP,
    Proceeding.Kind.REDUCE: Decision.Kind.REDUCTION,
    Proceeding.Kind.RECOVER: Decision.Kind.RECOVERY,
    Proceeding.Kind.REVIVE: Decision.Kind.STOP,
}


def weigh(user: User, public_id: str, said: Weighed, at: datetime, *, version: int | None = None) -> None:
    """Propose to impose or to drop. A measure needs the prior notice, and an answer to what was said.

    Raises what `seats.taken` raises, and Invalid naming what is missing.
    """
    with seats.taken(user, public_id, procedures.PROPOSE, at, version=version) as seat:
        proceeding, case = seat.proceeding, seat.case
        _check_weighed(proceeding, said)
        if said.hearing.strip():
            proceeding.hearing_notes = vault.encrypt(case.application.data_key, said.hearing.strip(), HEARING)
            proceeding.save(update_fields=["hearing_notes"])
        outcome = Outcome.PROPOSE if said.impose else Outcome.DROP
        seat.note_opinion(outcome, _with_answer(said))
        case.save()
        case.record(f"official.{outcome}", stage=seat.item.stage, office=seat.office.pk)
        seats.advance(seat)


def _check_weighed(proceeding: Proceeding, said: Weighed) -> None:
    errors: dict[str, str] = {}
    if said.impose and proceeding.notice_at is None:
        errors["impose"] = _("还没有事先告知，不能建议作出处理。请先告知并听取意见，或者建议不予处理。")
    if not said.reason.strip():
        errors["reason"] = _("请写明理由。")
    if proceeding.statement_at is not None and not said.answer.strip():
        errors["answer"] = _("当事人作了陈述申辩，请逐条答复：采纳的写明采纳，不采纳的写明理由。")
    if said.impose and waits_for_reply(proceeding):
        errors["hearing"] = _("当事人要求听证，请先书面答复是否举行听证，再提出处理建议。")
    elif said.impose and proceeding.hearing_wanted and not said.hearing.strip():
        errors["hearing"] = _("当事人要求听证，请写明听证的时间和结果；依法不组织听证的，写明理由。")
    if errors:
        raise Invalid(errors=errors)


def _with_answer(said: Weighed) -> str:
    answer = said.answer.strip()
    return said.reason.strip() + (REPLIED + answer if answer else "")


def decide(user: User, public_id: str, outcome: str, text: str, at: datetime, *, version: int | None = None) -> None:
    """作出处理, 不予处理, or send it back to be looked at again; the case is concluded with a paper.

    Raises what `seats.taken` raises; Conflict when the grant is no longer what it was; Invalid naming what is missing.
    """
    with seats.taken(user, public_id, procedures.DECIDE, at, version=version, also=_process_of(public_id)) as seat:
        _check_decided(seat.proceeding, outcome, text)
        STEPS[outcome](seat, text.strip())


def _process_of(public_id: str) -> int | None:
    """The route of the granted case: a measure may end it."""
    found = Proceeding.objects.filter(application__public_id=public_id).values_list("about__process_ref", flat=True)
    return found.first()


def _check_decided(proceeding: Proceeding, outcome: str, text: str) -> None:
    errors: dict[str, str] = {}
    if outcome not in STEPS or (outcome == Outcome.IMPOSE and proceeding.notice_at is None):
        errors["outcome"] = _("请选择办理结果。没有事先告知的，不能作出处理。")
    if not text.strip():
        errors["text"] = _("请写明理由。")
    if errors:
        raise Invalid(errors=errors)


def _impose(seat: seats.Seat, text: str) -> None:
    case, proceeding = seat.case, seat.proceeding
    about = door.lock_application(proceeding.about_id)
    if about.state != State.GRANTED:
        raise Conflict(_("原来的批准已经不再有效，不能再作处理。请不予处理并说明理由。"), code="not_granted")
    process = engine.lock(about.process_ref) if about.process_ref else None
    old = letters.decision_of(about)
    impose(case, door.Case(about, process, case.user, case.at), proceeding)
    key = case.application.data_key
    terms = letters.Terms(vault.decrypt(key, bytes(proceeding.facts), FACTS), proceeding.clause)
    paper = letters.measure(case, seat.office, proceeding, terms, _heard(case, proceeding), text)
    revoked = proceeding.kind == Proceeding.Kind.REVOKE
    seat.decided(DECISION_OF[Proceeding.Kind(proceeding.kind)], paper, old if revoked else None)
    _conclude(seat, Outcome.IMPOSE, Proceeding.Outcome.IMPOSED, text)


def _drop(seat: seats.Seat, text: str) -> None:
    paper = letters.no_action(seat.case, seat.office, seat.proceeding, text)
    seat.decided(Decision.Kind.NO_ACTION, paper)
    _conclude(seat, Outcome.DROP, Proceeding.Outcome.DROPPED, text)


def _conclude(seat: seats.Seat, outcome: str, result: str, text: str) -> None:
    case, proceeding = seat.case, seat.proceeding
    proceeding.outcome, proceeding.closed_at = result, case.at
    proceeding.save(update_fields=["outcome", "closed_at"])
    seat.note_opinion(outcome, text)
    case.application.conclude(case.at)
    case.save()
    case.record(f"official.{outcome}", stage=seat.item.stage, office=seat.office.pk, kind=proceeding.kind)
    seats.advance(seat)


def _send_back(seat: seats.Seat, text: str) -> None:
    case = seat.case
    seat.note_opinion(Outcome.SEND_BACK, text)
    case.save()
    case.record("official.send_back", stage=seat.item.stage, office=seat.office.pk)
    engine.close_only(seat.item, case.user, case.at, WorkItem.Outcome.RETURNED)
    engine.return_to(case.process, procedures.PROPOSE, case.user, case.at)


STEPS = {Outcome.IMPOSE: _impose, Outcome.DROP: _drop, Outcome.SEND_BACK: _send_back}


def _heard(case: door.Case, proceeding: Proceeding) -> tuple[str, ...]:
    """What was said and how it was answered, as the decision tells it."""
    key = case.application.data_key
    if proceeding.statement_at is None:
        return ("在规定的期限内，没有收到陈述申辩。",)
    said = vault.decrypt(key, bytes(proceeding.statement), STATEMENT)
    hearing = vault.decrypt(key, bytes(proceeding.hearing_notes), HEARING) if proceeding.hearing_notes else ""
    lines = [
        f"陈述申辩：{said}",
        f"本机关答复：{_answer(case.application)}",
        *([f"听证：{hearing}"] if hearing else []),
    ]
    return tuple(part for line in lines for part in line.splitlines() if part.strip())


def _answer(application: Application) -> str:
    """What the reviewer last answered to the statement."""
    proposal = application.opinions.filter(outcome=Outcome.PROPOSE).order_by("-pk").first()
    if proposal is None:
        raise NotFound()
    words = vault.decrypt(application.data_key, bytes(proposal.text), "opinion")
    return words.partition(REPLIED)[2] or words
