"""One's own cases: the list, one case in every state, its papers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applications.views import cases
from papers import reading
from papers.models import Paper
from people.day_words import day_in_words
from tests import world
from tests.applications.pages import send, sign_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def shown(case):
    return text_of(sign_in().get(url(case)))


def entries(page):
    return page.count("zd-card__title")


def test_somebody_without_cases_is_shown_what_can_be_applied_for():
    page = text_of(sign_in().get("/applications/"))
    assert "您还没有申请过" in page
    assert "/apply/" in page


def test_the_list_shows_state_and_next_action_of_ones_own_cases():
    world.grant()
    returned = world.grant(5).submit().ask_to_correct()
    page = text_of(sign_in().get("/applications/"))
    assert "还没有提交" in page
    assert "继续填写" in page
    assert "需要您补充或修改" in page
    assert day_in_words(timezone.localtime(returned.application.correction_due)) in page
    assert entries(text_of(sign_in("applicant2").get("/applications/"))) == 0


def test_a_helper_sees_for_whom_a_case_is():
    case = world.grant()
    application = case.submit().application
    application.for_other = True
    application.save()
    assert f"为{application.subject.name}申请" in text_of(sign_in().get("/applications/"))


def test_the_list_goes_page_by_page_without_repeating(monkeypatch):
    monkeypatch.setattr(cases, "PAGE_SIZE", 2)
    made = [world.grant(n).public_id for n in (2, 5, 8)]
    client = sign_in()
    first = text_of(client.get("/applications/"))
    after = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = text_of(client.get(f"/applications/{after}"))
    assert [public_id in first for public_id in made] == [False, True, True]
    assert [public_id in second for public_id in made] == [True, False, False]


@pytest.mark.parametrize("before", ["abc", "", "9" * 60, "0"])
def test_a_strange_page_key_is_no_error(before):
    assert sign_in().get("/applications/", {"before": before}).status_code == 200


def test_the_list_asks_the_database_the_same_for_one_and_for_many():
    client = sign_in()
    counts = []
    for n in (2, 5, 8):
        world.grant(n).submit()
        with CaptureQueriesContext(connection) as queries:
            client.get("/applications/")
        counts.append(len(queries))
    assert counts[0] == counts[-1]
    assert counts[0] <= 7


def test_a_draft_shows_its_steps():
    page = shown(world.grant())
    assert "填到哪里了" in page
    assert "还没完成" in page


def test_a_filed_case_says_who_has_it_and_until_when():
    case = world.grant().submit()
    page = shown(case)
    assert "已提交，等待受理" in page
    assert f"现在由<strong>{case.application.subject_office.name}</strong>办理" in page
    assert day_in_words(timezone.localtime(case.item().due_at)) in page


def test_a_returned_case_says_what_to_do_and_that_the_clock_stands():
    page = shown(world.grant().submit().ask_to_correct())
    assert "去补充或修改" in page
    assert "接着办理" in page
    assert "补正所用的时间不算" in page


def test_a_case_under_notice_says_when_the_notice_ends():
    case = world.grant().submit().say("accept").say("agree")
    page = shown(case)
    assert "正在公示" in page
    ends = timezone.localtime(case.application.notices.get().ends_at)
    assert day_in_words(ends) in page


def test_a_granted_case_shows_amount_papers_and_the_whole_route():
    case = world.granted()
    page = shown(case)
    assert "您的申请已经批准" in page
    assert "1,000.00" in page
    assert page.count("已完成") >= 4
    for paper in reading.papers_for_applicant(case.public_id):
        assert paper.number in page


def test_a_refused_case_points_to_reasons_and_remedies():
    case = world.at_decision().say("refuse", reasons=("no_evidence",), text="不能证明。")
    page = shown(case)
    assert "没有批准" in page
    assert "不服时的办法" in page


def test_the_story_tells_what_happened_and_not_what_officials_thought():
    case = world.grant().submit().say("accept").say("disagree", text="内部意见：存疑。")
    page = shown(case)
    assert "完成了审核" in page
    assert "不同意" not in page
    assert "内部意见" not in page
    assert case.official.__self__.user.username not in page.split("办理经过")[1].split("您填写的内容")[0]


def test_an_act_and_its_paper_are_one_entry_of_the_story():
    page = shown(world.grant().submit().say("accept"))
    story = page.split("办理经过")[1]
    assert "阅读受理通知书" in story
    assert "出具文书" not in story


def test_numbers_are_masked_on_the_page_of_a_filed_case():
    case = world.grant().submit()
    page = shown(case)
    known = world.cast(2).person()
    assert known.id_number[-4:] in page
    for number in (known.id_number, known.account, known.phone, known.certificate):
        assert number not in page.replace(" ", "")


def test_withdrawing_asks_first_and_ends_the_case():
    case = world.grant().submit()
    client = sign_in()
    assert "确定撤回这份申请吗" in text_of(client.get(url(case, "withdraw/")))
    assert send(client, case, "withdraw/").status_code == 302
    page = shown(case)
    assert "您已撤回" in page
    assert url(case, "withdraw/") not in page


def test_a_stale_withdrawal_is_refused():
    case = world.grant().submit()
    response = send(sign_in(), case, "withdraw/", {"version": "0"})
    assert response.status_code == 409
    assert case.application.is_open


def test_what_is_decided_cannot_be_withdrawn():
    case = world.granted()
    client = sign_in()
    assert client.get(url(case, "withdraw/")).headers["Location"] == url(case)
    assert send(client, case, "withdraw/").status_code == 409


def test_a_paper_can_be_read_as_a_page():
    case = world.granted()
    paper = Paper.objects.filter(case_ref=case.public_id, kind="grant").get()
    page = text_of(sign_in().get(url(case, f"papers/{paper.pk}/")))
    assert paper.number in page
    assert case.application.subject.name in page
    assert "核验码" in page


def test_a_pdf_that_is_still_being_made_says_so_and_offers_to_look_again():
    case = world.granted()
    paper = Paper.objects.filter(case_ref=case.public_id, kind="grant").get()
    Paper.objects.filter(pk=paper.pk).update(state="queued", pdf="", pdf_sha256="", rendered_at=None)
    client = sign_in()
    address = url(case, f"papers/{paper.pk}/")
    page = text_of(client.get(address))
    assert "PDF正在生成" in page
    assert f'href="{address}"' in page
    assert client.get(f"{address}pdf/").headers["Location"] == address


def test_a_ready_pdf_is_a_download(monkeypatch):
    case = world.granted()
    paper = Paper.objects.filter(case_ref=case.public_id, kind="grant").get()
    Paper.objects.filter(pk=paper.pk).update(
        state="ready", pdf="x.sealed", pdf_sha256="0" * 64, rendered_at=paper.issued_at
    )
    monkeypatch.setattr("papers.reading.pdf_bytes", lambda _paper: b"%PDF-1.7")
    response = sign_in().get(url(case, f"papers/{paper.pk}/pdf/"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_paper_of_another_case_is_not_found():
    mine, other = world.grant().submit(), world.granted(5)
    paper = Paper.objects.filter(case_ref=other.public_id).first()
    client = sign_in()
    assert client.get(url(mine, f"papers/{paper.pk}/")).status_code == 404
    assert client.get(url(mine, f"papers/{paper.pk}/pdf/")).status_code == 404
    assert sign_in("applicant2").get(url(other, f"papers/{paper.pk}/pdf/")).status_code == 404


@pytest.mark.parametrize(
    "build",
    [
        lambda: world.grant().submit(),
        lambda: world.grant().submit().ask_to_correct(),
        lambda: world.grant().submit().say("accept").say("agree"),
        world.granted,
        world.phase_out_granted,
    ],
    ids=["submitted", "returned", "noticed", "granted", "phase-out"],
)
def test_the_page_of_a_case_asks_the_database_little_and_writes_nothing(build):
    case, client = build(), sign_in()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url(case))
    assert response.status_code == 200
    assert len(queries) <= 30, len(queries)
    assert all(query["sql"].startswith("SELECT") for query in queries), queries.captured_queries


def test_an_official_who_is_not_the_filer_finds_nothing_here():
    case = world.grant().submit()
    assert sign_in("county-reviewer").get(url(case)).status_code == 404


def test_the_page_speaks_english():
    page = text_of(sign_in().get(url(world.granted()), headers={"accept-language": "en"}))
    assert "One-off job-seeking grant" in page
    assert 'lang="zh-Hans"' in page
