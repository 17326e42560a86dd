"""Rules of passwords are data: length, kinds, common words, names, passwords before, age."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from people.models import OldPassword
from project.sign_in import passwords
from project.sign_in.passwords import RulesValidator, classes_in, expired, rules_for
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.project.signing import actions_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
GOOD = "Lan-tian-2026"
# No account changes its password more than five times in a minute.
A_MINUTE = 61


def faults(password, user=None):
    try:
        RulesValidator().validate(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def change(client, new, old=world.PASSWORD):
    return client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})


class TestRules:
    """Officials' are stricter than applicants'."""

    @pytest.mark.parametrize("name, length", [("applicant", 10), ("county-reviewer", 12)])
    def test_by_kind_of_account(self, name, length):
        assert rules_for(world.user(name)).min_length == length

    def test_an_account_made_for_an_office_is_staff_before_its_first_post(self):
        user = world.user("applicant2")
        user.staff_of = world.finance()
        assert rules_for(user).min_length == 12

    @pytest.mark.parametrize(
        "password, kinds", [("abc", 1), ("abC", 2), ("abC1", 3), ("abC1-", 4), ("密码", 1), ("", 0), ("密码a1", 3)]
    )
    def test_kinds_of_characters(self, password, kinds):
        assert classes_in(password) == kinds

    @pytest.mark.parametrize(
        "password, told",
        [
            ("Ab1-5678", "至少要有10个字符"),
            ("abcdefghijkl", "至少要用2种"),
            ("zhida-2026", "太容易猜到"),
            ("password12", "太容易猜到"),
            (GOOD, ""),
            ("心里的石头落了地2026", ""),
        ],
    )
    def test_of_an_applicant(self, password, told):
        assert told in faults(password)
        assert bool(faults(password)) == bool(told)

    def test_no_password_is_mostly_ones_name(self):
        user = world.user("county-reviewer")
        assert "太容易猜到" in faults("County-reviewer1", user)

    @pytest.mark.parametrize("password", ["", "\x00", "x" * 100_000, "😀" * 12, "\u202e" * 20])
    def test_anything_is_judged(self, password):
        faults(password, world.user("applicant"))


class TestChanging:
    """A new password is checked in words of the account's own rules, and the old one is remembered."""

    def test_the_page_tells_the_rules_of_the_account(self):
        assert "每90天要换一次" in text_of(sign_in("county-reviewer").get("/accounts/password/change/"))
        assert "每90天" not in text_of(sign_in("applicant").get("/accounts/password/change/"))

    def test_it_is_on_record(self):
        change(sign_in("county-reviewer"), "Lan-tian-bai-yun-26")
        assert actions_of("county-reviewer") == ["password.changed"]

    def test_the_present_one_is_not_taken_again(self):
        assert "用过了" in text_of(change(sign_in("applicant"), world.PASSWORD))

    def test_officials_do_not_go_back_to_one_of_the_last_five(self, clock):
        client, old = sign_in("county-reviewer"), world.PASSWORD
        for number in range(4):
            clock.shift(A_MINUTE)
            new = f"Lan-tian-bai-yun-{number}"
            assert change(client, new, old).status_code == 302
            old = new
        assert "用过了" in text_of(change(client, world.PASSWORD, old))
        clock.shift(A_MINUTE)
        assert change(client, "Lan-tian-bai-yun-9", old).status_code == 302
        assert change(client, world.PASSWORD, "Lan-tian-bai-yun-9").status_code == 302

    def test_no_more_hashes_are_kept_than_are_asked(self):
        client, old = sign_in("applicant"), world.PASSWORD
        for number in range(3):
            assert change(client, f"Bai-yun-{number}-lantian", old).status_code == 302
            old = f"Bai-yun-{number}-lantian"
        assert OldPassword.objects.count() == 1

    def test_registering_asks_for_the_rules(self):
        data = {"username": "newcomer", "password1": "abcdefghijkl", "password2": "abcdefghijkl"}
        assert "至少要用2种" in text_of(Client().post("/accounts/signup/", data))


class TestAge:
    """Officials' passwords grow too old; what opens then is the page that changes them."""

    @pytest.fixture(autouse=True)
    def _real(self, settings):
        settings.DEMO = settings.SECURE_SSL_REDIRECT = False

    def test_after_ninety_days_only_the_page_opens(self):
        user = world.user("county-reviewer")
        user.password_changed_at = timezone.now() - timedelta(days=91)
        user.save()
        client = sign_in("county-reviewer")
        assert client.get("/")["Location"] == "/accounts/password/change/"
        assert "用的时间太长了" in text_of(client.get("/accounts/password/change/"))
        change(client, "Lan-tian-bai-yun-26")
        assert client.get("/").get("Location") != "/accounts/password/change/"

    @pytest.mark.parametrize("days, over", [(89, False), (91, True)])
    def test_of_an_official(self, days, over):
        user = world.user("county-reviewer")
        user.password_changed_at = timezone.now() - timedelta(days=days)
        assert expired(user, timezone.now()) is over

    def test_never_of_an_applicant(self):
        user = world.user("applicant")
        user.password_changed_at = timezone.now() - timedelta(days=4000)
        assert not expired(user, timezone.now())

    def test_an_account_that_never_changed_it_counts_from_its_making(self):
        user = world.user("county-reviewer")
        user.password_changed_at, user.date_joined = None, timezone.now() - timedelta(days=91)
        assert expired(user, timezone.now())

    def test_never_on_a_demonstration(self, settings):
        user = world.user("county-reviewer")
        user.password_changed_at = timezone.now() - timedelta(days=4000)
        settings.DEMO = True
        assert not expired(user, timezone.now())


def test_the_file_names_every_rule_of_both_kinds():
    assert {*passwords._file()} == {"applicants", "staff", "words"}
