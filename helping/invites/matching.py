"""Rosters × rules: everybody on some rosters held against one scheme, in parts of a few hundred."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from applications import leases
from applications.models import Application
from applications.states import LIVE
from audit import chain
from helping.invites import access, rosters
from helping.invites.verdicts import Found, Judge, Verdict
from helping.models import AskNoMore, FactRoster, FactRow, Invitation, Match, Matching
from people import vault
from people.finding import one_of
from people.models import DataKey, Office, User
from people.refusals import Invalid
from schemes.assessing import Assessor
from schemes.definition import SchemeDefinition

log = logging.getLogger(__name__)
PEOPLE, AT_ONCE, SMALL = "match.people", 200, 500
LEASE = timedelta(minutes=5)
# Keyed hash; name, number and facts; whether the rosters agree.
Person = tuple[str, dict[str, Any], bool]


def start(user: User, office: Office, code: str, pks: Iterable[int], at: datetime) -> Matching:
    """Hold a scheme against rosters of the office; few people at once, many by a worker.

    Raises NotFound for what is outside, Invalid where no roster was chosen.
    """
    access.office_of(user, office.pk, at)
    version = rosters.scheme_with(code)
    live = rosters.rosters_of(user, at).filter(office=office, erased_at__isnull=True, expires_at__gt=at)
    chosen = list(live.filter(pk__in=list(pks)))
    if not chosen:
        raise Invalid(errors={"rosters": _("请至少选择一份还没有到期的名单。")})
    with transaction.atomic():
        key = vault.new_data_key()
        key.save()
        matching = Matching.objects.create(
            office=office,
            scheme_version=version,
            division=office.division,
            data_key=key,
            started_by=user,
            started_at=at,
            lease_until=at,
            expires_at=min(roster.expires_at for roster in chosen),
        )
        matching.rosters.set(chosen)
        record(matching, "started", user.username, at, rosters=[roster.pk for roster in chosen])
    if sum(roster.rows for roster in chosen) <= SMALL:
        work(matching.pk)
    else:
        transaction.on_commit(lambda: run_matching.enqueue(matching.pk))
    return matching


def work(pk: int) -> bool:
    """Bring a matching to its end; False when it has ended or another worker has it. Safe to begin anew."""
    rows = _under_way().select_related("scheme_version", "division", "data_key", "office")
    matching = leases.hold(rows, pk, LEASE)
    if matching is None:
        return False
    judge = Judge(_assessor(matching), matching.division_id, timezone.localdate(matching.started_at))
    people = _people(matching)
    while part := list(islice(people, AT_ONCE)):
        _write(matching, judge, part)
        if not leases.renew(matching, LEASE):
            return False
    return _end(matching)


def _end(matching: Matching) -> bool:
    """Close it with its event, if it is still this worker's."""
    now = timezone.now()
    with transaction.atomic():
        if not leases.held(matching).update(ended_at=now, lease_until=None, claim=""):
            return False
        record(matching, "ended", "clock", now, people=matching.matches.count())
    return True


def _under_way() -> QuerySet[Matching]:
    return Matching.objects.filter(ended_at__isnull=True, erased_at__isnull=True)


@task()
def run_matching(pk: int) -> bool:
    """Work on a matching, if no other worker has it."""
    return work(pk)


def resume_matchings(at: datetime) -> int:
    """Queue anew the matchings nobody works on; how many there were."""
    return leases.queue_anew(_under_way(), at, LEASE, run_matching.enqueue)


def _assessor(matching: Matching) -> Assessor:
    version = matching.scheme_version
    return Assessor(version.scheme_id, version)


def _people(matching: Matching) -> Iterator[Person]:
    """Everybody on the rosters by keyed hash: what all of them say together, and whether they contradict each other.

    Two rosters that hold the same fact of a person differently are both right for nobody.
    """
    keys = {roster.pk: roster.data_key for roster in matching.rosters.select_related("data_key")}
    rows = FactRow.objects.filter(roster__in=keys).order_by("id_index", "roster_id").iterator(chunk_size=AT_ONCE)
    for index, group in groupby(rows, key=attrgetter("id_index")):
        yield index, *_together(group, keys)


