"""Who may say what where: every account at every stage, and every outcome at every kind of stage."""

from datetime import timedelta
from functools import partial

import pytest

from approvals import decide, outcomes
from approvals.decide import Said
from approvals.models import Opinion
from people import grants
from people.models import User
from people.posts import dismiss
from people.refusals import Conflict, Invalid, NotFound
from project.demo import answers
from tests import stages, world
from tests.stages import AT_STAGE, POINT, TEXT, official, prefecture, speak
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

# One column an account, one row a stage: + may act there, . is told that there is nothing.
MATRIX = """
                        school township township-reviewer county-clerk county-reviewer county-approver prefecture-reviewer prefecture-approver dpf lottery-centre
grant     accept          +       .             .              .              .               .                 .                   .           .        .
grant     county_review   .       .             .              .              +               .                 .                   .           .        .
grant     notice          .       .             .              .              .               .                 +                   .           .        .
grant     decide          .       .             .              .              .               .                 .                   +           .        .
waiver    accept          .       .             .              +              .               .                 .                   .           .        .
waiver    dpf_opinion     .       .             .              .              .               .                 .                   .           +        .
waiver    county_review   .       .             .              .              +               .                 .                   .           .        .
waiver    decide          .       .             .              .              .               .                 .                   +           .        .
waiver    confirm         .       .             .              .              .               .                 .                   .           .        +
phase_out accept          .       +             .              .              .               .                 .                   .           .        .
phase_out notice          .       .             +              .              .               .                 .                   .           .        .
phase_out county_review   .       .             .              .              +               .                 .                   .           .        .
phase_out decide          .       .             .              .              .               +                 .                   .           .        .
phase_out file            .       .             .              .              .               .                 +                   .           .        .
"""  # noqa: E501 - a table
ACCOUNTS, *ROWS = [line.split() for line in MATRIX.strip().splitlines()]
MAY = {(row[0], row[1]): {name for name, mark in zip(ACCOUNTS, row[2:], strict=True) if mark == "+"} for row in ROWS}
# These act at no stage at all: other counties, other roles, applicants.
NOWHERE = [
    "other-county",
    "clerk-532502",
    "reviewer-532502",
    "approver-532502",
    "dpf-532502",
    "local-532502",
    "finance-maker",
    "finance-checker",
    "policy-editor",
    "policy-publisher",
    "auditor",
    "admin",
    "applicant",
    "applicant2",
    "helper",
]
KIND = {
    "accept": "accept",
    "county_review": "review",
    "dpf_opinion": "review",
    "notice": "notice",
    "decide": "decide",
    "confirm": "confirm",
    "file": "file",
}
OFFERED = {
    "accept": {"accept", "correction", "not_accept"},
    "review": {"agree", "disagree", "correction", "send_back"},
    "countersign": {"agree", "disagree"},
    "notice": {"uphold", "dismiss"},
    "decide": {"grant", "refuse", "correction", "send_back"},
    "confirm": {"confirm", "decline"},
    "file": {"file", "order"},
    "cosign": {"agree", "disagree"},
    "order": {"explained", "corrected"},
}
SPOKEN = {
    "correction": {"points": (POINT,)},
    "refuse": {"reasons": ("no_evidence",)},
    "accept": {"entries": answers.determination(world.START.date())},
}
# What is said at a stage: the state the case is in then, and the stage that is open ("" when none is).
FOLLOWS = {
    ("grant", "accept", "accept"): ("accepted", "county_review"),
    ("grant", "accept", "correction"): ("returned_for_correction", "accept"),
    ("grant", "accept", "not_accept"): ("not_accepted", ""),
    ("grant", "county_review", "agree"): ("noticed", ""),
    ("grant", "county_review", "disagree"): ("noticed", ""),
    ("grant", "county_review", "correction"): ("returned_for_correction", "county_review"),
    ("grant", "notice", "dismiss"): ("noticed", ""),
    ("grant", "notice", "uphold"): ("in_review", "county_review"),
    ("grant", "decide", "grant"): ("granted", ""),
    ("grant", "decide", "refuse"): ("refused", ""),
    ("grant", "decide", "correction"): ("returned_for_correction", "decide"),
    ("grant", "decide", "send_back"): ("in_review", "county_review"),
    ("waiver", "accept", "accept"): ("accepted", "dpf_opinion"),
    ("waiver", "accept", "not_accept"): ("not_accepted", ""),
    ("waiver", "dpf_opinion", "agree"): ("in_review", "county_review"),
    ("waiver", "dpf_opinion", "disagree"): ("in_review", "county_review"),
    ("waiver", "county_review", "agree"): ("in_review", "decide"),
    ("waiver", "county_review", "send_back"): ("in_review", "dpf_opinion"),
    ("waiver", "decide", "grant"): ("granted", "confirm"),
    ("waiver", "decide", "refuse"): ("refused", ""),
    ("waiver", "decide", "send_back"): ("in_review", "dpf_opinion"),
    ("waiver", "confirm", "confirm"): ("granted", ""),
    ("waiver", "confirm", "decline"): ("granted", ""),
    ("phase_out", "accept", "accept"): ("noticed", ""),
    ("phase_out", "accept", "not_accept"): ("not_accepted", ""),
    ("phase_out", "notice", "dismiss"): ("noticed", ""),
    ("phase_out", "notice", "uphold"): ("in_review", "accept"),
    ("phase_out", "county_review", "disagree"): ("in_review", "decide"),
    ("phase_out", "decide", "refuse"): ("refused", ""),
    ("phase_out", "decide", "grant"): ("granted", "file"),
    ("phase_out", "decide", "send_back"): ("in_review", "county_review"),
    ("phase_out", "file", "file"): ("granted", ""),
    ("phase_out", "file", "order"): ("granted", "file"),
}


