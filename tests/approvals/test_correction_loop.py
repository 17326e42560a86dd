"""补正: everything is asked for at once, the clock stops, an answer is a new round, silence lets the case lapse."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from applications import actions
from applications import answers as answers_of
from applications.asking import asking_of
from applications.clock import lapse_unanswered
from applications.models import Correction, CorrectionPoint
from approvals.models import Decision, Opinion
from papers import reading
from papers.models import Paper
from people import vault
from people.refusals import Conflict, Invalid
from tests import stages, world
from tests.stages import AT_STAGE, POINT, speak
from tests.unchanged import refused
from workflows.calendar import add_working_days, working_days_between

pytestmark = pytest.mark.django_db
PHONE = ("question", "phone", "号码打不通，请更正。")


def corrected(case, *points, **said):
    case.say("correction", points=points or (POINT,), **said)
    return case


def beijing(*when):
    return datetime(*when, tzinfo=ZoneInfo("Asia/Shanghai"))


def local(moment):
    return moment.astimezone(ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def case():
    """A grant that was filed."""
    return world.grant().submit()


class TestAsking:
    """What a request for correction leaves behind."""

    def test_the_case_waits_for_the_applicant(self, case):
        application = corrected(case).application
        assert (application.state, application.returned_at) == ("returned_for_correction", case.at)

    def test_there_are_fifteen_working_days_to_answer(self, case):
        due = local(corrected(case).application.correction_due)
        assert due.date() == add_working_days(local(case.at).date(), 15)
        assert (due.hour, due.minute, due.second) == (23, 59, 59)

    def test_every_point_is_kept(self, case):
        corrected(case, POINT, PHONE)
        points = CorrectionPoint.objects.filter(correction__application=case.application)
        assert list(points.values_list("target", "name")) == [("paper", "id-copy"), ("question", "phone")]

    def test_what_is_asked_is_encrypted_with_the_case(self, case):
        corrected(case, PHONE)
        message = CorrectionPoint.objects.get().message
        assert vault.decrypt(case.application.data_key, message, "correction") == "号码打不通，请更正。"

    def test_the_kind_of_correction_is_kept(self, case):
        corrected(case, correction_kind="incorrect")
        assert Correction.objects.get().kind == "incorrect"

    def test_one_paper_names_everything_and_the_last_day(self, case):
        corrected(case, POINT, PHONE)
        content = reading.content(Paper.objects.get(case_ref=case.public_id, kind="correction"))
        rows = content.sections[0].table.rows
        assert [row[1:] for row in rows] == [("身份证照片", POINT[2]), ("联系电话", PHONE[2])]
        assert "请在2026年9月29日前补正" in "".join(content.opening)

    def test_the_request_is_a_decision_of_the_round(self, case):
        corrected(case)
        decision = Decision.objects.get(application=case.application)
        assert (decision.kind, decision.round, decision.amount) == ("correction", 1, None)

    def test_nobody_can_act_meanwhile(self, case):
        corrected(case)
        with refused(Conflict, "paused"):
            speak(case.official(), case, "accept")

    def test_at_the_first_reviewer_it_begins_the_review(self):
        case = corrected(AT_STAGE["grant", "county_review"]())
        case.resubmit()
        assert case.application.state == "in_review"

    @pytest.mark.parametrize(
        "points",
        [
            (),
            (("question", "no_such_question", "请更正。"),),
            (("paper", "no-such-paper", "请补交。"),),
            (("drawing", "phone", "请更正。"),),
            (("question", "school", "请更正。"),),
            (POINT, ("question", "school", "请更正。")),
            (POINT, POINT),
            (("question", "phone", "  "),),
        ],
    )
    def test_points_that_cannot_be_asked_for_are_invalid(self, case, points):
        with refused(Invalid) as caught:
            speak(case.official(), case, "correction", points=points)
        assert set(caught.value.errors) == {"points"}

    def test_what_officials_enter_is_not_for_the_applicant_to_correct(self):
        case = AT_STAGE["phase_out", "accept"]()
        with refused(Invalid) as caught:
            speak(case.official(), case, "correction", points=(("question", "benefit_monthly", "请更正。"),))
        assert set(caught.value.errors) == {"points"}

    def test_a_kind_nobody_knows_is_invalid(self, case):
        with refused(Invalid) as caught:
            speak(case.official(), case, "correction", points=(POINT,), correction_kind="whatever")
        assert set(caught.value.errors) == {"correction_kind"}


class TestAnswering:
    """The applicant corrects."""

    def test_only_what_was_named_is_asked_again(self, case):
        corrected(case, PHONE)
        application = case.application
        asked = asking_of(application, answers_of.read(application), case.at.date())
        assert [question.name for page in asked.pages for question in asked.questions_on(page)] == ["phone"]
        assert asked.papers == ()

    def test_only_what_was_named_can_be_changed(self, case):
        corrected(case, PHONE)
        with refused(Conflict, "not_editable"):
            actions.save_answers(case.user, case.public_id, {"account": "6217003600012345672"}, case.later())

    def test_an_answer_is_a_new_round_and_the_old_one_is_kept(self, case):
        before = answers_of.read(case.application)
        corrected(case, PHONE)
        actions.save_answers(case.user, case.public_id, {"phone": "13800000000"}, case.later())
        application = case.resubmit().application
        kept = [vault.decrypt_json(application.data_key, bytes(r.answers), "answers") for r in application.rounds.all()]
        assert application.round == 2
        assert kept == [before, before | {"phone": "13800000000"}]

    def test_the_case_goes_back_to_acceptance(self, case):
        application = corrected(case).resubmit().application
        assert (application.state, application.correction_due) == ("submitted", None)
        assert case.item().stage == "accept"

    def test_a_case_in_review_goes_on_being_reviewed_by_the_same_seat(self):
        case = AT_STAGE["grant", "decide"]()
        item = case.item()
        corrected(case).resubmit()
        assert case.application.state == "in_review"
        assert case.item() == item

    def test_the_request_is_answered_once(self, case):
        corrected(case).resubmit()
        assert Correction.objects.get().answered_at == case.at
        with refused(Conflict, "not_returned"):
            actions.resubmit(case.user, case.public_id, case.later())

    def test_a_case_nobody_returned_cannot_be_resubmitted(self, case):
        with refused(Conflict, "not_returned"):
            actions.resubmit(case.user, case.public_id, case.later())

    def test_the_assessment_follows_the_correction(self):
        case = world.grant(study_mode="part_time").submit()
        corrected(case, ("question", "study_mode", "与学籍不一致。"))
        actions.save_answers(case.user, case.public_id, {"study_mode": "full_time"}, case.later())
        application = case.resubmit().application
        assert (application.eligible, str(application.amount)) == (True, "1000.00")

    def test_the_policy_date_stays_the_first_day_of_filing(self, case):
        filed = case.application.policy_date
        corrected(case).resubmit()
        assert case.application.policy_date == filed

    def test_a_correction_that_is_no_fact_is_named(self, case):
        corrected(case, ("question", "id_number", "与身份证不一致。"))
        actions.save_answers(case.user, case.public_id, {"id_number": "123"}, case.later())
        with refused(Invalid) as caught:
            actions.resubmit(case.user, case.public_id, case.later())
        assert set(caught.value.errors) == {"id_number"}

    def test_a_correction_that_leaves_a_question_open_is_named(self, case):
        corrected(case, PHONE)
        actions.save_answers(case.user, case.public_id, {"phone": ""}, case.later())
        with refused(Invalid) as caught:
            actions.resubmit(case.user, case.public_id, case.later())
        assert set(caught.value.errors) == {"phone"}

    def test_each_round_has_its_own_opinion_and_decision(self, case):
        corrected(case).resubmit()
        corrected(case).resubmit()
        rounds = Opinion.objects.filter(application=case.application).values_list("round", "outcome")
        assert list(rounds) == [(1, "correction"), (2, "correction")]
        assert list(Decision.objects.values_list("kind", "round")) == [("correction", 1), ("correction", 2)]
        assert case.application.round == 3

    def test_a_corrected_case_goes_on_to_its_grant(self, case):
        corrected(case).resubmit().say("accept").say("agree").end_notice().say("grant")
        assert (case.application.state, case.application.round) == ("granted", 2)


class TestClock:
    """Days the applicant takes are not the office's."""

    def test_the_working_days_left_are_given_back(self, case):
        due, stopped = local(case.item().due_at).date(), None
        corrected(case)
        stopped = local(case.at).date()
        left = working_days_between(stopped, due)
        case.later(24 * 20)
        case.resubmit()
        assert working_days_between(local(case.at).date(), local(case.item().due_at).date()) == left

    def test_at_least_one_day_is_given_to_an_office_that_was_late(self, case):
        case.later(24 * 30)
        corrected(case).resubmit()
        assert local(case.item().due_at).date() == add_working_days(local(case.at).date(), 1)

    def test_while_it_is_paused_the_item_keeps_its_day(self, case):
        due = case.item().due_at
        corrected(case)
        assert (case.item().due_at, case.item().paused_at) == (due, case.at)

    def test_the_clock_runs_again_once_it_is_answered(self, case):
        assert corrected(case).resubmit().item().paused_at is None


