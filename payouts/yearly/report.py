"""The report of an office's year as a paper; in the public edition small numbers of sensitive schemes are withheld.

A number below five can tell who it was, and so can a second number beside it: then everything but what was received is
withheld in that row, and the sums of the columns with it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from papers.content import PaperContent, Section, Table
from papers.models import Paper
from papers.wording import day_in_words, letterhead, named, signer_of
from payouts.titles import public_titles
from payouts.yearly.counting import OfficeYear, SchemeYear
from people.models import Office
from schemes.letter_book import standard_letter
from schemes.letter_book.standard import paragraphs_of
from schemes.texts import LocalText

SMALL = 5
WITHHELD = "不公开"
CASES = ("事项", "收到", "受理", "不予受理", "批准", "不予批准", "撤回", "补正", "天数")
MONEY = ("事项", "批准金额（元）", "已拨付金额（元）")
OBJECTIONS = {"": "待处理", "upheld": "成立", "dismissed": "不成立"}
NOTE = "为保护个人信息，数量较少的项目不公开具体数字，也不列合计。"
INTERNAL = LocalText(zh="内部版", en="internal edition")
PUBLIC = LocalText(zh="公开版", en="public edition")


@dataclass(frozen=True)
class Edition:
    """Which year of which office, up to which day, and whether for the public."""

    office: Office
    year: int
    up_to: date
    public: bool


def content_of(edition: Edition, counted: OfficeYear, at: datetime) -> PaperContent:
    """The report, before it has a number."""
    office, signer = edition.office, signer_of(edition.office)
    letter = standard_letter("yearly_report", office.division_id, timezone.localdate(at))
    title, body = letter.filled(_values(edition, signer))
    return PaperContent(
        title=title.zh,
        title_en=title.en,
        **letterhead(office, at),
        addressee="",
        opening=tuple(paragraphs_of(body.zh)),
        sections=_sections(counted, public=edition.public),
        closing=(NOTE,) if edition.public else (),
        seal_note="样章" if settings.DEMO else "",
        english=tuple(paragraphs_of(body.en)),
        machine={
            "office": office.pk,
            "year": edition.year,
            "up_to": edition.up_to.isoformat(),
            "public": edition.public,
        },
    )


def _values(edition: Edition, signer: Office) -> dict[str, str | LocalText]:
    return {
        "organ": named(signer),
        "year": str(edition.year),
        "as_of": day_in_words(edition.up_to),
        "edition": PUBLIC if edition.public else INTERNAL,
    }


def _sections(counted: OfficeYear, *, public: bool) -> tuple[Section, ...]:
    titles = public_titles(counted.schemes)
    schemes = [(titles[code].zh if code in titles else code, counted.schemes[code]) for code in sorted(counted.schemes)]
    hidden = {title for title, year in schemes if public and is_small(year)}
    kinds = {kind.value: str(kind.label) for kind in Paper.Kind}
    papers = [(kinds[kind], many) for kind, many in counted.papers.items()]
    objections = [(OBJECTIONS[result], many) for result, many in counted.objections.items()]
    return (
        _table("申请办理情况", CASES, [_cases(title, year, title in hidden) for title, year in schemes], not hidden),
        _table("资金情况", MONEY, [_money(title, year, title in hidden) for title, year in schemes], not hidden),
        _counts("制发文书", "文书", papers, public=public),
        _counts("公示异议", "处理结果", objections, public=public),
    )


def is_small(year: SchemeYear) -> bool:
    """Whether one of the counts of people is above nothing and below five."""
    counts = (year.received, year.accepted, year.not_accepted, year.granted, year.refused, year.withdrawn)
    return any(0 < one < SMALL for one in (*counts, year.corrections))


def _cases(title: str, year: SchemeYear, hidden: bool) -> tuple[str, ...]:
    received = WITHHELD if hidden and year.received < SMALL else str(year.received)
    counts = (year.accepted, year.not_accepted, year.granted, year.refused, year.withdrawn, year.corrections)
    days = "—" if year.days is None else str(year.days)
    if hidden:
        return (title, received, *[WITHHELD] * (len(counts) + 1))
    return (title, received, *map(str, counts), days)


def _money(title: str, year: SchemeYear, hidden: bool) -> tuple[str, ...]:
    return (title, WITHHELD, WITHHELD) if hidden else (title, f"{year.amount:.2f}", f"{year.paid:.2f}")


def _table(heading: str, headers: tuple[str, ...], rows: list[tuple[str, ...]], summed: bool) -> Section:
    """A table by scheme, with its sums where nothing is withheld; medians are not added up."""
    if not rows:
        return Section(heading, ("本期没有记录。",))
    if summed:
        rows = [
            *rows,
            ("合计", *(_sum([row[column] for row in rows], headers[column]) for column in range(1, len(headers)))),
        ]
    return Section(heading, (), Table(f"{heading}表", headers, tuple(rows), numeric=tuple(range(1, len(headers)))))


def _sum(cells: list[str], header: str) -> str:
    if header == "天数":
        return "—"
    if "元" in header:
        return f"{sum(map(Decimal, cells)):.2f}"
    return str(sum(map(int, cells)))


def _counts(heading: str, first: str, rows: list[tuple[str, int]], *, public: bool) -> Section:
    """Counts by kind; in the public edition small ones are withheld, and with one of them every other."""
    if not rows:
        return Section(heading, ("本期没有记录。",))
    small = public and any(0 < many < SMALL for _label, many in rows)
    cells = tuple((label, WITHHELD if small else str(many)) for label, many in rows)
    return Section(heading, (), Table(f"{heading}表", (first, "数量"), cells, numeric=(1,)))
