"""Bulk in pages: choose, confirm, follow, read and download the results; who sees what."""

import csv
import io
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.bulk import choosing, results
from approvals.models import BulkLine, BulkRun
from tests import stages, world
from tests.approvals.bulk_cases import APPROVER, items_of, ready, started, unqueued, worked
from tests.approvals.desk import events, sign_in, tables_written, text_of

pytestmark = pytest.mark.django_db
OTHERS = ["applicant", "auditor", "finance-maker", "admin", "county-reviewer", "other-county"]


@pytest.fixture
def desk(clock):
    return sign_in(APPROVER)


@pytest.fixture
def waiting(monkeypatch):
    """Runs that are started wait for a worker."""
    unqueued(monkeypatch)


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def confirmed(desk, cases, **more):
    """The fields of the page that asks for confirmation, as a browser would send them back."""
    page = soup(desk.post("/inbox/bulk/", {"item": items_of(cases)}))
    hidden = {one["name"]: one["value"] for one in page.select('form[action$="start/"] input[type=hidden]')}
    return {name: hidden[name] for name in ("chosen", "token")} | {"outcome": "grant", "text": "准予。"} | more


def stats(response):
    return {
        box.select_one(".zd-stat__label").text: box.select_one(".zd-stat__value").text
        for box in soup(response).select(".zd-stat")
    }


class TestConfirming:
    """Between choosing and starting."""

    def test_the_page_tells_how_many_can_be_done_and_why_the_rest_is_left_out(self, desk):
        cases = [*ready(2), world.at_decision(8, study_mode="part_time")]
        response = desk.post("/inbox/bulk/", {"item": items_of(cases)})
        assert stats(response) == {"选中的件": "3", "可以批量办理": "2", "不列入": "1"}
        text = text_of(response)
        assert "测算结果不是“符合条件”" in text
        assert cases[2].application.number in text
        assert "2件可以这样办理" in text
        assert not BulkRun.objects.exists()

    def test_all_of_a_filter_can_be_chosen(self, desk):
        ready(2)
        response = desk.post("/inbox/bulk/", {"all": "on", "query": "?tab=todo&scheme=grad-jobseeking"})
        assert stats(response)["选中的件"] == "2"
        assert desk.post("/inbox/bulk/", {"all": "on", "query": "?scheme=other"}).status_code == 422

    def test_more_than_the_cap_is_cut_and_said(self, desk, monkeypatch):
        monkeypatch.setattr("approvals.views.bulk.MOST", 1)
        ready(2)
        response = desk.post("/inbox/bulk/", {"all": "on", "query": ""})
        assert stats(response)["选中的件"] == "1"
        assert "一次最多办理1件" in text_of(response)

    def test_choosing_nothing_is_said_in_words(self, desk):
        for sent in ({}, {"item": ["x", "-1", "9" * 40]}, {"item": "999999"}):
            response = desk.post("/inbox/bulk/", sent)
            assert response.status_code == 422
            assert "没有选中可以办理的件" in text_of(response)

    def test_where_nothing_can_be_done_no_form_is_offered(self, desk):
        case = world.at_decision(study_mode="part_time")
        page = soup(desk.post("/inbox/bulk/", {"item": items_of([case])}))
        assert page.select_one('form[action$="start/"]') is None
        assert "都不能批量办理" in page.text

    def test_the_reading_is_on_record(self, desk):
        desk.post("/inbox/bulk/", {"item": items_of(ready(1))})
        assert events("bulk.chosen")[0].data == {"count": 1, "left": 0}


