"""The pages of budgets: what is shown, to whom, and what a click does."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.test import Client

from benefits.models import BudgetRequest
from people.models import Office
from people.posts import appoint
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.payouts import budget_rows
from tests.payouts.budget_rows import AT, GRANT, envelope
from tests.payouts.returned import row, sent, told

pytestmark = pytest.mark.django_db
BRING = {
    "approve-number": "示例财预〔2026〕8号",
    "approve-dated_year": "2026", "approve-dated_month": "9", "approve-dated_day": "1",
    "approve-source": "employment",
    "approve-function_code": "20807", "approve-economic_code": "303",
    "approve-province": "50", "approve-prefecture": "30.5", "approve-county": "19.5",
    "approve": "1",
}  # fmt: skip
ASK = {"scheme": GRANT, "year": "2026", "amount": "1,000.00", "reason": "下半年缺口"}


@pytest.fixture(autouse=True)
def today(clock):
    """The clock stands where the tests begin."""
    clock.move_to(AT)


def test_a_line_office_asks_and_finance_approves_on_pages():
    line, checker = sign_in("county-supervisor"), sign_in("finance-checker")
    asked = line.post("/budget-requests/", {"office": budget_rows.line_office().pk, **ASK})
    request = BudgetRequest.objects.get()
    assert asked.headers["Location"] == f"/budget-requests/{request.pk}/"
    assert "下半年缺口" in text_of(line.get(asked.headers["Location"]))
    address = f"/finance/budgets/requests/{request.pk}/"
    assert address in text_of(checker.get("/finance/budgets/requests/"))
    before = envelope().amount
    assert checker.post(address, BRING).status_code == 302
    assert envelope().amount == before + 1000
    tranche = request.tranches.get()
    assert (tranche.province, tranche.prefecture, tranche.county) == (5000, 3050, 1950)
    assert "示例财预〔2026〕8号" in text_of(line.get(f"/budget-requests/{request.pk}/"))
    assert checker.post(address, BRING).status_code == 409


def test_what_was_typed_wrongly_comes_back_with_words():
    line, checker = sign_in("county-supervisor"), sign_in("finance-checker")
    wrong = line.post("/budget-requests/", {"office": budget_rows.line_office().pk, **ASK, "reason": ""})
    assert wrong.status_code == 422
    assert "1,000.00" in text_of(wrong)
    request = budget_rows.by_line_office()
    wrong = checker.post(f"/finance/budgets/requests/{request.pk}/", BRING | {"approve-county": "20"})
    assert wrong.status_code == 422
    assert "三级分担比例相加应为100%" in text_of(wrong)
    assert "示例财预〔2026〕8号" in text_of(wrong)
    assert BudgetRequest.objects.get().state == "waiting"


def test_a_refusal_needs_a_reason_and_the_line_office_reads_it():
    request, checker = budget_rows.by_line_office(), sign_in("finance-checker")
    address = f"/finance/budgets/requests/{request.pk}/"
    assert checker.post(address, {"refuse": "1", "refuse-note": ""}).status_code == 422
    assert checker.post(address, {"refuse": "1", "refuse-note": "没有指标"}).status_code == 302
    assert "没有指标" in text_of(sign_in("county-supervisor").get(f"/budget-requests/{request.pk}/"))


def test_the_maker_proposes_and_does_not_approve():
    maker = sign_in("finance-maker")
    split = {"office": world.finance().pk, "kind": "split", "to": "532503", **ASK}
    answer = maker.post("/finance/budgets/requests/new/", split)
    assert answer.status_code == 302
    page = text_of(maker.get(answer.headers["Location"]))
    assert "提出人不能审核" in page
    assert "凭指标文件批准" not in page
    assert maker.post(answer.headers["Location"], BRING).status_code == 403
    document = {name: value for name, value in BRING.items() if name.startswith(("approve-number", "approve-dated"))}
    assert sign_in("finance-checker").post(answer.headers["Location"], document | {"approve": "1"}).status_code == 302
    assert envelope(division="532503").amount == 1000


def test_more_than_is_free_cannot_be_taken_away():
    answer = sign_in("finance-maker").post(
        "/finance/budgets/requests/new/",
        {"office": world.finance().pk, "kind": "decrease", **ASK, "amount": "99999999"},
    )
    assert answer.status_code == 422
    assert "最多只能减少" in text_of(answer)


def test_envelopes_are_listed_by_year_scheme_and_fund():
    maker = sign_in("finance-maker")
    page = text_of(maker.get("/finance/budgets/"))
    assert "就业补助资金" in page
    assert f"/finance/budgets/{envelope().pk}/" in page
    assert f"/finance/budgets/{envelope(year=2027).pk}/" in text_of(maker.get("/finance/budgets/?year=2027"))
    narrowed = text_of(maker.get("/finance/budgets/?source=dibao"))
    assert f"/finance/budgets/{envelope().pk}/" not in narrowed
    assert f"/finance/budgets/{envelope('dibao-phase-out').pk}/" in narrowed
    assert maker.get("/finance/budgets/?year=x&scheme=y&source=z").status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_envelope_tells_its_documents_months_and_levels(language, settings, clock):
    batch, [case] = sent()
    told(batch, row(batch))
    clock.move_to(case.later(200))
    maker = sign_in("finance-maker")
    maker.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = text_of(maker.get(f"/finance/budgets/{envelope().pk}/"))
    assert "示例财预〔2026〕1号" in page
    assert "500.00" in page
    assert f"{case.application.amount:,.2f}" in page


def test_the_earmark_report_is_a_file():
    maker = sign_in("finance-maker")
    lines = list(csv.reader(io.StringIO(maker.get("/finance/budgets/file/csv/").content.decode("utf-8-sig"))))
    assert len(lines) == 5
    assert [line[4] for line in lines[1:]] == ["示例财预〔2026〕1号"] * 4
    book = zipfile.ZipFile(io.BytesIO(maker.get("/finance/budgets/file/xlsx/?source=dibao").content))
    content = "".join(book.read(name).decode() for name in book.namelist())
    assert "低保资金" in content
    assert "就业补助资金" not in content
    assert maker.get("/finance/budgets/file/pdf/").status_code == 404


def test_the_rest_of_a_year_is_carried_over_by_two():
    maker, old = sign_in("finance-maker"), envelope(year=2025)
    answer = maker.post(f"/finance/budgets/{old.pk}/", {"reason": "年终"})
    assert answer.status_code == 302
    assert maker.post(f"/finance/budgets/{old.pk}/", {"reason": "年终"}).status_code == 409
    assert maker.post(f"/finance/budgets/{old.pk}/", {"reason": ""}).status_code == 422
    request = BudgetRequest.objects.get()
    document = {name: value for name, value in BRING.items() if name.startswith(("approve-number", "approve-dated"))}
    page = f"/finance/budgets/requests/{request.pk}/"
    assert sign_in("finance-checker").post(page, document | {"approve": "1"}).status_code == 302
    assert envelope(year=2025).free == 0


@pytest.mark.parametrize("name", ["applicant", "county-reviewer", "auditor", "admin", "county-supervisor"])
def test_others_find_no_budgets_of_finance(name):
    request, client = budget_rows.by_line_office(), sign_in(name)
    for address in ("", f"{envelope().pk}/", "requests/", "requests/new/", f"requests/{request.pk}/", "file/csv/"):
        assert client.get(f"/finance/budgets/{address}").status_code == 404


def test_another_bureau_finds_nothing_of_this_one():
    stranger = world.user("applicant2")
    for role in ("finance_maker", "finance_checker"):
        appoint(stranger, Office.objects.get(division_id="532502", function="finance"), role, date(2026, 1, 1))
    request, client = budget_rows.by_line_office(), sign_in("applicant2")
    for address in (f"{envelope().pk}/", f"requests/{request.pk}/"):
        assert client.get(f"/finance/budgets/{address}").status_code == 404
    assert "没有登记预算" in text_of(client.get("/finance/budgets/"))


def test_another_line_office_does_not_read_a_request():
    request = budget_rows.by_line_office()
    assert sign_in("prefecture-approver").get(f"/budget-requests/{request.pk}/").status_code == 404
    assert Client().get("/budget-requests/").headers["Location"].startswith("/accounts/login/")
