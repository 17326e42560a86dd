"""Papers of the procedure that no decision makes: what they say, whom they are for, who may read them."""

import re
from datetime import timedelta

import pytest
import time_machine

from approvals import notices, review
from approvals.complaints import filing, handling
from approvals.exofficio import replying
from approvals.history.story import history_of
from approvals.letters.statements import HearingReply
from approvals.models import Objection
from approvals.timing import changes
from audit.models import Event
from papers import codes, reading
from papers.models import Paper
from people.refusals import Conflict, Invalid
from project.demo.stories import refuse
from tests import stages, world
from tests.approvals import exofficio, visiting
from tests.approvals.desk import text_of
from tests.stages import AT_STAGE, noticed, official

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
REASON = "正在向毕业学校核实学籍。"
ANSWER = "经核实，该生已经就业，不再符合条件。"
CONTACT = "李四 13800000000"
HELD = "由本机关法制机构主持。"


def paper_of(case, kind):
    return Paper.objects.get(case_ref=case.public_id, kind=kind)


def words_of(paper):
    return text_in(reading.content(paper))


def text_in(content):
    return "\n".join(text for _field, text in content.texts())


def applicant_page(client, case):
    client.force_login(case.user)
    return text_of(client.get(f"/applications/{case.public_id}/"))


def titles(case):
    application = case.application
    rounds = history_of(application, application.definition)
    return [(entry.title, entry.paper) for one in rounds for entry in one.entries]


class TestExtension:
    @pytest.fixture
    def case(self):
        case = AT_STAGE["grant", "county_review"]()
        self.before = case.item().due_at
        overseer = official("overseer", case.item().queue.office, "supervisor")
        changes.extend(overseer, case.item().pk, 3, REASON, case.later(1))
        return case

    def test_it_tells_the_old_day_the_new_one_how_long_and_why(self, case):
        said = words_of(paper_of(case, "extension"))
        for due in (self.before, case.item().due_at):
            local = due.astimezone(world.START.tzinfo)
            assert f"{local.year}年{local.month}月{local.day}日" in said
        assert "3个工作日" in said
        assert REASON in said

    def test_it_is_issued_before_the_limit_would_have_run_out(self, case):
        assert paper_of(case, "extension").issued_at < self.before

    def test_the_reason_stands_nowhere_in_clear(self, case):
        assert REASON.encode() not in bytes(paper_of(case, "extension").content)

    def test_the_applicant_reads_it_with_the_extension_in_the_story(self, case, client):
        page = applicant_page(client, case)
        assert page.count(f"papers/{paper_of(case, 'extension').pk}/") >= 2
        assert "文书：延期" not in page

    def test_it_stands_in_the_officials_story(self, case):
        paper = paper_of(case, "extension")
        assert (f"出具文书：{paper.title}", paper) in titles(case)

    def test_an_extension_that_is_refused_issues_nothing(self, case):
        overseer = official("overseer", case.item().queue.office, "supervisor")
        with pytest.raises(Conflict):
            changes.extend(overseer, case.item().pk, 99, REASON, case.later(1))
        assert Paper.objects.filter(kind="extension").count() == 1