class TestStarting:
    """One page, one run."""

    def test_sending_the_page_starts_the_run_and_leads_to_it(self, desk, waiting):
        cases = ready(2)
        response = desk.post("/inbox/bulk/start/", confirmed(desk, cases))
        run = BulkRun.objects.get()
        assert response["Location"] == f"/inbox/bulk/{run.pk}/"
        assert (run.user.username, run.outcome, run.total, run.on_behalf_of) == (APPROVER, "grant", 2, None)

    def test_a_double_click_is_one_run(self, desk, waiting):
        sent = confirmed(desk, ready(1))
        places = {desk.post("/inbox/bulk/start/", sent)["Location"] for _click in range(2)}
        assert len(places) == BulkRun.objects.count() == 1

    def test_an_outcome_left_out_is_said_beside_it_and_the_words_are_kept(self, desk, waiting):
        response = desk.post("/inbox/bulk/start/", confirmed(desk, ready(1), outcome="", text="经核对准予。"))
        assert response.status_code == 422
        text = text_of(response)
        assert "请选择办理结果" in text
        assert "经核对准予。" in text
        assert not BulkRun.objects.exists()

    def test_a_choice_that_was_changed_or_made_by_another_is_refused(self, desk, waiting, clock):
        cases = ready(1)
        sent = confirmed(desk, cases)
        stages.colleague(cases[0])
        assert sign_in("colleague").post("/inbox/bulk/start/", sent).status_code == 422
        assert desk.post("/inbox/bulk/start/", sent | {"chosen": sent["chosen"][:-1]}).status_code == 422
        assert desk.post("/inbox/bulk/start/", sent | {"token": "x"}).status_code == 422
        assert not BulkRun.objects.exists()


class TestFollowing:
    """A run on its way and at its end."""

    def test_while_it_works_the_page_tells_how_far_it_is_and_writes_nothing(self, desk, waiting):
        run = started(ready(2))
        BulkRun.objects.filter(pk=run.pk).update(state="running", done=1)
        page = soup(desk.get(f"/inbox/bulk/{run.pk}/"))
        assert page.select_one("[role=progressbar]")["aria-valuenow"] == "1"
        assert "已经有结果的1件，共2件" in page.text
        assert page.select_one("[data-live]") is not None
        assert page.select_one('meta[http-equiv="refresh"]') is None

    def test_it_can_be_cancelled_by_whoever_started_it_from_its_page(self, desk, waiting):
        run = started(ready(1))
        assert "还有1件没有办理" in text_of(desk.post(f"/inbox/bulk/{run.pk}/cancel/", follow=True))
        assert desk.post(f"/inbox/bulk/{run.pk}/cancel/").status_code == 409

    def test_at_its_end_the_reasons_are_counted(self, desk, waiting):
        cases = ready(3)
        run = started(cases)
        cases[0].withdraw()
        response = desk.get(f"/inbox/bulk/{worked(run).pk}/")
        assert stats(response) == {"已办理": "2", "没有通过": "1", "没有列入": "0", "还没有办理": "0"}
        assert "此件已经办结或转到别处" in text_of(response)

    def test_a_run_that_lost_its_authority_says_so(self, desk, waiting):
        run = started(ready(1))
        BulkRun.objects.filter(pk=run.pk).update(state="failed", failure="no_authority", ended_at=run.started_at)
        assert "发起人不再有办理这些件的岗位" in text_of(desk.get(f"/inbox/bulk/{run.pk}/"))

    def test_my_runs_are_listed_and_go_by_pages(self, desk, waiting, monkeypatch):
        monkeypatch.setattr("approvals.views.bulk.RUNS_A_PAGE", 1)
        older, newer = (started(ready(1, n)) for n in range(2))
        page = soup(desk.get("/inbox/bulk/"))
        assert [link["href"] for link in page.select("tbody a")] == [f"/inbox/bulk/{newer.pk}/"]
        link = page.select_one("a[rel=next]")["href"]
        assert [one["href"] for one in soup(desk.get(f"/inbox/bulk/{link}")).select("tbody a")] == [
            f"/inbox/bulk/{older.pk}/"
        ]


