"""The one door: every act on a case goes through here.

In one transaction and one order: lock process → lock application → permission, scope, four eyes, version token →
(the caller: transition → save → opinion or decision → event → route last) → effects after commit.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Manager, Q, QuerySet
from django.utils.translation import gettext as _

from applications import barring, tellings
from applications.four_eyes import identities_of, identity_of, is_recused, rows_of, sat_elsewhere
from applications.models import Application, CaseActor
from audit import chain
from people.models import Person, User
from people.refusals import Conflict, NotFound, Refused
from workflows import engine, marks


@dataclass
class Case:
    """An application inside the door: locked, checked, and acted on at the time `at` by `user` (None: the clock).

    `on_behalf_of`: the colleague for whom the user acts by delegation 代理. Everything recorded names both, and both
    are bound by the act.
    """

    application: Application
    process: engine.Process | None
    user: User | None
    at: datetime
    on_behalf_of: User | None = None

    @property
    def actor(self) -> str:
        """Who acts, as the audit trail names it."""
        return self.user.username if self.user else "clock"

    def save(self) -> None:
        """Save the application, move its version token on, and tell the route what lists show of the case."""
        application = self.application
        application.version += 1
        application.save()
        if self.process is not None:
            clean = application.eligible is True
            marks.mark(self.process, amount=application.amount, clean=clean, round=application.round)

    def record(self, action: str, **data: Any) -> None:
        """Append an event to the case's stream, and tell the applicant of it where it concerns them.

        Codes and counts only, never personal data.
        """
        application = self.application
        data = {**_standing(application), **data}
        event = chain.append(
            application.stream,
            action,
            actor=self.actor,
            on_behalf_of=self.on_behalf_of.username if self.on_behalf_of else "",
            at=self.at,
            subject=application.public_id,
            data=data,
        )
        tellings.tell({application.stream: application}, [event])


@contextmanager
def open_case(public_id: str, *, user: User | None, at: datetime, version: int | None = None) -> Iterator[Case]:
    """Open the door to one case. The caller checks its own permission first thing inside.

    Raises NotFound when there is no such case, Conflict when the page that sent `version` is out of date.
    """
    reference = Application.objects.filter(public_id=public_id).values_list("pk", "process_ref").first()
    if reference is None:
        raise NotFound()
    with open_current(*reference, user=user, at=at, version=version) as case:
        yield case


@contextmanager
def open_current(
    pk: int, process_ref: int | None, *, user: User | None, at: datetime, version: int | None = None
) -> Iterator[Case]:
    """The door to a case as it stands. Raises Conflict too where it got another route since its keys were read."""
    with open_locked(pk, process_ref, user=user, at=at, version=version) as case:
        if process_ref is not None and case.application.process_ref != process_ref:
            raise Conflict(code="stale")
        yield case


@contextmanager
def open_locked(
    pk: int, process_ref: int | None, *, user: User | None, at: datetime, version: int | None = None
) -> Iterator[Case]:
    """The door to a case whose keys are known. Raises Conflict when the page that sent `version` is out of date."""
    with transaction.atomic():
        process = engine.lock(process_ref) if process_ref else None
        application = lock_application(pk)
        if version is not None and version != application.version:
            raise Conflict(code="stale")
        yield Case(application, process, user, at)


@contextmanager
def open_many(public_ids: Collection[str], *, at: datetime) -> Iterator[list[Case]]:
    """The door to many cases at once, for the clock: routes, then applications, each locked by number.

    What belongs to a case besides is not read with it: hundreds of definitions and answers are much to hold.
    """
    with transaction.atomic():
        found = Application.objects.filter(public_id__in=public_ids)
        processes = engine.lock_all(found.filter(process_ref__isnull=False).values_list("process_ref", flat=True))
        rows = found.defer("answers", "assessment").order_by("pk").select_for_update(of=("self",), no_key=True)
        yield [Case(row, processes.get(row.process_ref), None, at) for row in rows]


def record_each(cases: Collection[Case], action: str, at: datetime, by: User | None = None) -> None:
    """Append the same event of the clock, or `by` somebody, to the stream of each of many cases, in a few statements,
    and tell of it.
    """
    subjects = {case.application.stream: case.application.public_id for case in cases}
    data = {case.application.stream: _standing(case.application) for case in cases}
    events = chain.append_each(subjects, action, actor=by.username if by else "clock", at=at, data=data)
    tellings.tell({case.application.stream: case.application for case in cases}, events)


@contextmanager
def open_with(
    pk: int,
    process_ref: int | None,
    *,
    also: int | None,
    beside: int | None = None,
    user: User | None,
    at: datetime,
    version: int | None = None,
) -> Iterator[Case]:
    """The door to a case that acts on another one too: the routes of both (`also`) are locked first, by number, then
    the applications of both where the other one is named (`beside`).
    """
    with transaction.atomic():
        for number in sorted({ref for ref in (process_ref, also) if ref}):
            engine.lock(number)
        if beside is not None:
            both = Application.objects.filter(pk__in=[pk, beside]).order_by("pk")
            list(both.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
        with open_current(pk, process_ref, user=user, at=at, version=version) as case:
            yield case


def lock_application(pk: int) -> Application:
    """Lock one application row, and only it."""
    return _with_related(Application.objects).select_for_update(of=("self",), no_key=True).get(pk=pk)


def _with_related(applications: Manager | QuerySet) -> QuerySet[Application]:
    related = ("scheme_version", "division", "data_key", "subject__data_key", "payee", "organisation", "subject_office")
    return applications.select_related(*related)


def _standing(application: Application) -> dict[str, Any]:
    return {"state": str(application.state), "round": application.round}


def name_parties(application: Application, persons: list[Person], filer: User) -> None:
    """Write the parties of a case and bar the officials who registered one of them as a relative or as their own."""
    barring.name_each([(application, [filer])], persons)


def take_seat(case: Case, stage: str) -> None:
    """Four eyes: the official takes part at one stage only, and never in a case of their own or a relative's.

    Who acts by delegation takes the seat for both: neither may have another capacity. The unique row is the guard; a
    second capacity is refused. Raises Refused.
    """
    assert case.user is not None
    both = [case.user, case.on_behalf_of] if case.on_behalf_of else [case.user]
    seats = [
        CaseActor(
            application=case.application, who=identity_of(user), capacity=CaseActor.Capacity.OFFICIAL, stage=stage
        )
        for user in both
    ]
    CaseActor.objects.bulk_create(seats, ignore_conflicts=True)
    bar = _bar_of_both(case.application, case.user, stage, case.on_behalf_of)
    if bar is not None:
        raise bar


def barred_from(application: Application, user: User, stage: str, for_user: User | None = None) -> str:
    """Why four eyes or recusal keep an official from a stage of a case, for pages; "" when nothing does.

    `for_user`: the colleague for whom they would act; what bars that colleague bars whoever acts for them.
    """
    bar = _bar_of_both(application, user, stage, for_user)
    return str(bar.message) if bar else ""


def recused(application: Application, user: User) -> bool:
    """Whether a user is a party of a case, a relative of one or connected to one: what officials note is not theirs."""
    mine, close = identities_of(user), set(_kin_of(user))
    return is_recused(rows_of(application, mine | close), mine, close)


def recuse(case: Case) -> None:
    """The user is out of the case from now on, at every stage: whatever they were as an official gives way."""
    assert case.user is not None
    out = {"capacity": CaseActor.Capacity.RECUSED, "stage": ""}
    mine = case.application.actors.filter(who__in=identities_of(case.user))
    mine.filter(capacity=CaseActor.Capacity.OFFICIAL).update(**out)
    row = CaseActor(application=case.application, who=identity_of(case.user), **out)
    CaseActor.objects.bulk_create([row], ignore_conflicts=True)


def took_part(user: User, application_ids: list[int]) -> bool:
    """Whether the user, under any identity, has a capacity in one of these cases, or a party is close to them."""
    return parts_of(user).filter(application_id__in=application_ids).exists()


def parts_of(user: User) -> QuerySet[CaseActor]:
    """The rows by which the user, under any identity, has a capacity in cases, or a party of them is close to them."""
    kin = Q(who__in=_kin_of(user), capacity=CaseActor.Capacity.PARTY)
    return CaseActor.objects.filter(Q(who__in=identities_of(user)) | kin)


def barred_among(user: User, places: Iterable[tuple[int, int, str]]) -> set[int]:
    """Of items, given as (item, case, stage), those that four eyes or recusal keep an official from: for lists."""
    places = list(places)
    actors = CaseActor.objects.filter(application_id__in={case for _item, case, _stage in places})
    near = Q(who__in=identities_of(user)) | Q(who__in=_kin_of(user), capacity=CaseActor.Capacity.PARTY)
    there: dict[int, set[str]] = {}
    for case, capacity, stage in actors.filter(near).values_list("application_id", "capacity", "stage"):
        # A party, relative or connected official takes part at no stage: "" is none.
        there.setdefault(case, set()).add(stage if capacity == CaseActor.Capacity.OFFICIAL else "")
    return {item for item, case, stage in places if there.get(case, set()) - {stage}}


def close_to(user: User, application_ids: Iterable[int]) -> set[int]:
    """The cases in which the user is a party, or was kept out as a party's relative, or a party is close to them now.

    Unlike `took_part` it does not count what an official did at a stage.
    """
    actors = CaseActor.objects.filter(application_id__in=application_ids)
    known = Q(who__in=identities_of(user)) & ~Q(capacity=CaseActor.Capacity.OFFICIAL)
    kin = Q(who__in=_kin_of(user), capacity=CaseActor.Capacity.PARTY)
    return set(actors.filter(known | kin).values_list("application", flat=True))


def _bar_of_both(application: Application, user: User, stage: str, for_user: User | None) -> Refused | None:
    bar = _bar(application, user, stage)
    if bar is not None or for_user is None:
        return bar
    lender = _bar(application, for_user, stage)
    if lender is None:
        return None
    told = {
        "recusal": _("被代理人%(who)s是本案当事人、其近亲属或有利害关系，应当回避，代理人也不能代其办理。"),
        "four_eyes": _("被代理人%(who)s已在本案的另一环节办理过，代理人不能代其办理这个环节。"),
    }[lender.code]
    return Refused(told % {"who": for_user}, code=lender.code)


def _bar(application: Application, user: User, stage: str) -> Refused | None:
    """What keeps them out: what they are in the case, by whatever identity, or a connection registered since."""
    mine, close = identities_of(user), set(_kin_of(user))
    rows = rows_of(application, mine | close)
    if is_recused(rows, mine, close):
        return Refused(_("您是本案当事人、其近亲属或有利害关系，应当回避，须由其他工作人员办理。"), code="recusal")
    if sat_elsewhere(rows, mine, stage):
        return Refused(_("您已在本案的另一环节办理过，须由其他工作人员办理。"), code="four_eyes")
    return None


def _kin_of(user: User) -> list[str]:
    """Relatives, and organisations the official is connected to, as parties of a case are named."""
    relatives = [f"person:{pk}" for pk in user.kin.values_list("relative", flat=True)]
    return relatives + [f"organisation:{pk}" for pk in user.affiliations.values_list("organisation", flat=True)]
