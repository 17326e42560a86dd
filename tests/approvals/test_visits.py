"""Planning and reporting a visit: two officials, neither kept out of the case, one report."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from applications.models import CaseActor
from approvals.models import Visit
from approvals.visits import access, planning, reporting
from audit.models import Event
from people.models import Kinship
from people.posts import appoint, dismiss
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.approvals.visiting import colleague, planned, reported, said

pytestmark = pytest.mark.django_db


def waiting():
    """A case, its open item, its official and a colleague of theirs."""
    case = world.grant(0).submit()
    return case, case.item(), case.official(), colleague(case.item().queue.office)


def tomorrow(case):
    return timezone.localdate(case.at + timedelta(days=1))


def plan(case, item, first, second):
    return planning.plan_one(first, item.pk, second, tomorrow(case), case.at)


def test_open_cases_are_counted_by_area_until_a_visit_is_planned():
    case, item, official, second = waiting()
    [area] = planning.areas(official, case.at)
    assert (area.division.pk, area.waiting) == (case.application.division_id, 1)
    assert [one.pk for one in planning.candidates(official, area.division.pk, case.at)] == [item.pk]
    plan(case, item, official, second)
    assert planning.areas(official, case.at) == []
    assert planning.candidates(official, area.division.pk, case.at) == []


def test_companions_are_colleagues_and_those_of_the_township_never_oneself():
    case, _item, official, second = waiting()
    users = {post.user for post in planning.companions(official, case.application.division_id, case.at)}
    assert second in users
    assert official not in users
    assert world.user("other-county") not in users


def test_both_officials_take_part_at_the_stage_of_the_visit():
    case, visit = planned()
    actors = CaseActor.objects.filter(application=case.application, capacity="official", stage=visit.stage)
    assert set(actors.values_list("who", flat=True)) == {
        f"user:{visit.first_official_id}",
        f"user:{visit.second_official_id}",
    }


def test_a_plan_is_on_record_with_codes_only():
    case, visit = planned()
    [event] = Event.objects.filter(action="visit.planned")
    assert event.stream == case.application.stream
    assert event.data["visit"] == visit.pk
    assert case.application.subject.name not in str(event.data)


def test_one_official_alone_is_refused():
    case, item, official, _second = waiting()
    with pytest.raises(Invalid) as refusal:
        planning.plan(official, [item.pk], official, tomorrow(case), case.at)
    assert "companion" in refusal.value.errors


def test_a_relative_of_the_applicant_does_not_come_along():
    case, item, official, second = waiting()
    Kinship.objects.create(user=second, relative=case.application.subject, relation="sister")
    with pytest.raises(Refused) as refusal:
        plan(case, item, official, second)
    assert refusal.value.code == "recusal"
    assert second.full_name in str(refusal.value.message)
    assert not Visit.objects.exists()


def test_who_acted_at_another_stage_does_not_come_along():
    case = world.grant(2).submit()
    clerk = case.official()
    case.say("accept")
    item, reviewer = case.item(), case.official()
    appoint(clerk, item.queue.office, "reviewer", world.START.date() - timedelta(days=400))
    with pytest.raises(Refused) as refusal:
        plan(case, item, reviewer, clerk)
    assert refusal.value.code == "four_eyes"
    assert not CaseActor.objects.filter(application=case.application, who=f"user:{reviewer.pk}").exists()


def test_an_official_of_another_county_does_not_come_along():
    case, item, official, _second = waiting()
    with pytest.raises(Invalid):
        plan(case, item, official, world.user("other-county"))


def test_a_colleague_whose_post_has_ended_does_not_come_along():
    case, item, official, second = waiting()
    for post in second.posts.all():
        dismiss(post, world.START.date() - timedelta(days=1))
    with pytest.raises(Invalid):
        plan(case, item, official, second)


def test_an_item_of_another_office_is_not_found():
    case, item, _official, second = waiting()
    with pytest.raises(NotFound):
        plan(case, item, world.user("other-county"), second)


def test_an_item_that_is_closed_or_a_colleague_s_is_a_conflict():
    case, item, official, second = waiting()
    case.say("accept")
    with pytest.raises(Conflict):
        plan(case, item, official, second)


def test_a_second_plan_for_the_same_case_is_a_conflict():
    case, item, official, second = waiting()
    plan(case, item, official, second)
    with pytest.raises(Conflict) as refusal:
        plan(case, item, official, second)
    assert refusal.value.code == "already_planned"


@pytest.mark.parametrize("days", [-1, 61])
def test_a_day_in_the_past_or_far_ahead_is_refused(days):
    case, item, official, second = waiting()
    with pytest.raises(Invalid) as refusal:
        planning.plan(official, [item.pk], second, case.at.date() + timedelta(days=days), case.at)
    assert "on" in refusal.value.errors


def test_in_a_plan_of_many_each_case_has_its_own_result():
    case, item, official, second = waiting()
    results = planning.plan(official, [item.pk, 0], second, tomorrow(case), case.at)
    assert [bool(result.visit) for result in results] == [False, True]
    assert results[0].why_not
    assert results[0].number == ""
    assert results[1].number == case.application.number


def test_the_route_of_a_day_is_that_of_both_officials_and_of_nobody_else():
    case, visit = planned()
    for official in (visit.first_official, visit.second_official):
        assert access.route_of(official, visit.planned_on, case.at) == [visit]
        assert access.route_of(official, visit.planned_on + timedelta(days=1), case.at) == []
    assert access.route_of(world.user("other-county"), visit.planned_on, case.at) == []


def test_a_report_is_kept_encrypted_and_signed():
    case, visit = reported()
    visit = Visit.objects.select_related("application__data_key").get(pk=visit.pk)
    assert (visit.state, visit.met, visit.agreed, visit.signature) == ("made", "subject", True, "drawn")
    assert "独居" not in bytes(visit.findings).decode("latin1")
    assert reporting.findings_of(visit) == "土木房两间，独居，行动不便。"
    assert reporting.signature_of(visit).startswith(b"\x89PNG")
    [event] = Event.objects.filter(action="visit.reported")
    assert "独居" not in str(event.data)
    assert case


def test_the_same_report_sent_twice_is_one():
    case, visit = planned()
    report = said(case.at)
    first = reporting.report(visit.first_official, visit.pk, report, case.at)
    again = reporting.report(visit.first_official, visit.pk, report, case.later(1))
    assert again.ended_at == first.ended_at
    assert Event.objects.filter(action="visit.reported").count() == 1


def test_another_report_of_the_same_visit_is_a_conflict_that_says_who_was_first():
    case, visit = reported()
    with pytest.raises(Conflict) as refusal:
        reporting.report(visit.second_official, visit.pk, said(case.at), case.at)
    assert visit.first_official.full_name in str(refusal.value.message)


def test_a_token_of_another_visit_is_a_conflict():
    case, visit = reported()
    other, second = planned(world.grant(4).submit())
    with pytest.raises(Conflict) as refusal:
        reporting.report(second.first_official, second.pk, said(other.at, token=visit.submission_token), other.at)
    assert refusal.value.code == "token_used"
    assert case


def test_nobody_met_is_a_missed_visit_without_signature():
    _case, visit = reported(met="nobody", agreed=None, signature="", image=None)
    assert (visit.state, visit.agreed, visit.signature) == ("missed", None, "")


def test_a_refusal_to_sign_is_kept_with_its_reason():
    _case, visit = reported(signature="refused", image=None, refusal="本人不愿签名。")
    visit = Visit.objects.select_related("application__data_key").get(pk=visit.pk)
    assert reporting.refusal_of(visit) == "本人不愿签名。"
    assert visit.signature_image == ""


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"findings": " "}, "findings"),
        ({"met": ""}, "met"),
        ({"met": "ghost"}, "met"),
        ({"agreed": None}, "agreed"),
        ({"signature": ""}, "signature"),
        ({"image": None}, "image"),
        ({"signature": "refused", "refusal": " "}, "refusal"),
    ],
)
def test_a_report_that_lacks_something_says_what(changes, field):
    case, visit = planned()
    with pytest.raises(Invalid) as refusal:
        reporting.report(visit.first_official, visit.pk, said(case.at, **changes), case.at)
    assert set(refusal.value.errors) == {field}
    assert Visit.objects.get(pk=visit.pk).state == "planned"


@pytest.mark.parametrize("days", [-3, 1])
def test_a_visit_lies_between_its_plan_and_now(days):
    case, visit = planned()
    with pytest.raises(Invalid) as refusal:
        reporting.report(visit.first_official, visit.pk, said(case.at, made_at=case.at + timedelta(days=days)), case.at)
    assert "made_on" in refusal.value.errors


def test_a_colleague_who_is_not_one_of_the_two_may_not_report():
    case, visit = planned()
    third = colleague(case.item().queue.office, "visit-third")
    with pytest.raises(Refused) as refusal:
        reporting.report(third, visit.pk, said(case.at), case.at)
    assert refusal.value.status == 403
    with pytest.raises(NotFound):
        reporting.report(world.user("other-county"), visit.pk, said(case.at), case.at)


def test_a_connection_registered_since_the_plan_keeps_the_report_out():
    case, visit = planned()
    Kinship.objects.create(user=visit.second_official, relative=case.application.subject, relation="brother")
    with pytest.raises(Refused) as refusal:
        reporting.report(visit.first_official, visit.pk, said(case.at), case.at)
    assert refusal.value.code == "recusal"


def test_after_its_day_whoever_has_the_case_calls_off_a_visit_of_two_who_have_left():
    case, visit = planned()
    third, fourth = colleague(visit.item.queue.office, "third"), colleague(visit.item.queue.office, "fourth")
    appoint(third, visit.item.queue.office, visit.item.queue.role, world.START.date() - timedelta(days=400))
    for one in (visit.first_official, visit.second_official):
        one.posts.update(ends=case.at.date() - timedelta(days=1))
    with pytest.raises(Refused):
        reporting.cancel(third, visit.pk, case.at)
    case.later(24)
    assert reporting.cancel(third, visit.pk, case.at).state == "cancelled"
    assert planning.plan_one(third, visit.item_id, fourth, tomorrow(case), case.at).state == "planned"


def test_after_its_day_it_is_called_off_by_no_relative_and_by_no_other_office():
    case, visit = planned()
    third = colleague(visit.item.queue.office, "third", visit.item.queue.role)
    Kinship.objects.create(user=third, relative=case.application.subject, relation="sister")
    with pytest.raises(Refused):
        reporting.cancel(third, visit.pk, case.later(24))
    with pytest.raises(NotFound):
        reporting.cancel(world.user("other-county"), visit.pk, case.at)


def test_a_cancelled_visit_can_be_planned_anew_and_not_reported():
    case, visit = planned()
    reporting.cancel(visit.second_official, visit.pk, case.at)
    with pytest.raises(Conflict):
        reporting.report(visit.first_official, visit.pk, said(case.at), case.at)
    with pytest.raises(Conflict):
        reporting.cancel(visit.first_official, visit.pk, case.at)
    again = planning.plan_one(
        visit.first_official, visit.item_id, visit.second_official, case.at.date() + timedelta(days=1), case.at
    )
    assert again.pk != visit.pk


def test_a_token_is_needed_once_in_the_whole_site():
    token = uuid.uuid4()
    _case, visit = reported(token=token)
    assert visit.submission_token == token
