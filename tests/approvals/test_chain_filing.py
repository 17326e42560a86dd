"""Lots and filing review: who is drawn nobody foresees and anybody can check; an order is answered by others."""

import hashlib
import hmac

import pytest

from audit.models import Event
from people.refusals import Invalid, Refused
from schemes.models import SchemeVersion
from schemes.routes import Stage
from tests import chained, world
from tests.stages import TEXT, official, prefecture, speak
from tests.unchanged import refused
from workflows import sampling
from workflows.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
DPF_FILE = "file"


def sampled(percent):
    """The grant whose county review is drawn by lot."""
    chained.publish(chained.GRANT, chained.with_stage("county_review", sample_percent=percent))
    return world.grant().submit()


def seed_of(case):
    return case.item().process.data["seed"]


def with_seed(case, drawn, percent=50):
    """The case with a seed whose lot falls so."""
    stage = case.application.definition.stage("county_review")
    process = case.item().process
    seeds = (hashlib.md5(str(n).encode()).hexdigest() for n in range(1000))
    process.data["seed"] = next(seed for seed in seeds if sampling.draw(seed, stage).drawn is drawn)
    process.save()
    return case


class TestLot:
    """The draw."""

    def test_it_is_an_hmac_anybody_with_the_seed_can_repeat(self):
        stage = Stage.model_validate(chained.prefecture_look("0") | {"sample_percent": 30})
        seed = "00ff" * 8
        digest = hmac.new(bytes.fromhex(seed), b"second_review", hashlib.sha256).hexdigest()
        drawn = sampling.draw(seed, stage)
        assert (drawn.number, drawn.drawn) == (int(digest, 16) % 100, int(digest, 16) % 100 < 30)

    def test_about_as_many_as_the_share_says_are_drawn(self):
        stage = Stage.model_validate(chained.prefecture_look("0") | {"sample_percent": 30})
        seeds = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(2000)]
        assert 500 < sum(sampling.draw(seed, stage).drawn for seed in seeds) < 700

    def test_each_case_has_a_seed_of_its_own_sealed_in_the_trail(self):
        case = sampled(50)
        sealed = Event.objects.get(stream=case.application.stream, action="route.sealed")
        assert sealed.data["seal"] == hashlib.sha256(seed_of(case).encode()).hexdigest()
        assert seed_of(case) not in str(sealed.data)

    def test_a_route_without_lots_has_no_seed(self):
        assert "seed" not in world.grant().submit().item().process.data

    def test_who_is_drawn_passes_the_stage(self):
        assert with_seed(sampled(50), drawn=True).say("accept").item().stage == "county_review"

    def test_who_is_not_goes_by(self):
        case = with_seed(sampled(50), drawn=False).say("accept")
        assert not WorkItem.objects.filter(case_id=case.application.pk, stage="county_review").exists()
        assert case.application.state == "noticed"

    @pytest.mark.parametrize("drawn", [True, False])
    def test_the_trail_tells_the_lot(self, drawn):
        case = with_seed(sampled(50), drawn=drawn).say("accept")
        event = Event.objects.get(stream=case.application.stream, action="route.sampled")
        assert (event.data["stage"], event.data["percent"], event.data["drawn"]) == ("county_review", 50, drawn)

    def test_it_is_drawn_once_a_case(self):
        case = with_seed(sampled(50), drawn=True).say("accept").say("agree").end_notice()
        case.say("send_back", target="county_review", text=TEXT).say("agree")
        assert Event.objects.filter(stream=case.application.stream, action="route.sampled").count() == 1

    def test_before_it_is_drawn_everybody_expects_it(self):
        case = with_seed(sampled(50), drawn=False)
        assert "county_review" in [stage.code for stage in case.application.definition.stages]

    @pytest.mark.parametrize("kind", ["accept", "decide"])
    def test_only_looks_are_drawn(self, kind):
        code = {"accept": "accept", "decide": "decide"}[kind]
        with pytest.raises(ValueError, match="drawn by lot"):
            chained.publish(chained.GRANT, chained.with_stage(code, sample_percent=50))


class TestOrders:
    """备案 and 责令改正, on the phase-out the county confirmed."""

    def ordered(self):
        """A filing office has ordered; the county has one more reviewer."""
        case = world.phase_out_granted()
        county = case.application.decisions.get(kind="grant").office
        official("other-approver", county, "approver")
        return case.say("order", text=TEXT)

    def test_an_order_is_put_to_the_office_that_decided(self):
        case = self.ordered()
        decided = case.application.decisions.get(kind="grant")
        item = case.item()
        assert (item.kind, item.stage, item.queue.office, item.queue.role) == (
            "order",
            "file",
            decided.office,
            "approver",
        )

    def test_it_is_put_to_a_role_in_which_somebody_still_works(self):
        case = world.phase_out_granted()
        county = case.application.decisions.get(kind="grant").office
        gone = official("gone-approver", county, "approver")
        gone.is_active = False
        gone.save()
        official("other-reviewer", county, "reviewer")
        assert case.say("order", text=TEXT).item().queue.role == "reviewer"

    def test_it_says_why(self):
        case = world.phase_out_granted()
        with refused(Invalid):
            case.say("order", text="")

    def test_who_decided_does_not_answer_for_it(self):
        case = self.ordered()
        with refused(Refused, "four_eyes"):
            speak(world.user("county-approver"), case, "explained")

    def test_the_answer_opens_the_filing_again_for_who_ordered(self):
        case = self.ordered()
        ordered_by = case.application.opinions.get(outcome="order").official
        speak(world.user("other-approver"), case, "corrected")
        item = case.item()
        assert (item.kind, item.owner, item.outcome) == ("file", ordered_by, "")

    def test_then_it_is_filed(self):
        case = self.ordered()
        speak(world.user("other-approver"), case, "explained")
        case.say("file")
        assert case.item_kind() == ""
        assert case.application.state == "granted"

    def test_or_ordered_again_as_often_as_need_be(self):
        case = self.ordered()
        for _time in range(2):
            speak(world.user("other-approver"), case, "explained")
            case.say("order", text=TEXT)
        speak(world.user("other-approver"), case, "corrected")
        case.say("file")
        assert case.item_kind() == ""

    def test_without_another_approver_a_reviewer_answers(self):
        case = world.phase_out_granted()
        county = case.application.decisions.get(kind="grant").office
        official("other-reviewer", county, "reviewer")
        assert case.say("order", text=TEXT).item().queue.role == "reviewer"

    def test_the_decision_stands_meanwhile(self):
        assert self.ordered().application.state == "granted"

    def test_a_version_that_draws_filings_exists_only_in_tests(self):
        contents = SchemeVersion.objects.values_list("content", flat=True)
        assert not any("sample_percent" in stage for content in contents for stage in content.get("stages", ()))

    def test_the_office_is_the_prefectures(self):
        assert world.phase_out_granted().item().queue.office == prefecture("civil_affairs")