def said(outcome, **more):
    return Said(outcome, text=TEXT, **{**SPOKEN.get(outcome, {}), **more})


def attempts(user, case, spoken):
    """What the user could try on the open item: to say this, to claim it, to put it back."""
    item, at = case.item().pk, case.later(1)
    yield from (partial(decide.act, user, item, said(outcome, target="county_review"), at) for outcome in spoken)
    yield partial(decide.claim, user, item, at)
    yield partial(decide.release, user, item, at)


def outcome_of(act):
    try:
        act()
    except Exception as error:  # noqa: BLE001 - what it is, is what is tested
        return type(error)
    return None


@pytest.mark.parametrize("scheme, stage", MAY)
class TestAccounts:
    """The matrix, row by row."""

    def test_those_who_may_act_can(self, scheme, stage):
        case = AT_STAGE[scheme, stage]()
        [name] = MAY[scheme, stage]
        decide.claim(world.user(name), case.item().pk, case.later(1))
        assert case.item().owner.username == name

    def test_for_all_others_the_item_does_not_exist(self, scheme, stage):
        case, outcome = AT_STAGE[scheme, stage](), sorted(OFFERED[KIND[stage]])[0]
        strangers = User.objects.filter(username__in={*ACCOUNTS, *NOWHERE} - MAY[scheme, stage])
        item, at = case.item().pk, case.later(1)
        tried = {user.username: outcome_of(partial(decide.act, user, item, said(outcome), at)) for user in strangers}
        assert tried == dict.fromkeys({*ACCOUNTS, *NOWHERE} - MAY[scheme, stage], NotFound)


