"""The pages of finance: what is shown, to whom, and what a click does."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db.models import Sum
from django.test import Client

from audit.models import Event
from benefits.models import Budget, Due
from payouts import batching
from payouts.models import Batch
from people import vault
from people.models import Office
from people.posts import appoint, dismiss
from tests import world

pytestmark = pytest.mark.django_db
GRANT = "grad-jobseeking"


def signed_in(name):
    client = Client()
    client.force_login(world.user(name))
    return client


@pytest.fixture
def maker():
    return signed_in("finance-maker")


@pytest.fixture
def checker():
    return signed_in("finance-checker")


@pytest.fixture
def case(clock):
    """A grant, paid from now on; the clock stands where the case has come to."""
    case = world.granted()
    clock.move_to(case.later())
    return case


@pytest.fixture
def batch(case):
    return batching.make(world.user("finance-maker"), world.finance(), GRANT, case.later(0))


@pytest.fixture
def sealed(batch, case):
    return batching.seal(world.user("finance-maker"), batch.number, case.at)


@pytest.fixture
def approved(sealed, case):
    return batching.approve(world.user("finance-checker"), sealed.number, case.at)


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def text(response, status=200):
    return soup(response, status).main.get_text(" ", strip=True)


def payable_url():
    return f"/finance/payable/{world.finance().pk}/{GRANT}/"


def page(batch, end=""):
    return f"/finance/batches/{batch.number}/{end}"


def figures(table):
    """The amounts of a table's last column, foot apart."""
    amounts = [Decimal(row.find_all(["td", "th"])[-1].text.replace(",", "")) for row in table.tbody.find_all("tr")]
    return amounts, Decimal(table.tfoot.find_all(["td", "th"])[-1].text.replace(",", ""))


def test_visitors_are_asked_to_sign_in(client):
    assert client.get("/finance/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "name", ["applicant", "county-reviewer", "prefecture-approver", "auditor", "policy-editor", "admin"]
)
def test_finance_does_not_exist_for_others(name, sealed):
    client = signed_in(name)
    for address in ("/finance/", "/finance/batches/", payable_url(), page(sealed), page(sealed, "cover/")):
        assert client.get(address).status_code == 404
    for act in ("seal/", "approve/", "discard/", "export/csv/"):
        assert client.post(page(sealed, act)).status_code == 404


def test_another_office_s_maker_finds_nothing_of_this_one(sealed):
    stranger = world.user("applicant2")
    for role in ("finance_maker", "finance_checker"):
        appoint(stranger, Office.objects.get(division_id="532502", function="finance"), role, date(2026, 1, 1))
    client = signed_in("applicant2")
    for address in (payable_url(), page(sealed), page(sealed, "cover/"), page(sealed, "discard/")):
        assert client.get(address).status_code == 404
    for act in ("seal/", "approve/", "discard/", "export/csv/"):
        assert client.post(page(sealed, act), {"reason": "x"}).status_code == 404
    assert sealed.number not in client.get("/finance/batches/").content.decode()


def test_the_front_page_adds_up(case, maker):
    world.phase_out_granted()
    found = soup(maker.get("/finance/"))
    payable, budgets = found.find("table"), found.find_all("table")[-1]
    amounts, total = figures(payable)
    due = Due.objects.filter(payable_from__lte=case.at.date()).aggregate(total=Sum("amount"))
    assert sum(amounts) == total == due["total"]
    free, total = figures(budgets)
    assert sum(free) == total == sum(budget.free for budget in Budget.objects.filter(year=2026))


def test_the_budget_picture_has_a_title_and_the_same_data_in_a_table(case, maker):
    found = soup(maker.get("/finance/"))
    svg = found.find("svg", attrs={"role": "img"})
    named = svg["aria-labelledby"].split()
    assert all(svg.find(id=name).text.strip() for name in named)
    assert "220,000.00" in found.find_all("table")[-1].text


def test_another_budget_year_can_be_looked_at(maker, clock):
    clock.move_to(world.START)
    Budget.objects.filter(year=2027, scheme_code=GRANT).update(amount=Decimal("777.00"))
    assert "777.00" in text(maker.get("/finance/?year=2027"))
    assert "777.00" not in text(maker.get("/finance/?year=nonsense"))


def test_the_front_page_names_nobody_and_is_not_a_read(case, maker):
    assert case.application.subject.name not in text(maker.get("/finance/"))
    assert not Event.objects.filter(stream="reader:finance-maker").exists()


def test_the_preview_shows_lines_that_add_up_before_anything_is_made(case, maker):
    world.granted(5)
    found = soup(maker.get(payable_url()))
    sums, lines = found.find_all("table")
    for table in (sums, lines):
        amounts, total = figures(table)
        assert sum(amounts) == total == Decimal("2000.00")
    assert not Batch.objects.exists()


def test_looking_at_lines_is_on_record_without_names(case, maker):
    maker.get(payable_url())
    event = Event.objects.get(stream="reader:finance-maker")
    assert (event.action, event.data) == ("payable.read", {"scheme": GRANT, "lines": 1, "from": 1})


