"""Two persons decide: the first proposes, another agrees to exactly that, and nobody is both."""

import pytest
from django.db import IntegrityError, transaction

from approvals import decide
from approvals.models import Decision, FirstSignature, Opinion
from approvals.signing import signatures
from audit.models import Event
from people.refusals import Conflict, Invalid, Refused
from tests import chained, world
from tests.stages import TEXT, official, prefecture, speak
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]


@pytest.fixture
def case():
    """A grant before the first approver of the prefecture, whose version wants two."""
    chained.publish(chained.GRANT, chained.with_stage("decide", two_persons=True))
    official("second-approver", prefecture("hrss"), "approver")
    return world.at_decision()


def first(case, outcome="grant", **said):
    speak(world.user("prefecture-approver"), case, outcome, **said)
    return case


def second(case, outcome="agree", who="second-approver"):
    speak(world.user(who), case, outcome)
    return case


class TestProposal:
    """The first word decides nothing."""

    def test_after_the_first_the_case_is_still_open(self, case):
        assert first(case).application.state == "in_review"
        assert not Decision.objects.filter(application=case.application, kind="grant").exists()

    def test_it_waits_for_another_approver_of_the_same_office(self, case):
        before = case.item()
        item = first(case).item()
        assert (item.kind, item.stage, item.queue) == ("cosign", "decide", before.queue)

    def test_the_day_of_the_stage_stays_its_day(self, case):
        due = case.item().due_at
        assert first(case).item().due_at == due

    def test_the_opinion_is_kept(self, case):
        first(case)
        assert Opinion.objects.filter(application=case.application, stage="decide", outcome="grant").count() == 1

    def test_what_was_said_is_sealed(self, case):
        first(case)
        kept = FirstSignature.objects.get()
        assert TEXT.encode() not in bytes(kept.said)
        assert signatures.read(kept) == decide.Said("grant", text=TEXT)

    def test_the_trail_tells_of_a_proposal_and_the_applicant_of_nothing(self, case):
        first(case)
        assert Event.objects.filter(stream=case.application.stream).latest("seq").action == "official.propose"

    def test_what_could_not_be_granted_is_not_proposed(self):
        chained.publish(chained.GRANT, chained.with_stage("decide", two_persons=True))
        case = world.grant(study_mode="part_time").submit().say("accept").say("disagree", text=TEXT).end_notice()
        with refused(Invalid, "not_eligible"):
            first(case)


class TestSecond:
    """The second word."""

    def test_who_agrees_makes_it_a_decision_of_both(self, case):
        second(first(case))
        decision = Decision.objects.get(application=case.application, kind="grant")
        assert case.application.state == "granted"
        names = (decision.official.username, decision.second_official.username, decision.two_persons)
        assert names == ("prefecture-approver", "second-approver", True)

    def test_a_refusal_takes_two_as_well(self, case):
        reason = case.application.definition.refusal_reasons[0].code
        second(first(case, "refuse", reasons=(reason,)))
        assert case.application.state == "refused"
        assert case.item_kind() == ""

    def test_the_first_cannot_be_the_second(self, case):
        first(case)
        with refused(Refused, "four_eyes"):
            second(case, who="prefecture-approver")
        assert case.application.state == "in_review"

    def test_the_second_can_only_agree_or_not(self, case):
        first(case)
        with refused(Invalid):
            second(case, "refuse")

    def test_who_disagrees_says_why_and_the_decision_is_open_again(self, case):
        second(first(case), "disagree")
        assert (case.item().kind, case.application.state) == ("decide", "in_review")
        assert FirstSignature.objects.get().result == "disagreed"

    def test_from_there_it_still_comes_to_an_end(self, case):
        second(first(case), "disagree")
        speak(world.user("second-approver"), case, "grant")
        speak(world.user("prefecture-approver"), case, "agree")
        assert case.application.state == "granted"

    def test_a_case_taken_back_between_the_two_is_not_decided(self, case):
        item = first(case).item()
        case.withdraw()
        with refused(Conflict, "already_decided"):
            decide.act(world.user("second-approver"), item.pk, decide.Said("agree"), case.later())
        assert case.application.state == "withdrawn"

    def test_corrections_need_no_second(self, case):
        first(case, "correction", points=(("paper", "id-copy", "请重传。"),))
        assert case.application.state == "returned_for_correction"


class TestDatabase:
    """What no code can do."""

    @pytest.mark.parametrize("second_official", [None, "official"])
    def test_two_signers_are_two(self, case, second_official):
        second(first(case))
        decision = Decision.objects.get(kind="grant")
        decision.second_official = decision.official if second_official else None
        with pytest.raises(IntegrityError), transaction.atomic():
            decision.save()

    def test_only_an_acceptance_has_no_official(self, case):
        second(first(case))
        decision = Decision.objects.get(kind="grant")
        decision.official = None
        with pytest.raises(IntegrityError), transaction.atomic():
            decision.save()

    @pytest.mark.parametrize("broken", [{"second_id": None}, {"settled_at": None}, {"result": ""}])
    def test_a_signature_is_settled_by_a_second(self, case, broken):
        second(first(case))
        with pytest.raises(IntegrityError), transaction.atomic():
            FirstSignature.objects.update(**broken)

    def test_the_second_signature_is_anothers(self, case):
        second(first(case))
        with pytest.raises(IntegrityError), transaction.atomic():
            FirstSignature.objects.update(second=FirstSignature.objects.get().official)
