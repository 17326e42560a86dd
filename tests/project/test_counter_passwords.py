"""A one-time password across the counter: for whom, from whom, and what is on record."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from audit.models import Event
from people import vault
from people.models import Kinship, PasswordCode, User
from people.recording import person_with
from people.synthetic import synthetic_person
from project.sign_in import resetting
from telling.models import Notice
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.project.signing import is_signed_in, signed_in, try_to_sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
PAGE = "/helping/counter/password/"
CLERK = "county-clerk"
CARD = synthetic_person(7, "532503")
REFUSED, OVER = "对不上", "这个一次性密码已经用过，或者已经过期"
CHANGE, NEW = "/accounts/password/change/", "Lan-tian-2026"


def office_of(name):
    """The first counter at which the account serves."""
    return world.user(name).posts.filter(role="clerk").order_by("pk").first().office_id


def hand_out(by=CLERK, account="applicant", card=CARD, **other):
    """The clerk fills in the card and the account."""
    client = sign_in(by)
    given = {
        "office": office_of(CLERK),
        "name": card.name,
        "id_number": card.id_number,
        "account": account,
        "seen": "on",
    }
    return client.post(PAGE, given | other)


def password_of(answer):
    return text_of(answer).split('lang="en">')[-1].split("<")[0]


@pytest.fixture
def owner():
    """The account is tied to the person of the card."""
    user = world.user("applicant")
    user.person = person_with(CARD.id_number, CARD.name)
    user.save()
    return user


class TestGiven:
    """Shown once, changed at once, told and on record."""

    def test_it_signs_in_and_opens_only_the_page_that_changes_it(self, owner):
        password = password_of(hand_out())
        client, answer = try_to_sign_in("applicant", password)
        assert answer.status_code == 302
        assert client.get("/applications/")["Location"] == "/accounts/password/change/"

    def test_it_signs_in_once(self, owner):
        password = password_of(hand_out())
        first, _answer = try_to_sign_in("applicant", password)
        _client, answer = try_to_sign_in("applicant", password)
        assert (answer.status_code, OVER in text_of(answer)) == (200, True)
        changed = first.post(CHANGE, {"oldpassword": password, "password1": NEW, "password2": NEW})
        assert changed.status_code == 302
        assert try_to_sign_in("applicant", NEW)[1].status_code == 302
        assert try_to_sign_in("applicant", NEW)[1].status_code == 302

    def test_after_a_day_it_signs_in_no_more(self, owner, clock):
        password = password_of(hand_out())
        clock.shift(24 * 60 * 60)
        client, answer = try_to_sign_in("applicant", password)
        assert OVER in text_of(answer)
        assert not is_signed_in(client)

    def test_who_does_not_know_it_is_not_told_that_it_is_over(self, owner, clock):
        hand_out()
        clock.shift(24 * 60 * 60)
        assert OVER not in text_of(try_to_sign_in("applicant", "Wrong-2026")[1])

    def test_a_code_that_was_sent_before_ends(self, owner):
        row = resetting.ask("applicant", "sms", "10.0.0.1", timezone.now())
        hand_out()
        assert not PasswordCode.objects.filter(pk=row.pk).exists()

    def test_the_password_of_before_is_remembered_like_any_other(self, owner):
        hand_out()
        assert owner.old_passwords.get().encoded == owner.password

    def test_every_sign_in_ends(self, owner):
        before = signed_in("applicant")
        hand_out()
        assert not is_signed_in(before)

    def test_it_is_on_record_of_the_account_and_of_the_office_without_the_password(self, owner):
        password = password_of(hand_out())
        events = list(Event.objects.filter(action="password.handed_out"))
        assert {event.stream for event in events} == {f"user:{owner.pk}", f"staff:{office_of(CLERK)}"}
        assert {event.actor for event in events} == {CLERK}
        assert password not in str([event.data for event in events])
        assert Event.objects.filter(stream=f"reader:{CLERK}", action="counter.sought").exists()

    def test_the_owner_is_told(self, owner):
        hand_out()
        assert Notice.objects.get(kind="password_handed_out", channel="site").user == owner


class TestWhose:
    """The account must be that person's alone; what is refused is refused alike."""

    def test_one_that_filed_for_itself_about_that_person(self):
        case = world.grant(2).submit().application
        subject = case.subject
        assert case.filed_by.person_id is None
        answer = hand_out(account=case.filed_by.username, name=subject.name, id_number=number_of(subject))
        assert answer.status_code == 200

    def test_not_one_that_filed_for_another(self):
        case = world.grant(2).submit().application
        type(case).objects.filter(pk=case.pk).update(for_other=True)
        answer = hand_out(account=case.filed_by.username, name=case.subject.name, id_number=number_of(case.subject))
        assert answer.status_code == 422

    @pytest.mark.parametrize("account", ["applicant2", "nobody-of-this-name", "county-reviewer", CLERK])
    def test_not_another_account(self, owner, account):
        answer = hand_out(account=account)
        assert (answer.status_code, REFUSED in text_of(answer)) == (422, True)
        assert not User.objects.filter(must_change_password=True).exists()

    @pytest.mark.parametrize("other", [{"name": "别人"}, {"id_number": synthetic_person(8, "532503").id_number}])
    def test_not_for_another_card(self, owner, other):
        assert hand_out(**other).status_code == 422

    def test_not_without_having_looked_at_the_card(self, owner):
        assert hand_out(seen="").status_code == 422
        assert not Event.objects.filter(action="counter.sought").exists()

    def test_not_a_relatives(self, owner):
        Kinship.objects.create(user=world.user(CLERK), relative=owner.person, relation="child")
        assert hand_out().status_code == 403

    def test_not_at_a_counter_of_others(self, owner):
        assert hand_out(office=office_of("township")).status_code == 422

    @pytest.mark.parametrize("by", ["county-reviewer", "admin", "hotline", "applicant", "village-clerk"])
    def test_nobody_else_hands_any_out(self, owner, by):
        assert hand_out(by=by).status_code == 404

    def test_not_more_than_some_a_day(self, owner, monkeypatch):
        monkeypatch.setattr("project.sign_in.at_counter.MOST_A_DAY", 1)
        cache.clear()
        assert [hand_out().status_code, hand_out().status_code] == [200, 409]


def number_of(person):
    """The ID number on record."""
    return vault.decrypt(person.data_key, bytes(person.id_number), "id_number")
