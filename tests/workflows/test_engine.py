"""Routes: which stage follows which, who sits there, and that they go on exactly once."""

from decimal import Decimal

import pytest
from viewflow.workflow.models import Process, Task

from people.refusals import Conflict, Invalid, Refused
from schemes.models import SchemeVersion
from tests import countersigned, stages, world
from tests.countersigned import BUREAUS, seats, sign
from tests.stages import AT_STAGE
from tests.unchanged import refused
from workflows import engine, objections
from workflows.flows import CaseFlow
from workflows.models import WorkItem
from workflows.places import Place
from workflows.tracing import trace

pytestmark = pytest.mark.django_db
# What each scheme passes when everybody says yes: stage, office function, division, role.
ROUTES = {
    ("grant", 2): [
        ("accept", "school", "532503", "clerk"),
        ("county_review", "hrss", "532503", "reviewer"),
        ("decide", "hrss", "532500", "approver"),
    ],
    ("grant", 0): [
        ("accept", "school", "532503", "clerk"),
        ("decide", "hrss", "532500", "approver"),
    ],
    ("waiver", 0): [
        ("accept", "civil_affairs", "532503", "clerk"),
        ("dpf_opinion", "dpf", "532503", "reviewer"),
        ("county_review", "civil_affairs", "532503", "reviewer"),
        ("decide", "civil_affairs", "532500", "approver"),
        ("confirm", "welfare_lottery", "532500", "clerk"),
    ],
    ("waiver", 1): [
        ("accept", "education_sports", "532503", "clerk"),
        ("dpf_opinion", "dpf", "532503", "reviewer"),
        ("county_review", "education_sports", "532503", "reviewer"),
        ("decide", "education_sports", "532500", "approver"),
        ("confirm", "sports_lottery", "532500", "clerk"),
    ],
    ("phase_out", 0): [
        ("accept", "township", "532503001", "clerk"),
        ("county_review", "civil_affairs", "532503", "reviewer"),
        ("decide", "civil_affairs", "532503", "approver"),
        ("file", "civil_affairs", "532500", "reviewer"),
    ],
}
YES = {"accept": "accept", "review": "agree", "decide": "grant", "confirm": "confirm", "file": "file"}
ENTRIES = {"determined_on": "2026-09-07", "property_ok": True, "benefit_monthly": "626.00", "supplement_monthly": "0"}


def walked(case):
    """Say yes to the end of the route; where it stood each time."""
    passed = []
    while case.application.state == "noticed" or case.item_kind():
        if case.application.state == "noticed":
            case.end_notice()
        item = case.item()
        passed.append((item.stage, item.queue.office.function, item.queue.office.division_id, item.queue.role))
        case.say(YES[item.kind], entries={**ENTRIES, "phase_out_months": 6})
    return passed


def process(case):
    return Process.objects.get(pk=case.application.process_ref)


