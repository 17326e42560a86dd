"""The route of a scheme as the public reads it: who acts, in how many days, and which step only some cases pass."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Division, Office
from schemes.definition import SchemeDefinition
from schemes.routes import AMOUNT, Placed, Stage
from schemes.rules.conditions import Condition
from schemes.words.condition_words import condition_words

LEVELS = {
    "county": gettext_lazy("县级"),
    "prefecture": gettext_lazy("州市级"),
    "province": gettext_lazy("省级"),
}


@dataclass(frozen=True)
class Step:
    """One stage: its name, the offices that act (one a variant), the days, the condition and the share drawn by lot.

    `condition` is "" when every case passes it, `sampled` when none is drawn.
    """

    label: str
    offices: tuple[str, ...]
    days: str
    condition: str
    sampled: str = ""


def steps_of(definition: SchemeDefinition, division: Division) -> list[Step]:
    """Every stage, seen from a division. Offices are named where the directory has them."""
    return [
        Step(
            label=str(stage.public_label),
            offices=tuple(dict.fromkeys(_offices(definition, stage, division))),
            days=_days(stage),
            condition=_condition(definition, stage.when) if stage.when else "",
            sampled=_("抽查%(percent)s%%的申请") % {"percent": stage.sample_percent} if stage.sample_percent else "",
        )
        for stage in definition.stages
    ]


def _offices(definition: SchemeDefinition, stage: Stage, division: Division) -> list[str]:
    found = []
    for placed in stage.seats or (stage,):
        if placed.function_by is None:
            found.append(_office(str(placed.function), placed, division))
            continue
        for answer, function in placed.function_by.map.items():
            words = {"case": _answer(definition, placed.function_by.fact, answer)}
            words["office"] = _office(function, placed, division)
            found.append(_("%(case)s：%(office)s") % words)
    return found


def _office(function: str, placed: Placed, division: Division) -> str:
    name = str(Office.Function(function).label)
    if placed.level == "subject_office":
        return _("您选择的%(office)s") % {"office": name}
    code = division.at_level(placed.level) or (division.province_id if placed.level == "prefecture" else "")
    office = Office.objects.filter(division_id=code, function=function).first() if code else None
    if office is not None:
        return office.label
    if placed.level not in LEVELS:
        return name
    return _("%(level)s%(office)s") % {"level": LEVELS[placed.level], "office": name}


def _days(stage: Stage) -> str:
    """The days promised, and the legal limit where it is another."""
    promised = days_words(stage.days, stage.day_kind)
    if stage.legal_days in (None, stage.days):
        return promised
    legal = days_words(stage.legal_days, stage.day_kind)
    return _("%(promised)s（法定时限%(legal)s）") % {"promised": promised, "legal": legal}


def days_words(days: int, kind: str) -> str:
    """A number of days of a kind ("working" or "natural")."""
    if kind == "natural":
        return _("%(days)s天（含节假日）") % {"days": days}
    return _("%(days)s个工作日") % {"days": days}


def _condition(definition: SchemeDefinition, condition: Condition) -> str:
    """When the stage is passed; a condition of several parts is told as such."""
    if condition.field == AMOUNT:
        return condition_words(definition, condition)
    if not condition.field or condition.op != "eq":
        return _("符合条件的申请才经过")
    if condition.field == "run_by":
        return _("只限%(case)s的学校") % {"case": Office.RunBy(str(condition.value)).label}
    return _("只限：%(case)s") % {"case": _answer(definition, condition.field, str(condition.value))}


def _answer(definition: SchemeDefinition, fact: str, answer: str) -> str:
    """An answer as the form shows it."""
    for question in definition.questions():
        if fact in (question.name, question.as_fact):
            for choice in question.choices:
                if choice.value == answer:
                    return str(choice.label)
    return answer
