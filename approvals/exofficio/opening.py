"""Opening an ex officio case about something that was granted: who may, what is possible, and the case itself."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions, door
from applications import answers as answers_of
from applications.models import Application, CaseActor, Round
from applications.states import State
from approvals import scope
from approvals.exofficio.terms import Opening
from approvals.models import Decision, Proceeding
from benefits import stopping
from benefits.models import Ground, Waiver
from people import vault
from people.models import Office, Person, User
from people.posts import holds
from people.refusals import Conflict, Invalid, NotFound
from schemes import procedures
from workflows import engine
from workflows.models import WorkItem
from workflows.places import Place

Kind = Proceeding.Kind
# The series of case numbers of what offices take up by themselves.
PREFIX = "ZQ"
GROUNDS = "grounds"
PERSON = "person:"
# Who supervises opens a case for the reviewers; it is no stage they could act at.
OPENED_BY_SUPERVISOR = "ex_officio_open"


def office_of(about: Application) -> Office | None:
    """The office that granted a case; None where nothing was granted."""
    granted = (
        about.decisions.filter(kind=Decision.Kind.GRANT).select_related("office__division").order_by("-pk").first()
    )
    return granted.office if granted else None


def role_for(user: User, about: Application, at: datetime) -> str:
    """As what a user may open a case about this one: "reviewer", "supervisor", or "" when they may not."""
    office = office_of(about)
    if office is None or about.state != State.GRANTED or about.is_ex_officio or door.recused(about, user):
        return ""
    if holds(user, "reviewer", office, "review_cases", at):
        return "reviewer"
    return "supervisor" if holds(user, "supervisor", office, "manage_work", at) else ""


def kinds_for(about: Application) -> list[str]:
    """What can be done about a grant as it stands: there must be something left to stop, to lower or to claim back."""
    money = stopping.money_of(about)
    possible = {
        Kind.STOP: stopping.lives_on(about) or bool(money.open),
        Kind.REDUCE: bool(money.open),
        Kind.REVOKE: True,
        Kind.RECOVER: money.recoverable > 0,
        Kind.REVIVE: Waiver.objects.filter(application=about, state=Waiver.State.IN_FORCE).exists(),
    }
    return [str(kind) for kind, can in possible.items() if can]


def open_case(user: User, public_id: str, opening: Opening, at: datetime) -> Application:
    """立案: a case of its own about a granted one, at the office that granted it.

    Raises NotFound outside the user's cases, Conflict where the case is no longer a grant or such a proceeding is
    under way, Refused for four eyes and recusal, Invalid when something is missing.
    """
    keys = scope.visible_cases(user, at).filter(public_id=public_id).values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at) as granted:
        role = _role(granted)
        _check(granted.application, opening)
        application = _born(granted, opening)
        case = door.Case(application, None, user, at)
        door.take_seat(case, procedures.PROPOSE if role == "reviewer" else OPENED_BY_SUPERVISOR)
        _proceeding(case, granted.application, opening)
        case.record("ex_officio.opened", kind=opening.kind, source=opening.source, about=granted.application.number)
        granted.record("ex_officio.opened", kind=opening.kind, by_case=application.number)
        _route(case, granted.application, owner=user if role == "reviewer" else None)
    return application


def _role(granted: door.Case) -> str:
    about, user = granted.application, granted.user
    if about.state != State.GRANTED or about.is_ex_officio:
        raise Conflict(_("只能对已经批准、仍然有效的事项依职权处理。请刷新后核对。"), code="not_granted")
    role = role_for(user, about, granted.at)
    if not role:
        raise NotFound()
    return role


def _check(about: Application, opening: Opening) -> None:
    errors: dict[str, str] = {}
    if opening.kind not in kinds_for(about):
        errors["kind"] = _("请选择可以采取的处理方式。")
    if opening.source not in Proceeding.Source.values:
        errors["source"] = _("请选择线索来源。")
    if not opening.grounds.strip():
        errors["grounds"] = _("请写明立案的理由：发现了什么，从哪里发现的。")
    if opening.kind == Kind.REVIVE and opening.ground not in Ground.values:
        errors["ground"] = _("请选择是哪一种恢复缴纳的情形。")
    if errors:
        raise Invalid(errors=errors)


def _born(granted: door.Case, opening: Opening) -> Application:
    """The case: same scheme, place and parties as the granted one, its own number, key and stream."""
    about, at = granted.application, granted.at
    key = vault.new_data_key()
    key.save()
    application = Application(
        scheme_version=about.scheme_version,
        scheme_code=about.scheme_code,
        origin=Application.Origin.EX_OFFICIO,
        division=about.division,
        subject_office=about.subject_office,
        subject=about.subject,
        payee=about.payee,
        by_organisation=about.by_organisation,
        organisation=about.organisation,
        payee_organisation=about.payee_organisation,
        filed_by=about.filed_by,
        for_other=about.for_other,
        data_key=key,
        policy_date=timezone.localdate(at),
        created_at=at,
        saved_at=at,
    )
    answers_of.write(application, answers_of.read(about))
    application.number = actions.next_number(application, timezone.localdate(at), PREFIX)
    application.save()
    application.open_ex_officio(at)
    application.save()
    Round.objects.create(application=application, number=1, answers=bytes(application.answers), filed_at=at)
    door.name_parties(application, _persons(about), about.filed_by)
    return application


def _persons(about: Application) -> list[Person]:
    named = about.actors.filter(capacity=CaseActor.Capacity.PARTY, who__startswith=PERSON)
    numbers = [int(who.removeprefix(PERSON)) for who in named.values_list("who", flat=True)]
    return list(Person.objects.filter(pk__in=numbers).order_by("pk"))


def _proceeding(case: door.Case, about: Application, opening: Opening) -> None:
    try:
        with transaction.atomic():
            Proceeding.objects.create(
                application=case.application,
                about=about,
                kind=opening.kind,
                source=opening.source,
                ground=opening.ground if opening.kind == Kind.REVIVE else "",
                opened_by=case.user,
                opened_at=case.at,
                grounds=vault.encrypt(case.application.data_key, opening.grounds.strip(), GROUNDS),
            )
    except IntegrityError as error:
        text = _("本案已有一件同样的依职权处理正在办理，不能重复立案。请到该案继续办理。")
        raise Conflict(text, code="under_way") from error


def _route(case: door.Case, about: Application, owner: User | None) -> None:
    application, office = case.application, office_of(about)
    place = Place(division=application.division_id, subject_office=office.pk)
    position = engine.start(
        application.pk, application.scheme_version, place, {}, case.at, procedure=procedures.EX_OFFICIO
    )
    application.process_ref = position.process.pk
    case.process = position.process
    case.save()
    if owner is not None:
        WorkItem.objects.filter(case_id=application.pk, closed_at__isnull=True).update(owner=owner)
