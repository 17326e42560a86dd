"""A request that another office decides: handed on, followed, its answer written down and told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import answers
from approvals.models import Answer, Decision
from approvals.outcomes import ANSWERS
from audit.models import Event
from benefits.models import Due
from papers import reading
from papers.models import Paper
from people import vault
from people.refusals import Invalid
from project.audit_words import action_words
from tests import offered, stages, world
from tests.applications.pages import url
from tests.approvals.desk import address, form_of, sign_in, text_of
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORDS = "符合减免条件，减半收取。\n请携带身份证办理。"


@pytest.fixture
def case():
    return offered.referred()


def day(case):
    return timezone.localdate(case.at)


def answer(case, outcome="answer_yes", **changes):
    given = {"on": day(case), **changes}
    stages.speak(case.official(), case, outcome, text=given.pop("text", WORDS), answered=offered.answered(**given))
    return case


def content(case, kind):
    return reading.content(Paper.objects.get(case_ref=case.public_id, kind=kind))


def all_text(content):
    return "\n".join(text for _field, text in content.texts())


class TestHandingOn:
    """At acceptance the applicant is told to whom the request goes."""

    def test_the_paper_of_acceptance_is_the_one_of_handing_on(self, case):
        kinds = set(Paper.objects.filter(case_ref=case.public_id).values_list("kind", flat=True))
        assert kinds == {"receipt", "referral"}
        assert Decision.objects.get(application=case.application).kind == "referral"

    def test_it_names_the_office_the_day_and_what_we_do_not_decide(self, case):
        text = all_text(content(case, "referral"))
        for words in ("转给当地公证处办理", "不由本单位决定", "2026年9月8日"):
            assert words in text

    def test_it_cites_the_clause_and_the_units_it_makes_responsible(self, case):
        assert "依据：红政办发〔2025〕47号九(九)。责任单位：州残联、州司法局。" in all_text(content(case, "referral"))

    def test_its_english_names_the_office_in_english(self, case):
        assert "the local notary office" in "\n".join(content(case, "referral").english)

    def test_the_applicant_reads_that_it_waits_for_another_office(self, case):
        page = text_of(sign_in("applicant").get(url(case)))
        assert "已转给主管单位，等待答复" in page
        assert "正在审核" not in page

    def test_a_request_that_was_not_accepted_was_not_handed_on(self):
        offered.staff("dpf")
        offered.publish(offered.REFER)
        case = offered.case(offered.REFER).submit().say("not_accept", text="不在本地居住，请向居住地申请。")
        assert not Paper.objects.filter(case_ref=case.public_id, kind="referral").exists()


class TestOffer:
    """What may be said where another office decides."""

    @pytest.mark.parametrize("outcome", ["grant", "refuse", "confirm", "agree"])
    def test_we_neither_grant_nor_refuse(self, case, outcome):
        with refused(Invalid) as caught:
            stages.speak(case.official(), case, outcome, reasons=("no_evidence",))
        assert set(caught.value.errors) == {"outcome"}

    @pytest.mark.parametrize("outcome", ANSWERS)
    def test_an_answer_is_recorded_nowhere_else(self, outcome):
        case = world.at_decision()
        with refused(Invalid) as caught:
            stages.speak(case.official(), case, outcome, answered=offered.answered(day(case)))
        assert set(caught.value.errors) == {"outcome"}

    def test_it_can_be_returned_for_correction_and_goes_on(self, case):
        case.ask_to_correct().resubmit()
        assert (case.application.state, case.item_kind()) == ("in_review", "decide")

    def test_it_can_be_sent_back_to_the_stage_before(self, case):
        stages.speak(case.official(), case, "send_back", target="dpf_opinion")
        assert case.item().stage == "dpf_opinion"


class TestAnswer:
    """The answer ends the case and is nobody's grant."""

    @pytest.mark.parametrize("outcome, result", [("answer_yes", "yes"), ("answer_no", "no"), ("answer_other", "other")])
    def test_each_answer_ends_the_case_answered(self, case, outcome, result):
        answer(case, outcome)
        application = case.application
        assert (application.state, application.closed_at, application.decided_at) == ("answered", case.at, None)
        assert Answer.objects.get().result == result

    def test_the_route_is_over(self, case):
        assert answer(case).item_kind() == ""

    def test_who_when_number_and_words_are_kept_sealed(self, case):
        kept = answer(case).application.referred_answers.get()
        details = {"by": "蒙自市公证处", "number": "蒙证函〔2026〕8号", "words": WORDS}
        assert (kept.answered_on, answers.details_of(kept)) == (day(case), details)
        assert "公证".encode() not in bytes(kept.details)

    def test_nothing_is_owed(self, case):
        answer(case)
        assert not Due.objects.exists()

    def test_it_is_no_decision_of_ours(self, case):
        answer(case, "answer_no")
        kinds = list(Decision.objects.filter(application=case.application).values_list("kind", flat=True))
        assert kinds == ["referral", "answer"]

    def test_the_audit_trail_says_that_an_answer_was_recorded_and_keeps_no_words(self, case):
        answer(case, "answer_no")
        event = stages.last_event(case)
        assert (event.action, action_words(event.action)) == ("official.answer_no", "登记答复：不予办理")
        assert set(event.data) == {"state", "round", "stage", "office", "opinion"}
        assert not Event.objects.filter(data__icontains="公证").exists()

    def test_the_words_are_the_opinion_of_the_stage(self, case):
        answer(case)
        opinion = case.application.opinions.latest("pk")
        assert vault.decrypt(case.application.data_key, opinion.text, "opinion") == WORDS

    def test_a_second_answer_finds_the_item_closed(self, case):
        item, user = case.item(), case.official()
        answer(case)
        assert not case.application.is_open
        assert item.owner is None
        assert user.opinions.filter(application=case.application, item=item).count() == 1


