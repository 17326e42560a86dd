"""Papers of a benefit's own course: what a person is told when a phase-out is over."""

from decimal import Decimal

from applications.door import Case
from applications.letters.issuing import from_book, issue_draft
from applications.letters.wording import variables
from benefits.models import Due, PhaseOut
from benefits.stopping import money_of
from papers.capitals import amount_capitals
from papers.content import Section, Table
from papers.glyphs import UnprintableCharacter
from papers.models import Paper
from papers.wording import day_in_words, month_in_words, month_on_paper
from schemes.texts import LocalText

MONTHS = "各月发放情况"
PAID, ON_THE_WAY, OPEN, STOPPED = "已发放", "财政正在办理", "待发放", "已停发"


def phase_out_end(case: Case, phase_out: PhaseOut) -> Paper | None:
    """渐退期结束告知书: the months and what was paid in each, and how to apply again; once a phase-out.

    None where there is one already, where no paper granted it, or where a name cannot be printed: the end holds all
    the same, and the last is put on record.
    """
    granted = granted_by(case)
    told = Paper.objects.filter(case_ref=case.application.public_id, kind=Paper.Kind.PHASE_OUT_END)
    if granted is None or told.filter(phase_out_warning__isnull=True).exists():
        return None
    try:
        return _issue(case, phase_out, granted)
    except UnprintableCharacter as fault:
        case.record("phase_out.end_unprintable", character=f"U+{ord(fault.character):04X}")
        return None


def granted_by(case: Case) -> Paper | None:
    """The paper that gave the phase-out; None where none did."""
    papers = Paper.objects.filter(case_ref=case.application.public_id, kind=Paper.Kind.PHASE_OUT)
    return papers.select_related("office__signs_for").order_by("-pk").first()


def months_section(case: Case) -> Section | None:
    """Each month with its sum and how far it got; None while nothing is owed."""
    rows = _rows(case)
    return _months(rows) if rows else None


def _issue(case: Case, phase_out: PhaseOut, granted: Paper) -> Paper:
    early = phase_out.state != PhaseOut.State.ENDED
    rows = _rows(case)
    paid = sum((due.amount for due, status in rows if status == PAID), Decimal("0.00"))
    values = variables(case, granted.office) | _told(phase_out, granted, paid)
    drafted = from_book(
        case,
        "phase_out_end_early" if early else "phase_out_end",
        Paper.Kind.PHASE_OUT_END,
        values,
        sections=(_months(rows),) if rows else (),
        machine={"outcome": str(phase_out.state), "paid": f"{paid:.2f}", "months": len(rows)},
        layout="letter",
    )
    return issue_draft(case, granted.office, drafted)


def _told(phase_out: PhaseOut, granted: Paper, paid: Decimal) -> dict[str, str | LocalText]:
    return {
        "decision": granted.number,
        "months": str(phase_out.months),
        "first_month": month_in_words(f"{phase_out.first_month:%Y-%m}"),
        "last_month": month_in_words(f"{phase_out.last_month:%Y-%m}"),
        "ended_on": day_in_words(phase_out.ended_at),
        "paid": f"{paid:.2f}",
        "capitals": amount_capitals(paid),
    }


def _rows(case: Case) -> list[tuple[Due, str]]:
    """Each line owed, with how far it got, month by month."""
    money = money_of(case.application)
    sorted_out = (PAID, money.gone), (ON_THE_WAY, money.on_the_way), (OPEN, money.open)
    found = [(due, status) for status, dues in sorted_out for due in dues]
    stopped = Due.objects.filter(application=case.application, stop__isnull=False)
    found += [(due, STOPPED) for due in stopped]
    return sorted(found, key=lambda row: (row[0].period, row[0].sequence))


def _months(rows: list[tuple[Due, str]]) -> Section:
    cells = tuple((month_on_paper(due.period), f"{due.amount:.2f}", status) for due, status in rows)
    return Section(MONTHS, (), Table(f"{MONTHS}（单位：元）", ("月份", "金额", "情况"), cells, numeric=(1,)))
