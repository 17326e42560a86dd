"""Policy values in words: what each is called, and how it reads."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.joining import in_a_row, listed
from schemes.rules.instalments import Part
from schemes.rules.parameters import read_parameter
from schemes.rules.parsing import BadValueError
from schemes.rules.value_kinds import SpacingRule
from schemes.rules.values import MonthDay, MonthRange, WorkCost, read_value
from schemes.rules.windows import Period, Window

LABELS: dict[str, Promise] = {
    "window": gettext_lazy("申报期"),
    "quota": gettext_lazy("每年名额"),
    "instalments": gettext_lazy("分期支付"),
    "amount": gettext_lazy("补贴金额"),
    "cohort_rule": gettext_lazy("“应届”怎样算"),
    "cohort_starts": gettext_lazy("学年从哪天算起"),
    "requires_seeking": gettext_lazy("须有求职意愿"),
    "requires_contract": gettext_lazy("须已签订劳动合同"),
    "covers": gettext_lazy("适用的彩票种类"),
    "relief_kind": gettext_lazy("减免方式"),
    "relief_value": gettext_lazy("减免幅度"),
    "dibao_standard": gettext_lazy("当地低保标准"),
    "work_cost_deduction": gettext_lazy("就业成本扣减"),
    "disregard_months": gettext_lazy("就业收入暂不计入的期限"),
    "after_disregard_only": gettext_lazy("暂不计入期满后才有渐退期"),
    "cause": gettext_lazy("超过标准的原因"),
    "phase_out_months": gettext_lazy("渐退期长度"),
    "taper": gettext_lazy("渐退期各月发放比例"),
    "cap": gettext_lazy("渐退期发放上限"),
    "equality": gettext_lazy("人均收入等于标准时"),
    "category_amounts": gettext_lazy("各类标准"),
    "trip_amounts": gettext_lazy("每次往返标准"),
    "trips_per_year": gettext_lazy("每年补贴次数"),
    "share": gettext_lazy("补贴比例"),
    "monthly_ceiling": gettext_lazy("每月上限"),
    "months_ceiling": gettext_lazy("最长补贴期限"),
    "amount_ceiling": gettext_lazy("金额上限"),
    "monthly_amount": gettext_lazy("每月标准"),
    "attendance_percent": gettext_lazy("出勤要求"),
    "daily_amount": gettext_lazy("每天标准"),
    "fee_ceiling": gettext_lazy("培训费上限"),
    "courses_per_year": gettext_lazy("每年补贴培训次数"),
    "total_ceiling": gettext_lazy("补贴总额上限"),
    "ceiling_period": gettext_lazy("总额上限怎样算"),
    "principal_ceiling": gettext_lazy("计息本金上限"),
    "rate_ceiling": gettext_lazy("计息年利率上限"),
    "interest_share": gettext_lazy("贴息比例"),
    "day_basis": gettext_lazy("一年计息天数"),
    "quota_percent": gettext_lazy("应安排残疾人就业的比例"),
    "reward_per_person": gettext_lazy("每超一人的奖励"),
    "component_ceilings": gettext_lazy("各项上限"),
    "component_percent": gettext_lazy("各项补贴比例"),
    "unit_amount": gettext_lazy("每一单位标准"),
    "spacing_rule": gettext_lazy("零售点间距放宽"),
}
CHOICES: dict[tuple[str, str], Promise] = {
    ("cohort_rule", "academic_year"): gettext_lazy("按学年"),
    ("cohort_rule", "calendar_year"): gettext_lazy("按自然年"),
    ("relief_kind", "exempt"): gettext_lazy("全部免除"),
    ("relief_kind", "reduce_percent"): gettext_lazy("按比例减免"),
    ("relief_kind", "reduce_amount"): gettext_lazy("定额减免"),
    ("covers", "welfare"): gettext_lazy("福利彩票"),
    ("covers", "sports"): gettext_lazy("体育彩票"),
    ("cause", "any"): gettext_lazy("不限"),
    ("cause", "disabled_wages"): gettext_lazy("只限残疾人的工资"),
    ("cap", "standard_times_members"): gettext_lazy("当地标准乘以家庭人数"),
    ("cap", "none"): gettext_lazy("没有上限"),
    ("equality", "within"): gettext_lazy("不算超过"),
    ("equality", "over"): gettext_lazy("算超过"),
    ("ceiling_period", "year"): gettext_lazy("按年"),
    ("ceiling_period", "life"): gettext_lazy("终身累计"),
    ("trip_amounts", "in_province"): gettext_lazy("省内"),
    ("trip_amounts", "out_of_province"): gettext_lazy("省外"),
}
OCCASIONS: dict[str, Promise] = {
    "grant": gettext_lazy("批准"),
    "works": gettext_lazy("验收"),
    "operation": gettext_lazy("运营"),
    "retention": gettext_lazy("留存"),
}


def label_of(name: str) -> str:
    """What a policy value is called; its code where it has no name yet."""
    return str(LABELS.get(name, name))


def words_of(name: str, raw: Any, codes: Mapping[str, str] | None = None) -> str:
    """A stored value as people read it; `codes` are the scheme's words for the codes of a table. A value that
    cannot be read is shown as it is stored.
    """
    try:
        value = read_value(name, raw)
    except (BadValueError, KeyError):
        return str(raw)
    if isinstance(value, Mapping):
        return _table(name, value, codes or {})
    return _WORDS.get(name, _choice(name))(value)


def parameter_words(kind: str, raw: Any, codes: Mapping[str, str] | None = None) -> str:
    """The value of a parameter a scheme declares itself, as people read it; the stored form if it cannot be read."""
    try:
        value = read_parameter(kind, raw)
    except (BadValueError, KeyError):
        return str(raw)
    if isinstance(value, Mapping):
        return _table("", value, codes or {})
    words: Mapping[str, Callable[[Any], str]] = {"money": _yuan, "percent": _percent, "truth": _yes_no}
    if kind == "codes":
        return listed((codes or {}).get(code, code) for code in value) or _("没有")
    return words.get(kind, str)(value)


def _table(name: str, value: Mapping[str, Any], codes: Mapping[str, str]) -> str:
    rows = (
        _("%(what)s：%(amount)s") % {"what": codes.get(code) or CHOICES.get((name, code), code), "amount": _yuan(sum_)}
        for code, sum_ in value.items()
    )
    return in_a_row(rows)


def _choice(name: str) -> Callable[[Any], str]:
    return lambda value: _yes_no(value) if isinstance(value, bool) else str(CHOICES.get((name, str(value)), value))


def _yes_no(value: bool) -> str:
    return _("是") if value else _("否")


def _yuan(value: Any) -> str:
    return _("%(amount)s元") % {"amount": f"{value:,.2f}"}


def _ceiling(value: Any) -> str:
    return _("没有上限") if value is None else _yuan(value)


def _a_day(value: Any) -> str:
    return _("每天%(amount)s元") % {"amount": f"{value:,.2f}"}


def _each_month(value: Any) -> str:
    return _("每月%(amount)s元") % {"amount": f"{value:,.2f}"}


def _month_ceiling(value: Any) -> str:
    return _("没有上限") if value is None else _each_month(value)


def _months_at_most(value: int | None) -> str:
    return _("没有上限") if value is None else _months(value)


def _times_a_year(value: int) -> str:
    return _("每年%(times)s次") % {"times": value}


def _percent(value: Any) -> str:
    return f"{value.normalize():f}%"


def _attendance(value: Any) -> str:
    return _("不少于计划天数的%(percent)s") % {"percent": _percent(value)}


def _rate(value: Any) -> str:
    return _("没有上限") if value is None else _percent(value)


def _share(value: Fraction) -> str:
    return _("全额") if value == 1 else _("实际支出的%(share)s") % {"share": value}


def _days(value: int) -> str:
    return _("%(days)s天") % {"days": value}


def _spacing(value: SpacingRule) -> str:
    one = value.least == value.most
    percents = _percent(value.least) if one else f"{_percent(value.least)}–{_percent(value.most)}"
    sentence = _("放宽至标准的%(percents)s") if value.kind == "to_percent" else _("比标准缩短%(percents)s")
    return sentence % {"percents": percents}


def _a_month(value: Any) -> str:
    return _("每人每月%(amount)s元") % {"amount": f"{value:,.2f}"}


def _months(value: int) -> str:
    return _("%(months)s个月") % {"months": value} if value else _("没有")


def _month_range(value: MonthRange) -> str:
    months = {"least": value.least, "most": value.most, "default": value.default}
    if value.least == value.most:
        return _months(value.least)
    if value.default is None:
        return _("%(least)s至%(most)s个月，由审核人员选定") % months
    return _("%(least)s至%(most)s个月，一般%(default)s个月") % months


def _month_day(value: MonthDay) -> str:
    return _("%(month)s月%(day)s日") % {"month": value.month, "day": value.day}


def _percents(value: tuple[Any, ...]) -> str:
    told = listed(f"{percent.normalize():f}%" for percent in value)
    sentence = _("每月%(percents)s") if len(value) == 1 else _("逐月%(percents)s，之后同最后一个月")
    return sentence % {"percents": told}


def _work_cost(value: WorkCost) -> str:
    numbers = {"value": f"{value.value.normalize():f}"}
    sentences: Mapping[str, str] = {
        "none": _("没有"),
        "fixed": _("每月%(value)s元"),
        "percent_of_wage": _("本人工资的%(value)s%%"),
        "percent_of_standard": _("当地标准的%(value)s%%"),
    }
    return sentences[value.kind] % numbers


def _lotteries(value: tuple[str, ...]) -> str:
    return listed(str(CHOICES["covers", kind]) for kind in value) or _("没有")


def _plain_number(value: Any) -> str:
    return f"{value.normalize():f}"


def window_words(value: Window) -> str:
    """The periods in which one can apply."""
    return in_a_row(_period_words(period) for period in value.periods)


def _period_words(period: Period) -> str:
    words = {"opens": period.opens, "closes": period.closes}
    return (_("每年%(opens)s至%(closes)s") if period.yearly else _("%(opens)s至%(closes)s")) % words


def _places(value: int) -> str:
    return _("每年%(places)s名") % {"places": value}


def _instalments(value: tuple[Part, ...]) -> str:
    return in_a_row(_instalment(part) for part in value)


def _instalment(part: Part) -> str:
    words = {"what": OCCASIONS[part.occasion], "percent": _percent(part.percent), "months": part.months}
    return (_("%(what)s（决定后%(months)s个月）%(percent)s") if part.months else _("%(what)s时%(percent)s")) % words


_WORDS: dict[str, Callable[[Any], str]] = {
    "window": window_words,
    "quota": _places,
    "instalments": _instalments,
    "amount": _yuan,
    "dibao_standard": _a_month,
    "disregard_months": _months,
    "phase_out_months": _month_range,
    "cohort_starts": _month_day,
    "taper": _percents,
    "work_cost_deduction": _work_cost,
    "covers": _lotteries,
    "relief_value": _plain_number,
    "trips_per_year": _times_a_year,
    "share": _share,
    "monthly_ceiling": _month_ceiling,
    "months_ceiling": _months_at_most,
    "amount_ceiling": _ceiling,
    "monthly_amount": _each_month,
    "attendance_percent": _attendance,
    "daily_amount": _a_day,
    "fee_ceiling": _ceiling,
    "courses_per_year": _times_a_year,
    "total_ceiling": _ceiling,
    "principal_ceiling": _ceiling,
    "rate_ceiling": _rate,
    "interest_share": _percent,
    "day_basis": _days,
    "quota_percent": _percent,
    "reward_per_person": _yuan,
    "component_percent": _percent,
    "unit_amount": _yuan,
    "spacing_rule": _spacing,
}