class TestObjectionReply:
    @pytest.fixture
    def case(self):
        case = noticed(0)
        notice = case.application.notices.get()
        notices.object_to(notice, "该生已经就业。", CONTACT, case.later(1))
        return case

    @pytest.mark.parametrize(
        "outcome, said", [("uphold", "异议成立"), ("dismiss", "异议不成立")], ids=["upheld", "dismissed"]
    )
    def test_it_tells_the_result_and_the_reason(self, case, outcome, said):
        words = words_of(paper_of(case.say(outcome, text=ANSWER), "objection_reply"))
        assert said in words
        assert ANSWER in words

    def test_every_objection_gets_its_own(self, case):
        notices.object_to(case.application.notices.get(), "另一件事。", "", case.later(1))
        case.say("dismiss", text=ANSWER)
        assert Paper.objects.filter(kind="objection_reply").count() == Objection.objects.count() == 2

    def test_neither_side_learns_of_the_other(self, case):
        application = case.application
        content = reading.content(paper_of(case.say("dismiss", text=ANSWER), "objection_reply"))
        told = text_in(content) + str(content.machine) + "".join(content.english)
        for secret in (application.subject.name, application.number, application.scheme_code, CONTACT, "李四"):
            assert secret not in told
        assert content.addressee == "异议人"
        assert application.notices.get().masked_name in told

    def test_the_applicant_neither_sees_nor_opens_it(self, case, client):
        paper = paper_of(case.say("dismiss", text=ANSWER), "objection_reply")
        page = applicant_page(client, case)
        assert paper.number not in page
        for address in (f"papers/{paper.pk}/", f"papers/{paper.pk}/pdf/"):
            assert client.get(f"/applications/{case.public_id}/{address}").status_code == 404

    def test_whoever_verifies_it_reads_no_name(self, case, client):
        paper = paper_of(case.say("dismiss", text=ANSWER), "objection_reply")
        page = text_of(client.get(f"/verify/{paper.verify_code}/"))
        assert "异议人" in page
        assert case.application.subject.name not in page
        assert case.application.number not in page

    def test_whoever_answered_still_sees_where_to_send_it_and_no_colleague_does(self, case, client):
        answering = case.official()
        case.say("dismiss", text=ANSWER)
        client.force_login(answering)
        assert CONTACT in text_of(client.get(f"/inbox/{case.public_id}/"))
        client.force_login(official("colleague", stages.prefecture("hrss"), "reviewer"))
        page = client.get(f"/inbox/{case.public_id}/")
        assert page.status_code == 200
        assert CONTACT not in text_of(page)

    def test_the_office_finds_it_in_the_case(self, case):
        paper = paper_of(case.say("dismiss", text=ANSWER), "objection_reply")
        assert paper in review.papers_of(case.application)


class TestWhoeverObjected:
    """Reads the reply by the code that was shown, and by nothing else."""

    CODE = "ABCD2345EFGH"

    @pytest.fixture
    def case(self):
        case = noticed(0)
        notices.object_to(case.application.notices.get(), "该生已经就业。", "", case.later(1), code=self.CODE)
        return case

    def test_the_code_is_shown_once_when_the_objection_is_made(self, client):
        case = noticed(0)
        address = f"/notices/{case.application.notices.get().pk}/"
        with time_machine.travel(case.later(1)):
            client.post(address, {"text": "该生已经就业。", "contact": ""})
            first, again = text_of(client.get(address)), text_of(client.get(address))
        shown = re.search(r"查询码([A-Z0-9-]{14})", first)
        assert shown
        assert shown[1] not in again
        assert notices.objection_of(codes.normalised(shown[1])) == Objection.objects.get()

    def test_the_code_itself_is_kept_nowhere(self, case):
        assert self.CODE not in str(Objection.objects.values_list().get())

    def test_before_the_answer_it_is_said_that_it_is_looked_into(self, case, client):
        response = client.post("/notices/replies/", {"code": "abcd-2345-efgh"})
        assert response.status_code == 200
        assert "正在核实" in text_of(response)

    def test_afterwards_the_reply_is_read_and_that_is_on_record(self, case, client):
        paper = paper_of(case.say("dismiss", text=ANSWER), "objection_reply")
        page = text_of(client.post("/notices/replies/", {"code": self.CODE}))
        assert ANSWER in page
        assert case.application.subject.name not in page
        assert Event.objects.get(action="objection.reply_read").data == {"paper": paper.number}

    def test_a_reply_that_was_declared_void_is_shown_no_more(self, case, client):
        paper = paper_of(case.say("dismiss", text=ANSWER), "objection_reply")
        Paper.objects.filter(pk=paper.pk).update(status="void", voided_at=paper.issued_at)
        assert ANSWER not in text_of(client.post("/notices/replies/", {"code": self.CODE}))

    @pytest.mark.parametrize("code", ["", "short", "ZZZZ2345EFGH"], ids=["none", "no code", "unknown"])
    def test_another_code_opens_nothing(self, case, client, code):
        case.say("dismiss", text=ANSWER)
        response = client.post("/notices/replies/", {"code": code})
        assert response.status_code == 422
        assert ANSWER not in text_of(response)

    def test_guessing_is_stopped(self, case, client):
        answers = [client.post("/notices/replies/", {"code": "ZZZZ2345EFGH"}).status_code for _try in range(21)]
        assert answers[-1] == 429


