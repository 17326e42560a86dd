"""Places of a year split by county: who asks, who reviews, what a county then has, and what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import QuotaShare
from applications.offers import offer_of
from audit.models import Event
from benefits import quotas
from papers import numbering
from payouts.quotas import asking, deciding, shown, standing
from payouts.quotas.asking import Asked
from people.models import Division
from people.refusals import Conflict, Invalid, NotFound, Refused
from project.demo.directory import HONGHE, MENGZI
from schemes.models import PolicyClause, PolicyValue
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.payouts.budget_rows import AT, GRANT, line_office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ten_places(clock):
    """Honghe sets ten places a year for the grant."""
    clock.move_to(AT)
    return set_quota(10)


def set_quota(places, before=None, **changes):
    """Publish how many places a year there are, instead of the value before."""
    said = {"valid_from": "2026-01-01"} | changes
    return PolicyValue.objects.create(
        scheme_id=GRANT,
        division_id=HONGHE,
        name="quota",
        value={"per_year": places},
        clause=PolicyClause.objects.get(scheme=GRANT, document="honghe-2025-47"),
        basis="stated",
        origin="people",
        published_by="somebody",
        published_at=world.START,
        supersedes=before,
        **said,
    )


def ask(places=4, by="county-supervisor", office=None, **changes):
    said = {"scheme": GRANT, "year": 2026, "to": MENGZI, "places": places, "reason": "按上年人数测算"} | changes
    return asking.ask(world.user(by), (office or line_office()).pk, Asked(**said), AT)


def given(places=4, **changes):
    return deciding.approve(world.user("finance-checker"), ask(places, **changes).pk, AT)


def honghe():
    return standing.quota_in(world.finance().division, GRANT, 2026, AT)


class TestAsking:
    """By a line office, or a maker of finance; within what is left."""

    def test_a_county_asks_for_places_and_a_checker_gives_them(self):
        request = given(4)
        assert request.state == "approved"
        assert (honghe().rest.places, honghe().of(MENGZI).places) == (6, 4)
        actions = Event.objects.filter(stream=request.stream).order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["quota.requested", "quota.approved"]

    def test_the_maker_of_finance_asks_too(self):
        assert ask(2, by="finance-maker", office=world.finance()).division_id == HONGHE

    def test_what_is_given_adds_up_and_comes_back(self):
        given(4)
        given(3)
        assert honghe().of(MENGZI).places == 7
        given(-5)
        assert (honghe().rest.places, honghe().of(MENGZI).places) == (8, 2)

    @pytest.mark.parametrize(
        "changes, field",
        [
            ({"places": 11}, "places"),
            ({"places": 0}, "places"),
            ({"places": -1}, "places"),
            ({"reason": " "}, "reason"),
            ({"year": 2025}, "year"),
            ({"to": HONGHE}, "to"),
            ({"to": "532501"}, "to"),
            ({"scheme": "severe-care-post"}, "scheme"),
        ],
    )
    def test_what_cannot_be_is_refused_with_words(self, changes, field):
        with pytest.raises(Invalid) as refused:
            ask(**changes)
        assert list(refused.value.errors) == [field]
        assert not QuotaShare.objects.exists()

    def test_one_request_for_a_county_waits_at_a_time(self):
        ask(1)
        with pytest.raises(Conflict, match="已经有人提出"):
            ask(2)

    def test_a_stranger_to_the_office_asks_nothing(self):
        with pytest.raises(NotFound):
            ask(by="other-county")


class TestDeciding:
    """By a checker of finance who did not ask."""

    def test_a_maker_and_a_line_office_do_not_decide(self):
        request = ask()
        with pytest.raises(Refused):
            deciding.approve(world.user("finance-maker"), request.pk, AT)
        for name in ("county-supervisor", "other-county"):
            with pytest.raises(NotFound):
                deciding.approve(world.user(name), request.pk, AT)

    def test_who_asked_does_not_decide(self):
        request = ask()
        QuotaShare.objects.filter(pk=request.pk).update(requested_by=world.user("finance-checker"))
        with pytest.raises(Refused, match="提出申请的人"):
            deciding.approve(world.user("finance-checker"), request.pk, AT)

    def test_it_is_decided_once(self):
        request = given()
        with pytest.raises(Conflict):
            deciding.refuse(world.user("finance-checker"), request.pk, "重复", AT)

    def test_a_refusal_says_why_and_gives_nothing(self):
        request = ask()
        with pytest.raises(Invalid):
            deciding.refuse(world.user("finance-checker"), request.pk, " ", AT)
        deciding.refuse(world.user("finance-checker"), request.pk, "先用完现有的", AT)
        assert honghe().of(MENGZI).places == 0

    def test_what_was_used_up_meanwhile_is_not_given(self):
        request = ask(10)
        world.at_decision(2).say("grant")
        with pytest.raises(Conflict, match="只有9名"):
            deciding.approve(world.user("finance-checker"), request.pk, AT)

    def test_a_request_of_last_year_is_checked_against_its_own_quota(self, ten_places):
        """In January the places of December are given still, by what was set for December."""
        request = ask(4)
        set_quota(10, ten_places, valid_to="2026-12-31")
        set_quota(1, valid_from="2027-01-01")
        later = AT.replace(year=2027, month=1, day=5)
        assert deciding.approve(world.user("finance-checker"), request.pk, later).state == "approved"


class TestCounting:
    """What is used of each pool is asked for at once."""

    def test_more_counties_need_no_more_statements(self):
        given(1)
        with CaptureQueriesContext(connection) as one:
            shown.counties(honghe())
        for county in Division.objects.filter(parent=HONGHE, retired=False).exclude(pk=MENGZI)[:3]:
            given(1, to=county.pk, by="finance-maker", office=world.finance())
        with CaptureQueriesContext(connection) as four:
            assert len(shown.counties(honghe()).rows) == 5
        assert len(four) == len(one)


class TestGranting:
    """A county that was given places takes those; the others share the rest."""

    def test_a_county_takes_its_own_places_and_no_more(self):
        given(1)
        first, second = world.at_decision(2), world.at_decision(4)
        assert quotas.places_left(first.application) == 1
        first.say("grant")
        assert (honghe().of(MENGZI).left, honghe().rest.used) == (0, 0)
        with pytest.raises(Conflict, match="已满"):
            second.say("grant")
        assert "名额" in offer_of(first.application.definition, MENGZI, AT.date()).told
        assert offer_of(first.application.definition, HONGHE, AT.date()).told == ""

    def test_what_a_county_took_is_not_taken_back(self):
        given(2)
        world.at_decision(2).say("grant")
        with pytest.raises(Invalid) as refused:
            ask(-2)
        assert "只有1名" in refused.value.errors["places"]

    def test_a_quota_lowered_below_what_was_given_is_not_overspent(self, ten_places):
        given(4)
        numbering.take(honghe().rest.key)
        first, second = world.at_decision(2), world.at_decision(4)
        set_quota(2, ten_places)
        assert quotas.places_left(first.application) == 1
        first.say("grant")
        with pytest.raises(Conflict) as refused:
            second.say("grant")
        assert refused.value.code == "quota_full"

    def test_what_is_left_of_a_lowered_quota_is_given_to_one_county_after_the_other(self, ten_places, monkeypatch):
        """The counter they share is held before each takes its own."""
        given(4)
        case, held = world.at_decision(2), []
        set_quota(2, ten_places)
        hold = quotas.numbering.hold
        monkeypatch.setattr(quotas.numbering, "hold", lambda key: held.append(key) or hold(key))
        case.say("grant")
        assert held == [honghe().rest.key]

    def test_places_split_in_the_same_moment_are_not_taken_from_the_wrong_pool(self, monkeypatch):
        case = world.at_decision(2)
        take = quotas.numbering.take

        def split_meanwhile(key):
            QuotaShare.objects.exists() or given(3)
            return take(key)

        monkeypatch.setattr(quotas.numbering, "take", split_meanwhile)
        with pytest.raises(Conflict, match="重新分配"):
            case.say("grant")


class TestPages:
    """What the pages show and do, in both languages."""

    def test_a_line_office_asks_and_finance_approves_on_pages(self):
        line, checker = sign_in("county-supervisor"), sign_in("finance-checker")
        page = text_of(line.get(reverse("quotas:index")))
        assert "没有分配到县的" in page
        typed = {"office": line_office().pk, "scheme": GRANT, "year": 2026, "to": MENGZI, "places": 4, "reason": "测算"}
        too_many = line.post(reverse("quotas:index"), typed | {"places": 40})
        assert too_many.status_code == 422
        assert "只有10名" in text_of(too_many)
        asked = line.post(reverse("quotas:index"), typed)
        address = asked.headers["Location"]
        assert "由复核岗位审核" in text_of(line.get(address))
        assert checker.post(address, {"refuse": "1", "refuse-note": ""}).status_code == 422
        assert checker.post(address, {"approve": "1"}).status_code == 302
        assert honghe().of(MENGZI).places == 4
        assert checker.post(address, {"approve": "1"}).status_code == 409

    def test_the_page_speaks_english(self):
        given(4)
        checker = sign_in("finance-checker")
        checker.cookies["django_language"] = "en"
        assert checker.get(reverse("quotas:index")).status_code == 200
