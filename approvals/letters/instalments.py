"""The instalments of a grant in its letter: for each its day, its sum, and what has to be shown for it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from applications.models import Application
from benefits.milestones.wording import component_labels, papers_wanted
from benefits.models import Due, Milestone
from papers.content import Section, Table
from papers.wording import day_in_words
from schemes.letter_book import standard_letter
from schemes.letters import fill
from schemes.texts import LocalText

HEADING = "分期拨付"


@dataclass(frozen=True)
class Instalment:
    """One instalment and what is owed for it, in yuan, by component ("" where there is none)."""

    milestone: Milestone
    sums: dict[str, Decimal]

    @property
    def amount(self) -> Decimal:
        """All of it, in yuan."""
        return sum(self.sums.values(), Decimal("0.00"))


def instalments_of(application: Application) -> list[Instalment]:
    """The instalments a decision wrote, in order; none where the sum is paid at once."""
    owed: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Due.objects.filter(application=application, milestone__isnull=False).order_by("sequence")
    for milestone, component, amount in rows.values_list("milestone", "component", "amount"):
        owed[milestone][component] = amount
    return [Instalment(one, owed[one.pk]) for one in application.milestones.order_by("place")]


def section_of(application: Application, parts: list[Instalment], on: date) -> Section | None:
    """The table of the letter; None where all is paid at once. What a sum is made of is a column, if it is."""
    if not parts:
        return None
    with translation.override("zh-hans"):
        labels = component_labels(application)
        rows = tuple(_row(part, labels) for part in parts)
    headers = ("期次", "节点", "应完成的日期", "金额", "其中", "要报告的材料")
    if not any(row[4] for row in rows):
        headers, rows = headers[:4] + headers[5:], tuple(row[:4] + row[5:] for row in rows)
    table = Table(f"{HEADING}（金额单位：元）", headers, rows, numeric=(3,))
    return Section(HEADING, (_how(application, parts, on).zh,), table)


def _how(application: Application, parts: list[Instalment], on: date) -> LocalText:
    """How each is come by, in the words in force where the case is."""
    letter = standard_letter("instalments", application.division_id, on)
    return fill(letter.body, {"instalments": str(len(parts))})


def _row(part: Instalment, labels: dict[str, str]) -> tuple[str, ...]:
    milestone = part.milestone
    made_of = "；".join(f"{labels.get(code, code)}{amount:.2f}" for code, amount in part.sums.items() if code)
    what, day = str(milestone.get_occasion_display()), day_in_words(milestone.due_on).zh
    return str(milestone.place), what, day, f"{part.amount:.2f}", made_of, papers_wanted(milestone.occasion)


def in_english(application: Application, parts: list[Instalment], on: date) -> tuple[str, ...]:
    """The same for the courtesy copy; empty where there is none."""
    if not parts:
        return ()
    with translation.override("en"):
        return (_how(application, parts, on).en, *(_line(part) for part in parts))


def _line(part: Instalment) -> str:
    milestone = part.milestone
    told = f"{milestone.place}. {milestone.get_occasion_display()}, {day_in_words(milestone.due_on).en}"
    return f"{told}: {part.amount:.2f} yuan. {papers_wanted(milestone.occasion)}"


def for_programs(parts: list[Instalment]) -> dict[str, Any]:
    """The same for programs; nothing where there is none."""
    rows = [
        {
            "place": part.milestone.place,
            "occasion": str(part.milestone.occasion),
            "due_on": part.milestone.due_on.isoformat(),
            "amount": f"{part.amount:.2f}",
        }
        for part in parts
    ]
    return {"instalments": rows} if rows else {}
