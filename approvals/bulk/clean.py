"""Which cases may be done in bulk: those with nothing to look at. Everything else says why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from applications import answers as answers_of
from applications.door import barred_among
from applications.models import Application
from applications.naming import name_in
from applications.states import LIVE
from approvals.models import Objection, Opinion
from approvals.models.bulk import OFFERED
from approvals.outcomes import Outcome, outcomes_for
from approvals.seats import held_by_another
from benefits.exclusions import findings
from people import vault
from people.models import User
from workflows.models import WorkItem

# Somebody found something in this round: the next official reads the case.
SPOKEN = (Outcome.CORRECTION, Outcome.DISAGREE, Outcome.SEND_BACK, Outcome.UPHOLD)
Pair = tuple[WorkItem, Application]


@dataclass(frozen=True)
class Around:
    """What stands around a number of cases, each found in one query for all.

    `spoken`, `objected` and `accompanied` (the holder has another live case) are cases; `barred` and `held` items.
    """

    spoken: frozenset[int]
    objected: frozenset[int]
    accompanied: frozenset[int]
    barred: frozenset[int]
    held: frozenset[int]


def look_around(user: User, pairs: Iterable[Pair], at: datetime) -> Around:
    """Look at what is around these items and their cases, for the official who would act on them."""
    pairs = list(pairs)
    cases = [application for _item, application in pairs]
    keys = [application.pk for application in cases]
    spoken = Opinion.objects.filter(application__in=keys, outcome__in=SPOKEN, round=F("application__round"))
    objected = Objection.objects.filter(notice__application__in=keys, handled_at__isnull=True)
    return Around(
        spoken=frozenset(spoken.values_list("application", flat=True)),
        objected=frozenset(objected.values_list("notice__application", flat=True)),
        accompanied=frozenset(_accompanied(cases)),
        barred=frozenset(barred_among(user, [(item.pk, item.case_id, item.stage) for item, _case in pairs])),
        held=frozenset(_held(user, [item for item, _case in pairs], at)),
    )


def why_not(item: WorkItem, application: Application, around: Around) -> str:
    """The code of the first reason that keeps an item from being done in bulk; "" when nothing does."""
    return _of_item(item, around) or _of_case(item, application, around)


def outcome_for(item: WorkItem, application: Application) -> str:
    """What can be said of this item in bulk; "" where it is handled one by one.

    A second signature agrees to what another proposed, a refusal even: it is read first.
    """
    if item.kind == "cosign":
        return ""
    open_to = outcomes_for(item, application)
    return next((str(outcome) for outcome in OFFERED if outcome in open_to), "")


def _of_item(item: WorkItem, around: Around) -> str:
    found = {
        "already_decided": item.closed_at is not None,
        "paused": item.halted,
        "money": item.pause_reason == item.PauseReason.MONEY,
        "waiting": item.waiting,
        "delegated": item.delegate_id is not None,
        "claimed": item.pk in around.held,
        "asked_personally": bool(item.placement),
        "barred": item.pk in around.barred,
    }
    return next((code for code, holds in found.items() if holds), "")


def _of_case(item: WorkItem, application: Application, around: Around) -> str:
    if application.is_ex_officio:
        return "ex_officio"
    if not outcome_for(item, application):
        return "one_by_one"
    found = _of_answers(item, application)
    if found:
        return found
    if application.eligible is not True:
        return "not_eligible"
    if application.pk in around.objected:
        return "objection"
    if application.pk in around.spoken:
        return "spoken"
    return "findings" if application.pk in around.accompanied and findings(application) else ""


def _of_answers(item: WorkItem, application: Application) -> str:
    """Whether what was filed can be opened, names whom the record names, and lacks nothing the official enters."""
    try:
        answers = answers_of.read(application)
    except vault.VaultError:
        return "unreadable"
    if any(answers.get(question.name) in (None, "") for question in application.definition.questions(item.stage)):
        return "entries"
    return "" if name_in(application, answers) == application.applicant_name else "name"


def _held(user: User, items: list[WorkItem], at: datetime) -> set[int]:
    """The items a colleague has taken who can still act on them: asked once a colleague and queue."""
    known: dict[tuple[int, int], bool] = {}
    for item in items:
        place = (item.owner_id, item.queue_id)
        if item.owner_id not in (None, user.pk) and place not in known:
            known[place] = held_by_another(item, user, at)
    return {item.pk for item in items if known.get((item.owner_id, item.queue_id))}


def _accompanied(cases: list[Application]) -> set[int]:
    """The cases whose holder has another live one: by organisation, by person, or by the certificate's keyed hash."""
    keys = {
        "organisation": {case.pk: case.organisation_id for case in cases},
        "subject": {case.pk: case.subject_id for case in cases if case.organisation_id is None},
        "subject__certificate_index": {
            case.pk: case.subject.certificate_index for case in cases if case.subject_id and not case.organisation_id
        },
    }
    return set().union(*(_doubled(column, mine) for column, mine in keys.items()))


def _doubled(column: str, mine: dict[int, int | str | None]) -> set[int]:
    wanted = {value for value in mine.values() if value}
    live = Application.objects.filter(state__in=LIVE, **{f"{column}__in": wanted}) if wanted else []
    holders: dict[int | str, set[int]] = {}
    for pk, value in live.values_list("pk", column) if wanted else []:
        holders.setdefault(value, set()).add(pk)
    return {pk for pk, value in mine.items() if value and holders.get(value, set()) - {pk}}