class TestPosts:
    """The post must be in force, the permission held, the account active."""

    @pytest.fixture
    def case(self):
        return AT_STAGE["grant", "decide"]()

    @pytest.fixture
    def post(self):
        return stages.post_of(world.user("prefecture-approver"), "approver", prefecture("hrss"))

    def test_a_post_that_ended_yesterday(self, case, post):
        post.ends = case.at.date() - timedelta(days=1)
        post.save()
        with refused(NotFound):
            speak(post.user, case, "grant")

    def test_a_post_that_ends_today_still_counts(self, case, post):
        post.ends = case.at.date()
        post.save()
        speak(post.user, case, "grant")
        assert case.application.state == "granted"

    def test_a_post_that_begins_tomorrow(self, case, post):
        post.starts = case.at.date() + timedelta(days=1)
        post.save()
        with refused(NotFound):
            speak(post.user, case, "grant")

    def test_a_post_somebody_was_dismissed_from(self, case, post):
        dismiss(post, case.at.date() - timedelta(days=1))
        with refused(NotFound):
            speak(post.user, case, "grant")

    def test_a_permission_that_was_withdrawn(self, case, post):
        grants.withdraw(post)
        with refused(NotFound):
            speak(post.user, case, "grant")

    def test_an_account_that_was_deactivated(self, case, post):
        post.user.is_active = False
        post.user.save()
        with refused(NotFound):
            speak(post.user, case, "grant")

    def test_the_same_role_at_another_bureau_of_the_prefecture(self, case):
        stranger = official("stranger", prefecture("civil_affairs"), "approver")
        with refused(NotFound):
            speak(stranger, case, "grant")

    def test_another_role_at_the_same_bureau(self, case):
        stranger = official("stranger", prefecture("hrss"), "reviewer")
        with refused(NotFound):
            speak(stranger, case, "grant")

    def test_a_stranger_whatever_is_said(self, case):
        stranger = world.user("other-county")
        tried = {outcome_of(act) for act in attempts(stranger, case, Opinion.Outcome.values)}
        assert tried == {NotFound}

    def test_an_item_that_does_not_exist(self, case, post):
        with refused(NotFound):
            decide.act(post.user, 0, said("grant"), case.later())


class TestOffers:
    """What each kind of stage offers."""

    def test_the_table_is_this(self):
        assert {kind: set(offered) for kind, offered in outcomes.OUTCOMES.items()} == OFFERED

    @pytest.mark.parametrize("scheme, stage", MAY)
    def test_any_other_outcome_is_invalid(self, scheme, stage):
        case = AT_STAGE[scheme, stage]()
        user, item, at = case.official(), case.item().pk, case.later(1)
        for outcome in sorted(set(Opinion.Outcome.values) - OFFERED[KIND[stage]]):
            with pytest.raises(Invalid) as caught:
                decide.act(user, item, said(outcome), at)
            assert set(caught.value.errors) == {"outcome"}

    def test_a_word_that_is_no_outcome_changes_nothing(self):
        case = AT_STAGE["grant", "decide"]()
        with refused(Invalid) as caught:
            speak(case.official(), case, "shrug")
        assert set(caught.value.errors) == {"outcome"}

    @pytest.mark.parametrize("scheme, stage, outcome", FOLLOWS)
    def test_what_follows_from_what_is_said(self, scheme, stage, outcome):
        case = AT_STAGE[scheme, stage]()
        target = "dpf_opinion" if scheme == "waiver" else "county_review"
        decide.act(case.official(), case.item().pk, said(outcome, target=target), case.later(1))
        open_stage = case.item().stage if case.item_kind() else ""
        assert (case.application.state, open_stage) == FOLLOWS[scheme, stage, outcome]

    def test_a_school_the_county_does_not_run_goes_to_the_notice_at_once(self):
        case = world.grant(0).submit().say("accept")
        assert case.application.state == "noticed"


class TestOnce:
    """An item is closed once."""

    @pytest.mark.parametrize("scheme, stage", MAY)
    def test_a_second_act_is_told_who_was_first(self, scheme, stage):
        case = AT_STAGE[scheme, stage]()
        user, item = case.official(), case.item().pk
        ends = {"accept": "not_accept", "review": "disagree", "notice": "dismiss", "decide": "refuse"}
        outcome = ends.get(KIND[stage], KIND[stage])
        decide.act(user, item, said(outcome), case.later(1))
        with pytest.raises(Conflict) as caught:
            decide.act(user, item, said(outcome), case.later(1))
        assert caught.value.code == "already_decided"
        assert user.full_name in str(caught.value.message)

    def test_a_stale_page_decides_nothing(self):
        case = AT_STAGE["grant", "decide"]()
        with refused(Conflict, "stale"):
            decide.act(case.official(), case.item().pk, said("grant"), case.later(), version=1)

    def test_a_page_that_is_up_to_date_decides(self):
        case = AT_STAGE["grant", "decide"]()
        version = case.application.version
        decide.act(case.official(), case.item().pk, said("grant"), case.later(), version=version)
        assert case.application.state == "granted"

    def test_an_item_nobody_claimed_cannot_be_put_back(self):
        case = AT_STAGE["grant", "decide"]()
        with refused(Conflict, "not_claimed"):
            decide.release(case.official(), case.item().pk, case.later())
