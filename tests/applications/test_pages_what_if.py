"""Pages of trying a draft: what is asked, what is shown, to whom."""

import pytest
from bs4 import BeautifulSoup

from applications import what_if_acts, what_if_words, what_if_work
from applications.models import WhatIfRun
from audit.models import Event
from schemes.definition import Example
from schemes.models import current_version
from schemes.words.scheme_values import SchemeValues
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.applications.policy_drafts import (
    FIRST,
    GRANT,
    LAST,
    closed,
    county_editor,
    draft_value,
    draft_version,
    without_study_mode,
)

pytestmark = pytest.mark.django_db
PERIOD = {
    "begins_year": "2026", "begins_month": "9", "begins_day": "1",
    "ends_year": "2026", "ends_month": "9", "ends_day": "30",
}  # fmt: skip


@pytest.fixture
def cases():
    return [world.grant(n).submit() for n in (0, 2, 4)]


@pytest.fixture
def editor(clock):
    return sign_in("policy-editor")


def address(proposal):
    return f"/policy/what-if/{proposal.pk}/"


def run_of(proposal, work=True):
    run = what_if_acts.start(world.user("policy-editor"), proposal.pk, FIRST, LAST, world.START)
    if work:
        what_if_work.work(run.pk)
    run.refresh_from_db()
    return run


def stats(response):
    page = BeautifulSoup(response.content, "html.parser")
    return {
        box.select_one(".zd-stat__label").text: box.select_one(".zd-stat__value").text
        for box in page.select(".zd-stat")
    }


class TestStart:
    """Choosing the cases."""

    def test_where_nothing_is_published_the_example_that_is_reckoned_with_is_what_holds_now(self, editor, monkeypatch):
        example = Example(name="amount", value="900.00", note="条文未载金额")
        definition = current_version(GRANT).definition.model_copy(update={"examples": (example,)})
        words = SchemeValues(definition)
        proposal = draft_value()
        assert what_if_words._value_now(proposal, words, "amount") == "1,000.00元"
        monkeypatch.setattr(what_if_words, "values_of", lambda *where: {})
        assert what_if_words._value_now(proposal, words, "amount") == "900.00元 · 事项自带的示例"
        assert what_if_words._value_now(proposal, words, "quota") == "没有"

    def test_the_page_says_what_would_change_from_what_to_what(self, cases, editor):
        text = text_of(editor.get(address(draft_value())))
        assert "1,000.00元" in text
        assert "1,200.00元" in text
        assert "红河" in text

    def test_sending_the_form_starts_a_run_and_leads_to_it(self, cases, editor):
        proposal = draft_value()
        response = editor.post(address(proposal), {**PERIOD, "days": "as_if"})
        run = WhatIfRun.objects.get()
        assert response["Location"] == f"/policy/what-if/runs/{run.pk}/"
        assert (run.begins, run.ends, run.as_if) == (FIRST, LAST, True)

    def test_a_version_is_not_asked_from_when_it_counts(self, cases, editor):
        proposal = draft_version(without_study_mode)
        assert "当作申请时已经生效" not in text_of(editor.get(address(proposal)))
        assert editor.post(address(proposal), PERIOD).status_code == 302

    def test_a_version_shows_in_words_what_it_changes(self, cases, editor):
        page = BeautifulSoup(editor.get(address(draft_version(without_study_mode))).content, "html.parser")
        assert "全日制学习 删去" in " ".join(page.select_one("main").text.split())

    def test_a_period_without_cases_is_said_beside_the_field_and_nothing_is_lost(self, editor):
        response = editor.post(address(draft_value()), {**PERIOD, "days": "as_if"})
        assert response.status_code == 422
        page = BeautifulSoup(response.content, "html.parser")
        assert "没有可以试算的申请" in page.select_one("#id_begins_error, [id$=begins_error]").text
        assert page.select_one("input[name=begins_year]")["value"] == "2026"

    def test_a_faulty_version_is_said_on_the_page(self, cases, editor):
        proposal = draft_version(without_study_mode)
        type(proposal).objects.filter(pk=proposal.pk).update(content={**proposal.content, "calculation": "guess"})
        response = editor.post(address(proposal), PERIOD)
        assert response.status_code == 422
        assert "改好以后才能试算" in text_of(response)

    def test_a_closed_draft_can_be_read_and_not_tried(self, cases, editor):
        proposal = closed(draft_value())
        assert "不能再试算" in text_of(editor.get(address(proposal)))
        assert editor.post(address(proposal), {**PERIOD, "days": "as_if"}).status_code == 409

    def test_earlier_runs_of_the_draft_are_listed_to_those_who_may_see_them(self, cases, editor):
        proposal = draft_version(without_study_mode)
        run = run_of(proposal)
        assert f"/policy/what-if/runs/{run.pk}/" in text_of(editor.get(address(proposal)))
        county_editor()
        assert f"/policy/what-if/runs/{run.pk}/" not in text_of(sign_in("applicant2").get(address(proposal)))


