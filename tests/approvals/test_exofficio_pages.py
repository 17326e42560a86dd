"""The pages of ex officio cases, reviews, rosters, complaints and reopening, as each reader meets them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Application
from approvals.complaints import filing
from approvals.models import BenefitReview, Complaint, Proceeding
from papers import reading
from papers.models import Paper
from people import vault
from project.demo.stories import refuse
from tests import stages, world
from tests.approvals import exofficio
from tests.approvals.desk import sign_in, text_of

pytestmark = pytest.mark.django_db


def at(moment):
    return time_machine.travel(moment)


def id_of(case):
    person = case.application.subject
    return vault.decrypt(person.data_key, bytes(person.id_number), "id_number")


def page(public_id):
    return f"/inbox/{public_id}/ex-officio/"


class TestOpening:
    def test_the_review_page_of_a_grant_leads_there(self):
        case = world.granted()
        with at(case.later()):
            shown = text_of(sign_in("prefecture-reviewer").get(f"/inbox/{case.public_id}/"))
        assert f'href="{page(case.public_id)}"' in shown

    def test_a_reviewer_opens_a_case(self):
        case = world.granted()
        said = {"kind": "revoke", "source": "official", "grounds": "证书不属实。"}
        with at(case.later()):
            response = sign_in("prefecture-reviewer").post(page(case.public_id), said)
        opened = Application.objects.get(origin="ex_officio")
        assert (response.status_code, response.url) == (302, page(opened.public_id))

    def test_what_was_typed_is_kept_where_something_is_missing(self):
        case = world.granted()
        with at(case.later()):
            response = sign_in("prefecture-reviewer").post(page(case.public_id), {"grounds": "证书不属实。"})
        assert response.status_code == 422
        assert "证书不属实。" in text_of(response)

    @pytest.mark.parametrize("name", ["prefecture-approver", "county-reviewer", "other-county", "applicant", "auditor"])
    def test_for_nobody_else_is_there_such_a_page(self, name):
        case = world.granted()
        with at(case.later()):
            client = sign_in(name)
            assert client.get(page(case.public_id)).status_code == 404
            assert client.post(page(case.public_id), {"kind": "revoke"}).status_code == 404
        assert not Proceeding.objects.exists()


class TestSteps:
    def test_each_step_is_taken_on_its_page(self):
        taken = exofficio.about_grant()
        reviewer = sign_in("prefecture-reviewer")
        with at(taken.later()):
            day = {"effective_on_year": "2026", "effective_on_month": "10", "effective_on_day": "1"}
            told = {"facts": "证书编号不存在。", "clause": exofficio.CLAUSE, "amount": "", **day}
            response = reviewer.post(page(taken.public_id), told | {"version": taken.application.version})
        assert response.status_code == 302, text_of(response)
        taken.state()
        with at(taken.later()):
            said = {"impose": "yes", "reason": "事实清楚。", "answer": "不予采纳：已向学校核实。"}
            assert reviewer.post(page(taken.public_id), said).status_code == 302
        with at(taken.later()):
            decided = {"outcome": "impose", "text": "依据充分。"}
            assert sign_in("prefecture-approver").post(page(taken.public_id), decided).status_code == 302
        assert taken.granted.application.state == "revoked"

    def test_a_statement_on_paper_is_entered(self):
        taken = exofficio.about_grant().tell()
        with at(taken.later()):
            response = sign_in("prefecture-reviewer").post(
                page(taken.public_id), {"text": "寄来的信。", "hearing": "on"}
            )
        assert response.status_code == 302
        proceeding = taken.proceeding
        assert (proceeding.hearing_wanted, proceeding.statement_entered_by) == (True, taken.reviewer)

    def test_a_request_for_a_hearing_is_answered_before_anything_is_proposed(self):
        taken = exofficio.about_grant().tell().state(wants_hearing=True)
        reviewer, address = sign_in("prefecture-reviewer"), page(taken.public_id)
        day = {"hearing_on_year": "2026", "hearing_on_month": "12", "hearing_on_day": "1", "hearing_time": "09:30"}
        said = {"granted": "yes", "place": "州政务中心301室", "reason": "由法制机构主持。", **day}
        with at(taken.later()):
            assert "答复听证要求" in text_of(reviewer.get(address))
            assert reviewer.post(address, said | {"version": taken.application.version}).status_code == 302
            assert "提出处理建议" in text_of(reviewer.get(address))
            shown = text_of(sign_in("applicant").get(f"/applications/{taken.public_id}/"))
        paper = Paper.objects.get(case_ref=taken.public_id, kind="statement_reply")
        assert "2026年12月1日9时30分" in "".join(reading.content(paper).opening)
        assert paper.number in shown
        assert "机关答复了您的听证要求" in shown

    def test_a_hearing_without_day_and_place_is_not_promised_and_nothing_typed_is_lost(self):
        taken = exofficio.about_grant().tell().state(wants_hearing=True)
        with at(taken.later()):
            said = {"granted": "yes", "reason": "由法制机构主持。", "version": taken.application.version}
            response = sign_in("prefecture-reviewer").post(page(taken.public_id), said)
        assert response.status_code == 422
        for told in ("请填写听证的日期和时间", "请填写听证的地点", "由法制机构主持。"):
            assert told in text_of(response)
        assert not Paper.objects.filter(kind="statement_reply").exists()

    def test_what_turns_out_to_be_right_is_dropped_without_a_prior_notice(self):
        taken = exofficio.about_grant()
        with at(taken.later()):
            said = {"impose": "no", "reason": "证书属实。"}
            assert sign_in("prefecture-reviewer").post(page(taken.public_id) + "?drop=1", said).status_code == 302
        with at(taken.later()):
            decided = {"outcome": "drop", "text": "证书属实。"}
            assert sign_in("prefecture-approver").post(page(taken.public_id), decided).status_code == 302
        assert (taken.application.state, taken.granted.application.state) == ("concluded", "granted")

    def test_the_ordinary_form_decides_nothing_in_such_a_case(self):
        taken = exofficio.about_grant().tell().state().weigh()
        item = world.open_item(taken.application)
        with at(taken.later()):
            sent = {"item": item.pk, "version": taken.application.version, "outcome": "grant", "text": "准予。"}
            response = sign_in("prefecture-approver").post(f"/inbox/{taken.public_id}/", sent)
        assert response.status_code == 409
        assert taken.application.state == "in_review"


class TestThePersonConcerned:
    def test_reads_what_is_intended_and_states_the_case(self):
        taken = exofficio.about_grant().tell()
        client = sign_in("applicant")
        address = f"/applications/{taken.public_id}/statement/"
        with at(taken.later()):
            assert address in text_of(client.get(f"/applications/{taken.public_id}/"))
            shown = text_of(client.get(address))
            assert "证书编号不存在" in shown or "经查，证书编号不存在" in shown
            assert client.post(address, {"text": "证书是真的。"}).status_code == 302
        assert taken.proceeding.statement_at is not None

    def test_does_not_read_why_it_was_opened(self):
        taken = exofficio.about_grant().tell()
        with at(taken.later()):
            shown = text_of(sign_in("applicant").get(f"/applications/{taken.public_id}/statement/"))
        assert "核查发现毕业证书不属实" not in shown

    def test_cannot_take_it_back(self):
        taken = exofficio.about_grant()
        with at(taken.later()):
            sent = {"version": taken.application.version}
            assert sign_in("applicant").post(f"/applications/{taken.public_id}/withdraw/", sent).status_code == 409

    def test_nobody_else_answers_for_them(self):
        taken = exofficio.about_grant().tell()
        with at(taken.later()):
            response = sign_in("applicant2").post(f"/applications/{taken.public_id}/statement/", {"text": "我。"})
        assert response.status_code == 404


class TestReviewsAndRosters:
    def test_what_lives_on_is_listed_when_it_was_not_looked_at_for_long(self):
        case = world.phase_out_granted()
        with at(case.at + timedelta(days=100)):
            client = sign_in("county-reviewer")
            assert case.application.number in text_of(client.get("/inbox/reviews/"))
            client.post(f"/inbox/reviews/{case.public_id}/", {"text": "收入没有变化。"})
            assert case.application.number not in text_of(client.get("/inbox/reviews/"))
        assert BenefitReview.objects.get().by.username == "county-reviewer"

    def test_another_county_sees_nothing_of_it(self):
        case = world.phase_out_granted()
        with at(case.at + timedelta(days=100)):
            client = sign_in("other-county")
            assert case.application.number not in text_of(client.get("/inbox/reviews/"))
            assert client.post(f"/inbox/reviews/{case.public_id}/", {"text": "没有变化。"}).status_code == 404

    def test_a_roster_finds_those_it_names_and_says_which_rows_it_cannot_read(self):
        case = world.granted()
        content = f"姓名,身份证号码\n甲,{id_of(case)}\n乙,12345\n".encode()
        file = SimpleUploadedFile("roster.csv", content)
        with at(case.later()):
            shown = text_of(sign_in("prefecture-reviewer").post("/inbox/roster/", {"file": file}))
        assert case.application.number in shown
        assert "第3行" in shown

    def test_a_roster_of_another_county_finds_nobody(self):
        case = world.granted()
        file = SimpleUploadedFile("roster.csv", f"身份证号码\n{id_of(case)}\n".encode())
        with at(case.later()):
            shown = text_of(sign_in("other-county").post("/inbox/roster/", {"file": file}))
        assert case.application.number not in shown

    @pytest.mark.parametrize("content", [b"", "姓名\n甲\n".encode(), b"PK\x03\x04 nonsense", b"x" * 200_000])
    def test_a_file_that_is_no_roster_is_refused_in_words(self, content):
        file = SimpleUploadedFile("roster.xlsx" if content.startswith(b"PK") else "roster.csv", content or b"\n")
        assert sign_in("prefecture-reviewer").post("/inbox/roster/", {"file": file}).status_code == 422


class TestComplaintsAndReopening:
    def test_a_complaint_is_made_answered_and_read(self):
        case = refuse(world.at_decision())
        client, address = sign_in("applicant"), f"/applications/{case.public_id}/complain/"
        with at(case.later()):
            assert client.post(address, {"kind": "decision", "text": "没有看我的证明。"}).status_code == 302
        complaint = Complaint.objects.get()
        with at(case.later()):
            reviewer = sign_in("prefecture-reviewer")
            assert case.application.number in text_of(reviewer.get("/inbox/complaints/"))
            answered = {"result": "upheld", "answer": "证明应当采纳，重新办理。"}
            assert reviewer.post(f"/inbox/complaints/{complaint.pk}/", answered).status_code == 302
            assert "证明应当采纳" in text_of(client.get(f"/applications/{case.public_id}/"))
        assert case.application.round == 2

    def test_whoever_decided_reads_no_complaint_of_theirs_to_answer(self):
        case = refuse(world.at_decision())
        said = filing.Complained("decision", "没有看我的证明。")
        complaint = filing.complain(case.user, case.public_id, said, case.later())
        with at(case.later()):
            assert sign_in("prefecture-approver").get(f"/inbox/complaints/{complaint.pk}/").status_code == 404

    def test_how_to_reach_its_maker_is_for_who_may_answer_it(self):
        case = refuse(world.at_decision())
        said = filing.Complained("decision", "没有看我的证明。", "13912345678")
        complaint = filing.complain(case.user, case.public_id, said, case.later())
        stages.official("prefecture-approver", complaint.office, "reviewer")
        with at(case.later()):
            assert "13912345678" in text_of(sign_in("prefecture-reviewer").get(f"/inbox/complaints/{complaint.pk}/"))
            shown = text_of(sign_in("prefecture-approver").get(f"/inbox/complaints/{complaint.pk}/"))
        assert "没有看我的证明" in shown
        assert "13912345678" not in shown

    def test_a_case_that_was_refused_is_not_reopened_by_whoever_refused_it(self):
        case = refuse(world.at_decision())
        with at(case.later()):
            response = sign_in("prefecture-approver").post(f"/inbox/{case.public_id}/reopen/", {"reason": "再看。"})
        assert (response.status_code, case.application.state) == (404, "refused")