class TestNoticeSheet:
    def test_it_shows_what_the_public_list_shows_and_no_more(self):
        case = noticed(0)
        notice, application = case.application.notices.get(), case.application
        content = reading.content(paper_of(case, "notice_sheet"))
        table = content.sections[0].table
        assert table.headers == ("序号", "姓名或单位", "学校或地区", "金额（元）")
        assert table.rows == (("1", notice.masked_name, notice.place, f"{notice.amount:.2f}"),)
        told = text_in(content) + str(content.machine)
        for secret in (application.subject.name, application.number, application.scheme_code, "残疾"):
            assert secret not in told

    def test_it_tells_from_when_to_when_and_where_to_object(self):
        case = noticed(0)
        notice, words = case.application.notices.get(), words_of(paper_of(case, "notice_sheet"))
        for moment in (notice.starts_at, notice.ends_at):
            assert f"{moment.astimezone(world.START.tzinfo).day}日" in words
        assert notice.office.name in words
        assert f"/notices/{notice.pk}/" in words

    def test_it_has_room_for_who_posted_it_who_took_it_down_and_the_photos(self):
        content = reading.content(paper_of(noticed(0), "notice_sheet"))
        assert [line.role for line in content.signing] == ["张贴人", "撤下人"]
        record = dict(content.sections[1].table.rows)
        assert record["张贴地点"] == ""
        assert "各拍一张" in record["照片"]

    def test_a_notice_of_a_household_shows_no_sum(self):
        case = stages.phase_out_noticed()
        table = reading.content(paper_of(case, "notice_sheet")).sections[0].table
        assert table.headers == ("序号", "姓名或单位", "学校或地区")

    def test_it_is_not_among_the_applicant_s_papers(self, client):
        case = noticed(0)
        assert paper_of(case, "notice_sheet").number not in applicant_page(client, case)


class TestComplaintReply:
    def handled(self, result, kind="decision"):
        case = refuse(world.at_decision())
        said = filing.Complained(kind, "学校的证明没有被采纳。", "13800000000")
        complaint = filing.complain(case.user, case.public_id, said, case.later())
        handler = official("supervisor", complaint.office, "supervisor")
        handling.handle(handler, complaint.pk, result, ANSWER, case.later())
        return case

    def test_dismissed_it_tells_the_answer_and_that_remedies_stay(self):
        words = words_of(paper_of(self.handled("dismissed"), "complaint_reply"))
        for told in ("投诉不成立", ANSWER, "行政复议"):
            assert told in words
        assert "重新办理" not in words

    def test_upheld_about_an_outcome_it_says_that_the_case_is_taken_up_again(self):
        case = self.handled("upheld")
        assert "本案重新办理" in words_of(paper_of(case, "complaint_reply"))
        assert case.application.state != "refused"

    def test_the_applicant_reads_it(self, client):
        case = self.handled("dismissed")
        assert paper_of(case, "complaint_reply").number in applicant_page(client, case)


