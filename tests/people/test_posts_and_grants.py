"""Posts: who may act for which office on which day, and the permissions that come and go with them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from people import grants
from people.clock import end_posts
from people.models import Division, Office, Post, User
from people.posts import appoint, dismiss, holds, posts_of, roles_of
from people.roles import CASE_ROLES, MONEY_ROLES, POLICY_ROLES, ROLE_PERMISSIONS, STAGE_PERMISSION

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
TABLE = {
    "clerk": {"view_cases", "accept_cases", "confirm_agreements"},
    "reviewer": {"view_cases", "review_cases", "file_cases", "handle_objections"},
    "approver": {"view_cases", "decide_cases"},
    "supervisor": {"view_cases", "manage_work"},
    "expert": {"give_opinions"},
    "finance_maker": {"view_money", "make_batches"},
    "finance_checker": {"view_money", "check_batches"},
    "policy_editor": {"edit_policy"},
    "policy_publisher": {"publish_policy"},
    "auditor": {"read_audit"},
    "administrator": {"manage_posts"},
    "system_administrator": {"run_system"},
    "hotline": {"answer_hotline"},
    "village_clerk": {"help_villagers"},
}
EVERYTHING = set().union(*TABLE.values())


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


def an_office(division, function, name):
    return Office.objects.create(
        division=division, function=function, legal_kind="administrative", name=name, document_prefix=name
    )


@pytest.fixture
def office():
    division = Division.objects.create(code="999999", name="示例县", level="county")
    return an_office(division, "hrss", "示例局")


@pytest.fixture
def other(office):
    return an_office(office.division, "dpf", "示例残联")


@pytest.fixture
def user():
    return User.objects.create(username="official", full_name="某")


def permissions(user, office):
    return {permission for permission in EVERYTHING if grants.may(user, permission, office)}


class TestRoles:
    """The table is the rule."""

    def test_each_role_carries_just_this(self):
        assert {role: set(carried) for role, carried in ROLE_PERMISSIONS.items()} == TABLE

    def test_every_role_is_in_the_table(self):
        assert set(Post.Role.values) == set(ROLE_PERMISSIONS)

    def test_every_permission_exists_on_offices(self):
        known = Permission.objects.filter(content_type=ContentType.objects.get_for_model(Office))
        assert set(known.values_list("codename", flat=True)) >= EVERYTHING

    @pytest.mark.parametrize(
        "kind, roles",
        [
            ("accept", {"clerk"}),
            ("review", {"reviewer"}),
            ("countersign", {"reviewer"}),
            ("notice", {"reviewer"}),
            ("decide", {"approver"}),
            ("confirm", {"clerk"}),
            ("file", {"reviewer"}),
        ],
    )
    def test_a_stage_is_done_by_these_roles_alone(self, kind, roles):
        assert {role for role, carried in TABLE.items() if STAGE_PERMISSION[kind] in carried} == roles

    def test_nobody_decides_and_pays(self):
        assert not CASE_ROLES & MONEY_ROLES
        assert not POLICY_ROLES & (CASE_ROLES | MONEY_ROLES)


class TestAppointing:
    """A post grants what its role carries, at its office."""

    @pytest.mark.parametrize("role", TABLE)
    def test_it_grants_what_the_role_carries(self, user, office, role):
        appoint(user, office, role, DAY)
        assert permissions(user, office) == TABLE[role]

    def test_at_no_other_office(self, user, office, other):
        appoint(user, office, "reviewer", DAY)
        assert permissions(user, other) == set()

    def test_repeating_it_changes_nothing(self, user, office):
        first = appoint(user, office, "reviewer", DAY)
        assert appoint(user, office, "reviewer", date(2027, 1, 1)) == first
        assert Post.objects.get().starts == DAY

    def test_after_a_dismissal_one_can_be_appointed_again(self, user, office):
        dismiss(appoint(user, office, "reviewer", DAY), DAY)
        appoint(user, office, "reviewer", date(2026, 12, 1))
        assert permissions(user, office) == TABLE["reviewer"]
        assert Post.objects.count() == 2

    def test_even_on_the_day_the_first_post_began(self, user, office):
        dismiss(appoint(user, office, "reviewer", DAY), DAY)
        post = appoint(user, office, "reviewer", DAY)
        assert permissions(user, office) == TABLE["reviewer"]
        assert holds(user, "reviewer", office, "review_cases", at(DAY))
        assert (post.ends, post.withdrawn) == (None, False)


class TestInForce:
    """From a day to a day, both included, by Beijing's date."""

    @pytest.mark.parametrize(
        "day, held",
        [
            (date(2026, 11, 22), False),
            (date(2026, 11, 23), True),
            (date(2026, 11, 30), True),
            (date(2026, 12, 1), False),
        ],
    )
    def test_a_post_holds_on_its_days(self, user, office, day, held):
        post = appoint(user, office, "reviewer", DAY)
        post.ends = date(2026, 11, 30)
        post.save()
        assert holds(user, "reviewer", office, "review_cases", at(day)) is held
        assert bool(posts_of(user, at(day))) is held

    def test_beijings_midnight_counts(self, user, office):
        appoint(user, office, "reviewer", DAY)
        before = datetime(2026, 11, 22, 15, 59, tzinfo=ZoneInfo("UTC"))
        after = datetime(2026, 11, 22, 16, 1, tzinfo=ZoneInfo("UTC"))
        assert [bool(posts_of(user, moment)) for moment in (before, after)] == [False, True]

    def test_the_role_must_be_the_one_asked_for(self, user, office):
        appoint(user, office, "reviewer", DAY)
        assert not holds(user, "approver", office, "review_cases", at(DAY))

    def test_the_permission_must_be_there_too(self, user, office):
        grants.withdraw(appoint(user, office, "reviewer", DAY))
        assert not holds(user, "reviewer", office, "review_cases", at(DAY))

    def test_a_permission_without_a_post_is_not_enough(self, user, office):
        Post.objects.filter(pk=appoint(user, office, "reviewer", DAY).pk).delete()
        assert grants.may(user, "review_cases", office)
        assert not holds(user, "reviewer", office, "review_cases", at(DAY))

    def test_roles_are_those_of_posts_in_force_today(self, user, office, other, clock):
        appoint(user, office, "reviewer", DAY)
        appoint(user, other, "approver", date(2026, 11, 24))
        assert roles_of(user) == {"reviewer"}

    def test_nobody_has_no_posts(self):
        assert posts_of(AnonymousUser()) == []

    def test_a_deactivated_account_has_none(self, user, office):
        appoint(user, office, "reviewer", DAY)
        user.is_active = False
        user.save()
        assert posts_of(user, at(DAY)) == []
        assert permissions(user, office) == set()


