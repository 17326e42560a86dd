"""What an account may know, take along, have corrected and have erased; and what it agreed to."""

import io
import json
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from applications import actions
from applications import answers as answers_of
from applications.reuse import sources
from archives.erasing import law_holds
from archives.models import DataExport, DataRequest
from archives.my_data import about, agreed, copies, corrections, erasures, mandates, reads, writing
from archives.my_data.corrections import Asked
from archives.my_data.verdicts import verdict_on, verdicts_on
from audit import chain
from audit.models import Event
from audit.verify import verify
from helping.models import Mandate
from helping.standing import end_mandate
from people import consents, vault
from people.models import Consent, ConsentText
from people.refusals import Conflict, Invalid, NotFound
from project.demo.pictures import card
from tests import world
from tests.archives.shelves import KEEPER, filed, office, refused

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/applications/my-data/"
NEW_PHONE = "13987654321"


@pytest.fixture
def case():
    return world.grant(2).submit()


def asked(case, field="phone", right=NEW_PHONE, **changes):
    given = {"case": case.public_id, "field": field, "right": right, "why": "换了号码。", "proof": card("户口簿")}
    return Asked(**{**given, **changes})


def keeper_of(case):
    """Whoever answers at the office that has the case."""
    return world.user("school")


class TestConsents:
    """By version."""

    def test_filing_records_each_declaration_with_version_language_and_day(self, case):
        rows = list(Consent.objects.filter(case_ref=case.public_id).select_related("text").order_by("id"))
        definition = case.application.definition
        assert [row.text.zh for row in rows] == [one.zh for one in definition.declarations]
        assert {(row.by, row.given_at, row.language) for row in rows} == {(case.user, rows[0].given_at, "zh-hans")}
        assert [row.text.code for row in rows] == [f"grad-jobseeking.{n}" for n in range(1, len(rows) + 1)]
        assert all(row.text.version == 1 and len(row.text.sha256) == 64 for row in rows)

    def test_the_language_it_was_read_in_is_kept(self):
        draft = world.grant(2)
        with translation.override("en"):
            draft.submit()
        assert set(Consent.objects.filter(case_ref=draft.public_id).values_list("language", flat=True)) == {"en"}

    def test_another_wording_is_another_version_and_the_same_is_the_same(self):
        day = world.START.date()
        first = consents.kept([consents.Wording("a.1", "我同意一。", "I agree to one.")], day)[0]
        again = consents.kept([consents.Wording("a.1", "我同意一。", "I agree to one.")], day)[0]
        second = consents.kept([consents.Wording("a.1", "我同意二。", "I agree to two.")], day)[0]
        assert (first.pk, first.version, second.version) == (again.pk, 1, 2)
        assert consents.recorded("a.1", 1).zh == "我同意一。"

    def test_a_statement_cannot_be_taken_back(self, case):
        statement = Consent.objects.filter(case_ref=case.public_id, text__withdrawable=False).first()
        with pytest.raises(NotFound):
            agreed.withdraw(case.user, statement.pk, case.later())
        with pytest.raises(Conflict):
            consents.withdraw(case.user, statement.pk, case.later())

    def test_taking_one_back_withdraws_the_case_that_runs_on_it(self, case, client):
        consent = Consent.objects.filter(case_ref=case.public_id, text__withdrawable=True).first()
        assert agreed.effect_of(case.user, consent, case.at) == "running"
        client.force_login(case.user)
        page = client.get(f"{PAGE}consents/{consent.pk}/").content.decode()
        assert str(agreed.EFFECTS["running"]) in page
        assert client.post(f"{PAGE}consents/{consent.pk}/").status_code == 422
        assert client.post(f"{PAGE}consents/{consent.pk}/", {"sure": "on"}).status_code == 302
        case.application.refresh_from_db()
        assert case.application.state == "withdrawn"
        assert Event.objects.filter(stream=case.application.stream, action="consent.withdrawn").count() == 1
        with pytest.raises(NotFound):
            agreed.withdraw(case.user, consent.pk, case.later())

    def test_after_the_end_it_changes_nothing_that_was_done(self):
        case = refused()
        consent = Consent.objects.filter(case_ref=case.public_id, text__withdrawable=True).first()
        agreed.withdraw(case.user, consent.pk, case.later())
        case.application.refresh_from_db()
        assert case.application.state == "refused"
        assert [one["case_ref"] for one in consents.cases_taken_back(case.user)] == [case.public_id]

    def test_a_case_whose_consent_was_taken_back_is_not_used_for_new_ones(self):
        case = refused()
        draft = world.grant(2).application
        assert sources.has_earlier(case.user, draft, case.later())
        consent = Consent.objects.filter(case_ref=case.public_id, text__withdrawable=True).first()
        agreed.withdraw(case.user, consent.pk, case.later())
        assert not sources.has_earlier(case.user, draft, case.later())

    def test_nobody_takes_back_for_another(self, case):
        consent = Consent.objects.filter(case_ref=case.public_id, text__withdrawable=True).first()
        with pytest.raises(NotFound):
            agreed.withdraw(world.user("applicant2"), consent.pk, case.later())

    def test_a_version_can_be_read_later(self, case, client):
        text = ConsentText.objects.get(code="grad-jobseeking.1")
        client.force_login(case.user)
        assert text.zh in client.get(f"{PAGE}texts/{text.code}/1/").content.decode()
        assert client.get(f"{PAGE}texts/{text.code}/9/").status_code == 404


