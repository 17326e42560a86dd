"""Every page that takes a file: who brings one there, what else has to be filled in, and what file would be taken.

A form with a file that is not named here fails `test_every_url.py` when its page is seen, and `test_file_doors.py` by
its template alone.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.urls import Resolver404, resolve

from tests.applications import malicious
from tests.benefits import loan_rows

ID = loan_rows.ID
PICTURE, TABLE, TOML, ZIP, ANY, VERIFY = "picture", "table", "toml", "zip", "any", "verify"


@dataclass(frozen=True)
class Door:
    """A form with a file: whose account, in which field, of what kind, what else is typed, and a file it takes.

    `good` is None where what is taken depends on more than the file. `templates` are the pages with the form; where
    the case of these tests is past it (`is_shown` false), only that nothing is taken can be tried.
    """

    account: str
    field: str
    kind: str
    templates: tuple[str, ...]
    typed: dict[str, str] = field(default_factory=dict)
    good: Callable[[], bytes] | None = malicious.png
    is_shown: bool = True


def csv(*lines: str) -> Callable[[], bytes]:
    """A table as people save it."""
    return lambda: "\r\n".join([*lines, ""]).encode("utf-8-sig")


def day(name: str, text: str) -> dict[str, str]:
    """A day in its three fields."""
    return dict(zip((f"{name}_year", f"{name}_month", f"{name}_day"), text.split("-"), strict=True))


SAID = {"way": "signed", "told": "on"}
DOORS: dict[str, Door] = {
    "applications:papers": Door("applicant", "id-copy", PICTURE, ("applications/papers.html",)),
    "my_data:correct": Door(
        "applicant", "proof", PICTURE, ("archives/my_data/correct.html",),
        {"field": "phone", "right": "13987654321", "why": "换了号码。"},
    ),
    "own:milestone": Door(
        "applicant", "paper", PICTURE, ("approvals/milestones/own_report.html",), {"words": "设备已经安装。"}, None
    ),
    "helpers:authority": Door(
        "village-clerk", "scan", PICTURE, ("helping/standing/authority.html",), {"kind": "village", **SAID}, None
    ),
    "helping:villager_consent": Door("village-clerk", "scan", PICTURE, ("helping/rosters/consent.html",), SAID, None),
    "helping:roster_import": Door(
        "village-clerk", "file", TABLE, ("helping/rosters/import.html",), good=csv("姓名,身份证号", f"某人,{ID}")
    ),
    "helping:student": Door("school", "scan", PICTURE, ("helping/schools/student.html",), SAID),
    "helping:schools": Door("school", "file", TABLE, ("helping/schools/index.html",), good=None),
    "helping:scans": Door("village-clerk", "files", PICTURE, ("helping/paper_forms/scans.html",), good=None),
    "helping:notice": Door(
        "village-clerk", "photo", PICTURE, ("helping/posted/notice.html",), {"place": "村委会公示栏"}, None
    ),
    "helping:counter_consent": Door(
        "township", "scan", PICTURE, ("helping/counter/visit.html",), SAID, None, is_shown=False
    ),
    "helping:facts_bring": Door(
        "prefecture-reviewer", "file", TABLE, ("helping/invites/bring.html",),
        {"source": "残联", "purpose": "找人", "legal_basis": "办法", "keep_days": "30"}, None,
    ),
    "helping:renewal_bring": Door(
        "township", "scan", PICTURE, ("helping/renewals/bring.html",), {"name": "某人", "id_number": ID}, None
    ),
    "helping:school_papers": Door("school", "file", ZIP, ("helping/schools/papers.html",), good=None),
    "helpers:letter_add": Door(
        "applicant", "scan", PICTURE, ("helping/organisations/add.html",),
        {"name": "某单位", "uscc": "91530000000000000X", "place": "second"}, None,
    ),
    "approvals:seals": Door("school", "files", PICTURE, ("approvals/sealing/seals.html",), good=None),
    "approvals:roster": Door(
        "school", "file", TABLE, ("approvals/exofficio/roster.html",),
        good=csv("姓名,身份证号码,日期", f"某人,{ID},2026-08-01"),
    ),
    "approvals:loans": Door(
        "school", "file", TABLE, ("approvals/claims/loans.html",), good=lambda: loan_rows.sheet(loan_rows.GOOD)
    ),
    "approvals:paper": Door(
        "school", "proof", PICTURE, ("approvals/issued/paper.html",),
        {"act": "serve", "way": "hand", "receiver": "本人"}, None,
    ),
    "approvals:visit": Door(
        "county-reviewer", "image", PICTURE, ("approvals/visits/report_form.html",),
        {"met": "applicant", "findings": "在家。", "agreed": "yes", "signature": "sheet", "made_time": "14:30"}, None,
    ),
    "approvals:visit_photos": Door(
        "county-reviewer", "photos", PICTURE, ("approvals/visits/photos_part.html",), {"caption": "门口"}
    ),
    "payouts:returns": Door("finance-maker", "file", TABLE, ("payouts/returns/files.html",), good=None),
    "payouts:rosters": Door(
        "finance-maker", "file", TABLE, ("payouts/holds/rosters.html",), {"kind": "custody"},
        csv("姓名,身份证号码,日期", f"某人,{ID},2026-08-01"),
    ),
    "policy_work:document_new": Door(
        "policy-editor", "upload", ANY, ("schemes/work/document.html",),
        {"title": "通知", "issuer": "州人民政府", "source": "official", "text": "一、办法。"},
        "一、办法。".encode,
    ),
    "policy_work:edit": Door("policy-editor", "upload", ANY, (), {}, None),
    "policy_work:version_new": Door("policy-editor", "upload", TOML, ("schemes/work/version.html",), good=None),
    "papers:verify": Door("applicant", "file", VERIFY, ("papers/verify.html",), good=malicious.pdf),
}  # fmt: skip


class _Forms(HTMLParser):
    """The forms of a page: where each leads, and the names of its fields for files."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a field in the last one."""
        told = dict(attrs)
        if tag == "form":
            self.found.append((told.get("action") or "", []))
        elif tag == "input" and told.get("type") == "file" and self.found:
            self.found[-1][1].append(told.get("name") or "")


def unknown_on(path: str, response: HttpResponse) -> list[str]:
    """The forms with files on a page that are not named here."""
    if response.status_code >= 300 or response.streaming or b'type="file"' not in response.content:
        return []
    forms = _Forms()
    forms.feed(response.content.decode())
    return [
        f"{path}: a form takes {name} and is not named in file_doors.py"
        for action, names in forms.found
        for name in names
        if not _is_known((action or path).partition("?")[0], name)
    ]


def _is_known(path: str, name: str) -> bool:
    try:
        view = resolve(path).view_name
    except Resolver404:
        return False
    # A page of papers has a field for each paper.
    return view in DOORS and (view == "applications:papers" or DOORS[view].field == name)


def token() -> dict[str, str]:
    """What a form sends once."""
    return {"token": str(uuid.uuid4())}