def test_numbers_are_masked_on_every_page(approved, case, maker):
    person = case.application.subject
    number = vault.decrypt(person.data_key, person.id_number, "id_number")
    account = vault.decrypt(person.data_key, person.account, "account")
    for address in (payable_url(), page(approved), page(approved, "cover/")):
        shown = maker.get(address).content.decode()
        assert number not in shown
        assert account not in shown
    assert f"{number[:6]}********{number[-4:]}" in maker.get(page(approved)).content.decode()


def seen(client, address):
    form = soup(client.get(address)).main.find("form", attrs={"method": "post"})
    return {field["name"]: field["value"] for field in form.find_all("input")}


def test_a_maker_makes_what_was_seen(case, maker):
    answer = maker.post(payable_url(), seen(maker, payable_url()))
    batch = Batch.objects.get()
    assert answer.headers["Location"] == page(batch)
    assert batch.total == Decimal("1000.00")


def test_what_changed_since_it_was_seen_is_not_made_but_shown_again(case, maker):
    before = seen(maker, payable_url())
    world.granted(5)
    answer = maker.post(payable_url(), before)
    found = soup(answer, 409)
    assert "不一致" in found.find(class_="govuk-error-summary").text
    assert "2,000.00" in found.main.text
    assert not Batch.objects.exists()


def test_a_button_without_its_sums_makes_nothing(case, maker):
    assert maker.post(payable_url(), {}).status_code == 422
    assert maker.post(payable_url(), {"lines": "x", "total": "1e9"}).status_code == 422
    assert not Batch.objects.exists()


def test_a_checker_looks_but_has_no_button_to_make(case, checker):
    found = soup(checker.get(payable_url()))
    assert found.main.find("form", attrs={"method": "post"}) is None
    answer = checker.post(payable_url(), {"lines": "1", "total": "1000.00"})
    assert answer.status_code == 403


def test_a_scheme_nobody_knows_is_not_found(case, maker):
    assert maker.get(f"/finance/payable/{world.finance().pk}/no-such-scheme/").status_code == 404


@pytest.mark.parametrize("act", ["seal", "approve", "export/csv"])
def test_acts_are_posts(act, sealed, maker):
    assert maker.get(page(sealed, f"{act}/")).status_code == 405