class TestWhoLooked:
    """By office and post, never by name."""

    def test_looks_of_others_are_listed_and_ones_own_are_not(self, case, client):
        school = world.user("school")
        chain.record_read(school.username, "case.read", subject=case.public_id)
        chain.record_read(case.user.username, "case.read", subject=case.public_id)
        (look,) = reads.reads_of([case.public_id], case.user.username)
        office = case.item().queue.office
        assert office.label in look.who
        client.force_login(case.user)
        page = client.get(PAGE).content.decode()
        assert office.label in page
        assert school.full_name not in page

    def test_nobody_sees_looks_at_anothers_case(self, case, client):
        chain.record_read("school", "case.read", subject=case.public_id)
        client.force_login(world.user("applicant2"))
        assert case.application.number not in client.get(PAGE).content.decode()


class TestCopies:
    """ZIP, sealed, seven days."""

    def opened(self, user, copy, at):
        return zipfile.ZipFile(io.BytesIO(b"".join(copies.opened(copies.copy_of(user, copy.pk), at))))

    def test_it_holds_answers_papers_and_consents(self, case):
        copy, at = copies.ask(case.user, timezone.now()), timezone.now()
        copy.refresh_from_db()
        assert copy.state == "ready"
        pack = self.opened(case.user, copy, at)
        told = json.loads(pack.read("my-data.json"))
        (one,) = [found for found in told["cases"] if found["id"] == case.public_id]
        number = answers_of.read(case.application)["id_number"]
        assert number in "".join(one["answers"].values()).replace(" ", "")
        assert len(told["consents"]) == Consent.objects.filter(by=case.user).count()
        assert "我的个人信息" in pack.read("my-data.html").decode()
        with default_storage.open(copy.stored) as sealed:
            assert number.encode() not in sealed.read()

    def test_nobody_else_opens_it_and_it_ends(self, case, client):
        copy = copies.ask(case.user, timezone.now())
        client.force_login(world.user("applicant2"))
        assert client.get(f"{PAGE}copy/{copy.pk}/").status_code == 404
        client.force_login(case.user)
        response = client.get(f"{PAGE}copy/{copy.pk}/")
        assert (response.status_code, response["X-Content-Type-Options"]) == (200, "nosniff")
        assert response["Content-Disposition"].startswith("attachment")
        b"".join(response.streaming_content)
        copy.refresh_from_db()
        stored = copy.stored
        assert copy.fetched == 1
        assert copies.expire(copy.expires_at) == 1
        assert not default_storage.exists(stored)
        assert client.get(f"{PAGE}copy/{copy.pk}/").status_code == 409
        copy.refresh_from_db()
        assert copy.data_key.destroyed_at is not None

    def test_one_at_a_time(self, case, monkeypatch):
        monkeypatch.setattr(copies, "make_copy", SimpleNamespace(enqueue=lambda pk: None))
        first, second = (copies.ask(case.user, case.later()) for _time in "12")
        assert first.pk == second.pk
        assert copies.make_due(case.later()) == 1
        assert copies.make_due(case.later()) == 0

    def test_it_is_noted_when_it_is_taken(self, case):
        copy = copies.ask(case.user, timezone.now())
        list(copies.opened(copies.copy_of(case.user, copy.pk), timezone.now()))
        actions_noted = Event.objects.filter(stream=f"account:{case.user.pk}").values_list("action", flat=True)
        assert list(actions_noted.order_by("seq")) == ["data.exported", "data.export_made", "data.export_read"]
        assert DataExport.objects.count() == 1


