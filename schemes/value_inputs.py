"""How each kind of policy value is typed in: fields for people on one side, the stored JSON on the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import (
    CheckboxesField,
    ChoiceRadioField,
    MoneyField,
    PercentField,
    WholeNumberField,
    YesNoField,
)
from schemes.number_fields import HUNDRED, DecimalField, PercentListField, ShareField
from schemes.rules.value_kinds import NONE
from schemes.value_lines import instalment_line, instalments_of_lines, lines_field, periods_of_lines, sums_of_lines
from schemes.words.value_words import CHOICES

Fields = dict[str, forms.Field]
VALUE = "value"
UNLIMITED = "value_unlimited"
LINES = "value_lines"


@dataclass(frozen=True)
class Asked:
    """What a value is asked for: its name and label, and the scheme's words for the codes that may stand in it."""

    name: str
    label: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class ValueInput:
    """One kind of value: its fields by name, how their answers are stored, and how a stored value fills them."""

    fields: Callable[[Asked], Fields]
    stored: Callable[[Mapping[str, Any]], Any]
    shown: Callable[[Any], dict[str, Any]]


def plain(make: Callable[..., forms.Field], store: Callable[[Any], Any] = str, **options: Any) -> ValueInput:
    """A value of one field."""
    return ValueInput(
        lambda asked: {VALUE: make(label=asked.label, **options)},
        lambda answers: store(answers[VALUE]),
        lambda raw: {VALUE: raw},
    )


def or_unlimited(make: Callable[..., forms.Field], store: Callable[[Any], Any] = str, **options: Any) -> ValueInput:
    """A ceiling, or a tick that there is none. Exactly one of the two is given."""

    def fields(asked: Asked) -> Fields:
        tick = forms.BooleanField(label=_("没有上限"), required=False)
        return {VALUE: make(label=asked.label, required=False, **options), UNLIMITED: tick}

    def stored(answers: Mapping[str, Any]) -> Any:
        given, unlimited = answers.get(VALUE), answers.get(UNLIMITED)
        if (given is None) != bool(unlimited):
            raise ValidationError(_("请填写上限，或者勾选“没有上限”，两者选一。"))
        return NONE if unlimited else store(given)

    return ValueInput(fields, stored, lambda raw: {UNLIMITED: True} if raw == NONE else {VALUE: raw})


def one_of(*codes: str, store: Callable[[str], Any] = str) -> ValueInput:
    """One of a closed list, by its words."""

    def fields(asked: Asked) -> Fields:
        choices = [(code, str(CHOICES.get((asked.name, code), code))) for code in codes]
        return {VALUE: ChoiceRadioField(label=asked.label, choices=choices)}

    return ValueInput(fields, lambda answers: store(answers[VALUE]), lambda raw: {VALUE: str(raw)})


def any_of(*codes: str) -> ValueInput:
    """Any of a list: of the closed one given here, or of the codes the scheme has words for."""

    def fields(asked: Asked) -> Fields:
        known = {code: str(CHOICES.get((asked.name, code), code)) for code in codes} or dict(asked.codes)
        if known:
            return {VALUE: CheckboxesField(label=asked.label, choices=list(known.items()), required=False)}
        return {LINES: lines_field(asked.label, _("每行写一个代码。"))}

    def stored(answers: Mapping[str, Any]) -> list[str]:
        return list(answers[VALUE]) if VALUE in answers else answers[LINES].split()

    return ValueInput(fields, stored, lambda raw: {VALUE: raw, LINES: "\n".join(raw)})


def table(*codes: str) -> ValueInput:
    """Sums by code: a money field for each code that has words; lines of code and sum where none has."""

    def fields(asked: Asked) -> Fields:
        known = {code: str(CHOICES.get((asked.name, code), code)) for code in codes} or dict(asked.codes)
        if known:
            return {f"{VALUE}_{code}": MoneyField(label=words, required=False) for code, words in known.items()}
        return {LINES: lines_field(asked.label, _("每行一项：代码，空格，金额。例如：level-1 3000"))}

    def stored(answers: Mapping[str, Any]) -> dict[str, str]:
        if LINES in answers:
            return sums_of_lines(answers[LINES])
        start = len(VALUE) + 1
        sums = {name[start:]: answers[name] for name in answers if name.startswith(f"{VALUE}_")}
        return {code: str(sum_) for code, sum_ in sums.items() if sum_ is not None}

    def shown(raw: Any) -> dict[str, Any]:
        lines = "\n".join(f"{code} {sum_}" for code, sum_ in raw.items())
        return {LINES: lines} | {f"{VALUE}_{code}": sum_ for code, sum_ in raw.items()}

    return ValueInput(fields, stored, shown)


def parts(fields: Mapping[str, Callable[[], forms.Field]], store: Callable[[Mapping[str, Any]], Any]) -> ValueInput:
    """A value of several fields, stored as an object of the same keys."""
    return ValueInput(
        lambda asked: {f"{VALUE}_{key}": make() for key, make in fields.items()},
        lambda answers: store({key: answers.get(f"{VALUE}_{key}") for key in fields}),
        lambda raw: {f"{VALUE}_{key}": raw.get(key) for key in fields},
    )


def _given(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value is not None}


def _radio(label: Promise, choices: Mapping[str, Promise]) -> Callable[[], forms.Field]:
    return lambda: ChoiceRadioField(label=label, choices=list(choices.items()))


WORK_COST = {
    "none": gettext_lazy("不扣减"),
    "fixed": gettext_lazy("每月固定金额（元）"),
    "percent_of_wage": gettext_lazy("本人工资的百分比"),
    "percent_of_standard": gettext_lazy("当地标准的百分比"),
}
SPACING = {
    "to_percent": gettext_lazy("放宽至标准距离的百分之几"),
    "reduced_by": gettext_lazy("比标准距离缩短百分之几"),
}


