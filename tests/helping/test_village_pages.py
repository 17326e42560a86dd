"""The pages of help: saying who agreed, seeing and stopping helpers, a clerk's roster, scans and photos."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications import actions, attachments
from audit.models import Event
from helping.models import HelpedCase, Mandate, MandateEnd, Villager, VillageRoster
from helping.oral import reading_back
from helping.paper_forms import making
from helping.pins import making as making_pins
from helping.posted import photos
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.helping import village
from tests.helping.test_rosters import row, sheet
from tests.helping.village import AT

pytestmark = pytest.mark.django_db
AGREED = {"kind": "family", "way": "oral", "witness": "见证人甲", "how": village.HOW, "told": "on"}


def helped():
    """A case the helper filed, and its mandate; the person has the account applicant2."""
    case = world.stories.grant_case(world.cast(2, account="helper")).submit()
    mandate = HelpedCase.objects.get(application=case.application).mandate
    village.account_of(mandate)
    return case, mandate


class TestSayingWhoAgreed:
    """Asked of whoever files for somebody else, on a page of its own."""

    def draft(self):
        return world.stories.grant_case(world.cast(2, account="helper"))

    def test_the_check_page_leads_there_and_filing_waits_for_it(self, clock):
        case = self.draft()
        clock.move_to(case.later())
        client = sign_in("helper")
        check = reverse("applications:check", args=[case.public_id])
        way = reverse("helpers:authority", args=[case.public_id])
        assert way in text_of(client.get(check))
        answer = client.post(way, AGREED)
        assert answer.status_code == 302
        assert "已经登记" in text_of(client.get(way))
        assert way not in text_of(client.get(check))
        actions.submit(world.user("helper"), case.public_id, case.later(1), with_papers=False)

    def test_what_is_missing_stands_in_the_form_and_nothing_is_lost(self):
        case, client = self.draft(), sign_in("helper")
        answer = client.post(reverse("helpers:authority", args=[case.public_id]), {**AGREED, "witness": ""})
        assert answer.status_code == 422
        assert "请填写见证人的姓名" in text_of(answer)
        assert village.HOW in text_of(answer)
        assert not Mandate.objects.exists()

    def test_a_file_that_is_no_paper_is_refused(self):
        case, client = self.draft(), sign_in("helper")
        sent = {**AGREED, "way": "signed", "scan": SimpleUploadedFile("a.pdf", b"<script>", "application/pdf")}
        answer = client.post(reverse("helpers:authority", args=[case.public_id]), sent)
        assert answer.status_code == 422
        assert not Mandate.objects.exists()

    def test_it_tells_nobody_s_name_by_their_number(self):
        person = village.known(5)
        case, client = self.draft(), sign_in("helper")
        actions.save_answers(
            world.user("helper"), case.public_id, {"id_number": village.somebody(5).id_number, "name": "别人"}, case.at
        )
        answer = client.post(reverse("helpers:authority", args=[case.public_id]), AGREED)
        assert answer.status_code == 422
        assert person.name not in text_of(answer)

    def test_not_for_one_s_own_case_and_not_for_others(self):
        own, other = world.grant(), self.draft()
        assert sign_in("applicant").get(reverse("helpers:authority", args=[own.public_id])).status_code == 404
        assert sign_in("applicant").get(reverse("helpers:authority", args=[other.public_id])).status_code == 404


class TestWhoActsForMe:
    """The person sees and stops it."""

    def test_who_helps_how_they_agreed_and_what_was_done(self):
        helped()
        page = text_of(sign_in("applicant2").get("/applications/helpers/"))
        assert world.user("helper").full_name in page
        assert "本人口头同意，有见证人" in page
        assert "提交申请" in page

    def test_stopping_takes_the_case_from_the_helper_and_gives_it_to_the_person(self):
        case, mandate = helped()
        url = reverse("applications:detail", args=[case.public_id])
        helper, person = sign_in("helper"), sign_in("applicant2")
        assert helper.get(url).status_code == 200
        assert person.post(reverse("helpers:stop", args=[mandate.public_id])).status_code == 302
        assert helper.get(url).status_code == 404
        assert case.public_id not in text_of(helper.get("/applications/"))
        assert "您不能再看到和办理他的申请" in text_of(helper.get("/applications/helpers/"))
        assert "由我自己接着办" in text_of(person.get("/applications/helpers/"))
        assert person.post(reverse("helpers:take_over", args=[case.public_id])).status_code == 302
        assert person.get(url).status_code == 200

    def test_files_and_papers_go_with_the_case(self):
        case = world.stories.grant_case(world.cast(2, account="helper"))
        file = attachments.add(case.user, case.public_id, "id-copy", village.picture(), case.at)
        case.submit()
        mandate = HelpedCase.objects.get(application=case.application).mandate
        person = village.account_of(mandate)
        url = reverse("applications:attachment", args=[case.public_id, file.public_id])
        client = sign_in("helper")
        assert client.get(url).status_code == 200
        sign_in(person.username).post(reverse("helpers:stop", args=[mandate.public_id]))
        assert client.get(url).status_code == 404

    def test_letting_somebody_help_from_one_s_own_account(self):
        person = world.user("applicant2")
        person.person = village.known()
        person.save()
        client = sign_in("applicant2")
        sent = {"account": "helper", "kind": "family", "scopes": ["apply", "follow"], "told": "on"}
        assert client.post("/applications/helpers/add/", {**sent, "account": "nobody"}).status_code == 422
        assert client.post("/applications/helpers/add/", sent).status_code == 302
        mandate = Mandate.objects.get()
        assert (mandate.way, mandate.may_apply, mandate.may_receive) == ("own_account", True, False)

    @pytest.mark.parametrize("account", ["applicant", "village-clerk", "county-reviewer"])
    def test_nobody_else_stops_it_there(self, account):
        _case, mandate = helped()
        assert sign_in(account).post(reverse("helpers:stop", args=[mandate.public_id])).status_code == 404
        assert not MandateEnd.objects.exists()


class TestOfficials:
    """They see it beside the case, and end it because the person asked."""

    def test_the_review_page_says_who_filed_and_leads_to_the_record(self):
        case, mandate = helped()
        client = sign_in("school")
        url = reverse("helping:mandate", args=[mandate.public_id])
        assert url in text_of(client.get(f"/inbox/{case.public_id}/"))
        page = text_of(client.get(url))
        assert "见证人甲" in page
        assert "我可以随时停止帮办" in page
        assert Event.objects.filter(action="mandate.read", actor="school").count() == 1
        assert client.post(f"{url}end/", {"capacity": "nobody"}).status_code == 422
        assert client.post(f"{url}end/", {"capacity": "hotline"}).status_code == 302
        assert MandateEnd.objects.get().by == "hotline"

    def test_an_office_that_has_nothing_to_do_with_it_does_not(self):
        _case, mandate = helped()
        assert sign_in("other-county").get(reverse("helping:mandate", args=[mandate.public_id])).status_code == 404

    def test_an_oral_application_says_so_with_its_witness(self):
        draft = village.draft()
        given = world.stories.answers.recognition(village.somebody(), village.office().division_id)
        actions.save_answers(village.clerk(), draft.public_id, given, AT)
        client = sign_in("village-clerk")
        url = reverse("helping:oral", args=[draft.public_id])
        draft.refresh_from_db()
        sent = {"witness": "见证人乙", "phone": "13800138000", "how": village.HOW, "version": draft.version}
        assert client.post(url, sent).status_code == 422
        assert client.post(url, {**sent, "confirmed": "on"}).status_code == 302
        assert reading_back.latest_of(draft) is not None
        actions.submit(village.clerk(), draft.public_id, AT, with_papers=False)
        officials = draft.process_ref or type(draft).objects.get(pk=draft.pk).process_ref
        office = world.open_item(draft).queue.office
        official = office.posts.filter(role="clerk").exclude(user__username="village-clerk").first().user
        assert officials
        page = text_of(sign_in(official.username).get(f"/inbox/{draft.public_id}/"))
        assert "口头申请" in page
        assert "见证人乙" in page


class TestVillage:
    """The clerk's own pages."""

    def test_from_an_empty_roster_to_a_draft(self):
        client, person = sign_in("village-clerk"), village.somebody()
        office = village.office()
        assert client.post("/helping/", {"village": "示范村", "office": office.pk}).status_code == 302
        roster = VillageRoster.objects.get()
        sent = {"name": person.name, "id_number": person.id_number, "phone": person.phone}
        answer = client.post(reverse("helping:roster_add", args=[roster.pk]), sent)
        consent = reverse("helping:villager_consent", args=[Villager.objects.get().public_id])
        assert answer["Location"] == consent
        assert client.post(consent, {**AGREED, "told": ""}).status_code == 422
        assert client.post(consent, AGREED).status_code == 302
        start = reverse("helping:villager_start", args=[Villager.objects.get().public_id])
        answer = client.post(start, {"scheme": village.SCHEME})
        assert answer.status_code == 302
        assert person.phone in text_of(client.get(reverse("helping:villager", args=[Villager.objects.get().public_id])))
        page = text_of(client.get(reverse("helping:roster", args=[roster.pk])))
        assert person.name in page
        assert person.id_number not in page
        assert "还差" in page

    def test_a_file_with_faults_names_its_rows(self):
        roster, client = village.roster(), sign_in("village-clerk")
        url = reverse("helping:roster_import", args=[roster.pk])
        bad = SimpleUploadedFile("a.xlsx", sheet(row(0), ("某某", "1", "", "")))
        answer = client.post(url, {"file": bad})
        assert answer.status_code == 422
        assert "第3行" in text_of(answer)
        good = SimpleUploadedFile("a.xlsx", sheet(row(0), row(1)))
        assert client.post(url, {"file": good}).status_code == 302
        assert Villager.objects.count() == 2

    def test_another_clerk_finds_nothing(self):
        made = village.villager()
        client = sign_in("township")
        for name, key in (
            ("roster", made.roster_id),
            ("villager", made.public_id),
            ("villager_consent", made.public_id),
        ):
            assert client.get(reverse(f"helping:{name}", args=[key])).status_code == 404

    def test_reading_a_roster_is_on_the_record(self):
        made = village.villager()
        sign_in("village-clerk").get(reverse("helping:roster", args=[made.roster_id]))
        event = Event.objects.get(action="village.read")
        assert event.data["count"] == 1
        assert made.person.name not in str(event.data)

    def test_the_printed_form_is_a_download_of_who_made_it(self):
        draft = village.draft()
        client = sign_in("village-clerk")
        assert client.post(reverse("helping:form_make", args=[draft.public_id])).status_code == 302
        form = draft.paper_forms.get()
        answer = client.get(reverse("helping:form", args=[form.code]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert "attachment" in answer["Content-Disposition"]
        assert sign_in("township").get(reverse("helping:form", args=[form.code])).status_code == 404

    def test_a_photo_without_code_is_filed_by_the_number(self):
        draft = village.draft()
        form = making.make(village.clerk(), draft.public_id, AT)
        client = sign_in("village-clerk")
        answer = client.post("/helping/scans/", {"files": village.picture(), "code": form.code})
        assert answer.status_code == 302
        assert draft.attachments.get().paper == attachments.SIGNED_FORM

    def test_a_photo_of_a_notice_hangs_on_it_for_officials(self, clock):
        case = world.stories.phase_out_to_notice(world.cast(0))
        notice = case.application.notices.get()
        clock.move_to(case.later())
        day = photos.period_of(notice)[0]
        sent = {"taken_on_year": day.year, "taken_on_month": day.month, "taken_on_day": day.day, "place": "公示栏"}
        client, url = sign_in("village-clerk"), reverse("helping:notice", args=[notice.pk])
        assert client.post(url, {**sent, "photo": village.picture(), "taken_on_year": 2020}).status_code == 422
        assert client.post(url, {**sent, "photo": village.picture()}).status_code == 302
        photo = notice.photos.get()
        link = reverse("helping:notice_photo", args=[photo.public_id])
        township = sign_in("township")
        assert link in text_of(township.get(f"/inbox/{case.public_id}/"))
        assert township.get(link)["Content-Type"] == "image/jpeg"
        assert sign_in("school").get(link).status_code == 404


class TestHotline:
    """Whoever has just given number and PIN can have the help ended by telephone."""

    def test_after_answering_and_without_a_name(self):
        case, mandate = helped()
        pin = making_pins.make(case.user, case.public_id, case.at)
        client, url = sign_in("hotline"), reverse("helping:mandate_end", args=[mandate.public_id])
        assert client.post(url, {"capacity": "hotline"}).status_code == 404
        page = text_of(client.post("/helping/hotline/", {"number": case.application.number, "pin": pin}))
        assert url in page
        assert world.user("helper").full_name not in page
        assert mandate.person.name not in page
        assert client.get(reverse("helping:mandate", args=[mandate.public_id])).status_code == 404
        assert client.post(url, {"capacity": "hotline"}).status_code == 302
        assert MandateEnd.objects.get().by == "hotline"

    def test_a_village_clerk_sees_no_colleague_s_mandates(self):
        made = village.villager(name="township")
        url = reverse("helping:mandate", args=[made.person.mandates.get().public_id])
        assert sign_in("village-clerk").get(url).status_code == 404
        assert sign_in("township").get(url).status_code == 200
