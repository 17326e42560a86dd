"""What the site's own books say of a scheme's limits: months, courses, trips and sums granted before.

Who applies states them too, and may count what was had elsewhere: of the two the greater counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from applications.models import Application
from applications.states import State
from schemes.rules import parsing
from schemes.rules.assessment import Line
from schemes.rules.money import ZERO, as_text
from schemes.rules.parsing import BadValueError
from schemes.rules.texts import Bilingual

# The answer that names for whom an organisation claims: each such person has months of their own.
CLAIMED_FOR = "graduate_id_number"
LINE = "from_books"


@dataclass(frozen=True)
class Granted:
    """A case of the same scheme that was granted to the same holder, with its answers in clear."""

    case: Application
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Counted:
    """How the books count one fact: `count` over what was granted, `read` what was stated, `label` in words.

    `of_the_year` says, given the policy's values, whether only cases of the same calendar year count.
    """

    count: Callable[[Sequence[Granted]], int | Decimal]
    read: Callable[[Any], int | Decimal]
    label: Bilingual
    of_the_year: Callable[[Mapping[str, Any]], bool]


def _months(granted: Sequence[Granted]) -> int:
    return sum(max(1, int(one.answers.get("months_claimed") or 1)) for one in granted)


def _sum(granted: Sequence[Granted]) -> Decimal:
    return sum((one.case.amount or ZERO for one in granted), ZERO)


COUNTED: dict[str, Counted] = {
    "months_received": Counted(
        _months, parsing.count, Bilingual(zh="以前已领月数", en="Months received before"), lambda policy: False
    ),
    "trips_paid_this_year": Counted(
        len, parsing.count, Bilingual(zh="今年已领次数", en="Trips paid this year"), lambda policy: True
    ),
    "courses_this_year": Counted(
        len, parsing.count, Bilingual(zh="今年已补贴培训次数", en="Courses paid this year"), lambda policy: True
    ),
    "received_total": Counted(
        _sum,
        parsing.money,
        Bilingual(zh="以前已领金额（元）", en="Received before (yuan)"),
        lambda policy: policy.get("ceiling_period") == "year",
    ),
}


def granted_before(application: Application) -> QuerySet[Application]:
    """Other cases of the same scheme that were granted to the same person or organisation and still stand."""
    others = Application.objects.exclude(pk=application.pk).filter(
        scheme_code=application.scheme_code, state=State.GRANTED
    )
    if application.by_organisation:
        return others.filter(organisation=application.organisation_id) if application.organisation_id else others.none()
    if application.subject_id is None:
        return others.none()
    return others.filter(subject=application.subject_id, by_organisation=False)


def same_matter(answers: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two claims of one holder are about the same person, where a scheme subsidises single persons."""
    return _claimed_for(answers) == _claimed_for(other)


def compared(
    facts: Mapping[str, Any], granted: Sequence[Granted], policy: Mapping[str, Any], on: date
) -> tuple[dict[str, Any], tuple[Line, ...]]:
    """The facts with what the books know better, and a line for each that says so.

    A fact that was not asked, or cannot be read, stays as it is.
    """
    known, lines = dict(facts), []
    for name in (name for name in COUNTED if name in facts):
        found, stated = _found(name, granted, policy, on), _stated(name, facts[name])
        if stated is not None and found > stated:
            known[name] = as_text(found) if isinstance(found, Decimal) else found
            lines.append(_line(name, _shown(found), _shown(stated)))
    return known, tuple(lines)


def _found(name: str, granted: Sequence[Granted], policy: Mapping[str, Any], on: date) -> int | Decimal:
    counted = COUNTED[name]
    if counted.of_the_year(policy):
        granted = [one for one in granted if one.case.policy_date and one.case.policy_date.year == on.year]
    return counted.count(granted)


def _stated(name: str, raw: Any) -> int | Decimal | None:
    try:
        return COUNTED[name].read(raw)
    except BadValueError:
        return None


def _shown(value: int | Decimal) -> str:
    return as_text(value) if isinstance(value, Decimal) else str(value)


def _line(name: str, found: str, stated: str) -> Line:
    label = COUNTED[name].label
    return Line(
        code=LINE,
        label_zh=f"{label.zh}：本系统记载为{found}，填写的是{stated}，按记载计算",
        label_en=f"{label.en}: {found} on our books, {stated} as stated; our books count",
        result="info",
        value=found,
        value_zh=found,
        value_en=found,
    )


def _claimed_for(answers: Mapping[str, Any]) -> str:
    return "".join(str(answers.get(CLAIMED_FOR, "")).split()).upper()
