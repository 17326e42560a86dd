"""人员: an administrator's pages and services, 我的岗位, and that nobody stands on two sides."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from audit.models import Event
from audit.verify import verify_stream
from people import staffing
from people.masking import masked_id
from people.models import Delegation, Division, Kinship, Office, Post, Side, User
from people.posts import appoint, dismiss
from people.refusals import Conflict, Invalid, NotFound, Refused
from people.staffing import Appointment
from people.synthetic import synthetic_person
from project.demo.directory import HONGHE, KAIYUAN, MENGZI
from tests import world
from tests.approvals.desk import sign_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
WATCHING = ["auditor", "administrator", "system_administrator"]
WORK_ROLES = sorted(set(Post.Role.values) - set(WATCHING))


@pytest.fixture
def admin():
    return world.user("admin")


@pytest.fixture
def monday_at(monday):
    return monday


def office(function="hrss", division=MENGZI):
    return Office.objects.get(division_id=division, function=function)


def save_now(post):
    """Save, and have the database check what it would check at the end of the transaction."""
    post.save()
    connection.check_constraints()


def newcomer(name="newcomer"):
    return User.objects.create(username=name, full_name="新人", staff_of=office())


def on_day(field, *parts):
    """A day as the three boxes send it."""
    return {f"{field}_{name}": str(part) for name, part in zip(("year", "month", "day"), parts, strict=True)}


def wanted(at, **changes):
    values = {"username": "newcomer", "role": "clerk", "starts": at.date()} | changes
    return Appointment(**values)


class TestSides:
    """Cases, money and policy; audit; accounts and posts; the system: one at a time, in code and in the database."""

    @pytest.mark.parametrize("role", WORK_ROLES)
    @pytest.mark.parametrize("other", WATCHING)
    def test_who_works_neither_audits_nor_appoints(self, role, other):
        user = newcomer()
        appoint(user, office(), role, date(2026, 1, 1))
        with pytest.raises(Refused) as refused:
            appoint(user, office(), other, date(2026, 1, 1))
        assert refused.value.code == "sides"

    @pytest.mark.parametrize("one, other", list(permutations(WATCHING, 2)))
    def test_the_three_administrators_are_three_people(self, one, other):
        user = newcomer()
        appoint(user, office(), one, date(2026, 1, 1))
        with pytest.raises(Refused) as refused:
            appoint(user, office(), other, date(2026, 1, 1))
        assert refused.value.code == "sides"

    @pytest.mark.parametrize("role", WATCHING)
    def test_the_database_refuses_the_role_on_the_wrong_side(self, role):
        user = newcomer()
        post = appoint(user, office(), "clerk", date(2026, 1, 1))
        with pytest.raises(IntegrityError, match="post_on_the_side_of_its_role"), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(role=role)

    def test_the_database_refuses_a_post_in_force_without_a_side(self):
        post = appoint(newcomer(), office(), "clerk", date(2026, 1, 1))
        with pytest.raises(IntegrityError, match="post_on_the_side_of_its_role"), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(side=None)

    def test_the_database_knows_no_second_side(self):
        user = newcomer()
        appoint(user, office(), "clerk", date(2026, 1, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            Side.objects.create(number=user.pk * 10 + 3, user=user, kind=3)

    def test_a_post_of_another_side_has_nothing_to_refer_to(self):
        user = newcomer()
        appoint(user, office(), "clerk", date(2026, 1, 1))
        post = Post(user=user, office=office(), role="auditor", starts=date(2026, 1, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            save_now(post)

    def test_a_side_is_the_users_own(self):
        user = newcomer()
        with pytest.raises(IntegrityError, match="side_numbered_by_user_and_kind"), transaction.atomic():
            Side.objects.create(number=user.pk * 10 + 2, user=user, kind=1)

    def test_after_the_last_post_ended_another_side_is_free(self):
        user = newcomer()
        dismiss(appoint(user, office(), "clerk", date(2026, 1, 1)), date(2026, 11, 1))
        assert appoint(user, office(), "auditor", date(2026, 11, 2)).side.kind == Side.Kind.AUDIT

    def test_editor_and_publisher_go_together(self):
        user = newcomer()
        for role in ("policy_editor", "policy_publisher", "finance_maker", "finance_checker"):
            appoint(user, office(), role, date(2026, 1, 1))
        assert user.posts.count() == 4


class TestAppointing:
    """Within the area, not oneself, not those who watch over it."""

    def test_in_a_county_of_the_prefecture(self, admin, monday_at):
        newcomer()
        post = staffing.appoint(admin, office().pk, wanted(monday_at, ends=date(2026, 12, 31)), monday_at)
        assert (post.role, post.ends) == ("clerk", date(2026, 12, 31))

    def test_not_outside_the_area(self, monday_at):
        newcomer()
        county = User.objects.create(username="county-admin")
        appoint(county, office("government", KAIYUAN), "administrator", date(2026, 1, 1))
        with pytest.raises(NotFound):
            staffing.appoint(county, office().pk, wanted(monday_at), monday_at)

    def test_not_above_the_area(self, monday_at):
        newcomer()
        county = User.objects.create(username="county-admin")
        appoint(county, office("government", MENGZI), "administrator", date(2026, 1, 1))
        with pytest.raises(NotFound):
            staffing.appoint(county, office(division=HONGHE).pk, wanted(monday_at), monday_at)

    @pytest.mark.parametrize("account", ["county-approver", "auditor", "policy-publisher", "county-supervisor"])
    def test_nobody_but_administrators(self, account, monday_at):
        newcomer()
        with pytest.raises(NotFound):
            staffing.appoint(world.user(account), office().pk, wanted(monday_at), monday_at)

    def test_not_oneself(self, admin, monday_at):
        with pytest.raises(Invalid) as refused:
            staffing.appoint(admin, office().pk, wanted(monday_at, username="admin", role="administrator"), monday_at)
        assert "username" in refused.value.errors

    @pytest.mark.parametrize("role", WATCHING)
    def test_who_watches_comes_from_above(self, admin, monday_at, role):
        newcomer()
        with pytest.raises(Invalid) as refused:
            staffing.appoint(admin, office(division=HONGHE).pk, wanted(monday_at, role=role), monday_at)
        assert set(refused.value.errors) == {"role"}
        assert staffing.appoint(admin, office().pk, wanted(monday_at, role=role), monday_at).role == role

    def test_no_applicants_account(self, admin, monday_at):
        with pytest.raises(Invalid) as refused:
            staffing.appoint(admin, office().pk, wanted(monday_at, username="applicant"), monday_at)
        assert refused.value.code == "no_such_official"

    @pytest.mark.parametrize(
        "changes, field",
        [({"starts": date(2026, 11, 22)}, "starts"), ({"ends": date(2026, 11, 22)}, "ends")],
    )
    def test_days_that_cannot_be(self, admin, monday_at, changes, field):
        newcomer()
        with pytest.raises(Invalid) as refused:
            staffing.appoint(admin, office().pk, wanted(monday_at, **changes), monday_at)
        assert set(refused.value.errors) == {field}

    def test_not_twice(self, admin, monday_at):
        newcomer()
        staffing.appoint(admin, office().pk, wanted(monday_at), monday_at)
        with pytest.raises(Invalid):
            staffing.appoint(admin, office().pk, wanted(monday_at), monday_at)


class TestEnding:
    """At once, or by the clock."""

    def test_today_is_at_once(self, admin, monday_at):
        post = world.user("county-clerk").posts.first()
        staffing.end_post(admin, post.pk, monday_at.date(), monday_at)
        assert not world.user("county-clerk").posts.filter(pk=post.pk, withdrawn=False).exists()

    def test_later_is_by_the_clock(self, admin, monday_at):
        post = world.user("county-clerk").posts.first()
        ended = staffing.end_post(admin, post.pk, monday_at.date() + timedelta(days=5), monday_at)
        assert not ended.withdrawn
        assert ended in staffing.ending_soon(admin, monday_at)

    def test_not_ones_own(self, admin, monday_at):
        with pytest.raises(NotFound):
            staffing.end_post(admin, admin.posts.get().pk, monday_at.date(), monday_at)

    def test_not_the_auditor_beside_them(self, admin, monday_at):
        with pytest.raises(NotFound):
            staffing.end_post(admin, world.user("auditor").posts.get().pk, monday_at.date(), monday_at)

    def test_not_in_the_past(self, admin, monday_at):
        with pytest.raises(Invalid):
            staffing.end_post(admin, world.user("dpf").posts.get().pk, date(2026, 11, 1), monday_at)

    def test_only_once(self, admin, monday_at):
        post = world.user("dpf").posts.get()
        staffing.end_post(admin, post.pk, monday_at.date(), monday_at)
        with pytest.raises(Conflict):
            staffing.end_post(admin, post.pk, monday_at.date(), monday_at)


class TestAccounts:
    """Made without any right; the first password is shown once and must be changed."""

    def test_the_password_must_be_changed_before_anything_else(self, monday_at):
        client = sign_in("admin")
        page = client.post(f"/staff/offices/{office().pk}/account/", {"username": "zhang", "full_name": "张三"})
        password = text_of(page).split("<code>")[1].split("</code>")[0]
        own = Client()
        assert own.login(username="zhang", password=password)
        assert own.get("/")["Location"] == "/accounts/password/change/"
        new = {"oldpassword": password, "password1": "Xin-mima-2026", "password2": "Xin-mima-2026"}
        own.post("/accounts/password/change/", new)
        assert own.get("/").status_code == 200

    def test_an_account_has_no_right(self, admin, monday_at):
        user, _password = staffing.make_account(admin, office().pk, "zhang", "张三", monday_at)
        assert not user.posts.exists()
        assert list(staffing.without_post(admin, monday_at)) == [user]

    @pytest.mark.parametrize(
        "username, full_name, field",
        [("admin", "某", "username"), ("a b", "某", "username"), ("zhang", " ", "full_name")],
    )
    def test_what_is_refused(self, admin, monday_at, username, full_name, field):
        with pytest.raises(Invalid) as refused:
            staffing.make_account(admin, office().pk, username, full_name, monday_at)
        assert set(refused.value.errors) == {field}

    def test_no_applicants_are_listed(self, admin, monday_at):
        assert not staffing.without_post(admin, monday_at).filter(username="applicant").exists()


class TestPages:
    """Driven as a browser would."""

    def test_appoint_and_end(self, monday_at):
        newcomer()
        client = sign_in("admin")
        days = on_day("starts", 2026, 11, 23)
        client.post(f"/staff/offices/{office().pk}/appoint/", {"username": "newcomer", "role": "clerk", **days})
        post = Post.objects.get(user__username="newcomer")
        client.post(f"/staff/posts/{post.pk}/end/", on_day("ends", 2026, 11, 23))
        post.refresh_from_db()
        assert post.withdrawn

    def test_what_was_typed_comes_back_with_the_reason(self):
        page = sign_in("admin").post(f"/staff/offices/{office().pk}/appoint/", {"username": "nobody", "role": "clerk"})
        assert page.status_code == 422
        assert "nobody" in text_of(page)

    def test_roles_that_do_not_go_together_are_said(self):
        client = sign_in("admin")
        days = on_day("starts", 2026, 11, 23)
        page = client.post(f"/staff/offices/{office().pk}/appoint/", {"username": "dpf", "role": "auditor", **days})
        assert page.status_code == 422
        assert "互不兼任" in text_of(page)

    def test_lend_and_take_back(self):
        client = sign_in("county-approver")
        post = world.user("county-approver").posts.get(office=office())
        said = {"to": "county-reviewer", "document_number": "1号"}
        said |= on_day("starts", 2026, 11, 23) | on_day("ends", 2026, 12, 1)
        assert client.post(f"/staff/me/posts/{post.pk}/lend/", said).status_code == 302
        assert "1号" in text_of(client.get("/staff/me/"))
        assert "1号" in text_of(sign_in("county-supervisor").get("/staff/cover/"))
        client.post(f"/staff/me/delegations/{Delegation.objects.get().pk}/revoke/")
        assert "1号" not in text_of(client.get("/staff/me/"))

    def test_a_relative_is_registered_and_never_shown_again(self):
        client, number = sign_in("county-reviewer"), synthetic_person(7, MENGZI).id_number
        said = {"relation": "spouse", "name": "李四", "id_number": number}
        assert client.post("/staff/me/relatives/", said).status_code == 302
        assert Kinship.objects.get().user == world.user("county-reviewer")
        page = text_of(client.get("/staff/me/"))
        assert masked_id(number) in page
        assert number not in page

    def test_a_wrong_number_is_said(self):
        said = {"relation": "spouse", "name": "李四", "id_number": "532503"}
        page = sign_in("county-reviewer").post("/staff/me/relatives/", said)
        assert page.status_code == 422
        assert not Kinship.objects.exists()

    def test_an_organisation_is_registered(self):
        client = sign_in("county-reviewer")
        said = {"relation": "serves", "name": "示例公司", "uscc": "91350100M000100Y43"}
        assert client.post("/staff/me/organisations/", said).status_code == 302
        assert "91350100M000100Y43" in text_of(client.get("/staff/me/"))


class TestOnRecord:
    """Every appointment, ending and account is an event the auditor reads."""

    def test_the_stream_of_the_office_tells_and_verifies(self, admin, monday_at):
        newcomer()
        post = staffing.appoint(admin, office().pk, wanted(monday_at), monday_at)
        staffing.end_post(admin, post.pk, monday_at.date(), monday_at)
        staffing.make_account(admin, office().pk, "zhang", "张三", monday_at)
        stream = f"staff:{office().pk}"
        actions = list(Event.objects.filter(stream=stream).order_by("seq").values_list("action", flat=True))
        assert actions == ["post.given", "post.ended", "account.made"]
        assert verify_stream(stream).fault is None

    def test_the_auditor_reads_it(self, admin, monday_at):
        newcomer()
        staffing.appoint(admin, office().pk, wanted(monday_at), monday_at)
        client = sign_in("auditor")
        assert "任命岗位" in text_of(client.get(f"/audit/staff/{office().pk}/"))
        assert "任命岗位" in text_of(client.get("/audit/"))

    def test_an_auditor_of_another_county_does_not(self, admin, monday_at):
        newcomer()
        staffing.appoint(admin, office().pk, wanted(monday_at), monday_at)
        stranger = User.objects.create(username="stranger")
        appoint(stranger, office("government", KAIYUAN), "auditor", date(2026, 1, 1))
        assert sign_in("stranger").get(f"/audit/staff/{office().pk}/").status_code == 404


def test_the_divisions_of_the_area_are_those_below(admin, monday):
    inside = set(staffing.offices_of(admin, monday).values_list("division__prefecture_id", "division_id"))
    assert {prefecture or code for prefecture, code in inside} == {HONGHE}
    assert Division.objects.filter(pk=HONGHE).exists()
