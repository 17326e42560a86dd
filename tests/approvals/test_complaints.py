"""Complaints: made on one's own case, handled by somebody who has not acted in it, told to the one who made them."""

import pytest

from approvals.complaints import filing, handling
from approvals.models import Complaint
from people.models import Office
from people.posts import appoint
from people.refusals import Conflict, Invalid, NotFound, Refused
from project.demo import accounts
from project.demo.stories import refuse
from tests import world

pytestmark = pytest.mark.django_db
WORDS = "学校的证明没有被采纳。"


def refused():
    return refuse(world.at_decision())


def complained(case, kind="decision", at=None):
    return filing.complain(case.user, case.public_id, filing.Complained(kind, WORDS, "13800000000"), at or case.later())


def supervisor(office):
    user = accounts._account("supervisor", "督办岗", "!")
    appoint(user, office, "supervisor", accounts.SINCE)
    return user


class TestMaking:
    def test_it_goes_to_the_office_that_decided(self):
        complaint = complained(refused())
        assert complaint.office == Office.objects.get(division_id="532500", function="hrss")

    def test_its_words_are_sealed(self):
        assert WORDS.encode() not in bytes(complained(refused()).text)

    def test_about_service_while_the_case_runs(self):
        case = world.grant().submit()
        assert complained(case, "service").kind == "service"

    def test_not_about_an_outcome_there_is_not_yet(self):
        case = world.grant().submit()
        with pytest.raises(Conflict):
            complained(case)

    def test_not_twice_while_one_waits(self):
        case = refused()
        complained(case)
        with pytest.raises(Conflict):
            complained(case)

    def test_not_without_words(self):
        case = refused()
        with pytest.raises(Invalid):
            filing.complain(case.user, case.public_id, filing.Complained("decision", " "), case.later())

    def test_not_about_a_draft(self):
        case = world.grant()
        with pytest.raises(Conflict):
            complained(case, "service")

    def test_not_by_anybody_else(self):
        case = refused()
        with pytest.raises(NotFound):
            filing.complain(world.user("applicant2"), case.public_id, filing.Complained("service", WORDS), case.later())


class TestHandling:
    def test_upheld_about_a_refusal_it_begins_a_new_round(self):
        case = refused()
        complaint = complained(case)
        handling.handle(world.user("prefecture-reviewer"), complaint.pk, "upheld", "证明应当采纳。", case.later())
        assert (case.application.state, case.application.round) == ("in_review", 2)
        assert Complaint.objects.get().handled_by.username == "prefecture-reviewer"

    def test_dismissed_it_changes_nothing_but_the_answer(self):
        case = refused()
        complaint = complained(case)
        handling.handle(world.user("prefecture-reviewer"), complaint.pk, "dismissed", "证明与申请无关。", case.later())
        assert (case.application.state, Complaint.objects.get().result) == ("refused", "dismissed")

    def test_who_decided_may_not_even_as_supervisor(self):
        case = refused()
        complaint = complained(case)
        decided = world.user("prefecture-approver")
        appoint(decided, complaint.office, "supervisor", accounts.SINCE)
        with pytest.raises(Refused, match="须由其他工作人员处理"):
            handling.handle(decided, complaint.pk, "dismissed", "无误。", case.later())

    @pytest.mark.parametrize("name", ["county-reviewer", "other-county", "prefecture-approver", "finance-maker"])
    def test_nobody_outside_the_office_and_the_roles(self, name):
        case = refused()
        complaint = complained(case)
        with pytest.raises(NotFound):
            handling.handle(world.user(name), complaint.pk, "dismissed", "无误。", case.later())

    def test_it_is_answered_once(self):
        case = refused()
        complaint = complained(case)
        reviewer = world.user("prefecture-reviewer")
        handling.handle(reviewer, complaint.pk, "dismissed", "无误。", case.later())
        with pytest.raises(Conflict):
            handling.handle(supervisor(complaint.office), complaint.pk, "upheld", "有误。", case.later())

    def test_not_without_an_answer(self):
        case = refused()
        complaint = complained(case)
        with pytest.raises(Invalid) as invalid:
            handling.handle(world.user("prefecture-reviewer"), complaint.pk, "maybe", "", case.later())
        assert set(invalid.value.errors) == {"result", "answer"}

    def test_whoever_handled_it_is_out_of_the_case(self):
        case = refused()
        complaint = complained(case)
        reviewer = world.user("prefecture-reviewer")
        handling.handle(reviewer, complaint.pk, "upheld", "应当采纳。", case.later())
        assert case.application.actors.filter(stage="complaint").count() == 1
