"""Races on PostgreSQL: one outcome, one polite refusal for everybody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from applications import actions
from applications.models import Application
from approvals import decide, notices
from approvals.models import Decision, PublicNotice
from benefits.models import Budget, Due, Grant
from papers.models import Counter, Paper
from people.models import Office, User
from people.posts import appoint
from people.refusals import Conflict
from people.synthetic import synthetic_person
from tests import world
from workflows.models import WorkItem

pytestmark = pytest.mark.postgres_threads


def approvers(count):
    office = Office.objects.get(division_id="532500", function="hrss")
    users = [world.user("prefecture-approver")]
    for number in range(count - 1):
        user = User.objects.create(username=f"approver-{number}", full_name=f"审批{number}")
        appoint(user, office, "approver", world.START.date())
        users.append(user)
    return users


def deciding(user, item, outcome, at, **said):
    return lambda: decide.act(user, item.pk, decide.Said(outcome, text="同意。", **said), at)


def test_twenty_simultaneous_decisions_are_one_decision_one_number_one_due(race):
    case = world.at_decision()
    item, at, officials = case.item(), case.later(), approvers(4)
    results = race(*(deciding(officials[n % 4], item, "grant", at) for n in range(20)))
    refusals = [result for result in results if isinstance(result, Conflict)]
    assert len(refusals) == 19
    assert {refusal.code for refusal in refusals} == {"already_decided"}
    assert Decision.objects.filter(application=case.application, kind="grant").count() == 1
    assert Grant.objects.filter(application=case.application).count() == 1
    assert [str(due.amount) for due in Due.objects.filter(application=case.application)] == ["1000.00"]
    assert Paper.objects.filter(case_ref=case.public_id, kind="grant").count() == 1
    year = case.at.year
    assert str(Budget.objects.get(scheme_code="grad-jobseeking", year=year).reserved) == "1000.00"


def test_the_loser_of_a_race_is_told_who_decided_and_when(race):
    case = world.at_decision()
    item, at, officials = case.item(), case.later(), approvers(2)
    results = race(*(deciding(user, item, "grant", at) for user in officials))
    [refusal] = [result for result in results if isinstance(result, Conflict)]
    winner = Decision.objects.get(application=case.application, kind="grant").official
    assert winner.full_name in str(refusal.message)
    assert f"{timezone.localtime(at):%Y-%m-%d %H:%M}" in str(refusal.message)


def test_grant_refusal_and_withdrawal_at_once_end_in_one_outcome(race):
    case = world.at_decision()
    item, at, officials = case.item(), case.later(), approvers(2)
    results = race(
        deciding(officials[0], item, "grant", at),
        deciding(officials[1], item, "refuse", at, reasons=("no_evidence",)),
        lambda: actions.withdraw(case.user, case.public_id, at),
    )
    assert sum(isinstance(result, Application) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 2
    state = case.application.state
    assert Due.objects.filter(application=case.application).exists() == (state == "granted")


def test_a_draft_submitted_twice_at_once_is_filed_once(race):
    case = world.grant()
    results = race(*[lambda: actions.submit(case.user, case.public_id, case.at, with_papers=False)] * 5)
    assert sum(isinstance(result, Application) for result in results) == 1
    assert {result.code for result in results if isinstance(result, Conflict)} == {"already_submitted"}
    assert case.application.rounds.count() == 1


def test_one_person_filing_at_two_schools_at_once_has_one_case(race):
    person = synthetic_person(77, "532503", (2000, 2003))
    known = {"name": person.name, "id_number": person.id_number, "disability_certificate": person.certificate}
    drafts = [world.grant(0, **known), world.grant(2, **known)]
    results = race(*(lambda c=case: actions.submit(c.user, c.public_id, c.at, with_papers=False) for case in drafts))
    [refusal] = [result for result in results if isinstance(result, Conflict)]
    assert refusal.code == "once_for_life"
    assert Application.objects.exclude(state="draft").count() == 1


def test_numbers_of_simultaneous_decisions_have_no_gap_and_no_double(race):
    cases = [world.at_decision(n) for n in range(6)]
    approver = world.user("prefecture-approver")
    results = race(*(deciding(approver, case.item(), "grant", case.later()) for case in cases))
    assert all(isinstance(result, Application) for result in results)
    sequences = sorted(Paper.objects.filter(kind="grant").values_list("sequence", flat=True))
    assert sequences == list(range(1, 7))
    assert Counter.objects.get(pk__contains=":决:").value == 6


def test_simultaneous_grants_never_overspend_the_envelope(race):
    cases = [world.at_decision(n) for n in range(6)]
    Budget.objects.filter(scheme_code="grad-jobseeking").update(amount=2000)
    approver = world.user("prefecture-approver")
    results = race(*(deciding(approver, case.item(), "grant", case.later()) for case in cases))
    assert sum(isinstance(result, Application) for result in results) == 2
    assert {result.code for result in results if isinstance(result, Conflict)} == {"no_budget"}
    assert Due.objects.count() == 2


def test_a_notice_ended_twice_at_once_ends_once(race):
    case = world.grant(0).submit().say("accept")
    notice = PublicNotice.objects.get(application=case.application)
    at = notice.ends_at + timedelta(minutes=1)
    results = race(*[lambda: notices.end(case.public_id, at)] * 4)
    assert sorted(results) == [False, False, False, True]
    assert case.application.state == "in_review"


def test_an_objection_and_the_end_of_its_notice_at_once_leave_one_stage_open(race):
    case = world.grant(0).submit().say("accept")
    notice = PublicNotice.objects.get(application=case.application)
    last_minute, over = notice.ends_at, notice.ends_at + timedelta(minutes=1)
    race(
        lambda: notices.object_to(notice, "该生已就业。", "", last_minute),
        lambda: notices.end(case.public_id, over),
    )
    open_stages = {
        item.stage for item in WorkItem.objects.filter(case_id=case.application.pk).filter(closed_at__isnull=True)
    }
    assert len(open_stages) == 1
    assert (case.application.state == "noticed") == (open_stages == {"notice"})


def test_one_official_claims_and_the_other_is_told_who(race):
    case = world.at_decision()
    item, at, officials = case.item(), case.later(), approvers(2)
    results = race(*(lambda u=user: decide.claim(u, item.pk, at) for user in officials))
    [refusal] = [result for result in results if isinstance(result, Conflict)]
    assert refusal.code == "claimed"