class TestLeaving:
    """What a post gave goes with it, except what another post still carries."""

    def test_dismissal_takes_everything(self, user, office):
        dismiss(appoint(user, office, "reviewer", DAY), DAY)
        assert permissions(user, office) == set()

    def test_what_another_post_at_the_office_carries_stays(self, user, office):
        appoint(user, office, "approver", DAY)
        dismiss(appoint(user, office, "reviewer", DAY), DAY)
        assert permissions(user, office) == TABLE["approver"]

    def test_other_offices_are_not_touched(self, user, office, other):
        appoint(user, other, "reviewer", DAY)
        dismiss(appoint(user, office, "reviewer", DAY), DAY)
        assert permissions(user, other) == TABLE["reviewer"]

    def test_the_post_itself_is_kept(self, user, office):
        post = appoint(user, office, "reviewer", DAY)
        dismiss(post, DAY)
        post.refresh_from_db()
        assert (post.ends, post.withdrawn) == (DAY, True)

    def test_the_clock_takes_what_ended(self, user, office):
        post = appoint(user, office, "reviewer", DAY)
        Post.objects.filter(pk=post.pk).update(ends=date(2026, 11, 30))
        assert end_posts(at(date(2026, 11, 30))) == 0
        assert end_posts(at(date(2026, 12, 1))) == 1
        assert permissions(user, office) == set()

    def test_two_posts_that_end_together_leave_nothing(self, user, office):
        for role in ("clerk", "reviewer"):
            appoint(user, office, role, DAY)
        Post.objects.update(ends=date(2026, 11, 30))
        assert end_posts(at(date(2026, 12, 1))) == 2
        assert permissions(user, office) == set()

    def test_a_second_run_finds_nothing(self, user, office):
        appoint(user, office, "reviewer", DAY)
        Post.objects.update(ends=date(2026, 11, 30))
        end_posts(at(date(2026, 12, 1)))
        assert end_posts(at(date(2026, 12, 1))) == 0

    def test_a_late_run_takes_nothing_from_a_post_that_goes_on(self, user, office):
        appoint(user, office, "clerk", DAY)
        ended = appoint(user, office, "reviewer", DAY)
        Post.objects.filter(pk=ended.pk).update(ends=date(2026, 11, 30))
        end_posts(at(date(2027, 6, 1)))
        assert permissions(user, office) == TABLE["clerk"]


class TestNoWayAround:
    """Permissions count on offices only, and from posts only."""

    def test_a_global_permission_counts_for_nothing(self, user, office):
        user.user_permissions.add(Permission.objects.get(codename="review_cases"))
        assert permissions(User.objects.get(pk=user.pk), office) == set()

    def test_a_group_counts_for_nothing(self, user, office):
        group = Group.objects.create(name="reviewers")
        group.permissions.add(Permission.objects.get(codename="review_cases"))
        user.groups.add(group)
        assert permissions(User.objects.get(pk=user.pk), office) == set()

    def test_a_flag_of_staff_counts_for_nothing(self, user, office):
        user.is_staff = True
        user.save()
        assert permissions(user, office) == set()

    def test_nobody_is_superuser(self, user):
        user.is_superuser = True
        with pytest.raises(IntegrityError, match="nobody_is_superuser"), transaction.atomic():
            user.save()
