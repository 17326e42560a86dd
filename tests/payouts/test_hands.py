"""Who went to see an instalment, or confirmed it, has no hand in the batch that pays it."""

from datetime import date

import pytest

from approvals.visits import reporting as visit_reporting
from payouts import batching, hands
from people.posts import appoint
from people.refusals import Refused
from tests import institution, world
from tests.benefits import instalments as staged
from tests.stages import office, official

pytestmark = pytest.mark.django_db
SUPERVISOR = "supervisor-of-dpf"
WENT, CONFIRMED = "现场核查", "分期节点"
# Neither acted at a stage of the case itself.
WHO = pytest.mark.parametrize("who, why", [(staged.COLLEAGUE, WENT), (SUPERVISOR, CONFIRMED)])


@pytest.fixture
def case(peopled):
    """An instalment is seen by two and confirmed by a supervisor; both have a post at the bureau besides."""
    staged.publish()
    official(SUPERVISOR, office("dpf"), "supervisor")
    case = staged.granted()
    staged.report(case)
    staged.checked(case)
    staged.rule(case, user=SUPERVISOR)
    for name in (staged.COLLEAGUE, SUPERVISOR):
        for role in ("finance_maker", "finance_checker"):
            appoint(world.user(name), world.finance(), role, date(2026, 1, 1))
    return case


def make(case, who):
    return batching.make(world.user(who), world.finance(), institution.CODE, case.later())


def refused_with(why, act):
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == "four_eyes"
    assert why in str(refusal.value.message)


@WHO
def test_no_batch_of_it_is_made(case, who, why):
    refused_with(why, lambda: make(case, who))


@WHO
def test_no_batch_of_it_is_sealed(case, who, why):
    batch = make(case, "finance-maker")
    refused_with(why, lambda: batching.seal(world.user(who), batch.number, case.later()))


@WHO
def test_no_batch_of_it_is_checked(case, who, why):
    batch = batching.seal(world.user("finance-maker"), make(case, "finance-maker").number, case.later())
    refused_with(why, lambda: batching.approve(world.user(who), batch.number, case.later()))


def test_a_site_check_that_was_called_off_leaves_hands_clean(peopled):
    staged.publish()
    case = staged.granted()
    visit = staged.plan(case)
    visit_reporting.cancel(visit.first_official, visit.pk, case.later())
    assert hands.part_in(world.user(staged.COLLEAGUE), [case.application.pk]) == ""


def test_it_takes_as_many_queries_for_many_cases_as_for_one(case, django_assert_num_queries):
    others = [institution.granted(n).application.pk for n in (1, 2)]
    user = world.user("finance-maker")
    for cases in ([case.application.pk], [case.application.pk, *others]):
        with django_assert_num_queries(5):
            assert hands.part_in(user, cases) == ""
