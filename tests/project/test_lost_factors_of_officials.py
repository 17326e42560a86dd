"""An official's lost second step takes two administrators; and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from people.models import LostFactor, Office, User
from people.posts import appoint
from telling.models import Notice
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.project.signing import is_signed_in
from tests.project.test_counter_passwords import office_of
from tests.project.test_lost_factors import (
    CLERK,
    DAY,
    OFFICIAL,
    OWNER,
    by_code,
    has_factor,
    run_after,
    with_factors,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
LOST = "/staff/security/lost/"


def ask_second(by="admin", name=OFFICIAL):
    """A security administrator puts down that an official's second step was lost."""
    return sign_in(by).post(f"/staff/security/{world.user(name).pk}/factor/", {"reason": "device_lost"})


def second(by, act="agree", name=OFFICIAL):
    return sign_in(by).post(f"{LOST}{world.user(name).pk}/{act}/")


class TestOfficials:
    """Two administrators, of whom neither is the owner; the first alone changes nothing."""

    @pytest.fixture(autouse=True)
    def factors(self):
        self.code, self.key = with_factors(OFFICIAL)

    def test_the_first_alone_changes_nothing(self):
        ask_second()
        assert has_factor(OFFICIAL)
        assert LostFactor.objects.get().second is None

    def test_with_the_system_administrator_it_is_taken_off_with_its_secret(self):
        before = by_code(OFFICIAL, self.code)
        ask_second()
        assert world.user(OFFICIAL).full_name in text_of(sign_in("system-admin").get(LOST))
        assert second("system-admin").status_code == 302
        self.key.refresh_from_db()
        assert (has_factor(OFFICIAL), bool(self.key.destroyed_at)) == (False, True)
        assert not is_signed_in(before)
        lost, taken = Event.objects.filter(stream=f"user:{world.user(OFFICIAL).pk}", action__startswith="factor.")
        assert [(one.action, one.actor) for one in sorted((lost, taken), key=lambda one: one.seq)] == [
            ("factor.lost", "admin"),
            ("factor.reset", "system-admin"),
        ]
        assert Event.objects.filter(stream="reader:system-admin", action="factor.agreed").exists()
        assert Notice.objects.filter(kind="factor_taken_off", user=world.user(OFFICIAL)).exists()

    def test_with_another_security_administrator_of_the_area(self):
        user = User.objects.create(username="county-admin")
        government = Office.objects.get(division_id="532503", function="government")
        appoint(user, government, "administrator", timezone.localdate() - timedelta(days=1))
        ask_second()
        assert second("county-admin").status_code == 302
        assert not has_factor(OFFICIAL)

    def test_not_with_oneself(self):
        ask_second()
        assert second("admin").status_code == 403
        assert has_factor(OFFICIAL)

    @pytest.mark.parametrize("by", ["auditor", CLERK, OWNER, OFFICIAL])
    def test_not_with_others(self, by):
        ask_second()
        assert second(by).status_code == 404
        assert has_factor(OFFICIAL)

    def test_not_with_a_system_administrator_of_another_county(self):
        user = User.objects.create(username="other-system")
        government = Office.objects.get(division_id="532502", function="government")
        appoint(user, government, "system_administrator", timezone.localdate() - timedelta(days=1))
        ask_second()
        assert second("other-system").status_code == 404

    @pytest.mark.parametrize("by", ["admin", "system-admin"])
    def test_either_of_the_two_may_drop_it(self, by):
        ask_second()
        assert second(by, "drop").status_code == 302
        assert has_factor(OFFICIAL)
        assert second("system-admin").status_code == 404

    def test_signing_in_by_the_second_step_drops_it(self):
        ask_second()
        by_code(OFFICIAL, self.code)
        assert second("system-admin").status_code == 404

    def test_after_three_days_without_a_second_it_is_over(self, clock):
        ask_second()
        assert run_after(clock, 3 * DAY) == 1
        assert (has_factor(OFFICIAL), second("system-admin").status_code) == (True, 404)

    def test_looking_is_on_record(self):
        sign_in("system-admin").get(LOST)
        assert Event.objects.filter(stream="reader:system-admin", action="lost_factors.read").exists()


class TestTheDatabase:
    """Refuses what no page does."""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"by": "owner"},
            {"second": "by"},
            {"second": "owner"},
            {"paper": "id_card"},
            {"until": timedelta(0)},
            {"how": "taken"},
            {"how": "taken", "ended_at": timedelta(days=1)},
            {"ended_at": timedelta(days=1)},
        ],
    )
    def test_half_states(self, wrong):
        at, people = timezone.now(), {"owner": world.user(OFFICIAL), "by": world.user("admin")}
        given = {"user": "owner", "by": "by", "reason": "lost", "asked_at": at, "until": timedelta(days=1)} | wrong
        values = {
            key: at + value if isinstance(value, timedelta) else people.get(value, value)
            for key, value in given.items()
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            LostFactor.objects.create(**values)

    def test_a_counters_before_its_time(self):
        at, office = timezone.now(), Office.objects.get(pk=office_of(CLERK))
        with pytest.raises(IntegrityError), transaction.atomic():
            LostFactor.objects.create(
                user=world.user(OWNER), by=world.user(CLERK), office=office, paper="id_card", reason="lost",
                asked_at=at, until=at + timedelta(days=1), ended_at=at, how="taken",
            )  # fmt: skip