class TestLapse:
    """No answer in time."""

    def test_on_the_last_second_there_is_still_time(self, case):
        due = corrected(case).application.correction_due
        assert lapse_unanswered(due) == 0
        assert case.application.state == "returned_for_correction"

    def test_nobody_can_make_it_lapse_before(self, case):
        due = corrected(case).application.correction_due
        assert actions.lapse(case.public_id, due - timedelta(seconds=1)) is False
        assert case.application.state == "returned_for_correction"

    def test_after_it_the_case_lapses(self, case):
        at = corrected(case).application.correction_due + timedelta(seconds=1)
        assert lapse_unanswered(at) == 1
        assert (case.application.state, case.application.closed_at) == ("lapsed", at)

    def test_the_route_ends_with_it(self, case):
        lapse_unanswered(corrected(case).application.correction_due + timedelta(seconds=1))
        assert case.item_kind() == ""

    def test_what_was_asked_and_filed_is_kept(self, case):
        lapse_unanswered(corrected(case).application.correction_due + timedelta(seconds=1))
        assert Correction.objects.get().answered_at is None
        assert case.application.rounds.count() == 1

    def test_it_cannot_be_answered_any_more(self, case):
        lapse_unanswered(corrected(case).application.correction_due + timedelta(seconds=1))
        with refused(Conflict, "not_returned"):
            actions.resubmit(case.user, case.public_id, case.later(24 * 60))

    def test_a_case_answered_a_moment_before_is_left_alone(self, case):
        due = corrected(case).application.correction_due
        case.resubmit()
        assert actions.lapse(case.public_id, due + timedelta(days=1)) is False
        assert case.application.state == "submitted"

    def test_the_clock_signs_for_it(self, case):
        lapse_unanswered(corrected(case).application.correction_due + timedelta(seconds=1))
        assert stages.last_event(case).actor == "clock"
        assert stages.last_event(case).action == "application.lapsed"