class TestVisitRecord:
    def test_it_names_both_officials_day_place_and_what_was_found(self):
        case, visit = visiting.reported()
        content = reading.content(paper_of(case, "visit_record"))
        words = text_in(content)
        for told in (
            visit.first_official.full_name,
            visit.second_official.full_name,
            visit.area.name,
            "土木房两间，独居，行动不便。",
            "申请人本人",
            "认可",
            "已手写签名",
        ):
            assert told in words
        assert [line.name for line in content.signing] == [
            "",
            visit.first_official.full_name,
            visit.second_official.full_name,
        ]

    def test_a_refused_signature_is_told_with_its_reason(self):
        case, _visit = visiting.reported(signature="refused", refusal="不识字，也不愿按手印。", image=None)
        assert "拒绝签名的原因：不识字，也不愿按手印。" in words_of(paper_of(case, "visit_record"))

    def test_nobody_met_is_a_record_too(self):
        case, _visit = visiting.reported(met="nobody", agreed=None, signature="", image=None)
        words = words_of(paper_of(case, "visit_record"))
        assert "没有遇到人" in words
        assert "是否认可" not in words

    def test_the_same_report_sent_twice_is_one_record(self):
        case, visit = visiting.planned()
        said = visiting.said(case.at)
        for _time in range(2):
            visiting.reporting.report(visit.first_official, visit.pk, said, case.at)
        assert Paper.objects.filter(kind="visit_record").count() == 1

    def test_it_is_the_office_s_own(self, client):
        case, _visit = visiting.reported()
        paper = paper_of(case, "visit_record")
        assert paper.number not in applicant_page(client, case)
        assert client.get(f"/applications/{case.public_id}/papers/{paper.pk}/").status_code == 404


class TestHearingReply:
    @pytest.fixture
    def taken(self):
        return exofficio.about_grant().tell().state(wants_hearing=True)

    def reply(self, taken, **given):
        at = taken.later()
        told = {"granted": True, "reason": HELD, "at": at + timedelta(days=9), "place": "州政务中心301室"} | given
        return replying.reply_to_request(taken.reviewer, taken.public_id, HearingReply(**told), at)

    def test_one_that_is_held_is_told_with_day_hour_and_place(self, taken):
        words = words_of(self.reply(taken))
        for told in ("决定举行听证", "州政务中心301室", HELD, "时"):
            assert told in words

    def test_one_that_is_not_is_told_with_the_reason(self, taken):
        words = words_of(self.reply(taken, granted=False, reason="不属于应当听证的情形。", at=None, place=""))
        assert "不举行听证" in words
        assert "不属于应当听证的情形。" in words

    def test_it_is_answered_once(self, taken):
        self.reply(taken)
        with pytest.raises(Conflict):
            self.reply(taken)

    def test_after_the_answer_was_declared_void_it_is_answered_anew(self, taken):
        void = self.reply(taken)
        Paper.objects.filter(pk=void.pk).update(status="void", voided_at=void.issued_at)
        assert self.reply(taken).sequence == void.sequence + 1

    def test_not_where_none_was_asked_for(self):
        with pytest.raises(Conflict):
            self.reply(exofficio.about_grant().tell().state())

    @pytest.mark.parametrize(
        "given, field",
        [({"reason": " "}, "reason"), ({"at": None}, "hearing_on"), ({"place": ""}, "place")],
        ids=["no reason", "no day", "no place"],
    )
    def test_what_is_missing_is_named(self, taken, given, field):
        with pytest.raises(Invalid) as refused:
            self.reply(taken, **given)
        assert field in refused.value.errors

    def test_not_for_a_day_that_is_past(self, taken):
        with pytest.raises(Invalid):
            self.reply(taken, at=taken.at - timedelta(days=1))

    def test_nothing_is_proposed_against_the_person_before_the_request_is_answered(self, taken):
        with pytest.raises(Invalid) as refused:
            taken.weigh(held="没有举行。")
        assert "hearing" in refused.value.errors
        self.reply(taken)
        taken.weigh(held="按时举行，没有新的证据。").decide()

    def test_what_favours_the_person_needs_no_answer_first(self, taken):
        taken.weigh(impose=False)
