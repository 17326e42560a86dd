"""The last look, filing, and the receipt."""

import pytest

from applications.models import Application
from applications.states import State
from audit.models import Event
from tests import world
from tests.applications.pages import declared, hand_in_everything, send, sign_in, text_of, url, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def _own_house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case():
    """A grant with everything filled in and handed in."""
    return hand_in_everything(world.grant())


def file(client, case, **more):
    return send(client, case, "check/", {**declared(case), **more})


def test_everything_filled_in_is_shown_with_a_way_to_change_it(case):
    page = text_of(sign_in().get(url(case, "check/")))
    assert "学习形式" in page
    assert "全日制" in page
    assert url(case, "edit/study-mode/?back=check") in page
    assert url(case, "papers/") in page


def test_the_outlook_tells_every_reason_with_its_clause_and_that_an_official_decides(case):
    page = text_of(sign_in().get(url(case, "check/")))
    assert "看起来符合条件" in page
    assert "1,000.00" in page
    assert "红政办发〔2025〕47号 五(一)" in page
    assert "示例值" in page
    assert "不是决定" in page


def test_the_outlook_of_somebody_who_does_not_qualify_names_the_reason_and_lets_them_file():
    case = hand_in_everything(world.grant(study_mode="adult"))
    client = sign_in()
    page = text_of(client.get(url(case, "check/")))
    assert "看起来不符合条件" in page
    assert "不符合</strong>" in page
    assert file(client, case).status_code == 302


def test_what_officials_find_out_is_not_asked_of_the_applicant():
    case = hand_in_everything(world.phase_out())
    page = text_of(sign_in().get(url(case, "check/")))
    assert "这些由工作人员核查后录入，不用您填：认定日期" in page
    assert "您还没有填写" not in page


def test_a_doubtful_number_is_pointed_out_and_does_not_block(case):
    client = sign_in()
    number = "6217003600012345673"
    send(client, case, "edit/account/", {"account": number, "account_again": number, "bank": "某行"})
    assert "不符合银行卡号的校验规则" in text_of(client.get(url(case, "check/")))
    assert file(client, case).status_code == 302


def test_gaps_are_listed_and_filing_with_them_answers_422():
    case = world.grant(name="")
    client = sign_in()
    assert "还没有填写：您的姓名" in text_of(client.get(url(case, "check/")))
    response = file(client, case)
    assert response.status_code == 422
    assert 'href="#page-name"' in text_of(response)
    assert 'id="page-name"' in text_of(response)
    assert 'href="#paper-id-copy"' in text_of(response)
    assert case.application.state == State.DRAFT


def test_every_declaration_has_to_be_ticked(case):
    response = send(sign_in(), case, "check/", {"declaration_1": "on"})
    assert response.status_code == 422
    assert "请勾选声明" in text_of(response)
    assert case.application.state == State.DRAFT


def test_filing_leads_to_the_receipt_with_number_office_and_date(case):
    client = sign_in()
    response = file(client, case)
    assert response.headers["Location"] == url(case, "receipt/")
    page = text_of(client.get(url(case, "receipt/")))
    assert case.application.number in page
    assert case.application.subject_office.name in page
    assert "2026年11月30日" in page  # five working days after Monday the 23rd
    assert "学校核对材料" in page


def test_filing_twice_files_once_and_says_so(case):
    client = sign_in()
    form = {"version": version(case), **declared(case)}
    first, second = (client.post(url(case, "check/"), form) for _time in range(2))
    assert first.status_code == 302
    assert second.status_code == 409
    assert "已经提交" in text_of(second)
    assert case.application.number in text_of(second)
    assert Event.objects.filter(stream=f"case:{case.public_id}", action="application.submitted").count() == 1


def test_a_check_page_made_before_the_last_change_is_stale(case):
    old = version(case)
    client = sign_in()
    send(client, case, "edit/phone/", {"phone": "13812341234"})
    response = client.post(url(case, "check/"), {"version": old, **declared(case)})
    assert response.status_code == 409
    assert "页面内容已经变化" in text_of(response)
    assert "13812341234" in text_of(response)
    assert case.application.state == State.DRAFT


def test_the_same_grant_a_second_time_is_refused_with_the_reason(case):
    first = hand_in_everything(world.grant())
    client = sign_in()
    file(client, first)
    response = file(client, case)
    assert response.status_code == 409
    assert "每人只能享受一次" in text_of(response)


def test_a_route_without_office_says_whom_to_ask(case):
    case.application.subject_office.division.offices.filter(function="hrss").update(function="government")
    response = file(sign_in(), case)
    assert response.status_code == 422
    assert "还没有登记办理机关" in text_of(response)
    assert case.application.state == State.DRAFT


def test_answers_that_cannot_be_judged_lead_to_the_question(case):
    application = case.application
    from applications import answers

    stored = answers.read(application)
    answers.write(application, {**stored, "study_mode": "unheard-of"})
    Application.objects.filter(pk=application.pk).update(answers=application.answers)
    response = file(sign_in(), case)
    assert response.status_code == 422
    assert 'href="#page-study-mode"' in text_of(response)


def test_after_filing_the_check_page_leads_to_the_case(case):
    client = sign_in()
    file(client, case)
    assert client.get(url(case, "check/")).headers["Location"] == url(case)


def test_there_is_no_receipt_before_filing(case):
    assert sign_in().get(url(case, "receipt/")).headers["Location"] == url(case, "resume/")


def test_the_page_asks_the_database_little(case, django_assert_max_num_queries):
    client = sign_in()
    with django_assert_max_num_queries(26):
        client.get(url(case, "check/"))


def test_the_page_speaks_english(case):
    page = text_of(sign_in().get(url(case, "check/"), headers={"accept-language": "en"}))
    assert "Full-time study" in page
    assert "Full time" in page


@pytest.mark.postgres_threads
def test_pressing_submit_in_eight_windows_at_once_files_one_case(race, clock, settings, tmp_path):
    case = hand_in_everything(world.grant())
    form = {"version": version(case), **declared(case)}
    windows = [sign_in() for _window in range(8)]
    sent = race(*(lambda window=window: window.post(url(case, "check/"), form).status_code for window in windows))
    assert sorted(sent) == [302, *[409] * 7]
    assert Event.objects.filter(stream=f"case:{case.public_id}", action="application.submitted").count() == 1
    assert case.application.rounds.count() == 1