@pytest.mark.usefixtures("peopled")
class TestRoutes:
    """From acceptance to the end."""

    @pytest.mark.parametrize("scheme, n", ROUTES)
    def test_everybody_it_passes_in_order(self, scheme, n):
        assert walked(getattr(world, scheme)(n).submit()) == ROUTES[scheme, n]

    def test_at_the_end_process_and_tasks_are_finished(self):
        case = world.granted()
        assert process(case).status == "DONE"
        assert not Task.objects.filter(process=process(case)).exclude(status="DONE").exists()

    @pytest.mark.parametrize("end", ["withdraw", "refuse"])
    def test_a_route_that_ends_early_is_finished_too(self, end):
        case = AT_STAGE["grant", "decide"]()
        if end == "withdraw":
            case.withdraw()
        else:
            case.say("refuse", reasons=("no_evidence",), text=stages.TEXT)
        assert (process(case).status, process(case).data["stage"]) == ("DONE", None)
        assert not WorkItem.objects.filter(case_id=case.application.pk, closed_at__isnull=True).exists()

    def test_one_task_is_open_while_it_stands_somewhere(self):
        case = AT_STAGE["grant", "decide"]()
        assert Task.objects.filter(process=process(case), flow_task=CaseFlow.stage, finished__isnull=True).count() == 1

    def test_the_route_of_the_version_it_began_under_is_followed_to_the_end(self):
        case = world.grant().submit()
        countersigned.publish()
        case.say("accept")
        assert [item.kind for item in WorkItem.objects.filter(closed_at__isnull=True)] == ["review"]

    def test_the_process_holds_codes_only(self):
        case = world.grant().submit()
        assert process(case).data == {
            "case": case.application.pk,
            "version": case.application.scheme_version_id,
            "place": {"division": "532503", "subject_office": case.application.subject_office_id},
            "routing": {"run_by": "county"},
            "stage": "accept",
            "marks": {"amount": "1000.00", "clean": True, "round": 1},
        }

    def test_an_item_bears_what_lists_sort_and_filter_by(self):
        case = world.grant().submit().say("accept")
        item = WorkItem.objects.get(case_id=case.application.pk, closed_at=None)
        assert (item.amount, item.clean, item.round) == (Decimal("1000.00"), True, 1)

    def test_a_new_round_shows_on_the_open_item(self):
        case = world.grant().submit().ask_to_correct()
        case.resubmit()
        assert WorkItem.objects.get(case_id=case.application.pk, closed_at=None).round == 2

    def test_it_does_not_begin_where_a_later_office_is_missing(self):
        version = SchemeVersion.objects.filter(scheme_id="grad-jobseeking").latest("number")
        school = world.grant().application.subject_office
        with refused(Invalid, "no_office"):
            engine.start(1, version, Place("110101", school.pk), {"run_by": "county"}, world.START)

    def test_a_closed_item_says_who_closed_it_and_when(self):
        case = world.grant().submit()
        item, official = case.item(), case.official()
        case.say("accept")
        item.refresh_from_db()
        assert (item.owner, item.closed_at, item.outcome) == (official, case.at, "done")


@pytest.mark.usefixtures("peopled")
class TestGoingBack:
    """Sent back, returned, cancelled."""

    def test_the_item_sent_back_is_closed_as_returned(self):
        case = AT_STAGE["grant", "decide"]()
        item = case.item()
        case.say("send_back", target="county_review", text=stages.TEXT)
        item.refresh_from_db()
        assert (item.outcome, case.item().stage) == ("returned", "county_review")

    def test_the_earlier_stage_gets_a_new_seat(self):
        case = AT_STAGE["grant", "decide"]()
        case.say("send_back", target="county_review", text=stages.TEXT)
        reviews = WorkItem.objects.filter(case_id=case.application.pk, stage="county_review")
        assert list(reviews.order_by("pk").values_list("outcome", flat=True)) == ["done", ""]

    def test_from_there_it_takes_the_same_way_again(self):
        case = AT_STAGE["grant", "decide"]()
        case.say("send_back", target="county_review", text=stages.TEXT).say("agree").end_notice().say("grant")
        assert case.application.state == "granted"

    def test_the_stage_before_a_notice_is_the_last_that_applied(self):
        without, reviewed = stages.noticed(0), stages.noticed(2)
        assert engine.stage_before(process(without)).code == "accept"
        assert engine.stage_before(process(reviewed)).code == "county_review"

    def test_withdrawing_closes_what_is_open_as_cancelled(self):
        case = AT_STAGE["grant", "decide"]()
        item = case.item()
        case.withdraw()
        item.refresh_from_db()
        assert (item.outcome, item.closed_at) == ("cancelled", case.at)

    def test_the_seat_of_an_objection_is_opened_once(self):
        case = stages.objected(stages.noticed())
        office = case.item().queue.office
        again = objections.open_seat(engine.lock(case.application.process_ref), office, "notice", case.later())
        assert again == case.item()


