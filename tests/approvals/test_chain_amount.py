"""Amounts choose levels: what is above a sum goes one office further, and no level is left out or asked twice."""

import pytest

from applications import actions
from people.refusals import Invalid
from schemes.definition import SchemeDefinition
from schemes.models import SchemeVersion
from schemes.routes import Stage
from tests import chained, world
from tests.stages import TEXT, speak
from tests.unchanged import refused
from workflows import routing
from workflows.models import WorkItem
from workflows.tracing import trace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
WRONG = (("question", "study_mode", "与学籍不一致。"),)


def passed(case):
    """The stages the case stood at, in order, as far as officials act."""
    return list(WorkItem.objects.filter(case_id=case.application.pk).order_by("pk").values_list("stage", flat=True))


def full_time(case):
    actions.save_answers(case.user, case.public_id, {"study_mode": "full_time"}, case.later())
    return case.resubmit()


def part_time_at_decision():
    """A case without an amount, before the approver; then corrected, which gives it one."""
    chained.publish(chained.GRANT, chained.level_above("500"))
    chained.second_reviewer()
    case = world.grant(study_mode="part_time").submit().say("accept")
    case.say("disagree", text=TEXT).end_notice()
    return case.say("correction", points=WRONG, correction_kind="incorrect")


class TestConditions:
    """Sums are compared as sums."""

    @pytest.mark.parametrize("amount, passes", [("5000.00", False), ("50000.00", True), ("20000", False)])
    def test_five_thousand_stays_and_fifty_thousand_goes_on(self, amount, passes):
        stage = Stage.model_validate(chained.prefecture_look("20000"))
        assert stage.applies({"amount": amount}) is passes

    def test_without_an_amount_nothing_is_above(self):
        assert not Stage.model_validate(chained.prefecture_look("0")).applies({"amount": None})

    def test_a_figure_of_the_policy_can_be_the_limit(self):
        when = {"field": "amount", "op": "gt", "policy": "county_limit"}
        stage = Stage.model_validate(chained.prefecture_look("0") | {"when": when})
        assert stage.applies({"amount": "900.00", "policy.county_limit": "800"})
        assert not stage.applies({"amount": "900.00", "policy.county_limit": "10000"})

    def test_the_limit_has_to_be_a_figure_the_scheme_declares(self):
        when = {"field": "amount", "op": "gt", "policy": "grant_amount"}
        with pytest.raises(ValueError, match="declare it as a parameter"):
            chained.publish(chained.GRANT, chained.level_above("0", when=when))

    def test_the_amount_is_nobodys_answer(self):
        content = SchemeVersion.objects.filter(scheme_id=chained.GRANT).latest("number").content
        with pytest.raises(ValueError, match="amount is kept by the system"):
            SchemeDefinition.model_validate(content | {"routing_facts": [*content["routing_facts"], "amount"]})


class TestLevels:
    """The grant is 1,000 yuan."""

    def test_above_the_sum_the_prefecture_looks_too(self):
        chained.publish(chained.GRANT, chained.level_above("500"))
        case = world.grant().submit().say("accept").say("agree")
        assert case.item().stage == "second_review"

    def test_up_to_the_sum_the_county_is_enough(self):
        chained.publish(chained.GRANT, chained.level_above("1000"))
        case = world.grant().submit().say("accept").say("agree")
        assert case.item_kind() == ""
        assert passed(case) == ["accept", "county_review"]

    def test_the_route_tells_the_amount_as_text_and_nothing_else(self):
        chained.publish(chained.GRANT, chained.level_above("500"))
        process = world.grant().submit().item().process
        assert process.data["routing"] == {"run_by": "county", "amount": "1000.00"}

    def test_a_limit_in_the_policy_is_read_where_the_case_belongs(self):
        parameter = {"name": "county_limit", "kind": "money", "label": {"zh": "县级上限", "en": "County limit"}}
        latest = SchemeVersion.objects.filter(scheme_id=chained.GRANT).latest("number").content
        chained.publish(
            chained.GRANT,
            chained.level_above("0", when={"field": "amount", "op": "gt", "policy": "county_limit"}),
            parameters=[*latest.get("parameters", ()), parameter],
            policy_values=[*latest["policy_values"], "county_limit"],
            examples=[*latest.get("examples", ()), {"name": "county_limit", "value": "800", "note": "示例数值"}],
        )
        case = world.grant().submit().say("accept").say("agree")
        assert case.item().stage == "second_review"


class TestCorrections:
    """The amount changes on the way."""

    def test_an_amount_that_rises_before_the_level_adds_it(self):
        chained.publish(chained.GRANT, chained.level_above("500"))
        case = world.grant(study_mode="part_time").submit().say("accept")
        case.say("correction", points=WRONG, correction_kind="incorrect")
        assert full_time(case).say("agree").item().stage == "second_review"

    def test_an_amount_that_rises_after_it_moves_the_case_nowhere_by_itself(self):
        assert full_time(part_time_at_decision()).item().stage == "decide"

    def test_but_nobody_grants_it_without_the_level(self):
        case = full_time(part_time_at_decision())
        with refused(Invalid, "level_missing"):
            speak(case.official(), case, "grant")

    def test_it_can_be_sent_to_the_level_it_never_passed(self):
        case = full_time(part_time_at_decision())
        case.say("send_back", target="second_review", text=TEXT)
        assert case.item().stage == "second_review"
        assert case.say("agree").end_notice().say("grant").application.state == "granted"

    def test_a_level_the_case_stands_at_stays_on_its_route_when_the_amount_falls(self):
        chained.publish(chained.GRANT, chained.level_above("500"))
        case = world.grant().submit().say("accept").say("agree")
        routing.note_routing(case.item().process, {"amount": "100.00"})
        shown = [
            (step.stage.code, step.state) for step in trace(case.application.process_ref, case.application.definition)
        ]
        assert ("second_review", "current") in shown
        assert case.say("agree").item_kind() == ""
