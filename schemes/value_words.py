"""Policy values in words: what each is called, and how it reads."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schemes.rules.parsing import BadValueError
from schemes.rules.values import MonthDay, MonthRange, WorkCost, read_value

LABELS: dict[str, Promise] = {
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
}


def label_of(name: str) -> str:
    """What a policy value is called; its code where it has no name yet."""
    return str(LABELS.get(name, name))


def words_of(name: str, raw: Any) -> str:
    """A stored value as people read it. One that cannot be read is shown as it is stored."""
    try:
        value = read_value(name, raw)
    except (BadValueError, KeyError):
        return str(raw)
    return _WORDS.get(name, _choice(name))(value)


def _choice(name: str) -> Callable[[Any], str]:
    return lambda value: _yes_no(value) if isinstance(value, bool) else str(CHOICES.get((name, str(value)), value))


def _yes_no(value: bool) -> str:
    return _("是") if value else _("否")


def _yuan(value: Any) -> str:
    return _("%(amount)s元") % {"amount": f"{value:,.2f}"}


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
    listed = _("、").join(f"{percent.normalize():f}%" for percent in value)
    sentence = _("每月%(percents)s") if len(value) == 1 else _("逐月%(percents)s，之后同最后一个月")
    return sentence % {"percents": listed}


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
    return _("、").join(str(CHOICES["covers", kind]) for kind in value) or _("没有")


def _plain_number(value: Any) -> str:
    return f"{value.normalize():f}"


_WORDS: dict[str, Callable[[Any], str]] = {
    "amount": _yuan,
    "dibao_standard": _a_month,
    "disregard_months": _months,
    "phase_out_months": _month_range,
    "cohort_starts": _month_day,
    "taper": _percents,
    "work_cost_deduction": _work_cost,
    "covers": _lotteries,
    "relief_value": _plain_number,
}
