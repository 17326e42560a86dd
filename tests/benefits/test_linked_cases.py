"""Cases that follow from a phase-out, with the old file referred to."""

import pytest

from applications import answers as answers_of
from audit.models import Event
from benefits.models import CaseLink
from benefits.phase_out import links
from people.refusals import Conflict, Invalid, NotFound
from tests import world
from tests.benefits import changed
from tests.benefits.changed import report, settle, told
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return world.phase_out_granted(months=6)


@pytest.fixture
def with_a_way_back(monkeypatch):
    """As in Shanghai, Chongqing and Fujian, whose policies have this way."""
    monkeypatch.setattr("benefits.phase_out.links.resolve_for", lambda *_given: InForce())


class InForce:
    status = "in_force"


def after_end(case):
    settle(case, report(case, told("work_lost")), changed.richer(case))
    return changed.at_end_of(changed.NOVEMBER.replace(month=12))


class TestComingBack:
    def test_a_draft_is_begun_from_the_old_file(self, case, with_a_way_back):
        at = after_end(case)
        draft = links.come_back(case.user, case.public_id, at)
        known, old = answers_of.read(draft), world.answers_of(case)
        assert (draft.scheme_code, draft.state) == ("dibao-reinclusion", "draft")
        assert (known["name"], known["id_number"], known["was_in_benefit"]) == (old["name"], old["id_number"], True)
        assert "lost_job" not in known
        assert known["household"][1]["other_monthly_income"] == "3000"

    def test_it_refers_to_the_old_file(self, case, with_a_way_back):
        draft = links.come_back(case.user, case.public_id, after_end(case))
        assert links.chain_of(draft) == [case.application]
        assert Event.objects.get(action="case.followed").data["by_case"] == draft.public_id

    def test_whoever_asks_twice_gets_the_same_draft(self, case, with_a_way_back):
        at = after_end(case)
        assert links.come_back(case.user, case.public_id, at) == links.come_back(case.user, case.public_id, at)
        assert CaseLink.objects.count() == 1

    def test_while_the_phase_out_runs_there_is_nothing_to_come_back_to(self, case, with_a_way_back):
        with refused(Conflict, "no_way_back"):
            links.come_back(case.user, case.public_id, case.later())

    def test_where_policy_has_no_such_way_the_township_is_named(self, case):
        at = after_end(case)
        with refused(Conflict, "no_way_back") as caught:
            links.come_back(case.user, case.public_id, at)
        assert "乡镇" in str(caught.value.message)

    def test_others_cases_do_not_exist(self, case, with_a_way_back):
        with pytest.raises(NotFound):
            links.come_back(world.user("applicant2"), case.public_id, after_end(case))

    def test_a_case_without_a_phase_out_has_none(self, with_a_way_back):
        other = world.granted()
        with pytest.raises(NotFound):
            links.come_back(other.user, other.public_id, other.later())


class TestTheHeadDied:
    def go_on(self, case, head=None):
        rest = changed.members(case)[1:]
        change = report(case, told("death"))
        return settle(case, change, rest, head=rest[0]["id_number"] if head is None else head)

    def test_the_file_is_closed_and_later_months_are_stopped(self, case):
        outcome = self.go_on(case)
        assert (outcome.effect, outcome.reason) == ("terminated", "head_died")
        assert case.application.phase_out.state == "terminated"
        assert str(outcome.stopped) == "2920.00"

    def test_the_others_go_on_with_a_linked_file_of_their_own(self, case):
        self.go_on(case)
        link = CaseLink.objects.get()
        known, worker = answers_of.read(link.application), changed.members(case)[1]
        assert (link.kind, link.previous, link.application.state) == ("head_died", case.application, "draft")
        assert (known["name"], known["id_number"]) == (worker["name"], worker["id_number"])
        assert [member["relation"] for member in known["household"]] == ["head"]
        assert not {"account", "bank", "determined_on"} & set(known)
        assert link.application.filed_by == case.user

    def test_the_official_who_settled_it_is_on_record_as_opening_it(self, case):
        self.go_on(case)
        follows = CaseLink.objects.get().application
        begun = Event.objects.get(stream=follows.stream, action="draft.begun")
        assert begun.actor == changed.APPROVER

    def test_somebody_of_the_household_has_to_be_its_head(self, case):
        with pytest.raises(Invalid) as caught:
            self.go_on(case, head="")
        assert set(caught.value.errors) == {"head"}
        assert not CaseLink.objects.exists()
        assert case.application.phase_out.state == "phasing_out"
