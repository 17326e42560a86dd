"""A caller with case number and PIN hears how the case stands, and nobody else hears anything."""

from datetime import timedelta

import pytest

from audit.models import Event
from helping.models import CasePin, PinLookup
from helping.models.pins import MOST_WRONG
from helping.pins import looking, making
from people.models import Office, User
from people.posts import appoint
from people.refusals import Conflict, Invalid, NotFound
from project.demo.accounts import SINCE
from project.demo.directory import MENGZI
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.threads import race

pytestmark = pytest.mark.django_db
AT = world.START + timedelta(days=1)


@pytest.fixture
def case():
    operator()
    return world.grant().submit()


def operator():
    """Who answers the hotline of the county."""
    government = Office.objects.get(function="government", division_id=MENGZI)
    user, _new = User.objects.get_or_create(username="hotline")
    appoint(user, government, "hotline", SINCE)
    return user


def look(case, pin, at=AT):
    return looking.look_up(operator(), case.application.number, pin, at)


def wrong(pin):
    return f"{(int(pin) + 1) % 10**6:06d}"


class TestMaking:
    def test_the_pin_is_kept_as_a_keyed_hash_only(self, case):
        pin = making.make(case.user, case.public_id, AT)
        kept = CasePin.objects.get()
        assert len(pin) == 6
        assert pin.isdecimal()
        assert pin not in kept.digest
        assert len(kept.digest) == 64
        assert pin not in str(Event.objects.filter(stream=case.application.stream).values_list("data", flat=True))

    def test_two_cases_with_the_same_pin_have_different_hashes(self, case):
        other = world.grant(5).submit()
        assert making.digest_of(case.application, "123456") != making.digest_of(other.application, "123456")

    def test_a_draft_gets_none(self):
        draft = world.grant()
        with pytest.raises(Conflict):
            making.make(draft.user, draft.public_id, AT)

    def test_nobody_else_makes_one(self, case):
        for name in ("applicant2", "county-clerk", "hotline", "school"):
            with pytest.raises(NotFound):
                making.make(world.user(name), case.public_id, AT)

    def test_a_new_one_ends_the_one_before(self, case):
        first = making.make(case.user, case.public_id, AT)
        second = making.make(case.user, case.public_id, AT)
        if first != second:
            with pytest.raises(Invalid):
                look(case, first)
        assert look(case, second) == case.application

    def test_the_page_shows_it_once(self, case):
        client = sign_in("applicant")
        made = client.post(f"/applications/{case.public_id}/pin/")
        assert "只显示这一次" in text_of(made)
        assert "只显示这一次" not in text_of(client.get(f"/applications/{case.public_id}/pin/"))
        assert "no-store" in made["Cache-Control"]


