"""公示: the sheet of a public notice that is printed and posted, with the lines that prove its posting.

What it shows is what the public list on screen shows: the masked name, the public title and the columns the scheme
names. It tells no category of anybody.
"""

from django.conf import settings
from django.urls import reverse

from applications.door import Case
from applications.letters.wording import variables
from approvals.letters.building import from_book, issue_draft
from approvals.models import PublicNotice
from papers.content import Section, SigningLine, Table
from papers.models import Paper
from papers.wording import day_in_words
from people.models import Office
from schemes.texts import LocalText

NOBODY = ""
POSTED = (SigningLine("张贴人"), SigningLine("撤下人"))
POSTING = Section(
    "张贴记录",
    (),
    Table(
        "张贴记录表",
        ("项目", "记录"),
        (("张贴地点", ""), ("照片", "张贴以后、撤下以前各拍一张，注明日期，与这一页一起归档")),
    ),
)


def notice_sheet(case: Case, notice: PublicNotice) -> Paper:
    """Issue the sheet of a notice that opens."""
    office = notice.office
    told = {
        "starts_on": day_in_words(notice.starts_at),
        "ends_on": day_in_words(notice.ends_at),
        "reached": _reached(office),
        "url": settings.SITE_URL + reverse("notices:detail", args=[notice.pk]),
    }
    drafted = from_book(
        case,
        "notice_sheet",
        Paper.Kind.NOTICE_SHEET,
        variables(case, office) | told,
        sections=(_list(notice), POSTING),
        machine={"outcome": "noticed", "notice": notice.pk},
        layout="sheet",
        signing=POSTED,
        addressee=NOBODY,
        names_case=False,
    )
    return issue_draft(case, office, drafted)


def _reached(office: Office) -> LocalText:
    """Where one objects: the office, its telephone and its address, as far as they are known."""
    known = [part for part in (f"电话{office.phone}" if office.phone else "", office.address) if part]
    known_en = [part for part in (f"telephone {office.phone}" if office.phone else "", office.address) if part]
    name = office.name_en or office.name
    return LocalText(zh="，".join([office.name, *known]), en=", ".join([name, *known_en]))


def _list(notice: PublicNotice) -> Section:
    columns = [("序号", "1"), ("姓名或单位", notice.masked_name)]
    if notice.place:
        columns.append(("学校或地区", notice.place))
    if notice.amount is not None:
        columns.append(("金额（元）", f"{notice.amount:.2f}"))
    headers, row = zip(*columns, strict=True)
    numeric = (len(columns) - 1,) if notice.amount is not None else ()
    return Section("公示名单", (), Table("拟办理的名单", headers, (row,), numeric=numeric))
