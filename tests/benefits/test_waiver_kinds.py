"""One machine for every relief: deposit, stall fee, terminal fee; and fee and spacing where a place grants them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from applications import door
from approvals.waivers import acting
from benefits.models import Due, Waiver
from benefits.waivers import ending
from benefits.waivers.changes import Answered, Reported
from benefits.waivers.checks import Found
from benefits.waivers.clock import end_of_terms
from people.models import User
from people.posts import appoint
from schemes.files.catalogue_files import read_schemes
from schemes.files.loading import publish_version
from schemes.models import PolicyClause, SchemeVersion
from schemes.models.versions import content_of
from tests import offered, walking, world

pytestmark = pytest.mark.django_db
WAIVERS = [scheme.code for scheme in read_schemes() if scheme.benefit_kind == "waiver"]
WELL = Found(same_holder=True, in_person=True, certificate_valid=True, result="ok", words="到店核对。")
NO_MONEY = {
    "relieves": "spacing",
    "calculation": "no_amount",
    "policy_values": ["new_licence_only"],
    "parameters": [{"name": "new_licence_only", "kind": "truth", "label": {"zh": "只限新办", "en": "New ones only"}}],
    "examples": [{"name": "new_licence_only", "value": False, "note": "供测试的数"}],
    "pages": [{"use": page} for page in offered.PAGES],
}


def keeper(case):
    """Somebody who reviews for the office that keeps the waiver, and has taken no part in the case."""
    office = acting.keeper_of(case.application)
    user = User.objects.create(username=f"keeper-{office.pk}", full_name="经办人")
    appoint(user, office, "reviewer", walking.SINCE)
    return user


def waiver_of(case):
    return Waiver.objects.get(application=case.application)


def granted_here(code, **changes):
    """A scheme that its place grants itself: the fee scheme of these tests, published under this code."""
    content = content_of(offered.definition(offered.FEE, **changes)) | {"code": code}
    number = SchemeVersion.objects.filter(scheme_id=code).count() + 1
    return publish_version(code, number, content, "catalogue", "test", world.START)


def test_the_catalogue_grants_deposits_stall_fees_and_terminal_fees_as_waivers():
    assert sorted(WAIVERS) == ["lottery-deposit-waiver", "lottery-terminal-fee-cancel", "stall-fee-reduction"]


def test_every_waiver_of_the_catalogue_but_a_deposit_says_what_it_relieves():
    waivers = [scheme for scheme in read_schemes() if scheme.benefit_kind == "waiver"]
    assert all(scheme.relieves or scheme.calculation == "deposit_relief" for scheme in waivers)


@pytest.mark.parametrize(
    "code, kind",
    [
        ("lottery-deposit-waiver", "deposit_waived"),
        ("lottery-terminal-fee-cancel", "terminal_fee"),
        ("stall-fee-reduction", "stall_fee"),
    ],
)
def test_each_is_granted_comes_into_force_is_checked_and_ends(code, kind):
    case = walking.of(code).to_the_decision()
    waiver = waiver_of(case)
    assert (waiver.state, waiver.terms.relief_kind) == ("in_force", kind)
    assert acting.check(keeper(case), case.public_id, WELL, case.later(24)).result == "ok"
    with door.open_case(case.public_id, user=None, at=case.later(24)) as inside:
        ending.end(inside, "contract_over")
    assert waiver_of(case).state == "ended"
    assert not Due.objects.filter(application=case.application).exists()


def test_a_fee_relieved_for_a_time_ends_with_it_by_the_clock_once():
    case = walking.of("stall-fee-reduction").to_the_decision()
    last = waiver_of(case).terms.term_ends
    at = case.at.replace(year=last.year, month=last.month, day=last.day)
    assert end_of_terms(at) == 0
    over = at + timedelta(days=1)
    assert [end_of_terms(over), end_of_terms(over)] == [1, 0]
    assert (waiver_of(case).state, waiver_of(case).end_reason) == ("ended", "term_over")


def test_a_fee_that_is_revived_is_asked_for_in_full_and_nothing_is_due_at_once():
    case = walking.of("stall-fee-reduction").to_the_decision()
    assert waiver_of(case).relief > 0
    assert ending.due_again(waiver_of(case)) == 0


class TestOfAReferral:
    """Platform fees and spacing are decided by others in the catalogue: what they answer gives no waiver of ours."""

    @pytest.mark.parametrize("code", ["platform-fee-waiver", "tobacco-spacing"])
    def test_their_answer_is_recorded_and_nothing_lives_on(self, code):
        case = walking.of(code).to_the_decision()
        assert case.application.state == "answered"
        assert not Waiver.objects.exists()


class TestWhereAPlaceGrantsItself:
    """A place that publishes them as decided by itself has the same machine."""

    def granted(self, code, changes, **given):
        offered.staff("hrss")
        granted_here(code, **changes)
        if not PolicyClause.objects.filter(scheme_id=code, document="honghe-2025-47").exists():
            offered.offer(code)
        return offered.case(code, **given).submit().say("accept").say("grant")

    def lives(self, case):
        """It is checked, a change ends it, and nobody was owed anything."""
        officials = world.user("reviewer-of-hrss"), world.user("clerk-of-hrss")
        acting.check(officials[0], case.public_id, WELL, case.later(24))
        told = Reported("wish", "holder", case.at.date(), "不再需要。")
        change = acting.report(officials[0], case.public_id, told, case.later(24))
        acting.answer(officials[1], case.public_id, change.pk, Answered("ended", "电话核实。"), case.later(24))
        assert not Due.objects.exists()
        return waiver_of(case).state

    def test_a_platform_fee_is_relieved_checked_and_ends(self):
        case = self.granted("platform-fee-waiver", {"relieves": "platform_fee"}, fee_due="1000.00")
        waiver = waiver_of(case)
        told = (waiver.state, waiver.terms.relief_kind, waiver.terms.due_before, waiver.relief)
        assert told == ("in_force", "platform_fee", Decimal("1000.00"), Decimal("500.00"))
        assert self.lives(case) == "ended"

    def test_a_fee_whose_scheme_does_not_say_which_is_some_other_fee(self):
        assert waiver_of(self.granted("platform-fee-waiver", {}, fee_due="1000.00")).terms.relief_kind == "fee"

    def test_a_spacing_is_relaxed_without_any_money_checked_and_ends(self):
        case = self.granted("tobacco-spacing", NO_MONEY)
        waiver = waiver_of(case)
        told = (waiver.state, waiver.terms.relief_kind, waiver.terms.due_before, waiver.relief)
        assert told == ("in_force", "spacing", 0, 0)
        assert self.lives(case) == "ended"