class TestWhatIsNeeded:
    """Nobody records an answer without saying whose it is."""

    @pytest.mark.parametrize("outcome", ANSWERS)
    @pytest.mark.parametrize(
        "changes, field",
        [
            ({"by": " "}, "answered_by"),
            ({"on": None}, "answered_on"),
            ({"text": " \n"}, "text"),
        ],
    )
    def test_what_is_missing_is_named(self, case, outcome, changes, field):
        with refused(Invalid) as caught:
            answer(case, outcome, **changes)
        assert set(caught.value.errors) == {field}

    @pytest.mark.parametrize("days", [1, -3])
    def test_no_answer_comes_from_the_future_or_before_the_request_was_handed_on(self, case, days):
        with refused(Invalid) as caught:
            answer(case, on=day(case) + timedelta(days=days))
        assert set(caught.value.errors) == {"answered_on"}

    def test_the_day_it_was_handed_on_will_do(self, case):
        answer(case, on=timezone.localdate(case.application.accepted_at))
        assert case.application.state == "answered"

    def test_a_paper_without_number_will_do(self, case):
        answer(case, number="")
        assert "〔" not in content(case, "answer").opening[-2]


class TestPaper:
    """办理结果告知书."""

    def test_it_says_who_answered_when_and_what(self, case):
        text = all_text(content(answer(case, on=world.START.date() + timedelta(days=1)), "answer"))
        for words in ("蒙自市公证处于2026年9月8日答复（蒙证函〔2026〕8号）：同意办理。", "减半收取", "请携带身份证"):
            assert words in text

    @pytest.mark.parametrize(
        "outcome, words", [("answer_no", "：不予办理。"), ("answer_other", "：转其他单位或另行处理。")]
    )
    def test_it_says_how_it_was_answered(self, case, outcome, words):
        assert words in all_text(content(answer(case, outcome), "answer"))

    def test_it_points_to_the_decision_of_the_office_that_answered_not_to_ours(self, case):
        paper = content(answer(case, "answer_no"), "answer")
        assert [section.heading for section in paper.sections] == ["答复内容"]
        text = all_text(paper)
        assert "请按答复单位的决定书写明的途径提出" in text
        assert "没有作出准予或者不予的决定" in text

    def test_programs_read_the_result(self, case):
        machine = content(answer(case, "answer_other"), "answer").machine
        assert (machine["outcome"], machine["result"]) == ("answered", "other")

    def test_its_english_says_the_same(self, case):
        assert "declined" in "\n".join(content(answer(case, "answer_no"), "answer").english)


class TestPages:
    """The desk records it, the applicant reads it."""

    def test_the_review_page_offers_answers_and_no_decision_of_ours(self, case):
        page = text_of(sign_in("approver-of-dpf").get(address(case)))
        for words in (
            "登记答复：同意办理",
            "登记答复：不予办理",
            "作出答复的单位",
            "答复日期",
            "退回补正",
            "退回上一环节",
        ):
            assert words in page
        assert "由当地公证处决定" in page
        assert "已转办，待答复" in page
        for words in ("不予批准", "<strong>符合条件</strong>", 'value="grant"'):
            assert words not in page

    def test_an_answer_that_does_not_come_in_time_is_overdue_in_the_inbox(self, case):
        page = text_of(sign_in("approver-of-dpf").get("/inbox/?tab=overdue"))
        assert case.application.number in page
        assert "跟踪答复" in page
        assert "逾期" in page

    def test_a_case_that_was_answered_is_found_by_its_number(self, case):
        number = answer(case).application.number
        page = text_of(sign_in("approver-of-dpf").get("/inbox/", {"tab": "find", "q": number}))
        assert "已答复" in page

    def test_an_answer_is_recorded_from_the_page(self, case):
        today = day(case)
        sent = form_of(case, outcome="answer_yes", text=WORDS, answered_by="蒙自市公证处", answer_number="")
        sent |= {f"answered_on_{part}": getattr(today, part) for part in ("year", "month", "day")}
        assert sign_in("approver-of-dpf").post(address(case), sent).status_code == 302
        assert case.application.state == "answered"

    def test_the_page_says_what_is_missing_and_keeps_what_was_typed(self, case):
        sent = form_of(case, outcome="answer_no", text="不符合减免条件。")
        response = sign_in("approver-of-dpf").post(address(case), sent)
        assert response.status_code == 422
        page = text_of(response)
        for words in ("请填写作出答复的单位。", "请填写答复日期。", "不符合减免条件。"):
            assert words in page

    def test_who_claims_nothing_of_an_answer_needs_none(self, case):
        sent = form_of(case, outcome="send_back", target="dpf_opinion", text="请再核实一次。")
        assert sign_in("approver-of-dpf").post(address(case), sent).status_code == 302

    def test_the_applicant_reads_who_answered_what(self, case):
        page = text_of(sign_in("applicant").get(url(answer(case, "answer_no"))))
        for words in ("主管单位已答复", "主管单位已答复：不予办理", "蒙自市公证处", "减半收取", "办理结果告知书"):
            assert words in page
        assert "没有批准" not in page

    def test_the_history_of_the_review_page_keeps_the_words(self, case):
        page = text_of(sign_in("reviewer-of-dpf").get(address(answer(case))))
        assert "登记答复：同意办理" in page
        assert "减半收取" in page
