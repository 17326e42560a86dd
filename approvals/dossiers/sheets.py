"""The sheets of a dossier as one paper: summary, public notice, request, roster, minutes. Papers are in Chinese.

Every sentence stands in the letter book; the day is that of the paper.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.models import Application
from applications.naming import name_in
from applications.states import State
from approvals.dossiers import cases, minutes
from approvals.models import Dossier, DossierCase, DossierMinutes
from papers.capitals import amount_capitals
from papers.content import PaperContent, Section, Table
from papers.wording import letterhead, on_paper
from people import vault
from people.masking import masked_account, masked_name
from people.models import Office
from people.refusals import Conflict
from schemes.definition import SchemeDefinition
from schemes.letter_book import StandardLetter, standard_letter
from schemes.models import current_version
from schemes.texts import LocalText

ZERO = Decimal("0.00")
RESULTS = {
    State.IN_REVIEW: "待决定",
    State.NOTICED: "公示中",
    State.GRANTED: "已准予",
    State.REFUSED: "不予",
}


@dataclass(frozen=True)
class Line:
    """One case as the sheets show it. `name` is whole, for officials; `public_name` is what outsiders may read."""

    case: Application
    name: str
    public_name: str
    number_masked: str

    @property
    def result(self) -> str:
        """Where the case stands; what was withdrawn since says so."""
        return RESULTS.get(State(self.case.state), "已终止")

    @property
    def is_live(self) -> bool:
        """Whether it was granted or may still be."""
        return self.case.state in RESULTS and self.case.state != State.REFUSED

    @property
    def amount(self) -> str:
        """The amount, "" where there is none."""
        return f"{self.case.amount:.2f}" if self.is_live and self.case.amount is not None else ""


@dataclass(frozen=True)
class Words:
    """The sentences of a dossier's sheets as they are in force for its office on a day, and what is filled in."""

    office: Office
    on: date
    values: Mapping[str, str | LocalText]

    def title(self, code: str) -> LocalText:
        """The title of a sheet."""
        return self._letter(code).heading(self.values)

    def paragraphs(self, code: str, **more: str) -> tuple[str, ...]:
        """The paragraphs of a sheet."""
        return self._letter(code).paragraphs({**self.values, **more})

    def _letter(self, code: str) -> StandardLetter:
        return standard_letter(code, self.office.division_id, self.on)


def content_of(dossier: Dossier, at: datetime) -> PaperContent:
    """The whole dossier as a paper without a number. Raises Conflict for a case that cannot be opened."""
    rows = list(cases.rows_of(dossier))
    lines = [_line(row) for row in rows]
    definition = _definition(dossier, rows)
    held, words = minutes.latest(dossier), _words(dossier, definition, lines, at)
    title = words.title("dossier")
    found = (
        _summary(lines),
        _notice(words, definition, lines),
        _section(words, "dossier_request"),
        _roster(words, lines),
        _minutes(words, dossier, held) if held else None,
    )
    return PaperContent(
        title=title.zh,
        title_en=title.en,
        **letterhead(dossier.office, at),
        addressee=dossier.request_to,
        opening=words.paragraphs("dossier"),
        sections=tuple(section for section in found if section),
        closing=words.paragraphs("dossier_closing"),
        seal_note="样章" if settings.DEMO else "",
        issued_by=dossier.office.name,
        machine={
            "kind": "dossier",
            "scheme": dossier.scheme_code,
            "cases": [line.case.number for line in lines],
            "total": f"{total_of(lines):.2f}",
        },
    )


def _words(dossier: Dossier, definition: SchemeDefinition, lines: list[Line], at: datetime) -> Words:
    total = total_of(lines)
    values: dict[str, str | LocalText] = {
        "place": place_of(dossier),
        "period": dossier.period,
        "scheme": definition.public_title,
        "office": dossier.office.name,
        "count": str(len(lines)),
        "total": f"{total:.2f}",
        "capitals": amount_capitals(total),
    }
    return Words(dossier.office, timezone.localdate(at), values)


def draft_of(dossier: Dossier, at: datetime) -> PaperContent:
    """The sheets of an open dossier: what they would be now, and that they bear no number yet."""
    unnumbered = {
        "number": "（草稿，封卷后编号）",
        "verify_code": "（封卷后生成）",
        "verify_url": reverse("papers:verify"),
    }
    return replace(content_of(dossier, at), **unnumbered)


