"""公示: opened when the route reaches it, ended by the clock or an upheld objection, closed with its case."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from approvals import notices, notices_list
from approvals.clock import end_notices
from approvals.models import Objection, PublicNotice
from people import vault
from people.refusals import Conflict
from tests import stages, world
from tests.stages import AT_STAGE, last_event, noticed, objected, speak
from tests.unchanged import refused
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


def notice_of(case):
    return PublicNotice.objects.get(application=case.application, ended_at__isnull=True)


def object_to(case, at=None, text="该生已经就业。"):
    return notices.object_to(notice_of(case), text, "13800000000", at or case.later())


def after(case):
    """A moment after the notice's last."""
    case.at = notice_of(case).ends_at + timedelta(seconds=1)
    return case.at


class TestOpening:
    """The route arrives at a notice."""

    def test_the_case_is_noticed_and_no_official_has_anything_to_do(self):
        case = noticed()
        assert (case.application.state, case.item_kind()) == ("noticed", "")

    def test_it_shows_a_masked_name_school_and_amount(self):
        case = noticed()
        notice, application = notice_of(case), case.application
        assert notice.masked_name == vault.masked_name(application.subject.name)
        assert notice.masked_name != application.subject.name
        assert (notice.place, notice.amount) == (application.subject_office.name, application.amount)

    def test_a_household_is_shown_with_its_township_and_without_an_amount(self):
        case = stages.phase_out_noticed()
        notice = notice_of(case)
        assert (notice.place, notice.amount) == (case.application.division.name, None)

    def test_the_office_of_the_stage_answers_for_it(self):
        assert notice_of(noticed()).office == stages.prefecture("hrss")

    def test_it_runs_five_working_days_to_the_end_of_the_last(self):
        case = noticed(0)
        notice = notice_of(case)
        assert notice.starts_at == case.at
        assert notice.ends_at == datetime(2026, 9, 15, 23, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))

    def test_a_household_is_shown_seven_natural_days(self):
        case = stages.phase_out_noticed()
        last = notice_of(case).ends_at.astimezone(ZoneInfo("Asia/Shanghai")).date()
        assert (last - case.at.date()).days == 7

    def test_it_is_recorded(self):
        event = last_event(noticed(0))
        assert (event.action, event.data) == ("notice.opened", {"state": "noticed", "round": 1, "stage": "notice"})


class TestEndingByTheClock:
    """Only the clock ends a notice, and only after its last moment."""

    def test_not_before_its_last_moment(self):
        case = noticed()
        assert notices.end(case.public_id, notice_of(case).ends_at - timedelta(seconds=1)) is False
        assert case.application.state == "noticed"

    def test_the_job_leaves_its_last_moment_alone(self):
        case = noticed()
        assert end_notices(notice_of(case).ends_at) == 0
        assert case.application.state == "noticed"

    def test_after_it_the_case_goes_on(self):
        case = noticed()
        assert end_notices(after(case)) == 1
        notice = PublicNotice.objects.get(application=case.application)
        assert (notice.result, notice.ended_at) == ("clear", case.at)
        assert (case.application.state, case.item().stage) == ("in_review", "decide")

    def test_a_second_run_ends_nothing(self):
        case = noticed()
        at = after(case)
        end_notices(at)
        assert end_notices(at) == 0
        assert WorkItem.objects.filter(case_id=case.application.pk, stage="decide").count() == 1

    def test_the_clock_signs_for_it(self):
        case = noticed()
        end_notices(after(case))
        assert (last_event(case).action, last_event(case).actor) == ("notice.ended", "clock")

    def test_a_case_without_a_notice_is_left_alone(self):
        case = world.grant().submit()
        assert notices.end(case.public_id, case.later()) is False


class TestObjecting:
    """Anybody may object while it runs."""

    def test_an_objection_opens_a_seat_for_a_reviewer_of_the_office(self):
        item = objected(noticed()).item()
        assert (item.kind, item.queue.office, item.queue.role) == ("notice", stages.prefecture("hrss"), "reviewer")

    def test_a_second_objection_waits_in_the_same_seat(self):
        case = objected(noticed())
        item = case.item()
        object_to(case)
        assert (case.item(), Objection.objects.count()) == (item, 2)

    def test_what_was_said_is_encrypted_with_the_case(self):
        case = noticed()
        objection = object_to(case, text="该生已经就业。")
        key = case.application.data_key
        assert vault.decrypt(key, objection.text, "objection") == "该生已经就业。"
        assert vault.decrypt(key, objection.contact, "objection") == "13800000000"

    def test_the_case_stays_on_notice(self):
        assert objected(noticed()).application.state == "noticed"

    def test_it_is_recorded_without_its_words(self):
        event = last_event(objected(noticed()))
        assert (event.action, event.data["stage"]) == ("objection.raised", "notice")
        assert "就业" not in str(event.data)

    def test_the_last_moment_still_counts(self):
        case = noticed()
        assert object_to(case, notice_of(case).ends_at).pk

    def test_after_it_objections_are_refused(self):
        case = noticed()
        notice, at = notice_of(case), after(case)
        with refused(Conflict, "notice_over"):
            notices.object_to(notice, "该生已经就业。", "", at)

    def test_a_notice_that_was_ended_takes_none(self):
        case = noticed()
        notice = notice_of(case)
        case.end_notice()
        with refused(Conflict, "notice_over"):
            notices.object_to(notice, "该生已经就业。", "", notice.starts_at)

    def test_an_open_objection_holds_the_notice(self):
        case = objected(noticed())
        assert end_notices(after(case)) == 0
        assert case.application.state == "noticed"

    def test_one_raised_while_the_job_ran_holds_it_too(self):
        case = objected(noticed())
        assert notices.end(case.public_id, after(case)) is False
        assert case.application.state == "noticed"


