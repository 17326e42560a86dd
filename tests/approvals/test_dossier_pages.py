"""The pages of dossiers: opened, filled, minuted and sealed in pages; nothing for strangers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Dossier
from audit.models import Event
from papers.jobs import render_all
from people.models import Office
from project.demo.directory import MENGZI
from tests import world
from tests.approvals.desk import sign_in, tables_written, text_of
from tests.approvals.filing_batches import OPENER, SEALER, filled, minuted, office, sealed

pytestmark = pytest.mark.django_db


def at_desk(clock, made):
    """A dossier as far as made, now, and a client of who opened it."""
    those, dossier, at = made
    clock.move_to(at + timedelta(hours=2))
    return those, dossier, sign_in(OPENER)


def address(dossier, page=""):
    return f"/inbox/dossiers/{dossier.pk}/{page}"


def same_school():
    """A granted case of another graduate of the school of `world.granted(2)`."""
    schools = Office.objects.filter(function="school", division_id=MENGZI).count()
    return world.granted(2 + schools)


def minutes_form(at, **changes):
    day = at.astimezone()
    given = {
        "held_on_year": day.year,
        "held_on_month": day.month,
        "held_on_day": day.day,
        "place": "三楼",
        "attendance": "陈某，红河州人社局\n段某 红河州残联\n",
        "chair": "陈某",
        "text": "同意。",
        "votes_for": "2",
        "votes_against": "0",
        "abstained": "0",
    }
    return given | changes


def test_from_the_list_to_a_filled_dossier(clock):
    case = world.granted(2)
    clock.move_to(case.later(1))
    client = sign_in(OPENER)
    assert "还没有批次卷。" in text_of(client.get("/inbox/dossiers/"))
    form = {
        "office": office().pk,
        "scheme": "grad-jobseeking",
        "place": f"s{case.application.subject_office_id}",
        "period": "s2026",
        "request_to": "红河州人民政府",
    }
    assert client.post("/inbox/dossiers/new/", form | {"request_to": ""}).status_code == 422
    answer = client.post("/inbox/dossiers/new/", form)
    assert answer.status_code == 302
    dossier = Dossier.objects.get()
    page = text_of(client.get(answer.url))
    assert case.application.number in page
    assert "每件申请各有决定书" in page
    assert client.post(address(dossier, "cases/"), {"cases": [case.public_id]}).status_code == 302
    assert dossier.rows.get().application == case.application
    assert "2026–2027学年" in text_of(client.get("/inbox/dossiers/"))


def test_no_case_ticked_is_said(clock):
    case = world.granted(2)
    (_same,), dossier, client = at_desk(clock, filled(case))
    assert client.post(address(dossier, "cases/"), {}).status_code == 422


def test_a_case_is_taken_out(clock):
    (_case,), dossier, client = at_desk(clock, filled())
    row = dossier.rows.get()
    assert client.post(address(dossier, f"cases/{row.pk}/remove/")).status_code == 302
    assert client.post(address(dossier, f"cases/{row.pk}/remove/")).status_code == 404


def test_minutes_are_written_and_come_back_to_be_changed(clock):
    (_case,), dossier, client = at_desk(clock, filled())
    now = dossier.opened_at
    assert client.post(address(dossier, "minutes/"), minutes_form(now)).status_code == 302
    page = text_of(client.get(address(dossier, "minutes/")))
    assert "段某，红河州残联" in page
    assert "到会2人；同意2票" in text_of(client.get(address(dossier)))


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"votes_for": "1"}, "同意、反对、弃权共1票，与到会2人不符。"),
        ({"attendance": "陈某"}, "第1行请写成“姓名，单位”。"),
        ({"chair": "别人"}, "主持人应在到会人员名单中"),
        ({"votes_for": "两票"}, "请填写整数"),
    ],
)
def test_minutes_at_fault_keep_what_was_typed(clock, changes, message):
    (_case,), dossier, client = at_desk(clock, filled())
    answer = client.post(address(dossier, "minutes/"), minutes_form(dossier.opened_at, place="小会议室", **changes))
    assert answer.status_code == 422
    page = text_of(answer)
    assert message in page
    assert "小会议室" in page
    assert not dossier.minutes.exists()


def test_who_opened_it_sees_no_seal_and_is_refused_with_words(clock):
    (_case,), dossier, client = at_desk(clock, minuted())
    assert "/seal/" not in text_of(client.get(address(dossier)))
    answer = client.post(address(dossier, "seal/"), {"version": 1})
    assert answer.status_code == 403
    assert "立卷人不能自己封卷" in text_of(answer)


def test_another_seals_it_and_everything_is_printed_at_once(clock):
    (case,), dossier, client = at_desk(clock, minuted())
    other = sign_in(SEALER)
    assert other.post(address(dossier, "seal/"), {"version": "5"}).status_code == 409
    assert other.post(address(dossier, "seal/"), {"version": "1"}).status_code == 302
    assert client.get(address(dossier, "pdf/")).status_code == 409
    render_all()
    file = client.get(address(dossier, "pdf/"))
    assert file.content.startswith(b"%PDF")
    sheets = text_of(client.get(address(dossier, "sheets/")))
    for words in ("汇总表", "公示内容", "请示", "花名册", "会议纪要", case.application.number):
        assert words in sheets
    assert {event.action for event in Event.objects.filter(subject=f"dossier-{dossier.pk}")} >= {
        "dossier.sheets_read",
        "dossier.pdf_read",
    }


def test_the_sheets_of_an_open_dossier_say_that_they_are_a_draft(clock):
    (_case,), dossier, client = at_desk(clock, filled())
    assert "草稿" in text_of(client.get(address(dossier, "sheets/")))


def test_after_the_seal_nothing_is_offered_and_minutes_are_a_conflict(clock):
    (_case,), dossier, client = at_desk(clock, sealed())
    page = text_of(client.get(address(dossier)))
    for act in ("/remove/", "/seal/", "/cases/", "/minutes/"):
        assert act not in page
    assert client.get(address(dossier, "minutes/")).status_code == 409


def test_a_stranger_finds_no_dossier(clock):
    (case,), dossier, _client = at_desk(clock, minuted())
    stranger = sign_in("other-county")
    assert case.application.subject_office.name not in text_of(stranger.get("/inbox/dossiers/"))
    for page in ("", "sheets/", "pdf/", "minutes/"):
        assert stranger.get(address(dossier, page)).status_code == 404
    for act in ("cases/", f"cases/{dossier.rows.get().pk}/remove/", "minutes/", "seal/"):
        assert stranger.post(address(dossier, act), {"cases": [case.public_id]}).status_code == 404


def test_reading_a_dossier_is_on_record_and_nothing_else_is_written(clock):
    (_case,), dossier, client = at_desk(clock, minuted())
    client.get(address(dossier))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(dossier))
    assert tables_written(queries) == {"audit_event", "audit_streamhead"}
    assert len(queries) <= 45


def test_queries_do_not_grow_with_the_cases_of_a_dossier(clock):
    _those, dossier, client = at_desk(clock, minuted(world.granted(2), same_school()))
    client.get(address(dossier))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(dossier))
    assert len(queries) <= 45
    with CaptureQueriesContext(connection) as queries:
        client.get(address(dossier, "sheets/"))
    assert len(queries) <= 45


def test_the_auditor_reads_the_trail_of_a_dossier_of_their_division(clock):
    (_case,), dossier, _client = at_desk(clock, sealed())
    page = text_of(sign_in("auditor").get(f"/audit/dossier/{dossier.pk}/"))
    assert "封卷" in page
    assert sign_in("auditor").get("/audit/dossier/99999/").status_code == 404
    assert sign_in("auditor").get("/audit/dossier/x/").status_code == 404
