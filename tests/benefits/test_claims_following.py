"""The next period is claimed by the short way: carried over, asked for the period alone, linked."""

from datetime import timedelta

import pytest

from applications.asking import asking_of
from applications.models import Application
from people.refusals import Conflict, NotFound
from tests import world
from tests.benefits import claimed
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def scheme():
    claimed.publish()


@pytest.fixture
def first():
    """June and July, granted in September."""
    return claimed.granted("2026-06-01", 2)


class TestTheShortClaim:
    """What it carries over and what it asks."""

    def test_it_names_the_case_it_continues(self, first):
        assert claimed.begun(first).application.continues == first.application

    def test_it_begins_with_the_month_after_and_the_months_on_our_books(self, first):
        told = claimed.answers(claimed.begun(first))
        assert (told["claimed_from"], told["months_received"]) == ("2026-08-01", 2)

    def test_it_carries_over_who_it_is_and_where_it_is_paid(self, first):
        before, told = claimed.answers(first), claimed.answers(claimed.begun(first))
        names = ("name", "id_number", "disability_certificate", "home_division", "account", "post_name")
        assert [told[name] for name in names] == [before[name] for name in names]

    def test_it_asks_anew_whether_one_still_works_there_and_how_many_months(self, first):
        told = claimed.answers(claimed.begun(first))
        assert not {"on_post", "months_claimed"} & set(told)

    def test_it_leads_through_the_period_alone_and_asks_for_its_evidence_alone(self, first):
        draft = claimed.begun(first)
        asked = asking_of(draft.application, claimed.answers(draft), draft.at.date())
        assert [page.code for page in asked.pages] == ["post", "months"]
        assert [paper.code for paper in asked.papers] == ["attendance-proof"]

    def test_a_kept_page_that_is_not_complete_is_asked(self, first):
        draft = claimed.begun(first)
        world.change(draft, phone="", account="")
        asked = asking_of(draft.application, claimed.answers(draft), draft.at.date())
        assert [page.code for page in asked.pages] == ["post", "months", "account"]

    def test_granted_it_takes_its_months_under_the_same_entitlement(self, first):
        claimed.short(first).say("grant")
        assert claimed.months() == ["2026-06", "2026-07", "2026-08"]
        assert claimed.standing().months_claimed == 3

    def test_the_next_one_is_claimed_from_any_case_of_the_chain(self, first):
        second = claimed.short(first).say("grant")
        later = second.at + timedelta(days=60)
        third = claimed.begun(first, later)
        assert claimed.answers(third)["claimed_from"] == "2026-09-01"


class TestWhenItCanBeClaimed:
    """The way is open only for months that have passed and are left."""

    def test_who_begins_it_twice_gets_the_same_draft(self, first):
        assert claimed.begun(first).public_id == claimed.begun(first).public_id
        assert Application.objects.filter(continues=first.application).count() == 1

    def test_it_does_not_exist_for_somebody_else(self, first):
        first.user = world.user("helper")
        with refused(NotFound, "not_found"):
            claimed.begun(first)

    def test_a_month_that_runs_is_not_claimed_and_the_month_is_named(self):
        case = claimed.granted("2026-06-01", 3)
        with refused(Conflict, "no_next_period") as caught:
            claimed.begun(case)
        assert "2026年9月" in str(caught.value.message)

    def test_nothing_is_claimed_when_all_months_are_used_up(self):
        case = claimed.granted("2026-02-01", 6)
        with refused(Conflict, "no_next_period") as caught:
            claimed.begun(case)
        assert "月数已满" in str(caught.value.message)

    def test_nothing_is_claimed_once_it_was_stopped(self, first):
        claimed.measure(first, "stop")
        with refused(Conflict, "no_next_period") as caught:
            claimed.begun(first, first.at + timedelta(days=60))
        assert "已经终止" in str(caught.value.message)

    def test_a_case_that_claims_no_period_has_no_next_one(self):
        case = world.granted()
        with refused(NotFound, "not_found"):
            claimed.begun(case)