class TestDismissed:
    """异议不成立."""

    @pytest.fixture
    def case(self):
        case = AT_STAGE["grant", "notice"]()
        speak(case.official(), case, "dismiss", text="经核查，该生未就业。")
        return case

    def test_the_answer_is_kept_with_who_gave_it(self, case):
        objection = Objection.objects.get()
        assert (objection.result, objection.handled_by.username) == ("dismissed", "prefecture-reviewer")
        assert objection.handled_at == case.at
        assert vault.decrypt(case.application.data_key, objection.answer, "objection") == "经核查，该生未就业。"

    def test_the_notice_goes_on(self, case):
        assert (case.application.state, case.item_kind()) == ("noticed", "")

    def test_it_ends_in_its_time(self, case):
        assert end_notices(after(case)) == 1
        assert case.item().stage == "decide"

    def test_a_later_objection_gets_a_seat_of_its_own(self, case):
        object_to(case)
        assert case.item().seat == "objection-2"

    def test_one_answer_answers_all_that_wait(self):
        case = objected(noticed())
        object_to(case)
        speak(case.official(), case, "dismiss")
        assert set(Objection.objects.values_list("result", flat=True)) == {"dismissed"}

    def test_one_that_was_held_beyond_its_time_ends_at_the_next_run(self):
        case = objected(noticed())
        after(case)
        speak(case.official(), case, "dismiss")
        assert end_notices(case.later()) == 1


class TestUpheld:
    """异议成立: the stage before looks again, and the notice is published anew."""

    @pytest.fixture
    def case(self):
        case = AT_STAGE["grant", "notice"]()
        speak(case.official(), case, "uphold", text="该生已就业，请重新核实。")
        return case

    def test_the_notice_is_over(self, case):
        notice = PublicNotice.objects.get()
        assert (notice.result, notice.ended_at) == ("upheld", case.at)
        assert Objection.objects.get().result == "upheld"

    def test_the_stage_before_has_it_again(self, case):
        assert (case.application.state, case.item().stage) == ("in_review", "county_review")

    def test_it_is_public_no_longer(self, case):
        assert notices_list.page(case.at).notices == []

    def test_after_the_new_verification_it_is_published_anew(self, case):
        case.say("agree")
        results = list(PublicNotice.objects.order_by("pk").values_list("result", flat=True))
        assert (case.application.state, results) == ("noticed", ["upheld", ""])
        assert notice_of(case).starts_at == case.at

    def test_the_new_notice_leads_to_the_decision(self, case):
        case.say("agree").end_notice().say("grant")
        assert case.application.state == "granted"

    def test_without_a_review_before_it_the_school_verifies_again(self):
        case = objected(noticed(0))
        speak(case.official(), case, "uphold")
        assert (case.application.state, case.item().stage) == ("in_review", "accept")

    def test_who_accepted_it_verifies_and_does_not_accept_again(self):
        case = objected(noticed(0))
        speak(case.official(), case, "uphold")
        accepted_at = case.application.accepted_at
        case.say("agree")
        assert (case.application.state, case.application.accepted_at) == ("noticed", accepted_at)

    def test_the_school_may_ask_for_a_correction_instead(self):
        case = objected(noticed(0))
        speak(case.official(), case, "uphold")
        case.ask_to_correct().resubmit()
        assert (case.application.state, case.item().stage) == ("in_review", "accept")

    def test_a_township_answers_by_another_than_who_accepted(self):
        case = objected(stages.phase_out_noticed())
        speak(world.user("township-reviewer"), case, "uphold")
        assert (case.item().stage, case.item().queue.office.function) == ("accept", "township")


class TestWithdrawn:
    """A case that is taken back while it is on notice."""

    def test_it_is_public_no_longer_from_that_moment(self):
        case = noticed().withdraw()
        assert notices_list.page(case.at).notices == []

    def test_nobody_can_object_any_more(self):
        case = noticed()
        notice = notice_of(case)
        case.withdraw()
        with refused(Conflict, "notice_over"):
            notices.object_to(notice, "该生已经就业。", "", case.later(1))

    def test_the_clock_closes_its_notice_before_its_time(self):
        case = noticed().withdraw()
        assert end_notices(case.later(1)) == 1
        notice = PublicNotice.objects.get()
        assert (notice.result, notice.ended_at) == ("cancelled", case.at)
        assert case.application.state == "withdrawn"

    def test_an_open_objection_does_not_keep_it_open(self):
        case = objected(noticed()).withdraw()
        assert case.item_kind() == ""
        assert end_notices(case.later(1)) == 1

    def test_it_is_closed_once(self):
        case = noticed().withdraw()
        end_notices(case.later(1))
        assert end_notices(case.later(1)) == 0