def _together(group: Iterable[FactRow], keys: dict[int, DataKey]) -> tuple[dict[str, Any], bool]:
    told: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    agree = True
    for row in group:
        said = vault.decrypt_json(keys[row.roster_id], bytes(row.sealed), rosters.FACTS)
        told = told or {"name": said["name"], "id_number": said["id_number"]}
        agree = agree and all(facts.get(name, value) == value for name, value in said["facts"].items())
        facts |= said["facts"]
    return {**told, "facts": facts}, agree


def _write(matching: Matching, judge: Judge, people: list[Person]) -> None:
    reasons = excluded(matching.scheme_version.definition, [index for index, _told, _agree in people])
    Match.objects.bulk_create(
        (_match(matching, judge, one, reasons.get(one[0], "")) for one in people), ignore_conflicts=True
    )


def _match(matching: Matching, judge: Judge, one: Person, excluded_by: str) -> Match:
    index, told, agree = one
    found = Found(excluded_by) if excluded_by else Found(Verdict.UNREADABLE)
    if agree and not excluded_by:
        found = judge.judge(told["id_number"], told["facts"])
    kept = {**told, "lines": found.lines, "missing": found.missing}
    sealed = vault.encrypt_json(matching.data_key, kept, PEOPLE)
    return Match(matching=matching, id_index=index, verdict=found.verdict, sealed=sealed)


def excluded(definition: SchemeDefinition, indexes: list[str]) -> dict[str, str]:
    """Of people by keyed hash, those who are not invited whatever the rules say, with why."""
    live = Application.objects.filter(subject__id_index__in=indexes, state__in=LIVE, by_organisation=False)
    cases = live.filter(scheme_code=definition.code)
    if definition.once_group:
        cases = cases | live.filter(once_group__startswith=definition.once_group)
    left_alone = AskNoMore.objects.filter(person__id_index__in=indexes, scheme_code__in=["", definition.code])
    # A draft that was erased leads nowhere any more: whoever began it may be invited again.
    begun = Q(state="accepted", application__state="draft", application__data_key__destroyed_at__isnull=True)
    under_way = Q(state="open") | begun
    invited = Invitation.objects.filter(under_way, id_index__in=indexes, scheme_code=definition.code)
    found = dict.fromkeys(invited.values_list("id_index", flat=True), Verdict.INVITED.value)
    found |= dict.fromkeys(left_alone.values_list("person__id_index", flat=True), Verdict.DECLINED.value)
    return found | dict.fromkeys(cases.values_list("subject__id_index", flat=True), Verdict.HAS_CASE.value)


def matchings_of(user: User, at: datetime) -> QuerySet[Matching]:
    """The matchings of the user's offices, newest first."""
    rows = Matching.objects.filter(office__in=access.offices_of(user, at))
    return rows.select_related("office", "scheme_version", "division", "data_key", "started_by").order_by("-pk")


def matching_of(user: User, pk: int, at: datetime) -> Matching:
    """One of them. Raises NotFound."""
    return one_of(matchings_of(user, at), pk=pk)


def told_of(match: Match, key: DataKey) -> dict[str, Any]:
    """Name, number, facts, lines and what is missing. The caller records the reading."""
    return vault.decrypt_json(key, bytes(match.sealed), PEOPLE)


def record(matching: Matching, step: str, actor: str, at: datetime, **data: object) -> None:
    """Append to the matching's story; counts and codes only."""
    told = {"office": matching.office_id, "scheme": matching.scheme_version.scheme_id, **data}
    subject = f"matching-{matching.pk}"
    chain.append(f"matching:{matching.pk}", f"matching.{step}", actor=actor, at=at, subject=subject, data=told)


def rosters_in(matching: Matching) -> list[FactRoster]:
    """What it was held against."""
    return list(matching.rosters.order_by("pk"))
