"""What people do on the site, step by step, in a real browser: sign in, fill in, hand in, decide, pay out.

Buttons and links are named by the Chinese text of the site and found in the language the page is in.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pypdfium2
import python_calamine
from django.utils import timezone, translation
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from project.demo.accounts import PASSWORD
from project.jobs import run_due

HOUR = 3600
PATIENCE = 30_000  # milliseconds: a busy machine is no fault of a page
CHOICES = {True: "yes", False: "no"}
Answers = Mapping[str, Any]
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Filed:
    """A case as its applicant knows it: the number to note down, and the address of its page."""

    number: str
    url: str


def said(page: Page, text: str) -> str:
    """A text of the site as the reader of this page has it; `text` is the Chinese one."""
    with translation.override(page.locator("html").get_attribute("lang").lower()):
        return translation.gettext(text)


def button(page: Page, text: str) -> Locator:
    """The button that says this."""
    return page.get_by_role("button", name=said(page, text), exact=True)


def press(page: Page, text: str) -> None:
    """Press the button that says this, and see the page that answers."""
    follow(page, button(page, text))


def follow(page: Page, way: Locator) -> None:
    """Press a link or a button, and see the page it leads to."""
    with page.expect_navigation(wait_until="domcontentloaded"):
        way.click()


def sign_in(page: Page, account: str, to: str = "/") -> None:
    """Sign in with the real form, whoever sat here before, and go on to an address."""
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/accounts/login/?next={to}")
    fill(page, login=account, password=PASSWORD)
    press(page, "登录")


def fill(page: Page, **answers: Any) -> None:
    """Answer questions of the page by their names; dates are days or ISO texts."""
    for name, value in answers.items():
        control = page.locator(f'[name="{name}"]')
        if not control.count():
            _fill_date(page, name, value)
        elif control.first.get_attribute("type") == "radio":
            page.locator(f'[name="{name}"][value="{CHOICES.get(value, value)}"]').check()
        elif control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(str(value))
        else:
            control.fill(str(value))


def _fill_date(page: Page, name: str, value: date | str) -> None:
    day = date.fromisoformat(str(value))
    for part in ("year", "month", "day"):
        page.locator(f'[name="{name}_{part}"]').fill(str(getattr(day, part)))


# ------------------------------------------------------------------ the applicant


def apply(page: Page, scheme: str, county: str, answers: Answers, for_whom: str = "own") -> Filed:
    """From the list of schemes to the receipt."""
    begin(page, scheme, county, for_whom)
    return finish(page, answers)


def finish(page: Page, answers: Answers) -> Filed:
    """From a page of the form to the receipt."""
    answer_pages(page, answers)
    upload(page, *papers_asked(page))
    return check_and_submit(page)


def begin(page: Page, scheme: str, county: str, for_whom: str = "own") -> None:
    """From the list of schemes, by way of the county's standard, to the first page of the form."""
    page.goto("/apply/")
    choose_county(page, county)
    follow(page, page.locator(f'a[href^="/apply/{scheme}/"]'))
    fill(page, for_whom=for_whom)
    press(page, "开始填写")
    if page.url.endswith("/earlier/"):  # who applied before may take over what was told then
        follow(page, page.get_by_text("从头填"))


def choose_county(page: Page, county: str) -> None:
    """Say where one lives, to see what there is."""
    fill(page, division=county)
    press(page, "看看这里能办什么")


def answer_pages(page: Page, answers: Answers) -> list[str]:
    """Answer page after page, whatever is asked, until no more is; the codes of the pages."""
    seen = []
    while found := re.search(r"/edit/([^/]+)/$", page.url):
        seen.append(found[1])
        assert len(seen) == len(set(seen)), f"asked again: {seen}"
        if page.locator("#add-member").count():
            _add_members(page, answers["household"])
        fill(page, **{name: answers[name.removesuffix("_again")] for name in asked(page)})
        press(page, "保存并继续")
    return seen


def asked(page: Page) -> list[str]:
    """The names of the questions the page asks, in order; an account is asked twice, the second time as …_again."""
    names = page.locator("main form").last.evaluate(
        "form => [...form.elements].filter(one => one.name && one.type !== 'hidden' && one.type !== 'submit')"
        ".map(one => one.name)"
    )
    return list(dict.fromkeys(re.sub(r"_(year|month|day)$", "", name) for name in names))


def _add_members(page: Page, household: list[Answers]) -> None:
    for member in household:
        follow(page, page.locator("#add-member"))
        fill(page, **{name: member[name] for name in asked(page) if member[name] is not None})
        press(page, "添加到家庭里")


def papers_asked(page: Page) -> list[str]:
    """The codes of the papers the page asks for."""
    return page.locator("input[type=file]").evaluate_all("inputs => inputs.map(input => input.name)")


def upload(page: Page, *papers: str) -> None:
    """Hand in a picture of each of these papers."""
    for code in papers:
        page.locator(f'input[type=file][name="{code}"]').set_input_files(picture(code))
    press(page, "保存并继续")


def picture(name: str) -> dict[str, Any]:
    """A photograph of a paper, as a telephone makes it."""
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(buffer, "JPEG")
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def check_and_submit(page: Page) -> Filed:
    """Say who agreed, where that is asked; tick every declaration and file the case."""
    consent = page.locator('main a[href$="/authority/"]')
    if consent.count():
        follow(page, consent)
        fill(page, kind="family", way="oral", witness="见证人甲", how="在家中读给本人听。")
        page.locator('[name="told"]').check()
        press(page, "登记")
    for box in page.locator('[name^="declaration_"]').all():
        box.check()
    press(page, "提交申请")
    return receipt(page)


