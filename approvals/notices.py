"""Public notices: they open when the route arrives at one, and end by the clock or by an upheld objection."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.door import Case
from applications.naming import public_name_of
from applications.states import State
from approvals.letters.notice import notice_sheet
from approvals.letters.waivers import agreement
from approvals.models import Objection, PublicNotice
from people import vault
from people.models import Office
from people.refusals import Conflict
from workflows import calendar, engine, objections
from workflows.models import WorkItem
from workflows.places import Place, office_for

# The namespace of the codes by which replies are found.
LOOKUP = "objection"


def arrive(case: Case, position: engine.Position) -> None:
    """Do what the stage just reached needs: a notice opens, an agreement is drawn up for both sides to sign; lots drawn
    on the way are recorded.
    """
    for one in position.draws:
        case.record("route.sampled", stage=one.stage, percent=one.percent, number=one.number, drawn=one.drawn)
    if position.stage is not None and position.stage.kind == "notice":
        _publish(case, position)
    if position.stage is not None and position.stage.kind == "confirm":
        agreement(case, _office_at(position))


def _office_at(position: engine.Position) -> Office:
    data = position.process.data
    return office_for(position.stage, Place(**data["place"]), data["routing"])


def _publish(case: Case, position: engine.Position) -> None:
    application, stage = case.application, position.stage
    if application.state == State.ACCEPTED:
        application.begin_review(case.at)
    application.publish_notice(case.at)
    case.save()
    office = _office_at(position)
    notice = PublicNotice.objects.create(
        application=application,
        stage=stage.code,
        round=application.round,
        office=office,
        masked_name=public_name_of(application),
        place=_place(application, stage.notice_columns),
        amount=application.amount if "amount" in stage.notice_columns else None,
        starts_at=case.at,
        ends_at=calendar.deadline(case.at, stage.days, stage.day_kind),
    )
    notice_sheet(case, notice)
    case.record("notice.opened", stage=stage.code)


def _place(application, columns: tuple[str, ...]) -> str:
    if "school" in columns and application.subject_office:
        return application.subject_office.name
    return application.division.name if "township" in columns else ""


def end(public_id: str, at: datetime) -> bool:
    """End a notice whose time is over, unless an objection is still open; False when nothing was to do."""
    with door.open_case(public_id, user=None, at=at) as case:
        notice = PublicNotice.objects.filter(application=case.application, ended_at__isnull=True).first()
        if notice is not None and case.application.state != State.NOTICED:
            _close(notice, PublicNotice.Result.CANCELLED, at)
            return True
        if notice is None or notice.ends_at > at or notice.objections.filter(handled_at__isnull=True).exists():
            return False
        case.application.end_notice(at)
        case.save()
        _close(notice, PublicNotice.Result.CLEAR, at)
        case.record("notice.ended", stage=notice.stage)
        arrive(case, engine.advance(case.process, None, at))
    return True


def object_to(notice: PublicNotice, text: str, contact: str, at: datetime, *, code: str = "") -> Objection:
    """Record an objection and put it before a reviewer of the office that answers for the notice.

    `code`: what whoever objects was given to find the reply by; only its blind index is kept.
    Raises Conflict when the notice is over.
    """
    with door.open_case(notice.application.public_id, user=None, at=at) as case:
        running = PublicNotice.objects.filter(pk=notice.pk, ended_at__isnull=True).select_related("office").first()
        if running is None or running.ends_at < at or case.application.state != State.NOTICED:
            raise Conflict(_("公示期已经结束，不能再提出异议。您可以向作出决定的机关反映。"), code="notice_over")
        key = case.application.data_key
        objection = Objection.objects.create(
            notice=running,
            text=vault.encrypt(key, text, "objection"),
            contact=vault.encrypt(key, contact, "objection"),
            lookup=vault.blind_index(LOOKUP, code) if code else "",
            raised_at=at,
        )
        case.record("objection.raised", stage=running.stage)
        objections.open_seat(case.process, running.office, running.stage, at)
    return objection


def settle(case: Case, item: WorkItem, *, upheld: bool) -> None:
    """Close the objection seat; an upheld one ends the notice and takes the case back to the stage before it."""
    engine.close_only(item, case.user, case.at)
    if not upheld:
        return
    notice = PublicNotice.objects.get(application=case.application, ended_at__isnull=True)
    _close(notice, PublicNotice.Result.UPHELD, case.at)
    before = engine.stage_before(case.process)
    arrive(case, engine.return_to(case.process, before.code, case.user, case.at))


def objection_of(code: str) -> Objection | None:
    """The objection whose reply is found by a code; None for a code nobody was given."""
    found = Objection.objects.select_related("reply__data_key", "reply__office").exclude(lookup="")
    return found.filter(lookup__in=vault.blind_indexes(LOOKUP, code)).first() if code else None


def _close(notice: PublicNotice, result: str, at: datetime) -> None:
    notice.ended_at, notice.result = at, result
    notice.save(update_fields=["ended_at", "result"])