def place_of(dossier: Dossier) -> str:
    """The school or the township, as papers write it."""
    return dossier.school.name if dossier.school else dossier.division.name


def total_of(lines: list[Line]) -> Decimal:
    """The sum of what was granted or may still be."""
    return sum((line.case.amount or ZERO for line in lines if line.is_live), ZERO)


def _definition(dossier: Dossier, rows: list[DossierCase]) -> SchemeDefinition:
    """The scheme as its first case has it; as it is now for a dossier without cases."""
    version = rows[0].application.scheme_version if rows else current_version(dossier.scheme_code)
    return version.definition


def _line(row: DossierCase) -> Line:
    application = row.application
    try:
        answers = answers_of.read(application)
    except vault.VaultError as error:
        text = _("卷内申请%(number)s的内容无法解密，请先移出本卷并联系管理员。")
        raise Conflict(text % {"number": application.number}, code="unreadable") from error
    name = name_in(application, answers)
    public = name if application.by_organisation else masked_name(name)
    return Line(application, name, public, _number(application, answers))


def _number(application: Application, answers: Mapping[str, Any]) -> str:
    """The last four of the number: enough to tell two of one name apart, and narrow enough for the roster."""
    number = answers.get("uscc" if application.by_organisation else "id_number")
    return masked_account(number) if number else ""


def _summary(lines: list[Line]) -> Section:
    counts = Counter(line.result for line in lines)
    sums = {result: total_of([line for line in lines if line.result == result]) for result in counts}
    rows = [(result, str(counts[result]), f"{sums[result]:.2f}") for result in sorted(counts)]
    rows.append(("合计", str(len(lines)), f"{total_of(lines):.2f}"))
    table = Table("批次汇总表", ("办理情况", "件数", "金额（元）"), tuple(rows), numeric=(1, 2))
    return Section("汇总表", (), table)


def _notice(words: Words, definition: SchemeDefinition, lines: list[Line]) -> Section | None:
    """What may be posted up, with the columns the scheme allows and no more; None where it has no public notice."""
    stage = next((stage for stage in definition.stages if stage.kind == "notice"), None)
    if stage is None:
        return None
    columns = stage.notice_columns
    shown = [line for line in lines if line.is_live]
    headers = ("序号", *(NOTICE_HEADERS[column] for column in columns if column in NOTICE_HEADERS))
    rows = tuple((str(place), *_noticed(line, columns)) for place, line in enumerate(shown, 1))
    numeric = tuple(place for place, header in enumerate(headers) if header == NOTICE_HEADERS["amount"])
    return _section(words, "dossier_notice", Table("公示名单", headers, rows, numeric=numeric))


NOTICE_HEADERS = {"masked_name": "姓名（名称）", "school": "学校", "township": "乡镇（街道）", "amount": "金额（元）"}


def _noticed(line: Line, columns: tuple[str, ...]) -> tuple[str, ...]:
    school = line.case.subject_office.name if line.case.subject_office else ""
    values = {
        "masked_name": line.public_name,
        "school": school,
        "township": line.case.division.name,
        "amount": line.amount,
    }
    return tuple(values[column] for column in columns if column in values)


def _roster(words: Words, lines: list[Line]) -> Section:
    headers = ("序号", "姓名（名称）", "证件号码", "申请编号", "金额（元）", "办理情况")
    rows = tuple(
        (str(place), line.name, line.number_masked, line.case.number, line.amount, line.result)
        for place, line in enumerate(lines, 1)
    )
    return _section(words, "dossier_roster", Table("花名册", headers, rows, numeric=(4,)))


def _minutes(words: Words, dossier: Dossier, row: DossierMinutes) -> Section:
    table = Table(
        f"到会人员（{row.present}人）",
        ("姓名", "单位"),
        tuple((one["name"], one["office"]) for one in row.attendance),
    )
    told = {
        "held_on": on_paper(row.held_on),
        "place": row.place,
        "chair": row.chair,
        "present": str(row.present),
        "text": minutes.text_of(row, dossier),
        "for": str(row.votes_for),
        "against": str(row.votes_against),
        "abstained": str(row.abstained),
    }
    return _section(words, "dossier_minutes", table, **told)


def _section(words: Words, code: str, table: Table | None = None, **more: str) -> Section:
    return Section(words.title(code).zh, words.paragraphs(code, **more), table)
