"""A sign-in ends after its time or elsewhere, says why, and what was typed is not lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from people.models import DataKey, KeptForm, Office, SignIn
from project.demo.directory import MENGZI
from project.sign_in import kept, sessions
from tests import world
from tests.approvals.desk import text_of
from tests.project.signing import actions_of, is_signed_in, signed_in, try_to_sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled", "clock")]
OFFICIAL, APPLICANT = "county-reviewer", "applicant"
MINUTE, HOUR = 60, 3600
FORM = "/staff/offices/1/appoint/"


@pytest.fixture(autouse=True)
def _minutes(settings):
    settings.IDLE_MINUTES_STAFF, settings.IDLE_MINUTES_APPLICANTS = 30, 60


def page_of(client, path="/"):
    return text_of(client.get(path, headers={"Accept": "text/html"}, follow=True))


class TestIdle:
    """Thirty minutes for officials, sixty for applicants."""

    @pytest.mark.parametrize("name, minutes", [(OFFICIAL, 30), (APPLICANT, 60)])
    def test_it_ends_after_its_minutes_and_says_why(self, name, minutes, clock):
        client = signed_in(name)
        clock.shift(minutes * MINUTE + 1)
        assert "很久没有操作" in page_of(client)
        assert not is_signed_in(client)
        assert SignIn.objects.get().why == "idle"

    @pytest.mark.parametrize("name, minutes", [(OFFICIAL, 30), (APPLICANT, 60)])
    def test_it_does_not_end_before(self, name, minutes, clock):
        client = signed_in(name)
        clock.shift(minutes * MINUTE - 1)
        assert is_signed_in(client)

    def test_every_act_begins_the_time_anew(self, clock):
        client = signed_in(OFFICIAL)
        for _turn in range(4):
            clock.shift(20 * MINUTE)
            assert is_signed_in(client)

    def test_a_question_of_the_script_is_no_act(self, clock):
        client = signed_in(OFFICIAL)
        clock.shift(20 * MINUTE)
        left = client.get("/accounts/remaining/", headers={"X-Zhida-Quiet": "1"}).json()
        assert left["idle"] == 10 * MINUTE
        clock.shift(11 * MINUTE)
        assert not is_signed_in(client)

    def test_one_press_extends_it(self, clock):
        client = signed_in(OFFICIAL)
        clock.shift(29 * MINUTE)
        assert client.post("/accounts/extend/", headers={"Accept": "application/json"}).json()["idle"] == 30 * MINUTE
        clock.shift(29 * MINUTE)
        assert is_signed_in(client)

    def test_without_script_the_press_leads_back_to_the_page(self):
        client = signed_in(OFFICIAL)
        answer = client.post("/accounts/extend/", headers={"Referer": "http://testserver/inbox/?due=week"})
        assert answer["Location"] == "/inbox/?due=week"

    def test_four_hours_end_it_in_any_case(self, clock):
        client = signed_in(OFFICIAL)
        for _turn in range(12):
            clock.shift(20 * MINUTE)
            client.get("/")
        assert "最长时间" in page_of(client) or not is_signed_in(client)
        assert SignIn.objects.get().why == "age"

    def test_reading_is_noted_once_a_minute(self, clock):
        client = signed_in(APPLICANT)
        clock.shift(30)
        seen = SignIn.objects.get().seen_at
        client.get("/")
        assert SignIn.objects.get().seen_at == seen

    def test_the_end_is_on_record(self, clock):
        client = signed_in(OFFICIAL)
        clock.shift(HOUR)
        client.get("/")
        assert actions_of(OFFICIAL) == ["signin.in", "signin.out"]

    def test_the_page_tells_the_script_when_it_ends(self):
        page = page_of(signed_in(OFFICIAL))
        assert f'data-idle="{30 * MINUTE}"' in page
        assert "data-idle" not in page_of(Client())


class TestKept:
    """The form that came too late is kept for its own account and sent on with a press."""

    def late(self, clock, **data):
        client = signed_in("admin")
        clock.shift(HOUR)
        answer = client.post(
            FORM, {"username": "zhang", "role": "clerk", **data}, headers={"Referer": f"http://testserver{FORM}"}
        )
        assert answer["Location"].startswith("/accounts/login/")
        return client

    def test_it_is_offered_after_signing_in_again(self, clock):
        client = self.late(clock)
        try_to_sign_in("admin", client=client)
        answer = client.get("/", headers={"Accept": "text/html"})
        assert answer["Location"] == "/accounts/kept/"
        page = text_of(client.get("/accounts/kept/"))
        assert f'action="{FORM}"' in page
        assert 'name="username" value="zhang"' in page

    def test_it_leads_there_once(self, clock):
        client = self.late(clock)
        try_to_sign_in("admin", client=client)
        client.get("/", headers={"Accept": "text/html"})
        assert client.get("/", headers={"Accept": "text/html"}).status_code == 200

    def test_before_it_is_sent_on_the_page_says_where_it_goes_and_what_it_holds(self, clock):
        client = self.late(clock)
        try_to_sign_in("admin", client=client)
        shown = text_of(client.get("/accounts/kept/")).partition("</dl>")[0]
        assert f'govuk-summary-list__value">{FORM}<' in shown
        assert 'govuk-summary-list__value">人员<' in shown
        assert "<li>zhang</li>" in shown

    def test_what_was_refused_is_kept_for_another_press(self, clock):
        client = self.late(clock)
        try_to_sign_in("admin", client=client)
        office = Office.objects.get(division_id=MENGZI, function="hrss")
        answer = client.post(f"/staff/offices/{office.pk}/appoint/", {"username": "nobody", "kept_form": "1"})
        assert answer.status_code == 422
        assert KeptForm.objects.exists()

    def test_what_went_through_is_gone(self, clock):
        client = self.late(clock)
        try_to_sign_in("admin", client=client)
        answer = client.post("/preferences/language/", {"language": "en", "kept_form": "1"})
        assert answer.status_code == 302
        assert not KeptForm.objects.exists()

    def test_a_question_of_the_script_meanwhile_loses_nothing(self, clock):
        client = signed_in("admin")
        clock.shift(HOUR)
        client.get("/accounts/remaining/", headers={"X-Zhida-Quiet": "1"})
        client.post(FORM, {"username": "zhang"})
        assert KeptForm.objects.get().user == world.user("admin")

    @pytest.mark.parametrize("why", ["elsewhere", "security", "new_sign_in", "signed_out"])
    def test_a_sign_in_ended_for_another_reason_leaves_none(self, why):
        client = signed_in("admin")
        sessions.end_others(world.user("admin"), "", why, timezone.now())
        client.post(FORM, {"username": "zhang"})
        assert not KeptForm.objects.exists()

    def test_nor_does_a_session_that_somebody_deleted(self):
        client = signed_in("admin")
        client.session.delete()
        client.post(FORM, {"username": "zhang"})
        assert (KeptForm.objects.count(), SignIn.objects.get().why) == (0, "security")

    def test_one_whose_time_ran_out_leaves_its_form_once(self, clock):
        client = signed_in("admin")
        key = client.session.session_key
        clock.shift(5 * HOUR)
        sessions.clear(timezone.now())
        client.post(FORM, {"username": "zhang"})
        assert KeptForm.objects.get().user == world.user("admin")
        kept.drop(world.user("admin"))
        thief = Client()
        thief.cookies["sessionid"] = key
        thief.post(FORM, {"username": "planted"})
        assert not KeptForm.objects.exists()

    def test_the_cookie_of_a_sign_in_that_ended_plants_nothing(self, clock):
        client = signed_in("admin")
        key = client.session.session_key
        clock.shift(HOUR)
        client.get("/")
        thief = Client()
        thief.cookies["sessionid"] = key
        thief.post(FORM, {"username": "planted"})
        assert not KeptForm.objects.exists()

    def test_nobody_else_is_offered_it(self, clock):
        client = self.late(clock)
        try_to_sign_in("auditor", client=client)
        assert client.get("/accounts/kept/").status_code == 404

    def test_it_is_sealed(self, clock):
        self.late(clock, full_name="张三丰")
        row = KeptForm.objects.get()
        assert "张三丰".encode() not in bytes(row.sealed)

    def test_no_password_code_token_or_file_is_kept(self, clock):
        file = SimpleUploadedFile("a.txt", b"x")
        secrets = {"password": "p", "oldPassword": "q", "code": "1", "case_pin": "2", "csrfmiddlewaretoken": "t"}
        self.late(clock, **secrets, opinion="同意", upload=file)
        row = KeptForm.objects.get()
        names = {name for name, _values in kept.entries_of(row)}
        assert names == {"username", "role", "opinion"}
        assert row.had_files

    def test_an_autosave_is_not_kept(self, clock):
        self.late(clock, autosave="1")
        assert not KeptForm.objects.exists()

    def test_what_is_too_large_is_not_kept(self, clock):
        self.late(clock, text="字" * (kept.LARGEST + 1))
        assert not KeptForm.objects.exists()

    def test_the_press_that_drops_it_deletes_its_key(self, clock):
        client = self.late(clock)
        key = KeptForm.objects.get().data_key_id
        try_to_sign_in("admin", client=client)
        client.post("/accounts/kept/drop/")
        assert not KeptForm.objects.exists()
        assert not DataKey.objects.filter(pk=key).exists()

    def test_after_two_hours_the_clock_deletes_it(self, clock):
        client = self.late(clock)
        clock.shift(2 * HOUR)
        try_to_sign_in("admin", client=client)
        assert client.get("/accounts/kept/").status_code == 404
        assert kept.clear(timezone.now()) == 1

    def test_without_a_token_of_ours_nothing_is_kept(self, clock):
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.user("admin"))
        clock.shift(HOUR)
        assert client.post(FORM, {"username": "zhang"}).status_code == 403
        assert not KeptForm.objects.exists()


class TestElsewhere:
    """Where one is signed in, and ending it elsewhere."""

    def test_the_page_names_every_place(self):
        agents = ("Mozilla/5.0 (Windows NT 10.0) Chrome/120", "Mozilla/5.0 (iPhone) MicroMessenger/8")
        clients = [signed_in(APPLICANT, **{"User-Agent": agent}) for agent in agents]
        page = page_of(clients[0], "/accounts/where/")
        assert "Chrome · Windows" in page
        assert "微信 · iPhone" in page

    def test_signing_out_elsewhere_ends_all_but_this_one(self):
        one, other = signed_in(APPLICANT), signed_in(APPLICANT)
        one.post("/accounts/where/end/")
        assert is_signed_in(one)
        assert "您在别处退出了" in page_of(other)
        assert not is_signed_in(other)

    def test_the_reason_is_told_once(self):
        one, other = signed_in(APPLICANT), signed_in(APPLICANT)
        one.post("/accounts/where/end/")
        page_of(other)
        assert "您在别处退出了" not in page_of(other)

    def test_nobody_ends_what_is_anothers(self):
        mine, theirs = signed_in(APPLICANT), signed_in("applicant2")
        mine.post("/accounts/where/end/")
        assert is_signed_in(theirs)

    def test_the_row_of_what_ended_holds_no_key(self):
        client = signed_in(APPLICANT)
        key = client.session.session_key
        client.post("/accounts/logout/")
        assert SignIn.objects.get().key not in ("", key)

    def test_signing_out_ends_the_row(self):
        client = signed_in(APPLICANT)
        client.post("/accounts/logout/")
        assert SignIn.objects.get().why == "signed_out"

    def test_a_new_password_ends_every_other_sign_in(self):
        one, other = signed_in(APPLICANT), signed_in(APPLICANT)
        new = {"oldpassword": world.PASSWORD, "password1": "Lan-tian-2026", "password2": "Lan-tian-2026"}
        assert one.post("/accounts/password/change/", new).status_code == 302
        assert is_signed_in(one)
        assert not is_signed_in(other)
        assert SignIn.objects.filter(ended_at__isnull=True).get().key == one.session.session_key

    def test_the_clock_closes_rows_whose_time_has_run_out(self, clock):
        signed_in(APPLICANT)
        clock.shift(5 * HOUR)
        assert sessions.clear(timezone.now()) == 1
        assert SignIn.objects.get().why == "age"

    def test_and_deletes_old_ones(self, clock):
        signed_in(APPLICANT).post("/accounts/logout/")
        clock.shift(181 * 24 * HOUR)
        assert sessions.clear(timezone.now()) == 1
        assert not SignIn.objects.exists()


class TestSingle:
    """Where the site asks for it, a new sign-in ends the earlier ones and both sides are told."""

    def test_of_officials(self, settings):
        settings.SINGLE_SESSION = "staff"
        one = signed_in(OFFICIAL)
        other = signed_in(OFFICIAL)
        assert "别处的1个登录已经结束" in page_of(other)
        assert "刚在别处登录" in page_of(one)
        assert not is_signed_in(one)
        assert is_signed_in(other)

    def test_not_of_applicants_then(self, settings):
        settings.SINGLE_SESSION = "staff"
        one, _other = signed_in(APPLICANT), signed_in(APPLICANT)
        assert is_signed_in(one)

    def test_of_everybody(self, settings):
        settings.SINGLE_SESSION = "all"
        one, _other = signed_in(APPLICANT), signed_in(APPLICANT)
        assert not is_signed_in(one)

    def test_off_is_the_default(self):
        one, _other = signed_in(OFFICIAL), signed_in(OFFICIAL)
        assert is_signed_in(one)


def test_what_programs_send_is_left_unread_for_its_view():
    assert signed_in(OFFICIAL).post("/told/reports/", {"a": "b"}).status_code < 500