class TestResults:
    """Case by case."""

    @pytest.fixture
    def run(self, desk, waiting):
        """Two of three are done, one was withdrawn."""
        cases = ready(3)
        run = started(cases)
        cases[0].withdraw()
        return worked(run)

    def test_each_case_has_its_result_and_the_reading_is_on_record(self, desk, run):
        text = text_of(desk.get(f"/inbox/bulk/{run.pk}/cases/"))
        assert all(line.number in text for line in run.lines.all())
        assert "办理时没有通过" in text
        assert events("bulk.read")[0].data == {"run": run.pk, "count": 3}

    def test_one_result_can_be_looked_at_alone(self, desk, run):
        page = soup(desk.get(f"/inbox/bulk/{run.pk}/cases/?result=refused"))
        assert [row.text for row in page.select("tbody th")] == [run.lines.get(result="refused").number]

    def test_a_long_list_goes_by_pages(self, desk, run, monkeypatch):
        monkeypatch.setattr(results, "PAGE_SIZE", 2)
        page = soup(desk.get(f"/inbox/bulk/{run.pk}/cases/"))
        assert len(page.select("tbody tr")) == 2
        link = page.select_one("a[rel=next]")["href"]
        assert len(soup(desk.get(f"/inbox/bulk/{run.pk}/cases/{link}")).select("tbody tr")) == 1

    @pytest.mark.parametrize("query", ["after=x", "after=-1", "after=" + "9" * 40, "result=lost"])
    def test_an_impossible_place_in_the_list_is_its_beginning(self, desk, run, query):
        assert len(soup(desk.get(f"/inbox/bulk/{run.pk}/cases/?{query}")).select("tbody tr")) == 3

    def test_the_file_holds_every_line_and_no_formula(self, desk, run):
        BulkLine.objects.filter(run=run, result="refused").update(number="=1+1")
        response = desk.get(f"/inbox/bulk/{run.pk}/results.csv")
        assert response["Content-Disposition"] == f'attachment; filename="bulk-{run.pk}.csv"'
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert rows[0] == ["申请编号", "事项", "环节", "结果", "原因", "时间"]
        assert len(rows) == 4
        assert {row[0] for row in rows[1:]} > {"'=1+1"}

    def test_reading_writes_its_event_alone(self, desk, run):
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"/inbox/bulk/{run.pk}/cases/")
        assert tables_written(queries) == {"audit_event", "audit_streamhead"}
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"/inbox/bulk/{run.pk}/")
        assert tables_written(queries) == set()


class TestWho:
    """Only whoever started it, and supervisors of the office."""

    @pytest.mark.parametrize("name", OTHERS)
    @pytest.mark.parametrize("rest", ["", "cases/", "results.csv", "cancel/"])
    def test_a_run_does_not_exist_for_others(self, waiting, name, rest):
        run, client = started(ready(1)), sign_in(name)
        path = f"/inbox/bulk/{run.pk}/{rest}"
        assert {client.get(path).status_code, client.post(path).status_code} <= {404, 405}
        run.refresh_from_db()
        assert run.state == "queued"

    def test_a_supervisor_of_the_office_reads_it_and_starts_none(self, waiting):
        run = started(ready(1))
        stages.official("supervisor", stages.prefecture("hrss"), "supervisor")
        client = sign_in("supervisor")
        for rest in ("", "cases/", "results.csv"):
            assert client.get(f"/inbox/bulk/{run.pk}/{rest}").status_code == 200
        assert client.get("/inbox/bulk/").status_code == 200
        assert client.post("/inbox/bulk/start/", {"token": uuid4()}).status_code == 404
        assert client.post(f"/inbox/bulk/{run.pk}/cancel/").status_code == 409

    def test_an_item_of_another_office_is_not_chosen(self, desk):
        other = world.grant(4).submit()
        response = desk.post("/inbox/bulk/", {"item": items_of([other])})
        assert response.status_code == 422
        assert other.application.number not in text_of(response)


def test_choosing_five_thousand_is_possible_in_one_form():
    assert choosing.MOST >= 5000