class TestLooking:
    def test_the_right_pin_opens_the_case_and_the_applicant_sees_that_it_did(self, case):
        pin = making.make(case.user, case.public_id, AT)
        assert look(case, pin) == case.application
        page = text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
        assert "12345热线凭查询密码答复了一次来电" in page

    def test_a_wrong_pin_and_a_number_that_is_not_there_are_told_alike(self, case):
        pin = making.make(case.user, case.public_id, AT)
        with pytest.raises(Invalid) as mistyped:
            look(case, wrong(pin))
        with pytest.raises(Invalid) as unknown:
            looking.look_up(operator(), "QZ5325032026999999", pin, AT)
        assert str(mistyped.value.message) == str(unknown.value.message)

    def test_a_case_without_a_pin_is_told_like_one_that_is_not_there(self, case):
        with pytest.raises(Invalid) as refusal:
            look(case, "123456")
        assert refusal.value.code == "unknown"

    def test_five_wrong_tries_lock_it_and_the_right_pin_no_longer_opens(self, case):
        pin = making.make(case.user, case.public_id, AT)
        for _try in range(MOST_WRONG):
            with pytest.raises(Invalid):
                look(case, wrong(pin))
        with pytest.raises(Invalid) as refusal:
            look(case, pin)
        assert refusal.value.code == "locked"
        assert CasePin.objects.get().locked_at == AT

    def test_a_new_pin_opens_a_locked_case(self, case):
        pin = making.make(case.user, case.public_id, AT)
        for _try in range(MOST_WRONG):
            with pytest.raises(Invalid):
                look(case, wrong(pin))
        assert look(case, making.make(case.user, case.public_id, AT)) == case.application

    def test_the_right_pin_forgets_the_wrong_tries_before(self, case):
        pin = making.make(case.user, case.public_id, AT)
        for _try in range(MOST_WRONG - 1):
            with pytest.raises(Invalid):
                look(case, wrong(pin))
        look(case, pin)
        assert CasePin.objects.get().wrong == 0

    def test_every_try_is_a_row_and_an_event(self, case):
        pin = making.make(case.user, case.public_id, AT)
        with pytest.raises(Invalid):
            look(case, wrong(pin))
        look(case, pin)
        assert list(PinLookup.objects.values_list("outcome", flat=True)) == ["wrong", "shown"]
        told = Event.objects.filter(stream=case.application.stream, actor="hotline").values_list("action", flat=True)
        assert list(told) == ["hotline.refused", "hotline.looked"]

    def test_an_operator_who_fails_too_often_waits(self, case):
        for turn in range(looking.MOST_FAILED):
            with pytest.raises(Invalid):
                looking.look_up(operator(), f"QZ{turn}", "000000", AT)
        pin = making.make(case.user, case.public_id, AT)
        with pytest.raises(Conflict):
            look(case, pin)
        assert look(case, pin, AT + timedelta(hours=2)) == case.application

    @pytest.mark.parametrize("name", ["county-clerk", "auditor", "admin", "applicant", "school"])
    def test_nobody_else_looks(self, case, name):
        pin = making.make(case.user, case.public_id, AT)
        with pytest.raises(NotFound):
            looking.look_up(world.user(name), case.application.number, pin, AT)

    def test_a_hotline_of_another_county_finds_nothing(self, case):
        pin = making.make(case.user, case.public_id, AT)
        kaiyuan = Office.objects.get(function="government", division_id="532502")
        far = User.objects.create(username="hotline-far")
        appoint(far, kaiyuan, "hotline", SINCE)
        with pytest.raises(Invalid) as refusal:
            looking.look_up(far, case.application.number, pin, AT)
        assert refusal.value.code == "unknown"


class TestThePage:
    def test_it_tells_the_step_the_day_and_the_telephone_and_no_name(self, case):
        pin = making.make(case.user, case.public_id, case.at)
        sent = {"number": case.application.number, "pin": pin}
        page = text_of(sign_in("hotline").post("/helping/hotline/", sent))
        assert "0873-0000000" in page
        assert case.application.applicant_label in page
        assert case.application.subject.name not in page
        assert str(case.application.definition.title) not in page

    def test_a_wrong_pin_keeps_the_number_typed(self, case):
        making.make(case.user, case.public_id, case.at)
        client = sign_in("hotline")
        answer = client.post("/helping/hotline/", {"number": case.application.number, "pin": "abc"})
        assert answer.status_code == 422
        assert "查询密码是6位数字" in text_of(answer)

    def test_the_hotline_sees_no_inbox_and_no_case(self, case):
        client = sign_in("hotline")
        for path in (
            "/inbox/",
            f"/inbox/{case.public_id}/",
            f"/applications/{case.public_id}/",
            "/finance/",
            "/audit/",
        ):
            assert client.get(path).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_guessing_in_many_threads_is_counted_try_by_try():
    operator()
    case = world.grant().submit()
    pin = making.make(case.user, case.public_id, AT)
    guesses = [f"{(int(pin) + step) % 10**6:06d}" for step in range(1, 9)]
    race(*[lambda guess=guess: look(case, guess) for guess in guesses])
    kept = CasePin.objects.get()
    assert kept.wrong == MOST_WRONG
    assert kept.locked_at is not None
    assert PinLookup.objects.filter(outcome="shown").count() == 0