class TestCorrections:
    """With proof, answered by the office."""

    def test_the_record_changes_and_what_was_filed_and_decided_does_not(self, case):
        application, person = case.application, case.application.subject
        frozen = (bytes(application.answers), [bytes(one.answers) for one in application.rounds.all()])
        row = corrections.ask(case.user, asked(case), case.later())
        corrections.accept(keeper_of(case), row.pk, "已核对户口簿。", case.later(2))
        person.refresh_from_db()
        application.refresh_from_db()
        assert vault.decrypt(person.data_key, bytes(person.phone), "phone") == NEW_PHONE
        assert person.phone_index == vault.blind_index("phone", NEW_PHONE)
        assert (bytes(application.answers), [bytes(one.answers) for one in application.rounds.all()]) == frozen
        row.refresh_from_db()
        assert vault.decrypt(row.data_key, bytes(row.after), corrections.AFTER) == NEW_PHONE
        assert vault.decrypt(row.data_key, bytes(row.before), corrections.BEFORE)
        assert NEW_PHONE.encode() not in bytes(row.details) + bytes(row.after)
        assert verify([]).fault is None

    def test_a_name_is_corrected_too(self, case):
        row = corrections.ask(case.user, asked(case, "name", "杨丽华"), case.later())
        corrections.accept(keeper_of(case), row.pk, "已核对。", case.later(2))
        case.application.subject.refresh_from_db()
        assert case.application.subject.name == "杨丽华"

    def test_a_refusal_says_why_and_changes_nothing(self, case):
        before = bytes(case.application.subject.phone)
        row = corrections.ask(case.user, asked(case), case.later())
        corrections.refuse(keeper_of(case), row.pk, "证明材料不清楚。", case.later(2))
        case.application.subject.refresh_from_db()
        row.refresh_from_db()
        assert bytes(case.application.subject.phone) == before
        assert (row.state, corrections.answer_of(row)) == ("refused", "证明材料不清楚。")

    @pytest.mark.parametrize("field, right", [("phone", "123"), ("name", "1"), ("certificate", "abc"), ("name", "")])
    def test_what_cannot_be_is_refused_at_once(self, case, field, right):
        with pytest.raises(Invalid) as refusal:
            corrections.ask(case.user, asked(case, field, right), case.later())
        assert set(refusal.value.errors) == {"right"}
        assert not DataRequest.objects.exists()

    def test_proof_that_is_no_paper_is_refused(self, case):
        proof = SimpleUploadedFile("a.pdf", b"<html><script>alert(1)</script></html>")
        with pytest.raises(Invalid):
            corrections.ask(case.user, asked(case, proof=proof), case.later())

    def test_nobody_asks_about_anothers_case(self, case):
        with pytest.raises(NotFound):
            corrections.ask(world.user("applicant2"), asked(case), case.later())

    def test_the_same_is_asked_once_at_a_time(self, case):
        corrections.ask(case.user, asked(case), case.later())
        with pytest.raises(Conflict):
            corrections.ask(case.user, asked(case), case.later())

    def test_it_is_answered_once_and_by_its_office(self, case):
        row = corrections.ask(case.user, asked(case), case.later())
        with pytest.raises(NotFound):
            corrections.accept(world.user("other-county"), row.pk, "是。", case.later(2))
        with pytest.raises(Invalid):
            corrections.accept(keeper_of(case), row.pk, " ", case.later(2))
        corrections.accept(keeper_of(case), row.pk, "是。", case.later(2))
        with pytest.raises(Conflict):
            corrections.refuse(keeper_of(case), row.pk, "否。", case.later(2))

    def test_the_pages_of_both_sides(self, case, client):
        client.force_login(case.user)
        form = {"case": case.public_id, "field": "phone", "right": NEW_PHONE, "why": "换了号码。"}
        assert client.post(f"{PAGE}correct/", form).status_code == 422
        assert client.post(f"{PAGE}correct/", {**form, "proof": card("户口簿")}).status_code == 302
        row = DataRequest.objects.get()
        client.force_login(keeper_of(case))
        assert case.application.number in client.get("/archives/requests/").content.decode()
        page = client.get(f"/archives/requests/{row.pk}/").content.decode()
        assert NEW_PHONE in page.replace(" ", "")
        proof = client.get(f"/archives/requests/{row.pk}/evidence/")
        assert (proof["Content-Security-Policy"], proof["X-Content-Type-Options"]) == ("sandbox", "nosniff")
        answer = {"outcome": "accept", "answer": "已核对。"}
        assert client.post(f"/archives/requests/{row.pk}/", {"outcome": "accept"}).status_code == 422
        assert client.post(f"/archives/requests/{row.pk}/", answer).status_code == 302
        client.force_login(case.user)
        assert "已核对。" in client.get(PAGE).content.decode()


