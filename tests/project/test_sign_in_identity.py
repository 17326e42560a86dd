"""The province's identity service: which account it opens, and which it never does."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from audit.models import Event
from people.models import User
from people.recording import person_with
from people.synthetic import synthetic_person
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.project import provider
from tests.project.signing import is_signed_in, try_to_sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
SOMEBODY = synthetic_person(7, "532503")


@pytest.fixture
def service(monkeypatch):
    with provider.set_up(monkeypatch) as found:
        yield found


def owner_of(name):
    """The account gets the person of the example."""
    user = world.user(name)
    user.person = person_with(SOMEBODY.id_number, SOMEBODY.name)
    user.save()
    return user


def who(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


class TestOff:
    """Without a service there is neither a button nor a way."""

    def test_no_button(self):
        assert "统一身份认证" not in text_of(Client().get("/accounts/login/"))

    @pytest.mark.parametrize("path", ["province/login/callback/", "other/login/callback/"])
    def test_no_way_back(self, path):
        assert Client().get(f"/accounts/identity/{path}").status_code == 404

    def test_no_way_there(self):
        assert Client().post("/accounts/identity/province/login/").status_code == 404


class TestWhichAccount:
    """By the link, by the citizen ID vouched for, else a new one; never by a name or an e-mail."""

    def test_a_new_one_of_the_person_vouched_for(self, service):
        service.claims |= {"id_number": SOMEBODY.id_number, "name": SOMEBODY.name}
        client = Client()
        through(client)
        user = who(client)
        assert user.person == person_with(SOMEBODY.id_number, SOMEBODY.name)
        assert (user.full_name, user.has_usable_password()) == (SOMEBODY.name, False)

    def test_the_same_the_next_time(self, service):
        one, other = Client(), Client()
        through(one), through(other)
        assert who(one) == who(other)

    def test_the_account_of_that_person(self, service):
        user = owner_of("applicant")
        service.claims["id_number"] = SOMEBODY.id_number
        client = Client()
        through(client)
        assert who(client) == user

    def test_never_an_officials_account_by_the_number(self, service):
        user = owner_of("county-reviewer")
        service.claims["id_number"] = SOMEBODY.id_number
        client = Client()
        through(client)
        assert who(client) != user
        assert who(client).person is None

    def test_never_by_name_or_e_mail_or_account(self, service):
        User.objects.filter(username="applicant").update(email="a@example.cn", full_name="张三")
        service.claims |= {"email": "a@example.cn", "email_verified": True, "preferred_username": "applicant"}
        client = Client()
        through(client)
        assert who(client) != world.user("applicant")
        assert who(client).email == ""

    @pytest.mark.parametrize("number", ["", "1", "110101199001011234", "\x00", "x" * 5000, None, ["1"], {"a": 1}])
    def test_a_number_that_is_none_is_not_looked_for(self, service, number):
        service.claims["id_number"] = number
        client = Client()
        through(client)
        assert who(client).person is None

    def test_who_is_signed_in_links_their_own(self, service):
        client = sign_in("county-reviewer")
        assert through(client, process="connect")["Location"] == "/accounts/where/"
        other = Client()
        through(other)
        assert who(other) == world.user("county-reviewer")
        assert Event.objects.get(action="identity.linked").stream == f"user:{world.user('county-reviewer').pk}"

    def test_linking_asks_for_the_password_first(self, service):
        client = sign_in("applicant")
        asked = client.post("/accounts/identity/province/login/", {"process": "connect"})
        assert asked["Location"].startswith("/accounts/reauthenticate/")
        wrong = client.post(asked["Location"], {"password": "not this one"})
        assert wrong.status_code == 200
        assert not SocialAccount.objects.exists()

    def test_a_password_shown_a_moment_ago_is_not_asked_for_again(self, service):
        client = sign_in("applicant")
        through(client, process="connect")
        client.post("/accounts/identity/unlink/")
        assert client.post("/accounts/identity/province/login/", {"process": "connect"})["Location"].startswith(
            provider.SERVER
        )

    @pytest.mark.parametrize("act", ["password", "out"])
    def test_what_a_security_administrator_does_unlinks(self, service, act):
        through(sign_in("county-reviewer"), process="connect")
        path = f"/staff/security/{world.user('county-reviewer').pk}/{act}/"
        sign_in("admin").post(path, {"reason": "suspected"})
        assert not SocialAccount.objects.exists()
        assert Event.objects.get(action="identity.unlinked").actor == "admin"

    def test_a_lost_second_step_unlinks_once_the_second_administrator_agrees(self, service):
        through(sign_in("county-reviewer"), process="connect")
        user = world.user("county-reviewer")
        Authenticator.objects.create(user=user, type="totp", data={})
        sign_in("admin").post(f"/staff/security/{user.pk}/factor/", {"reason": "suspected"})
        assert SocialAccount.objects.exists()
        sign_in("system-admin").post(f"/staff/security/lost/{user.pk}/agree/")
        assert not SocialAccount.objects.exists()
        assert Event.objects.get(action="identity.unlinked").actor == "system-admin"

    def test_a_lock_that_anybody_can_bring_about_unlinks_nothing(self, service):
        through(sign_in("county-reviewer"), process="connect")
        for _turn in range(5):
            try_to_sign_in("county-reviewer", "not this one")
        assert SocialAccount.objects.exists()

    def test_what_is_linked_to_one_is_not_taken_by_another(self, service):
        through(sign_in("applicant"), process="connect")
        through(sign_in("applicant2"), process="connect")
        assert SocialAccount.objects.get().user == world.user("applicant")

    def test_a_link_is_undone(self, service):
        client = sign_in("applicant")
        through(client, process="connect")
        client.post("/accounts/identity/unlink/")
        assert not SocialAccount.objects.exists()

    def test_not_when_nothing_else_opens_the_account(self, service):
        client = Client()
        through(client)
        assert client.post("/accounts/identity/unlink/").status_code == 403
        assert SocialAccount.objects.exists()

    def test_a_deactivated_account_stays_closed(self, service):
        user = owner_of("applicant")
        service.claims["id_number"] = SOMEBODY.id_number
        through(Client())
        user.is_active = False
        user.save()
        client = Client()
        through(client)
        assert not is_signed_in(client)


class TestStored:
    """Nothing of what it says is kept in clear."""

    def test_neither_subject_nor_number_nor_token(self, service):
        service.claims |= {"sub": SOMEBODY.id_number, "id_number": SOMEBODY.id_number, "name": SOMEBODY.name}
        client = Client()
        through(client)
        row = SocialAccount.objects.get()
        assert row.extra_data == {}
        assert SOMEBODY.id_number not in f"{row.uid}{who(client).username}{dict(client.session)}"
        assert row.socialtoken_set.count() == 0

    def test_no_token_of_the_service_even_where_the_site_would_store_them(self, service, settings):
        settings.SOCIALACCOUNT_STORE_TOKENS = True
        through(Client())
        assert not SocialToken.objects.exists()


class TestRefused:
    """A token that does not hold signs nobody in, and the page says what to do."""

    @pytest.mark.parametrize(
        "what, value",
        [
            ("key", provider.FOREIGN_KEY),
            ("algorithm", "none"),
            ("algorithm", "HS256"),
            ("audience", "somebody-else"),
            ("down", True),
            ("userinfo", {"sub": "another"}),
            ("claims", {"name": "张三"}),
        ],
    )
    def test_it(self, service, what, value):
        client = Client()
        there = client.post("/accounts/identity/province/login/")
        state = there["Location"].partition("state=")[2].partition("&")[0]
        setattr(service, what, value)
        answer = client.get("/accounts/identity/province/login/callback/", {"code": "c", "state": state})
        assert answer["Location"] == "/accounts/login/"
        assert "统一身份认证没有成功" in text_of(client.get("/accounts/login/"))
        assert not is_signed_in(client)

    @pytest.mark.parametrize("query", [{}, {"code": "c"}, {"code": "c", "state": "x"}, {"error": "access_denied"}])
    def test_an_answer_nobody_asked_for(self, service, query):
        client = Client()
        answer = client.get("/accounts/identity/province/login/callback/", query)
        assert answer["Location"] == "/accounts/login/"
        assert not is_signed_in(client)

    def test_a_service_that_is_down_is_told_of(self, service):
        service.down = True
        answer = Client().post("/accounts/identity/province/login/")
        assert answer["Location"] == "/accounts/login/"


def through(client, **asked):
    return provider.through(client, **asked)