@pytest.mark.usefixtures("peopled")
class TestCountersigning:
    """Several seats at one stage: it goes on exactly once."""

    def test_every_bureau_has_its_seat(self):
        case = countersigned.case()
        offices = {seat: countersigned.seat(case, seat).queue.office.function for seat in seats(case)}
        assert offices == {function: function for function in BUREAUS}

    def test_where_all_must_sign_it_waits_for_the_last(self):
        case = countersigned.case(rule="all")
        sign(case, "hrss")
        sign(case, "education_sports")
        assert case.application.state == "in_review"
        sign(case, "dpf")
        assert case.application.state == "noticed"

    def test_where_one_is_enough_the_others_are_moot(self):
        case = countersigned.case(rule="any")
        sign(case, "dpf")
        assert case.application.state == "noticed"
        assert seats(case) == {"dpf": "done", "hrss": "moot", "education_sports": "moot"}

    def test_two_of_three(self):
        case = countersigned.case(rule="n", seats_needed=2)
        sign(case, "dpf")
        assert case.application.state == "in_review"
        sign(case, "hrss")
        assert case.application.state == "noticed"
        assert seats(case) == {"dpf": "done", "hrss": "done", "education_sports": "moot"}

    def test_a_moot_seat_cannot_be_signed_any_more(self):
        case = countersigned.case(rule="any")
        sign(case, "dpf")
        with refused(Conflict, "already_decided"):
            sign(case, "hrss")

    def test_one_no_ends_it_where_the_stage_says_so(self):
        case = countersigned.case(rule="all", one_no="ends")
        sign(case, "dpf", "disagree")
        assert case.application.state == "noticed"
        assert seats(case) == {"dpf": "against", "hrss": "moot", "education_sports": "moot"}

    @pytest.mark.parametrize("rule", [{"rule": "any"}, {"rule": "n", "seats_needed": 2}, {"rule": "all"}])
    def test_otherwise_one_no_waits_for_the_rest(self, rule):
        case = countersigned.case(one_no="waits", **rule)
        sign(case, "dpf", "disagree")
        assert case.application.state == "in_review"

    def test_a_no_does_not_count_as_one_of_those_needed(self):
        case = countersigned.case(rule="n", seats_needed=2, one_no="waits")
        sign(case, "dpf", "disagree")
        sign(case, "hrss")
        assert case.application.state == "in_review"
        sign(case, "education_sports")
        assert case.application.state == "noticed"

    def test_when_all_said_no_it_goes_on_to_those_who_decide(self):
        case = countersigned.case(rule="any", one_no="waits")
        for function in BUREAUS:
            sign(case, function, "disagree")
        assert case.application.state == "noticed"

    def test_nobody_signs_on_another_bureaus_seat(self):
        case = countersigned.case()
        reviewer = world.user("reviewer-hrss")
        with pytest.raises(Refused) as caught:
            countersigned.decide.claim(reviewer, countersigned.seat(case, "dpf").pk, case.later())
        assert caught.value.status == 404

    def test_a_case_on_notice_goes_back_to_all_of_them(self):
        case = countersigned.case(rule="any")
        sign(case, "dpf")
        stages.objected(case)
        case.say("uphold", text=stages.TEXT)
        waiting = WorkItem.objects.filter(case_id=case.application.pk, closed_at__isnull=True)
        assert set(waiting.values_list("seat", flat=True)) == set(BUREAUS)

    def test_it_can_be_sent_back_to_by_who_decides(self):
        case = countersigned.case(rule="any")
        sign(case, "dpf")
        case.end_notice().say("send_back", target="county_review", text=stages.TEXT)
        waiting = WorkItem.objects.filter(case_id=case.application.pk, closed_at__isnull=True)
        assert set(waiting.values_list("stage", flat=True)) == {"county_review"}


@pytest.mark.usefixtures("peopled")
class TestTrace:
    """The route as pages draw it."""

    def steps(self, case):
        application = case.application
        return [(step.stage.code, step.state) for step in trace(application.process_ref, application.definition)]

    def test_what_lies_behind_here_and_ahead(self):
        assert self.steps(AT_STAGE["grant", "county_review"]()) == [
            ("accept", "done"),
            ("county_review", "current"),
            ("notice", "waiting"),
            ("decide", "waiting"),
        ]

    def test_a_stage_that_does_not_apply_is_not_drawn(self):
        assert "county_review" not in dict(self.steps(stages.noticed(0)))

    def test_a_route_that_ended_shows_how_far_it_came(self):
        case = AT_STAGE["grant", "county_review"]().withdraw()
        assert self.steps(case) == [("accept", "done"), ("county_review", "done")]


@pytest.mark.usefixtures("peopled")
class TestLiveRoute:
    """Where a case stands, seat by seat."""

    def test_seats_that_sign_together_are_told_one_by_one(self):
        case = countersigned.case(rule="all")
        sign(case, "dpf")
        step = next(step for step in traced(case) if step.stage.code == "county_review")
        assert {item.seat: item.outcome for item in step.seats} == {"hrss": "", "education_sports": "", "dpf": "done"}

    def test_a_single_seat_is_told_by_its_office_alone(self):
        case = world.grant().submit().say("accept")
        assert [step.seats for step in traced(case)] == [()] * len(traced(case))


def traced(case):
    return trace(case.application.process_ref, case.application.definition)