def receipt(page: Page) -> Filed:
    """What the receipt says."""
    number = page.locator("#panel-code").get_attribute("data-copy-text")
    return Filed(number, page.url.removesuffix("receipt/"))


def answer_correction(page: Page, paper: str) -> None:
    """From one's own case: hand in the paper that was asked for, and file again."""
    follow(page, page.locator('main a[href$="/correct/"]'))
    follow(page, page.locator(f'main a[href$="#paper-{paper}"]'))
    upload(page, paper)
    press(page, "重新提交")


def paper_listed(page: Page, title: str) -> Locator:
    """A paper as the page of one's own case lists it."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=title, exact=True))


def download_paper(page: Page, title: str) -> bytes:
    """The PDF that the page of one's own case gives."""
    with page.expect_download() as download:
        paper_listed(page, title).get_by_role("link", name=said(page, "下载PDF")).click()
    assert download.value.suggested_filename.endswith(".pdf")
    return download.value.path().read_bytes()


def pdf_text(content: bytes) -> str:
    """What a PDF says, without blanks and line breaks."""
    document = pypdfium2.PdfDocument(content)
    return re.sub(r"\s", "", "".join(sheet.get_textpage().get_text_range() for sheet in document))


# ------------------------------------------------------------------ the officials


def open_case(page: Page, clock: Any, account: str, number: str) -> None:
    """An hour later an official signs in and opens the case from the inbox."""
    clock.shift(HOUR)
    sign_in(page, account, to="/inbox/")
    follow(page, page.get_by_role("link", name=number, exact=True))


def decide(page: Page, outcome: str, **entries: Any) -> None:
    """Say what is decided; `entries` are fields of the decision form by name."""
    fill(page, outcome=outcome, **entries)
    press(page, "提交")
    expect(page.locator("#messages .zd-message--success")).to_be_visible()


def official_says(page: Page, clock: Any, account: str, number: str, outcome: str, **entries: Any) -> None:
    """An official opens the case and decides."""
    open_case(page, clock, account, number)
    decide(page, outcome, **entries)


def ask_for(page: Page, paper: str, message: str) -> None:
    """Ask the applicant for one paper once more."""
    fill(page, outcome="correction")
    page.locator(f'[name="ask_paper_{paper}"]').check()
    decide(page, "correction", **{f"say_paper_{paper}": message})


def noticed(page: Page, masked_name: str) -> Locator:
    """Somebody's row on the public notice, as a stranger sees it."""
    page.context.clear_cookies(name="sessionid")
    page.goto("/notices/")
    return page.get_by_role("row").filter(has_text=masked_name)


def end_notice(page: Page, clock: Any, masked_name: str) -> None:
    """Let the days of the notice pass; the clock does its work the morning after the last one."""
    days = noticed(page, masked_name).locator("time").evaluate_all("all => all.map(one => one.dateTime)")
    morning_after = date.fromisoformat(days[-1]) + timedelta(days=1)
    clock.move_to(datetime.combine(morning_after, time(9), timezone.get_current_timezone()))
    run_clock(notices_ended=1)
    expect(noticed(page, masked_name)).to_have_count(0)


def run_clock(**expected: int) -> None:
    """Do what is due by now, as the worker does; no job fails, and these do as much as expected."""
    done = run_due(timezone.now())
    assert -1 not in done.values(), done
    assert {name: done[name] for name in expected} == expected


def give_grant(page: Page, clock: Any, number: str, masked_name: str) -> None:
    """A filed grant of a school the county runs, from the school's desk to the decision."""
    official_says(page, clock, "school", number, "accept")
    official_says(page, clock, "county-reviewer", number, "agree")
    end_notice(page, clock, masked_name)
    official_says(page, clock, "prefecture-approver", number, "grant")


# ------------------------------------------------------------------ finance


def make_and_seal(page: Page, clock: Any, scheme: str) -> str:
    """The maker makes a batch of a scheme and seals it; its number."""
    clock.shift(HOUR)
    sign_in(page, "finance-maker", to="/finance/")
    follow(page, page.locator(f'main a[href$="/{scheme}/"]'))
    press(page, "按此合计编制批次")
    press(page, "封存批次")
    return page.url.rstrip("/").rpartition("/")[2]


def approve_and_export(page: Page, clock: Any, batch: str) -> dict[str, list[dict[str, Any]]]:
    """The checker approves and takes out both files; their lines by kind of file."""
    clock.shift(HOUR)
    sign_in(page, "finance-checker", to=f"/finance/batches/{batch}/")
    press(page, "复核通过")
    xlsx, text = _export(page, "导出 XLSX"), _export(page, "导出 CSV").decode("utf-8-sig")
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(xlsx)).get_sheet_by_index(0).to_python()
    return {"xlsx": _lines(rows), "csv": _lines(list(csv.reader(io.StringIO(text))))}


def _export(page: Page, text: str) -> bytes:
    with page.expect_download() as download:
        button(page, text).click()
    return download.value.path().read_bytes()


def _lines(rows: list[list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
