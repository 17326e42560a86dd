"""Opinions asked, through the pages: the form, the list of the consulted, the panel, and everybody who is kept out."""

import pytest

from applications.models import Application
from approvals.consulting import answering, clock
from approvals.models import Consultation
from people.models import Kinship
from project.demo.clerks import Case
from tests import world
from tests.approvals import asking as desk
from tests.approvals.desk import address, events, form_of, sign_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return desk.before_the_reviewer()


def filled_in(**changes):
    """The form of a question, as a browser sends it."""
    given = {"to": f"office:{desk.office('hrss').pk}", "text": "该网点是否已经登记？", "answer_kind": "yes_no"}
    return {**given, "days": "5", "pages": ["outlet"], **changes}


def page_of(asked):
    return f"/inbox/asked/{asked.pk}/"


def test_the_review_page_leads_to_the_form_and_the_form_asks(case):
    client = sign_in(desk.ASKER)
    assert f"/inbox/{case.public_id}/ask/" in text_of(client.get(address(case)))
    form = text_of(client.get(f"/inbox/{case.public_id}/ask/"))
    assert "蒙自市人力资源和社会保障局" in form
    assert client.post(f"/inbox/{case.public_id}/ask/", filled_in()).status_code == 302
    assert Consultation.objects.get().pages.get().page == "outlet"


def test_a_form_that_lacks_something_comes_back_with_what_was_typed(case):
    client = sign_in(desk.ASKER)
    answer = client.post(f"/inbox/{case.public_id}/ask/", filled_in(to="", days="99"))
    assert answer.status_code == 422
    assert "该网点是否已经登记？" in text_of(answer)
    assert not Consultation.objects.exists()


def test_asking_twice_is_refused_beside_the_field(case):
    desk.ask(case)
    answer = sign_in(desk.ASKER).post(f"/inbox/{case.public_id}/ask/", filled_in())
    assert answer.status_code == 422
    assert "还没有答复" in text_of(answer)


def test_whoever_may_not_act_on_the_case_gets_no_form(case):
    assert sign_in("county-clerk").get(f"/inbox/{case.public_id}/ask/").status_code == 409
    assert sign_in(desk.FAR_AWAY).get(f"/inbox/{case.public_id}/ask/").status_code == 404


def test_the_consulted_find_the_question_in_their_list(case):
    desk.ask(case)
    page = text_of(sign_in(desk.ASKED).get("/inbox/asked/"))
    assert case.application.number in page
    assert case.application.subject.name not in page


def test_an_expert_opens_their_question_and_nothing_else(case):
    asked = desk.ask(case, expert=desk.expert())
    client = sign_in("expert-one")
    assert client.get(page_of(asked)).status_code == 200
    assert client.get("/inbox/").status_code == 404
    assert client.get(address(case)).status_code == 404
    other = desk.ask(desk.before_the_reviewer(2))
    assert client.get(page_of(other)).status_code == 404


def test_the_page_shows_what_goes_with_the_question_and_no_more(case):
    asked = desk.ask(case)
    page = text_of(sign_in(desk.ASKED).get(page_of(asked)))
    assert "该网点是否已经登记？" in page
    assert world.answers_of(case)["outlet_address"] in page
    assert case.application.subject.name not in page
    assert "zd-decide" not in page


def test_numbers_are_masked_for_the_consulted(case):
    asked = desk.ask(case, pages=("identity",))
    page = text_of(sign_in(desk.ASKED).get(page_of(asked)))
    number = world.answers_of(case)["id_number"]
    assert number not in page
    assert number[:6] in page


def test_reading_a_question_is_recorded(case):
    asked = desk.ask(case)
    sign_in(desk.ASKED).get(page_of(asked))
    [event] = events("consultation.read")
    assert (event.subject, event.data) == (case.public_id, {"consultation": asked.pk})


def test_officials_of_another_county_and_the_asker_do_not_open_the_page_of_the_consulted(case):
    asked = desk.ask(case)
    for name in (desk.FAR_AWAY, desk.ASKER, "applicant"):
        assert sign_in(name).get(page_of(asked)).status_code == 404


def test_a_relative_of_the_applicant_reads_nothing_of_the_case(case):
    asked = desk.ask(case)
    Kinship.objects.create(user=world.user(desk.ASKED), relative=case.application.subject, relation="sister")
    assert sign_in(desk.ASKED).get(page_of(asked)).status_code == 403


def test_answering_shows_on_the_review_page_with_who_and_for_whom(case):
    asked = desk.ask(case)
    answer = sign_in(desk.ASKED).post(page_of(asked), {"choice": "no", "words": "没有登记记录。"})
    assert answer.status_code == 302
    page = text_of(sign_in(desk.ASKER).get(address(case)))
    for words in (
        "没有登记记录。",
        "答复蒙自市残疾人联合会的征求意见：否",
        "市级审核岗·李 · 蒙自市人力资源和社会保障局",
    ):
        assert words in page


def test_an_answer_without_words_comes_back(case):
    asked = desk.ask(case)
    answer = sign_in(desk.ASKED).post(page_of(asked), {"choice": "no", "words": ""})
    assert answer.status_code == 422
    assert "请写明意见和理由。" in text_of(answer)


