"""What the applicant, or a helper for them, does with a case. Each takes the time `at`; pages pass now."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import agreed, door, organisations, own, papers_due, parties
from applications import answers as answers_of
from applications.asking import asking_of
from applications.letters import receipts
from applications.models import Application, Correction, Round
from applications.opening import check_open, once_key, once_refusal
from applications.own import Act
from applications.placing import assessed_facts, place_from, place_of
from applications.reuse.party import check_same
from applications.states import State
from papers import numbering
from people import vault
from people.models import Person, User
from people.refusals import Conflict, Invalid, NotFound
from schemes.assessing import Assessment
from schemes.definition import PaperAsked
from schemes.errors import FactsError
from schemes.models import current_version
from schemes.policies import resolve_for
from workflows import engine, sampling
from workflows.routing import note_routing

# How PostgreSQL and SQLite name the constraint that was hit.
ONCE_CONSTRAINTS = ("application_once_for_life", "application_once_an_organisation", "once_group")


def begin(
    user: User,
    scheme_code: str,
    at: datetime,
    *,
    for_other: bool = False,
    by: User | None = None,
    continues: Application | None = None,
) -> Application:
    """Begin a draft under the scheme's present version, to which the case stays pinned.

    `by`: the official who opens it for the user, where somebody's case goes on as another's. `continues`: the granted
    case whose next period it asks for.
    """
    version = current_version(scheme_code)
    if version is None:
        raise NotFound()
    if not version.definition.can_be_filed:
        raise Conflict(_("这个事项不用申请，也不能在这里申请。请看办事指南，或者打电话询问。"), code="inform_only")
    with transaction.atomic():
        key = vault.new_data_key()
        key.save()
        application = Application.objects.create(
            scheme_version=version,
            scheme_code=scheme_code,
            once_group=version.definition.once_group if version.definition.once else "",
            filed_by=user,
            for_other=for_other,
            continues=continues,
            by_organisation=version.definition.applicant == "organisation",
            data_key=key,
            created_at=at,
            saved_at=at,
        )
        door.Case(application, None, by or user, at).record("draft.begun", scheme=scheme_code)
    return application


def save_answers(
    user: User, public_id: str, changes: dict[str, Any], at: datetime, *, version: int | None = None
) -> Application:
    """Save a page of a draft or of a correction. Only what was named in a correction may change."""
    with own_case(user, public_id, at, Act.EDIT, version=version) as case:
        application = case.application
        answers = {**answers_of.read(application), **changes}
        _editable(application, changes, answers, at)
        place_from(application, answers)
        answers_of.write(application, answers)
        application.taken_answers.filter(name__in=changes).delete()
        application.saved_at = at
        case.save()
    return application


def submit(
    user: User, public_id: str, at: datetime, *, version: int | None = None, with_papers: bool = True
) -> Application:
    """File a draft: number, parties, assessment, route, receipt. Raises Invalid naming what is missing.

    `with_papers` is given up only by whoever brings in cases that have their papers elsewhere: demonstrations, tests.
    """
    with once_only(public_id), own_case(user, public_id, at, Act.FILE, version=version) as case:
        if case.application.state != State.DRAFT:
            raise Conflict(_("这份申请已经提交，不需要再次提交。"), code="already_submitted")
        if with_papers:
            _check_papers(case)
        _file(case)
    return case.application


def _file(case: door.Case) -> None:
    application, at = case.application, case.at
    answers = answers_of.read(application)
    _check_complete(application, answers, at)
    named = _name_persons(application, answers)
    check_same(application)
    application.policy_date = timezone.localdate(at)
    application.once_group = once_key(application, application.policy_date)
    application.number = next_number(application, timezone.localdate(at), application.definition.case_number_prefix)
    _check_offered(application, _reassess(application, answers, at))
    application.submit(at)
    case.save()
    door.name_parties(application, named, case.user)
    own.require(case, Act.FILE)
    application.for_other = application.for_other and application.subject_id != case.user.person_id
    _keep_round(application, at)
    agreed.keep(case)
    case.record("application.submitted", scheme=application.scheme_code, eligible=application.eligible)
    routing = place_of(application, answers)
    position = engine.start(application.pk, application.scheme_version, routing.place, routing.facts, at)
    case.process, application.process_ref = position.process, position.process.pk
    case.save()
    seal = sampling.seal_of(position.process.data)
    if seal:
        case.record("route.sealed", seal=seal)
    receipts.receipt(case)


def resubmit(user: User, public_id: str, at: datetime, *, version: int | None = None) -> Application:
    """Answer a correction request: a new round begins and the clock runs again."""
    with once_only(public_id), own_case(user, public_id, at, Act.CORRECT, version=version) as case:
        application = case.application
        if application.state != State.RETURNED:
            raise Conflict(_("这份申请现在不需要补正。"), code="not_returned")
        correction = application.corrections.get(round=application.round)
        answers = answers_of.read(application)
        _check_complete(application, answers, at)
        _refuse_lacking(papers_due.lacking_further(application, at))
        named = _name_persons(application, answers)
        _reassess(application, answers, at)
        if correction.before_acceptance:
            application.resubmit_before_acceptance(at)
        else:
            application.resubmit_in_review(at)
        case.save()
        note_routing(case.process, assessed_facts(application, answers))
        door.name_parties(application, named, case.user)
        own.require(case, Act.CORRECT)
        Correction.objects.filter(pk=correction.pk).update(answered_at=at)
        _keep_round(application, at)
        case.record("application.resubmitted")
        engine.resume(case.process, at)
        receipts.receipt_of_correction(case, correction)
    return application


def withdraw(user: User, public_id: str, at: datetime, *, version: int | None = None) -> Application:
    """Take an open case back. Its record stays; a new application remains possible."""
    with own_case(user, public_id, at, Act.WITHDRAW, version=version) as case:
        application = case.application
        if application.is_ex_officio:
            raise Conflict(_("这是机关依职权处理的案件，不能撤回；您可以陈述申辩。"), code="ex_officio")
        if not application.is_open:
            raise Conflict(_("这份申请已经办结，不能撤回。"), code="not_open")
        application.withdraw(at)
        case.save()
        case.record("application.withdrawn")
        engine.cancel(case.process, user, at)
    return application


def lapse(public_id: str, at: datetime) -> bool:
    """End a case whose correction was not answered in time; False when there is nothing to do (any more)."""
    with door.open_case(public_id, user=None, at=at) as case:
        application = case.application
        if application.state != State.RETURNED or application.correction_due > at:
            return False
        application.lapse(at)
        case.save()
        case.record("application.lapsed")
        engine.cancel(case.process, None, at)
    return True


@contextmanager
def own_case(user: User, public_id: str, at: datetime, act: Act, *, version: int | None = None) -> Iterator[door.Case]:
    """The door for the one who filed the case; for everybody else it does not exist (NotFound).

    Raises Refused where they act for somebody who did not let them do this.
    """
    mine = own.cases_of(user, at).filter(public_id=public_id)
    keys = mine.values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    with door.open_current(*keys, user=user, at=at, version=version) as case:
        if act not in own.ONCE_NAMED:
            own.require(case, act)
        yield case


@contextmanager
def once_only(public_id: str) -> Iterator[None]:
    """The database's own refusal of a second live case of one person or organisation, in words."""
    try:
        yield
    except IntegrityError as error:
        if not any(name in str(error) for name in ONCE_CONSTRAINTS):
            raise
        application = Application.objects.select_related("scheme_version").get(public_id=public_id)
        raise Conflict(once_refusal(application), code="once_for_life") from error