class TestResult:
    """What a run found."""

    def test_counts_and_sums_are_shown(self, cases, editor):
        run = run_of(draft_value())
        assert stats(editor.get(f"/policy/what-if/runs/{run.pk}/")) == {
            "试算的申请": "3",
            "结果会变": "3",
            "变为符合条件": "0",
            "不再符合条件": "0",
            "调整前（元）": "3,000.00",
            "调整后（元）": "3,600.00",
            "相差（元）": "600.00",
        }

    def test_every_picture_has_its_figures_in_a_table(self, cases, editor):
        page = BeautifulSoup(editor.get(f"/policy/what-if/runs/{run_of(draft_value()).pk}/").content, "html.parser")
        pictures = page.select("figure.zd-bars")
        assert len(pictures) == 2
        assert all(one.select_one("svg[role=img] title") and one.select_one("table") for one in pictures)

    def test_no_case_number_stands_on_the_page_of_sums(self, cases, editor):
        text = text_of(editor.get(f"/policy/what-if/runs/{run_of(draft_value()).pk}/"))
        assert not any(case.application.number in text for case in cases)

    def test_while_it_works_the_page_tells_how_far_it_is_and_can_be_loaded_again(self, cases, editor):
        run = run_of(draft_value(), work=False)
        WhatIfRun.objects.filter(pk=run.pk).update(state="running", done=1)
        page = BeautifulSoup(editor.get(f"/policy/what-if/runs/{run.pk}/").content, "html.parser")
        assert page.select_one("[role=progressbar]")["aria-valuenow"] == "1"
        assert "已经试算1件，共3件" in page.text
        assert page.select_one('meta[http-equiv="refresh"]') is None

    def test_a_run_can_be_cancelled_from_its_page(self, cases, editor):
        run = run_of(draft_value(), work=False)
        response = editor.post(f"/policy/what-if/runs/{run.pk}/cancel/", follow=True)
        assert "下面的数字不完整" in text_of(response)

    def test_a_draft_changed_since_is_said_so(self, cases, editor):
        proposal = draft_value()
        run = run_of(proposal)
        type(proposal).objects.filter(pk=proposal.pk).update(content={**proposal.content, "value": "1300.00"})
        assert "草案在这次试算之后改过" in text_of(editor.get(f"/policy/what-if/runs/{run.pk}/"))

    def test_the_queries_of_the_page_do_not_grow_with_the_result(self, cases, editor, django_assert_max_num_queries):
        run = run_of(draft_value())
        with django_assert_max_num_queries(30):
            editor.get(f"/policy/what-if/runs/{run.pk}/")


class TestCases:
    """The numbers of the changed cases."""

    def test_they_are_listed_and_the_reading_is_on_record(self, cases, editor):
        run = run_of(draft_value())
        text = text_of(editor.get(f"/policy/what-if/runs/{run.pk}/cases/"))
        assert all(case.application.number in text for case in cases)
        event = Event.objects.get(stream="reader:policy-editor", action="what_if.read")
        assert event.data == {"run": run.pk, "count": 3}

    def test_a_long_list_goes_by_pages(self, cases, editor, monkeypatch):
        monkeypatch.setattr("applications.views.what_if.CASES_A_PAGE", 2)
        run = run_of(draft_value())
        first = editor.get(f"/policy/what-if/runs/{run.pk}/cases/")
        link = BeautifulSoup(first.content, "html.parser").select_one("a[rel=next]")["href"]
        second = text_of(editor.get(f"/policy/what-if/runs/{run.pk}/cases/{link}"))
        assert [case.application.number in second for case in cases] == [False, False, True]

    @pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "１"])
    def test_an_impossible_place_in_the_list_is_its_beginning(self, cases, editor, after):
        run = run_of(draft_value())
        assert editor.get(f"/policy/what-if/runs/{run.pk}/cases/?after={after}").status_code == 200


@pytest.mark.parametrize("rest", ["", "cases/", "cancel/"])
@pytest.mark.parametrize("name", ["applicant", "county-reviewer", "finance-maker", "auditor"])
def test_a_run_does_not_exist_for_others(cases, name, rest):
    run = run_of(draft_value())
    client, path = sign_in(name), f"/policy/what-if/runs/{run.pk}/{rest}"
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


@pytest.mark.parametrize("rest", ["", "cases/"])
def test_a_run_of_the_prefecture_does_not_exist_for_an_editor_of_a_county(cases, rest):
    run = run_of(draft_value())
    county_editor()
    assert sign_in("applicant2").get(f"/policy/what-if/runs/{run.pk}/{rest}").status_code == 404