class TestErasure:
    """What can be erased, what cannot, and why."""

    def test_drafts_go_at_once_and_everything_else_is_answered(self, case):
        draft = world.grant(4)
        row = erasures.ask(case.user, case.later())
        told = {one["case"]: one["code"] for one in erasures.told_in(row)}
        assert told == {draft.public_id: "erased", case.public_id: "running"}
        assert not actions.Application.objects.filter(public_id=draft.public_id).exists()
        assert verify([]).fault is None

    def test_a_draft_under_a_hold_stays_and_the_answer_says_so(self):
        """The hold names the person; the draft names them by its answers alone."""
        case, _row = filed()
        draft = world.grant(2)
        about = law_holds.Asked("person", world.answers_of(case)["id_number"], "1号", "诉讼。", case.at.date())
        law_holds.place(world.user(KEEPER), office().pk, about, case.at)
        told = {one["case"]: one["code"] for one in erasures.told_in(erasures.ask(case.user, case.later()))}
        assert told[draft.public_id] == "held"
        assert draft.application.data_key.destroyed_at is None

    def test_more_drafts_need_no_more_statements(self):
        case, _row = filed()
        about_it = law_holds.Asked("person", world.answers_of(case)["id_number"], "1号", "诉讼。", case.at.date())
        law_holds.place(world.user(KEEPER), office().pk, about_it, case.at)
        drafts = [world.grant(n).application.pk for n in (4, 5, 6)]
        told = []
        for some in (drafts[:1], drafts):
            rows = list(actions.Application.objects.filter(pk__in=some).select_related("data_key"))
            with CaptureQueriesContext(connection) as statements:
                told.append([one.code for one in verdicts_on(rows, case.at)])
            told.append(len(statements))
        assert (told[0], told[2]) == (["draft"], ["draft"] * 3)
        assert told[1] == told[3]

    def test_a_closed_case_is_kept_until_its_day_and_says_so(self):
        case, row = filed()
        verdict = verdict_on(case.application, case.later())
        assert (verdict.code, verdict.until) == ("kept", row.volume.expires_on)
        far = world.START + timedelta(days=365 * 12)
        assert verdict_on(case.application, far).code == "due"

    def test_the_page_tells_before_it_does(self, case, client):
        client.force_login(case.user)
        assert "正在办理" in client.get(f"{PAGE}erase/").content.decode()
        assert client.post(f"{PAGE}erase/").status_code == 422
        assert client.post(f"{PAGE}erase/", {"sure": "on"}).status_code == 302
        assert "正在办理" in client.get(PAGE).content.decode()


class TestWhoIsShownWhat:
    """A number typed proves nothing."""

    def test_an_account_sees_the_record_of_a_person_only_where_it_is_that_person(self, case):
        person = case.application.subject
        assert about.person_of(case.user) is None
        case.user.person = person
        case.user.save()
        shown = about.numbers_of(about.person_of(case.user), masked=True)
        assert shown["id_number"].startswith(world.answers_of(case)["id_number"][:6])
        assert "****" in shown["id_number"]


class TestMandates:
    """Who may act for them, and for whom they may act: since when, until when; on the page and in the copy."""

    def test_both_sides_see_it_and_that_it_was_ended(self, client):
        case = world.stories.grant_case(world.cast(2, account="helper")).submit()
        subject, person_user, helper = case.application.subject, world.user("applicant"), case.user
        mandate = Mandate.objects.get(person=subject)
        person_user.person = subject
        person_user.save()
        (mine,), (theirs,) = mandates.for_me(person_user, case.at), mandates.by_me(helper, case.at)
        assert (mine.helper, mine.state, mine.ended) == (theirs.helper, "running", "")
        ended = case.later(24)
        end_mandate(person_user, mandate, ended)
        (told,) = writing._mandates(person_user, ended)["helpers"]
        since, until = (f"{timezone.localdate(moment):%Y-%m-%d}" for moment in (mandate.recorded_at, ended))
        assert (told["since"], told["ended"][:10], told["who"]) == (since, until, mine.helper)
        assert [one["who"] for one in writing._mandates(helper, case.later())["helped"]] == [subject.name]
        for user, name in ((person_user, mine.helper), (helper, subject.name)):
            client.force_login(user)
            page = client.get(PAGE).content.decode()
            assert name in page
            assert str(theirs.mandate.get_way_display()) in page

    def test_an_account_nobody_knows_sees_nobodys(self):
        case = world.stories.grant_case(world.cast(2, account="helper")).submit()
        assert mandates.for_me(world.user("applicant2"), case.at) == []
        assert mandates.by_me(world.user("applicant2"), case.at) == []
