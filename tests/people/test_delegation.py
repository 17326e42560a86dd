"""Delegations: who lends which post to whom, for how long, and what it gives."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from people import delegating
from people.delegating import Terms
from people.models import Delegation, Division, Office, Post, User
from people.posts import appoint, dismiss, roles_of, standing, standings_of
from people.refusals import Conflict, Invalid, NotFound

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
LAST = date(2026, 12, 4)


def an_office(division, function="hrss"):
    name = f"{division.name}{function}"
    return Office.objects.create(
        division=division, function=function, legal_kind="administrative", name=name, document_prefix=name
    )


def an_official(name, office, role="approver"):
    user = User.objects.create(username=name, full_name=f"{name}某")
    appoint(user, office, role, date(2026, 1, 1))
    return user


@pytest.fixture
def office():
    return an_office(Division.objects.create(code="999999", name="示例县", level="county"))


@pytest.fixture
def lender(office):
    return an_official("lender", office)


@pytest.fixture
def colleague(office):
    return an_official("colleague", office, "reviewer")


def terms(**changes):
    values = {"to": "colleague", "starts": TODAY, "ends": LAST, "document_number": "蒙人社代〔2026〕1号"} | changes
    return Terms(**values)


def lend(lender, by=None, at=NOW, **changes):
    return delegating.lend(by or lender, lender.posts.get().pk, terms(**changes), at)


def acts_for(user, office, at=NOW, scheme=""):
    found = standing(user, "approver", office, "decide_cases", at, scheme)
    return found.for_user if found else None


class TestWhatItGives:
    """The lender's post, in the lender's name, on its days."""

    def test_the_colleague_acts_in_the_lenders_name(self, lender, colleague, office):
        lend(lender)
        assert acts_for(colleague, office) == lender

    def test_nothing_else_of_the_lenders(self, lender, colleague, office):
        appoint(lender, office, "clerk", date(2026, 1, 1))
        delegating.lend(lender, lender.posts.get(role="approver").pk, terms(), NOW)
        assert standing(colleague, "clerk", office, "accept_cases", NOW) is None

    def test_own_posts_come_first(self, lender, colleague, office):
        appoint(colleague, office, "approver", date(2026, 1, 1))
        lend(lender)
        assert standing(colleague, "approver", office, "decide_cases", NOW).for_user is None

    def test_it_opens_the_rooms_of_the_role(self, lender, colleague, clock):
        lend(lender)
        assert roles_of(colleague) == {"reviewer", "approver"}

    @pytest.mark.parametrize("day, acts", [(-1, False), (0, True), (11, True), (12, False)])
    def test_on_its_days_only(self, lender, colleague, office, day, acts):
        lend(lender)
        assert (acts_for(colleague, office, NOW + timedelta(days=day)) is not None) is acts

    def test_for_the_schemes_it_names(self, lender, colleague, office):
        lend(lender, schemes=["grad-jobseeking"])
        assert acts_for(colleague, office, scheme="grad-jobseeking") == lender
        assert acts_for(colleague, office, scheme="dibao-phase-out") is None

    def test_not_after_it_was_revoked(self, lender, colleague, office):
        delegating.revoke(lender, lend(lender).pk, NOW)
        assert acts_for(colleague, office) is None

    def test_not_after_the_lender_lost_the_post(self, lender, colleague, office):
        lend(lender)
        dismiss(lender.posts.get(), TODAY)
        assert acts_for(colleague, office) is None

    def test_not_for_a_deactivated_lender(self, lender, colleague, office):
        lend(lender)
        User.objects.filter(pk=lender.pk).update(is_active=False)
        assert acts_for(colleague, office) is None

    def test_a_deactivated_colleague_has_nothing(self, lender, colleague):
        lend(lender)
        colleague.is_active = False
        colleague.save()
        assert standings_of(colleague, NOW) == []


class TestWhoLends:
    """The holder of the post, or a supervisor of the office; nobody passes on what was lent to them."""

    def test_a_supervisor_for_somebody_on_leave(self, lender, colleague, office):
        supervisor = an_official("supervisor", office, "supervisor")
        assert lend(lender, by=supervisor).made_by == supervisor

    def test_no_supervisor_of_another_office(self, lender, colleague, office):
        elsewhere = an_official("supervisor", an_office(office.division, "dpf"), "supervisor")
        with pytest.raises(NotFound):
            lend(lender, by=elsewhere)

    def test_no_supervisor_to_themselves(self, lender, office):
        supervisor = an_official("supervisor", office, "supervisor")
        appoint(supervisor, office, "clerk", date(2026, 1, 1))
        with pytest.raises(Invalid) as refused:
            lend(lender, by=supervisor, to="supervisor")
        assert set(refused.value.errors) == {"to"}

    def test_no_colleague(self, lender, colleague, office):
        with pytest.raises(NotFound):
            lend(lender, by=an_official("third", office), to="colleague")

    def test_no_chain(self, lender, colleague, office):
        lend(lender)
        an_official("third", office, "reviewer")
        with pytest.raises(NotFound):
            lend(lender, by=colleague, to="third")

    @pytest.mark.parametrize("role", ["supervisor", "finance_maker", "policy_publisher", "auditor", "administrator"])
    def test_only_case_posts_are_lent(self, colleague, office, role):
        with pytest.raises(Invalid) as refused:
            lend(an_official("other", office, role))
        assert refused.value.code == "not_lendable"

    def test_a_post_that_ended_is_not_lent(self, lender, colleague):
        dismiss(lender.posts.get(), TODAY)
        with pytest.raises(NotFound):
            lend(lender)


class TestToWhom:
    """A colleague of the same division with a case post."""

    @pytest.mark.parametrize("role", ["finance_maker", "policy_editor", "auditor", "administrator", "expert"])
    def test_no_other_role(self, lender, office, role):
        an_official("other", office, role)
        with pytest.raises(Invalid) as refused:
            lend(lender, to="other")
        assert refused.value.code == "no_such_colleague"

    def test_nobody_of_another_county(self, lender):
        other = Division.objects.create(code="999998", name="另一县", level="county")
        an_official("stranger", an_office(other), "reviewer")
        with pytest.raises(Invalid) as refused:
            lend(lender, to="stranger")
        assert refused.value.code == "no_such_colleague"

    def test_no_account_without_a_post(self, lender):
        User.objects.create(username="applicant")
        with pytest.raises(Invalid):
            lend(lender, to="applicant")

    def test_not_oneself(self, lender):
        with pytest.raises(Invalid) as refused:
            lend(lender, to="lender")
        assert set(refused.value.errors) == {"to"}


class TestTerms:
    """Days, document, and once."""

    @pytest.mark.parametrize(
        "changes, field",
        [
            ({"starts": TODAY - timedelta(days=1)}, "starts"),
            ({"ends": TODAY - timedelta(days=1)}, "ends"),
            ({"ends": date(2027, 11, 24)}, "ends"),
            ({"document_number": " "}, "document_number"),
        ],
    )
    def test_what_is_refused(self, lender, colleague, changes, field):
        with pytest.raises(Invalid) as refused:
            lend(lender, **changes)
        assert set(refused.value.errors) == {field}

    def test_a_year_is_allowed(self, lender, colleague):
        assert lend(lender, ends=date(2027, 11, 23)).ends == date(2027, 11, 23)

    def test_not_beyond_the_post(self, lender, colleague):
        Post.objects.filter(user=lender).update(ends=date(2026, 11, 30))
        with pytest.raises(Invalid) as refused:
            lend(lender)
        assert set(refused.value.errors) == {"ends"}

    def test_not_twice(self, lender, colleague):
        lend(lender)
        with pytest.raises(Invalid):
            lend(lender, starts=LAST, ends=LAST)

    def test_again_after_it_was_revoked(self, lender, colleague):
        delegating.revoke(lender, lend(lender).pk, NOW)
        lend(lender)
        assert Delegation.objects.count() == 2

    def test_a_year_after_the_29th_of_february(self):
        assert delegating.a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


class TestRevoking:
    """By lender, receiver or supervisor; once."""

    def test_by_who_received_it(self, lender, colleague):
        assert delegating.revoke(colleague, lend(lender).pk, NOW).revoked_by == colleague

    def test_by_the_supervisor(self, lender, colleague, office):
        supervisor = an_official("supervisor", office, "supervisor")
        assert delegating.revoke(supervisor, lend(lender).pk, NOW).revoked_by == supervisor

    def test_by_nobody_else(self, lender, colleague, office):
        delegation = lend(lender)
        with pytest.raises(NotFound):
            delegating.revoke(an_official("third", office), delegation.pk, NOW)

    def test_only_once(self, lender, colleague):
        delegation = lend(lender)
        delegating.revoke(lender, delegation.pk, NOW)
        with pytest.raises(Conflict):
            delegating.revoke(colleague, delegation.pk, NOW)

    def test_both_are_on_record(self, lender, colleague, office):
        delegating.revoke(lender, lend(lender).pk, NOW)
        events = Event.objects.filter(stream=f"staff:{office.pk}").order_by("seq")
        assert [event.action for event in events] == ["delegation.made", "delegation.revoked"]


class TestTheDatabase:
    """It refuses what no service would write."""

    @pytest.mark.parametrize(
        "changes, constraint",
        [
            ({"lender": "to"}, "delegation_to_somebody_else"),
            ({"made_by": "to"}, "delegation_not_made_for_oneself"),
            ({"ends": date(2026, 11, 22)}, "delegation_ends_after_start"),
            ({"document_number": ""}, "delegation_has_a_document"),
            ({"revoked_at": NOW}, "delegation_revoked_by_somebody"),
            ({"revoked_by": "lender"}, "delegation_revoked_by_somebody"),
        ],
    )
    def test_a_half_said_delegation(self, lender, colleague, changes, constraint):
        delegation = lend(lender)
        by_name = {"lender": lender, "to": colleague}
        values = {field: by_name.get(value, value) for field, value in changes.items()}
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Delegation.objects.filter(pk=delegation.pk).update(**values)
