"""Nothing is given twice: the same household and month, the same agency contract."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.door import Case
from applications.models import Application, CaseActor
from benefits.models import PhaseOut, Waiver
from people import vault
from people.identity import normalise_id
from people.models import Person
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
        if numbers & _numbers(answers_of.read(other)):
            raise Conflict(
                _("该家庭成员已在申请%(number)s中享受同一时期的渐退期待遇，不能重复批准。") % {"number": other.number},
                code="given_already",
            )


def refuse_second_waiver(case: Case) -> None:
    """Raise Conflict when the deposit of the same contract is already waived."""
    answers = answers_of.read(case.application)
    _locked({normalise_id(answers["id_number"])})
    others = Application.objects.exclude(pk=case.application.pk).filter(
        subject=case.application.subject, waiver__state__in=RELIEVED
    )
    for other in others.select_related("data_key"):
        if _contract(answers_of.read(other)) == _contract(answers):
            raise Conflict(
                _("同一代销合同的押金已在申请%(number)s中减免，不能重复批准。") % {"number": other.number},
                code="given_already",
            )


def _locked(numbers: set[str]) -> list[int]:
    """The persons with these IDs, locked in one order, so that two cases about one person are decided one by one."""
    indexes = [vault.blind_index("id", number) for number in numbers]
    persons = Person.objects.select_for_update(of=("self",), no_key=True).filter(id_index__in=indexes).order_by("pk")
    return [person.pk for person in persons]


def _numbers(answers: dict[str, Any]) -> set[str]:
    members = answers.get("household", [])
    return {normalise_id(answers["id_number"]), *(normalise_id(member["id_number"]) for member in members)}


def _contract(answers: dict[str, Any]) -> str:
    return "".join(str(answers.get("contract_number", "")).split()).upper()