def test_two_colleagues_answer_and_the_second_reads_who_was_first(case):
    asked = desk.ask(case)
    desk.somebody("second-reviewer", "reviewer", desk.office("hrss"))
    desk.answer(case, asked)
    answer = sign_in("second-reviewer").post(page_of(asked), {"choice": "no", "words": "没有。"})
    assert answer.status_code == 409
    assert "市级审核岗·李已经答复" in text_of(answer)


def test_after_the_answer_the_case_closes_to_the_consulted(case):
    asked = desk.ask(case)
    desk.answer(case, asked)
    page = text_of(sign_in(desk.ASKED).get(page_of(asked)))
    assert "已登记。" in page
    assert world.answers_of(case)["outlet_address"] not in page


def test_a_confidential_answer_shows_to_the_office_that_asked_and_to_no_other(case):
    desk.answer(case, desk.ask(case, confidential=True))
    assert "已登记。" in text_of(sign_in(desk.ASKER).get(address(case)))
    desk.somebody("civil-clerk", "clerk", desk.office("civil_affairs"))
    clerk = text_of(sign_in("civil-clerk").get(address(case)))
    assert "已登记。" not in clerk
    assert "答复保密" in clerk


def test_another_consulted_office_reads_no_answer(case):
    desk.answer(case, desk.ask(case))
    other = desk.ask(case, office=desk.office("education_sports", "532502"))
    assert "已登记。" not in text_of(sign_in(desk.FAR_AWAY).get(page_of(other)))


def test_the_applicant_reads_neither_question_nor_answer(case):
    desk.answer(case, desk.ask(case))
    page = text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
    assert "登记？" not in page
    assert "已登记。" not in page


def test_the_decision_form_says_that_an_answer_is_still_out(case):
    desk.ask(case)
    client = sign_in(desk.ASKER)
    assert "征求的意见还有1件没有答复" in text_of(client.get(address(case)))
    assert client.post(address(case), form_of(case, outcome="agree")).status_code == 302


def test_what_is_overdue_and_was_reminded_of_shows_to_the_asker(case):
    asked = desk.ask(case)
    Consultation.objects.filter(pk=asked.pk).update(due_at=world.START.replace(year=2030), asked_at=world.START)
    Consultation.objects.filter(pk=asked.pk).update(due_at=asked.asked_at.replace(hour=23))
    clock.remind_asked(world.year_later(case.at))
    page = text_of(sign_in(desk.ASKER).get(address(case)))
    assert "（已提醒）" in page
    assert "逾期" in page


def test_the_asker_takes_a_question_back_from_the_review_page(case):
    asked = desk.ask(case)
    client = sign_in(desk.ASKER)
    assert client.post(f"/inbox/{case.public_id}/ask/{asked.pk}/withdraw/").status_code == 302
    assert "撤回征求意见" in text_of(client.get(address(case)))
    assert sign_in(desk.ASKED).get(page_of(asked)).status_code == 404


def test_a_ticked_paper_opens_and_no_other(case):
    case = Case(world.user("applicant"), desk.SCHEME, world.answers_of(case), world.START, papers=True)
    case.submit().say("accept")
    shown, kept_back = list(case.application.attachments.order_by("pk"))[:2]
    asked = desk.ask(case, files=(str(shown.public_id),))
    client = sign_in(desk.ASKED)
    assert client.get(f"{page_of(asked)}attachments/{shown.public_id}/").status_code == 200
    assert client.get(f"{page_of(asked)}attachments/{kept_back.public_id}/").status_code == 404
    desk.answer(case, asked)
    assert client.get(f"{page_of(asked)}attachments/{shown.public_id}/").status_code == 404


def test_a_case_that_cannot_be_opened_says_so(case):
    asked = desk.ask(case)
    Application.objects.filter(public_id=case.public_id).update(answers=b"\x01broken")
    answer = sign_in(desk.ASKED).get(page_of(asked))
    assert answer.status_code == 200
    assert "无法解密" in text_of(answer)


def test_what_was_answered_moves_to_the_other_list(case):
    desk.answer(case, desk.ask(case))
    client = sign_in(desk.ASKED)
    assert case.application.number not in text_of(client.get("/inbox/asked/"))
    assert case.application.number in text_of(client.get("/inbox/asked/?tab=done"))


def test_the_list_goes_on_page_by_page(monkeypatch):
    monkeypatch.setattr("approvals.consulting.reading.PAGE_SIZE", 1)
    cases = [desk.before_the_reviewer(n) for n in (0, 2)]
    for case in cases:
        desk.ask(case)
    client = sign_in(desk.ASKED)
    first = client.get("/inbox/asked/")
    assert [row.application.number for row, _due in first.context["rows"]] == [cases[0].application.number]
    second = client.get("/inbox/asked/" + first.context["next_url"])
    assert [row.application.number for row, _due in second.context["rows"]] == [cases[1].application.number]
    assert second.context["next_url"] == ""


def test_a_party_reads_nothing_internal_even_as_an_official(case):
    answered = desk.answer(case, desk.ask(case))
    Kinship.objects.create(user=world.user("county-clerk"), relative=case.application.subject, relation="sister")
    page = text_of(sign_in("county-clerk").get(address(case)))
    assert "已登记。" not in page
    assert "不能查看内部内容" in page
    assert answering.put_to(world.user(desk.ASKED), answered.pk, case.at)