def _editable(application: Application, changes: dict[str, Any], answers: dict[str, Any], at: datetime) -> None:
    if application.state == State.DRAFT:
        return
    editable: frozenset[str] = frozenset()
    if application.state == State.RETURNED:
        editable = asking_of(application, answers, timezone.localdate(at)).editable or editable
    if not set(changes) <= editable:
        raise Conflict(_("申请已提交，现在不能修改这项内容。"), code="not_editable")


def _check_complete(application: Application, answers: dict[str, Any], at: datetime) -> None:
    missing = answers_of.missing_answers(application, answers, timezone.localdate(at))
    if missing:
        raise Invalid(_("还有必答的问题没有填写，请补充后再提交。"), errors=dict.fromkeys(missing, ""))


def _check_papers(case: door.Case) -> None:
    """Every required paper is there, or was promised where it may follow."""
    _refuse_lacking(papers_due.lacking_papers(case.application, case.at))
    papers_due.settle(case.application, case.at)


def _refuse_lacking(lacking: list[PaperAsked]) -> None:
    if lacking:
        errors = {paper.code: _("请上传“%(paper)s”。") % {"paper": paper.label} for paper in lacking}
        raise Invalid(_("还有必须交的材料没有上传，请补充后再提交。"), code="papers_missing", errors=errors)


def _name_persons(application: Application, answers: dict[str, Any]) -> list[Person]:
    """Everybody the case names. The first is whom it is about and who is paid, unless an organisation is.

    An organisation is locked before persons, as decisions do.
    """
    if application.by_organisation:
        organisation = organisations.organisation_in(application, answers)
        application.organisation = application.payee_organisation = organisation
    named = parties.named_in(application, answers)
    application.subject = named[0]
    if not application.by_organisation:
        application.payee = named[0]
    return named


def _reassess(application: Application, answers: dict[str, Any], at: datetime) -> Assessment:
    try:
        assessment = answers_of.assess_now(application, answers, timezone.localdate(at))
    except FactsError as error:
        raise Invalid(errors=error.in_language()) from error
    answers_of.write_assessment(application, assessment)
    return assessment


def _check_offered(application: Application, assessment: Assessment) -> None:
    """Nothing is filed where no policy is in force, nor, on a production site, on values nobody has confirmed."""
    if assessment.line("no_clause"):
        raise Invalid(_("本系统尚未收录当地依据，不能在这里申请。请向当地主管部门咨询。"), code="no_clause")
    if assessment.line("not_in_force"):
        raise Invalid(_("当地的政策文件不在有效期内，现在不能申请。请向当地主管部门咨询。"), code="not_in_force")
    if assessment.line("inform_only"):
        raise Invalid(
            _("当地的条文没有规定可以申请这个事项，不能在这里申请。请向当地主管部门咨询。"), code="inform_only"
        )
    policy = resolve_for(application.definition, application.division_id, assessment.on)
    if not settings.DEMO and policy.assumed:
        raise Invalid(_("当地的补贴标准还没有经主管部门确认，暂时不能申请。请向当地主管部门咨询。"), code="unconfirmed")
    check_open(application, policy, assessment.on)


def _keep_round(application: Application, at: datetime) -> None:
    Round.objects.create(
        application=application, number=application.round, answers=bytes(application.answers), filed_at=at
    )


def next_number(application: Application, day: date, prefix: str) -> str:
    """The next case number of a series in the case's county and the day's year."""
    county = application.division.at_level("county") or application.division_id
    sequence = numbering.take(f"case:{prefix}:{county}:{day.year}")
    return f"{prefix}{county}{day.year}{sequence:06d}"
