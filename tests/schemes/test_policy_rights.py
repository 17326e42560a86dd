"""Who may draft, publish and see which policy. The refused ones are written out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.posts import dismiss
from people.refusals import Conflict, NotFound, Refused
from schemes.models import PolicyValue, Proposal, current_version
from schemes.publication import policy_desk, policy_scope
from schemes.publication.drafting import Draft
from tests.schemes.conftest import AT
from tests.schemes.desk import (
    GRANT,
    HONGHE,
    MENGZI,
    NATION,
    SINCE,
    YANSHAN,
    YUNNAN,
    document_draft,
    editor,
    official,
    publisher,
    submitted,
    value_draft,
)

pytestmark = pytest.mark.usefixtures("founded")
WAIVER = "lottery-deposit-waiver"
# Where somebody's office is, and the divisions whose values and documents that office may draft and publish.
MATRIX = [
    (NATION, {NATION, YUNNAN, HONGHE, MENGZI, YANSHAN}),
    (YUNNAN, {YUNNAN, HONGHE, MENGZI, YANSHAN}),
    (HONGHE, {HONGHE, MENGZI}),
    (MENGZI, {MENGZI}),
    (YANSHAN, {YANSHAN}),
    ("220000", set()),
]
PLACES = [NATION, YUNNAN, HONGHE, MENGZI, YANSHAN]


def try_to(act):
    try:
        act()
    except (Refused, NotFound):
        return False
    return True


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("home,within", MATRIX)
def test_an_editor_drafts_for_the_division_of_the_office_and_those_in_it(home, within, place):
    user = editor(home)
    assert try_to(lambda: policy_desk.begin(user, value_draft(place), AT)) is (place in within)
    assert try_to(lambda: policy_desk.begin(user, document_draft(place), AT)) is (place in within)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("home,within", MATRIX)
def test_a_publisher_publishes_for_the_division_of_the_office_and_those_in_it(home, within, place):
    proposal = submitted(editor(NATION), value_draft(place))
    assert try_to(lambda: policy_desk.publish(publisher(home), proposal.pk, AT)) is (place in within)
    assert PolicyValue.objects.filter(value="1200.00").exists() is (place in within)


@pytest.mark.parametrize("act", ["publish", "reject"])
def test_an_editor_who_is_no_publisher_decides_nothing(act):
    proposal = submitted(editor(), value_draft())
    with pytest.raises(Refused):
        decide(editor(HONGHE, "other-editor"), proposal, act)


@pytest.mark.parametrize("act", ["publish", "reject"])
def test_who_holds_both_posts_does_not_decide_what_they_drafted(act):
    user = editor()
    publisher(HONGHE, user.username)
    proposal = submitted(user, value_draft())
    with pytest.raises(Conflict) as refused:
        decide(user, proposal, act)
    assert refused.value.code == "four_eyes"


def decide(user, proposal, act):
    more = ("文号有误",) if act == "reject" else ()
    getattr(policy_desk, act)(user, proposal.pk, *more, AT)


def test_a_publisher_who_is_no_editor_drafts_nothing():
    with pytest.raises(Refused):
        policy_desk.begin(publisher(), value_draft(), AT)
    with pytest.raises(Refused):
        policy_desk.begin(publisher(), version_draft(), AT)


@pytest.mark.parametrize("role", ["clerk", "approver", "auditor", "administrator", "finance_maker"])
def test_no_other_post_opens_the_policy(role):
    proposal = submitted(editor(), value_draft())
    user = official("somebody", role, HONGHE)
    assert not policy_scope.proposals_for(user, AT).exists()
    for act in (
        lambda: policy_desk.begin(user, value_draft(), AT),
        lambda: policy_desk.find(user, proposal.pk, AT),
        lambda: policy_desk.publish(user, proposal.pk, AT),
    ):
        assert not try_to(act)


def test_a_post_that_has_ended_opens_nothing_any_more():
    user = editor()
    proposal = policy_desk.begin(user, value_draft(), AT)
    dismiss(user.posts.get(), SINCE)
    with pytest.raises(NotFound):
        policy_desk.submit(user, proposal.pk, "按上级通知", AT)


def test_a_draft_is_seen_by_its_author_alone_until_it_is_submitted():
    user, others = editor(), [editor(HONGHE, "colleague"), publisher(), publisher(NATION)]
    proposal = policy_desk.begin(user, value_draft(), AT)
    assert policy_desk.find(user, proposal.pk, AT) == proposal
    assert not any(try_to(lambda other=other: policy_desk.find(other, proposal.pk, AT)) for other in others)
    policy_desk.submit(user, proposal.pk, "按上级通知", AT)
    assert all(try_to(lambda other=other: policy_desk.find(other, proposal.pk, AT)) for other in others)


def test_what_waits_in_one_prefecture_is_not_seen_in_another():
    proposal = submitted(editor(), value_draft())
    for home in (YANSHAN, MENGZI, "220000"):
        with pytest.raises(NotFound):
            policy_desk.find(publisher(home), proposal.pk, AT)


@pytest.mark.parametrize("act", ["submit", "withdraw", "revise", "change"])
def test_nobody_acts_on_a_colleagues_proposal(act):
    proposal = submitted(editor(), value_draft())
    other = editor(HONGHE, "colleague")
    acts = {
        "submit": lambda: policy_desk.submit(other, proposal.pk, "按上级通知", AT),
        "withdraw": lambda: policy_desk.withdraw(other, proposal.pk, AT),
        "revise": lambda: policy_desk.revise(other, proposal.pk, AT),
        "change": lambda: policy_desk.change(other, proposal.pk, value_draft(), 1, AT),
    }
    with pytest.raises(Refused):
        acts[act]()


def test_a_draft_does_not_leave_its_editors_divisions_when_it_is_changed():
    user = editor()
    proposal = policy_desk.begin(user, value_draft(), AT)
    with pytest.raises(Refused):
        policy_desk.change(user, proposal.pk, value_draft(YANSHAN), 1, AT)
    assert Proposal.objects.get().division_id == HONGHE


# ------------------------------------------------------------------ versions


def version_draft(scheme=GRANT, **changes):
    return Draft(Proposal.Kind.VERSION, current_version(scheme).content | changes, scheme)


@pytest.mark.parametrize("home", [HONGHE, MENGZI, YANSHAN])
def test_every_editor_may_propose_a_version(home):
    assert submitted(editor(home), version_draft(case_number_prefix="QX")).state == "submitted"


def test_a_version_is_published_from_above_every_place_that_has_a_clause():
    offering = set(current_version(GRANT).scheme.clauses.values_list("document__division_id", flat=True).distinct())
    assert {HONGHE, YANSHAN} <= offering
    proposal = submitted(editor(), version_draft(case_number_prefix="QX"))
    for home in (HONGHE, MENGZI, YANSHAN, "220000"):
        with pytest.raises(Refused):
            policy_desk.publish(publisher(home), proposal.pk, AT)
    assert policy_desk.publish(publisher(NATION), proposal.pk, AT).number == 2


def test_a_scheme_nobody_offers_yet_is_published_by_any_other_person_who_publishes():
    draft = Draft(Proposal.Kind.VERSION, current_version(GRANT).content | {"code": "brand-new"}, "brand-new")
    proposal = submitted(editor(MENGZI), draft)
    assert policy_desk.publish(publisher(HONGHE), proposal.pk, AT).number == 1
    assert current_version("brand-new").published_by == "publisher-532500"


def test_whether_many_may_be_published_is_asked_in_as_many_queries_as_for_one(django_assert_num_queries):
    drafts = [Draft(Proposal.Kind.VERSION, dict(current_version(GRANT).content), scheme=GRANT) for _n in range(6)]
    made = [policy_desk.begin(editor(), draft, AT) for draft in drafts]
    judge = publisher(NATION)
    assert policy_scope.publishable(judge, made, AT) == made
    with CaptureQueriesContext(connection) as one:
        policy_scope.publishable(judge, made[:1], AT)
    with django_assert_num_queries(len(one)):
        policy_scope.publishable(judge, made, AT)
