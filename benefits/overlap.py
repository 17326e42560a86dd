"""Nothing is given twice: the same household and month, the same claimed time, the same agency contract."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications import books
from applications.door import Case
from applications.models import Application, CaseActor
from applications.states import State
from benefits.claims.loan_lists import same_contract
from benefits.models import PhaseOut, Waiver
from people import vault
from people.identity import normalise_id
from people.models import Organisation, Person
from people.refusals import Conflict

RUNNING = (PhaseOut.State.PHASING_OUT, PhaseOut.State.SUSPENDED, PhaseOut.State.ENDED)
RELIEVED = (Waiver.State.GRANTED, Waiver.State.AGREEMENT_PENDING, Waiver.State.IN_FORCE)


def refuse_second_phase_out(case: Case, first: date, last: date) -> None:
    """Raise Conflict when somebody of the household already has a phase-out in one of the months."""
    numbers = _numbers(answers_of.read(case.application))
    named = [f"person:{pk}" for pk in _locked(numbers)]
    others = Application.objects.exclude(pk=case.application.pk).filter(
        phase_out__state__in=RUNNING,
        phase_out__first_month__lte=last,
        phase_out__last_month__gte=first,
        actors__who__in=named,
        actors__capacity=CaseActor.Capacity.PARTY,
    )
    for other in others.select_related("data_key").distinct():
        if numbers & _numbers(theirs(other)):
            raise Conflict(
                _("该家庭成员已在申请%(number)s中享受同一时期的渐退期待遇，不能重复批准。") % {"number": other.number},
                code="given_already",
            )


def refuse_second_return(case: Case) -> None:
    """Raise Conflict when somebody of the household was taken back before, and no phase-out of theirs was over since.

    Who was taken back is in benefit, and stays so until they leave it.
    """
    numbers = _numbers(answers_of.read(case.application))
    named = [f"person:{pk}" for pk in _locked(numbers)]
    party = {"actors__who__in": named, "actors__capacity": CaseActor.Capacity.PARTY}
    others = Application.objects.exclude(pk=case.application.pk).filter(
        scheme_code=case.application.scheme_code, state=State.GRANTED, grant_given__isnull=False, **party
    )
    for other in others.select_related("data_key", "grant_given").distinct():
        left = Application.objects.filter(phase_out__ended_at__gt=other.grant_given.granted_at, **party)
        if numbers & _numbers(theirs(other)) and not left.exists():
            raise Conflict(
                _("该家庭已在申请%(number)s中再次纳入低保，还没有再次退出，不能重复批准。") % {"number": other.number},
                code="given_already",
            )


def refuse_second_claim(case: Case) -> str:
    """The first month of what is claimed, written 2026-07; "" where the scheme asks for no time.

    Raises Conflict when a part of it was given already, under the same scheme, to the same person or organisation.
    """
    application, answers = case.application, answers_of.read(case.application)
    claimed = time_claimed(answers)
    if claimed is None:
        return ""
    _lock_holder(application)
    for other in _given_under(application).select_related("data_key"):
        said = theirs(other)
        given = time_claimed(said) if books.same_matter(answers, said) else None
        if given and given.start < claimed.stop and claimed.start < given.stop:
            raise Conflict(
                _("申请%(number)s已经批准了其中的时间，同一段时间不能重复享受。") % {"number": other.number},
                code="given_already",
            )
    return (answers.get("quarter_begins") or answers["claimed_from"])[: len("2026-07")]


def refuse_second_waiver(case: Case) -> None:
    """Raise Conflict when the deposit or fee of the same contract is already waived under the same scheme."""
    application, answers = case.application, answers_of.read(case.application)
    contract = same_contract(answers.get("contract_number"))
    if not contract:
        return
    _lock_holder(application)
    others = Application.objects.exclude(pk=application.pk).filter(
        subject=application.subject, scheme_code=application.scheme_code, waiver__state__in=RELIEVED
    )
    for other in others.select_related("data_key"):
        if same_contract(theirs(other).get("contract_number")) == contract:
            raise Conflict(
                _("同一合同已在申请%(number)s中减免，不能重复批准。") % {"number": other.number},
                code="given_already",
            )


def _given_under(application: Application) -> QuerySet[Application]:
    """Other cases of the same scheme in which the same person or organisation was given something."""
    return books.granted_before(application).filter(grant_given__isnull=False)


def _lock_holder(application: Application) -> None:
    """Lock whom it is given, so that two cases about the same are decided one by one."""
    model, pk = Person, application.subject_id
    if application.by_organisation:
        model, pk = Organisation, application.organisation_id
    model.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def time_claimed(answers: dict[str, Any]) -> range | None:
    """What a claim runs over: days where it is the interest of a quarter, else months; None where it names no time."""
    return days_claimed(answers) or months_claimed(answers)


def days_claimed(answers: dict[str, Any]) -> range | None:
    """The days of interest that are claimed, as ordinals: from `quarter_begins`, `days_in_quarter` in a row. Banks
    settle in the middle of a month, so two quarters share one.
    """
    if not answers.get("quarter_begins"):
        return None
    start = date.fromisoformat(answers["quarter_begins"]).toordinal()
    return range(start, start + max(1, int(answers.get("days_in_quarter") or 1)))


def months_claimed(answers: dict[str, Any]) -> range | None:
    """The months a claim runs over, as numbers counted from the year 0: from `claimed_from`, one or more in a row."""
    if not answers.get("claimed_from"):
        return None
    first = date.fromisoformat(answers["claimed_from"])
    start = first.year * 12 + first.month - 1
    return range(start, start + max(1, int(answers.get("months_claimed") or 1)))


def _locked(numbers: set[str]) -> list[int]:
    """The persons with these IDs, locked in one order, so that two cases about one person are decided one by one."""
    indexes = [vault.blind_index("id", number) for number in numbers]
    persons = Person.objects.select_for_update(of=("self",), no_key=True).filter(id_index__in=indexes).order_by("pk")
    return [person.pk for person in persons]


def _numbers(answers: dict[str, Any]) -> set[str]:
    own = [answers["id_number"]] if answers.get("id_number") else []
    return {normalise_id(number) for number in (*own, *(one["id_number"] for one in answers.get("household", [])))}


def theirs(other: Application) -> dict[str, Any]:
    """The answers of another case; nothing of one whose file was erased when its time was over.

    Raises Conflict for one that cannot be opened otherwise: whether something is given twice cannot be seen then.
    """
    try:
        return answers_of.read(other)
    except vault.KeyDestroyed:
        return {}
    except vault.VaultError as error:
        text = _("申请%(number)s的内容无法读取，不能核对是否重复享受，暂时不能批准。请联系管理员。")
        raise Conflict(text % {"number": other.number}, code="unreadable") from error