def test_a_batch_goes_from_seal_to_file_by_two_people(batch, maker, checker):
    assert "封存批次" in text(maker.get(page(batch)))
    assert "封存批次" not in text(checker.get(page(batch)))
    maker.post(page(batch, "seal/"))
    assert "复核通过" not in text(maker.get(page(batch)))
    assert "复核通过" in text(checker.get(page(batch)))
    checker.post(page(batch, "approve/"))
    answer = checker.post(page(batch, "export/csv/"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["批次号"] for row in rows] == [batch.number]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{batch.number}.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    batch.refresh_from_db()
    assert batch.state == "exported"


def test_a_maker_who_is_also_checker_is_told_that_another_must_check(sealed, maker):
    appoint(world.user("finance-maker"), world.finance(), "finance_checker", date(2026, 1, 1))
    assert "复核通过" not in text(maker.get(page(sealed)))
    answer = maker.post(page(sealed, "approve/"))
    assert "制单人不能复核" in soup(answer, 403).find(class_="govuk-error-summary").text


def test_who_took_part_in_a_case_is_refused_with_the_reason(sealed):
    appoint(world.user("prefecture-approver"), world.finance(), "finance_checker", date(2026, 1, 1))
    answer = signed_in("prefecture-approver").post(page(sealed, "approve/"))
    assert "您参与办理过其中的申请" in text(answer, 403)


def test_a_second_click_is_a_conflict_shown_on_the_batch_s_page(sealed, maker):
    answer = maker.post(page(sealed, "seal/"))
    found = soup(answer, 409)
    assert "已经封存" in found.find(class_="govuk-error-summary").text
    assert sealed.number in found.h1.text


def test_nothing_is_handed_out_before_approval(sealed, checker):
    assert checker.post(page(sealed, "export/csv/")).status_code == 409


def test_there_is_no_third_kind_of_file(approved, checker):
    assert checker.post(page(approved, "export/data_key/")).status_code == 404


def test_a_file_comes_with_its_type(approved, checker):
    xlsx = checker.post(page(approved, "export/xlsx/"))
    assert xlsx.content.startswith(b"PK")
    assert xlsx.headers["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_page_shows_control_totals_and_hashes(sealed, maker):
    found = soup(maker.get(page(sealed)))
    for table in found.find_all("table"):
        if table.caption.text == "封存的文件":
            continue
        amounts, total = figures(table)
        assert sum(amounts) == total == sealed.total
    assert {sealed.xlsx_sha256, sealed.csv_sha256} == {code.text for code in found.find_all("code")[:2]}
    assert "壹仟元整" in found.main.text


def test_the_cover_sheet_names_no_payee(sealed, case, maker):
    shown = text(maker.get(page(sealed, "cover/")))
    assert case.application.subject.name not in shown
    assert sealed.xlsx_sha256 in shown
    assert "壹仟元整" in shown


def test_reading_a_batch_is_on_record(sealed, checker):
    checker.get(page(sealed))
    event = Event.objects.get(stream="reader:finance-checker")
    assert (event.action, event.subject) == ("batch.read", sealed.number)


def test_no_record_no_page(sealed, checker, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no record")

    monkeypatch.setattr("audit.chain.record_read", broken)
    with pytest.raises(RuntimeError, match="no record"):
        checker.get(page(sealed))


def test_discarding_asks_for_a_reason(sealed, maker):
    answer = maker.post(page(sealed, "discard/"), {"reason": " "})
    assert soup(answer, 422).find(class_="govuk-error-summary").a["href"] == "#id_reason"
    sealed.refresh_from_db()
    assert sealed.state == "sealed"


def test_a_discarded_batch_says_who_and_why(sealed, checker, maker):
    checker.post(page(sealed, "discard/"), {"reason": "合计与清单不符"})
    shown = text(maker.get(page(sealed)))
    assert "已作废" in shown
    assert "合计与清单不符" in shown
    assert "导出 CSV" not in shown


def test_discarding_what_was_approved_meanwhile_is_a_conflict(sealed, maker, case):
    batching.approve(world.user("finance-checker"), sealed.number, case.at)
    assert maker.post(page(sealed, "discard/"), {"reason": "x"}).status_code == 409


def test_an_account_shared_by_two_people_is_pointed_out(case, maker):
    other = world.granted(5).application
    other.payee.account_index = case.application.payee.account_index
    other.payee.save()
    batch = batching.make(world.user("finance-maker"), world.finance(), GRANT, case.at)
    assert "有1个账号收取不止一人的款项" in text(maker.get(page(batch)))


def test_a_line_that_cannot_be_read_does_not_take_the_page_down(batch, case, maker):
    vault.destroy(case.application.data_key, case.at)
    assert "无法读取" in text(maker.get(page(batch)))


def test_sealing_it_is_refused_with_the_number_of_the_case(batch, case, maker):
    vault.destroy(case.application.data_key, case.at)
    answer = maker.post(page(batch, "seal/"))
    assert case.application.number in soup(answer, 422).find(class_="govuk-error-summary").text


def test_the_list_of_batches_filters_by_state_and_goes_by_pages(case, maker, monkeypatch):
    monkeypatch.setattr("payouts.views.batches.BATCHES_A_PAGE", 2)
    numbers = []
    for n in (5, 8, 11):
        numbers.append(batching.make(world.user("finance-maker"), world.finance(), GRANT, case.at).number)
        world.granted(n)
    first = soup(maker.get("/finance/batches/"))
    assert re.findall(r"PC\d+", first.tbody.text) == numbers[:0:-1]
    following = first.find("a", attrs={"rel": "next"})["href"]
    assert re.findall(r"PC\d+", soup(maker.get(f"/finance/batches/{following}")).tbody.text) == numbers[:1]
    assert "没有批次" in text(maker.get("/finance/batches/?state=exported"))


@pytest.mark.parametrize("query", ["?from=0", "?from=99", "?from=x", "?from=-1", "?from=１"])
def test_a_page_that_does_not_exist_begins_at_the_first_line(query, batch, maker):
    assert soup(maker.get(page(batch) + query)).find_all("table")[-1].tbody.th.text == "1"


def test_lines_go_by_pages_with_a_subtotal(case, maker, monkeypatch):
    for name in ("payouts.lines", "payouts.views.batches", "payouts.views.payable"):
        monkeypatch.setattr(f"{name}.LINES_A_PAGE", 1)
    world.granted(5)
    batch = batching.make(world.user("finance-maker"), world.finance(), GRANT, case.at)
    first = soup(maker.get(page(batch)))
    assert "本页小计" in first.find_all("table")[-1].tfoot.text
    second = soup(maker.get(first.find("a", attrs={"rel": "next"})["href"]))
    assert second.find_all("table")[-1].tbody.th.text == "2"
    assert second.find("a", attrs={"rel": "next"}) is None


def test_a_dismissed_maker_is_out(sealed, case, maker):
    dismiss(world.user("finance-maker").posts.get(), date(2026, 1, 2))
    assert maker.get(page(sealed)).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_stands_in_both_languages(language, approved, maker, settings):
    maker.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for address in ("/finance/", "/finance/batches/", payable_url(), page(approved), page(approved, "cover/")):
        assert len(soup(maker.get(address)).find_all("h1")) == 1


def test_a_batch_of_many_lines_asks_few_questions(case, maker, django_assert_max_num_queries):
    for n in (5, 8, 11):
        world.granted(n)
    batch = batching.make(world.user("finance-maker"), world.finance(), GRANT, case.at)
    with django_assert_max_num_queries(45):
        maker.get(page(batch))