def _work_cost(found: Mapping[str, Any]) -> dict[str, str]:
    if found["kind"] == "none":
        return {"kind": "none"}
    if found["value"] is None:
        raise ValidationError(_("请填写扣减的金额或百分比。"))
    return {"kind": found["kind"], "value": str(found["value"])}


def _month_day(raw: str) -> dict[str, Any]:
    return {f"{VALUE}_month": int(raw[:2]), f"{VALUE}_day": int(raw[3:])}


MONTH_DAY = ValueInput(
    lambda asked: {
        f"{VALUE}_month": WholeNumberField(label=_("月"), min_value=1, max_value=12),
        f"{VALUE}_day": WholeNumberField(label=_("日"), min_value=1, max_value=31),
    },
    lambda answers: f"{answers[f'{VALUE}_month']:02}-{answers[f'{VALUE}_day']:02}",
    _month_day,
)
MONTH_RANGE = parts(
    {
        "min": lambda: WholeNumberField(label=_("最短几个月")),
        "max": lambda: WholeNumberField(label=_("最长几个月")),
        "default": lambda: WholeNumberField(
            label=_("一般几个月"), required=False, help_text=_("不填的，由审核人员选定。")
        ),
    },
    _given,
)
WORK_COST_INPUT = parts(
    {
        "kind": _radio(gettext_lazy("怎样扣减"), WORK_COST),
        "value": lambda: DecimalField(label=_("金额或百分比"), required=False),
    },
    _work_cost,
)
SPACING_INPUT = parts(
    {
        "kind": _radio(gettext_lazy("怎样放宽"), SPACING),
        "min": lambda: PercentField(label=_("最少百分之几"), largest=HUNDRED),
        "max": lambda: PercentField(label=_("最多百分之几"), largest=HUNDRED),
    },
    lambda found: {key: str(value) for key, value in found.items()},
)
WINDOW = ValueInput(
    lambda asked: {
        LINES: lines_field(
            asked.label,
            _("每行一个申报期，例如每年的 09-01 10-15；只有一次的写 2027-03-01 2027-04-30"),
        )
    },
    lambda answers: periods_of_lines(answers[LINES]),
    lambda raw: {LINES: "\n".join(f"{one['opens']} {one['closes']}" for one in raw)},
)
INSTALMENTS = ValueInput(
    lambda asked: {
        LINES: lines_field(
            asked.label,
            _("每行一期：节点（批准、验收、运营、留存）、百分比、决定后几个月，例如：批准 40 0。各期合计100。"),
        )
    },
    lambda answers: instalments_of_lines(answers[LINES]),
    lambda raw: {LINES: "\n".join(instalment_line(one) for one in raw)},
)
MONEY, PERCENT = plain(MoneyField), plain(PercentField, largest=HUNDRED)
WHOLE, TRUTH = plain(WholeNumberField, int, min_value=0), plain(YesNoField, bool)
FROM_ONE = plain(WholeNumberField, int, min_value=1)
MONEY_OR_NONE = or_unlimited(MoneyField)

INPUTS: dict[str, ValueInput] = {
    "window": WINDOW,
    "quota": parts({"per_year": lambda: WholeNumberField(label=_("每年多少名"), min_value=0)}, dict),
    "instalments": INSTALMENTS,
    "amount": MONEY,
    "category_amounts": table(),
    "trip_amounts": table("in_province", "out_of_province"),
    "trips_per_year": FROM_ONE,
    "share": plain(ShareField),
    "monthly_ceiling": MONEY_OR_NONE,
    "months_ceiling": or_unlimited(WholeNumberField, int, min_value=1),
    "amount_ceiling": MONEY_OR_NONE,
    "monthly_amount": MONEY,
    "attendance_percent": PERCENT,
    "daily_amount": MONEY,
    "fee_ceiling": MONEY_OR_NONE,
    "courses_per_year": FROM_ONE,
    "total_ceiling": MONEY_OR_NONE,
    "ceiling_period": one_of("year", "life"),
    "principal_ceiling": MONEY_OR_NONE,
    "rate_ceiling": or_unlimited(PercentField, largest=HUNDRED),
    "interest_share": PERCENT,
    "day_basis": one_of("360", "365", store=int),
    "quota_percent": PERCENT,
    "reward_per_person": MONEY,
    "component_ceilings": table(),
    "component_percent": PERCENT,
    "unit_amount": MONEY,
    "spacing_rule": SPACING_INPUT,
    "cohort_rule": one_of("academic_year", "calendar_year"),
    "cohort_starts": MONTH_DAY,
    "requires_seeking": TRUTH,
    "requires_contract": TRUTH,
    "covers": any_of("welfare", "sports"),
    "relief_kind": one_of("exempt", "reduce_percent", "reduce_amount"),
    "relief_value": plain(DecimalField),
    "dibao_standard": MONEY,
    "work_cost_deduction": WORK_COST_INPUT,
    "disregard_months": WHOLE,
    "after_disregard_only": TRUTH,
    "cause": one_of("any", "disabled_wages"),
    "phase_out_months": MONTH_RANGE,
    "taper": ValueInput(
        lambda asked: {VALUE: PercentListField(label=asked.label)},
        lambda answers: [str(percent) for percent in answers[VALUE]],
        lambda raw: {VALUE: " ".join(map(str, raw))},
    ),
    "cap": one_of("standard_times_members", "none"),
    "equality": one_of("within", "over"),
}
PARAMETER_INPUTS: dict[str, ValueInput] = {
    "money": MONEY,
    "percent": PERCENT,
    "whole": WHOLE,
    "truth": TRUTH,
    "codes": any_of(),
    "table": table(),
}
