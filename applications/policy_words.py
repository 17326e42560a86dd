"""Policy values in plain words, for the guide: what each one means for an applicant."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.joining import listed
from schemes.definition import SchemeDefinition
from schemes.policies import ResolvedPolicy, ResolvedValue
from schemes.words.scheme_values import SchemeValues

# Told together with another value, or of use to officials alone.
UNTOLD = frozenset({"cohort_starts", "relief_value", "after_disregard_only", "cause", "cap", "equality", "day_basis"})
LOTTERIES = {"welfare": gettext_lazy("福利彩票"), "sports": gettext_lazy("体育彩票")}


@dataclass(frozen=True)
class Figure:
    """One value in force: what it is called, what it says, and the document and clause behind it."""

    label: str
    text: str
    document: str
    clause: str
    assumed: bool


def figures_of(policy: ResolvedPolicy, definition: SchemeDefinition) -> list[Figure]:
    """The values of a scheme that hold where the reader is, in the order the scheme names them."""
    told = [name for name in definition.policy_values if name in policy.values and name not in UNTOLD]
    words = SchemeValues(definition)
    return [_figure(name, policy.values[name], policy, words) for name in told]


def _figure(name: str, value: ResolvedValue, policy: ResolvedPolicy, words: SchemeValues) -> Figure:
    if name in WORDS:
        label, in_words = WORDS[name]
        text = in_words(value.value, policy.plain_values)
    else:
        label, text = words.label(name), words.words(name, value.value)
    return Figure(str(label), text, value.document, value.clause, value.basis == "assumed")


def _yuan(value: Any, values: dict[str, Any]) -> str:
    return _("%(amount)s 元") % {"amount": f"{Decimal(value):,.2f}"}


def _needed(value: bool, values: dict[str, Any]) -> str:
    return _("是") if value else _("否")


def _cohort(value: str, values: dict[str, Any]) -> str:
    if value == "calendar_year":
        return _("申请和毕业在同一个自然年")
    month, _dash, day = str(values.get("cohort_starts", "09-01")).partition("-")
    return _("申请和毕业在同一个学年（从%(month)s月%(day)s日算起）") % {"month": int(month), "day": int(day)}


def _lotteries(value: list[str], values: dict[str, Any]) -> str:
    return listed(str(LOTTERIES.get(kind, kind)) for kind in value)


def _relief(value: str, values: dict[str, Any]) -> str:
    relief = values.get("relief_value", "")
    texts = {
        "exempt": _("全部免除"),
        "reduce_percent": _("减免%(relief)s%%") % {"relief": relief},
        "reduce_amount": _("最多减免%(relief)s元") % {"relief": relief},
    }
    return texts.get(value, value)


def _work_cost(value: dict[str, Any], values: dict[str, Any]) -> str:
    figure = value.get("value", "")
    texts = {
        "none": _("不扣减"),
        "fixed": _("每月扣减%(figure)s元") % {"figure": figure},
        "percent_of_wage": _("扣减工资的%(figure)s%%") % {"figure": figure},
        "percent_of_standard": _("每月扣减低保标准的%(figure)s%%") % {"figure": figure},
    }
    return texts.get(value.get("kind", ""), "")


def _months(value: int, values: dict[str, Any]) -> str:
    return _("%(months)s个月") % {"months": value} if value else _("没有规定")


def _range(value: dict[str, Any], values: dict[str, Any]) -> str:
    if value["min"] == value["max"]:
        return _months(value["min"], values)
    return _("%(least)s到%(most)s个月") % {"least": value["min"], "most": value["max"]}


def _taper(value: list[str], values: dict[str, Any]) -> str:
    return _("逐月按原待遇的%(percents)s") % {"percents": listed(f"{percent}%" for percent in value)}


WORDS: dict[str, tuple[Promise, Callable[[Any, dict[str, Any]], str]]] = {
    "amount": (gettext_lazy("补贴金额"), _yuan),
    "cohort_rule": (gettext_lazy("什么算应届"), _cohort),
    "requires_seeking": (gettext_lazy("要求正在求职"), _needed),
    "requires_contract": (gettext_lazy("要求已签劳动合同"), _needed),
    "covers": (gettext_lazy("适用的彩票"), _lotteries),
    "relief_kind": (gettext_lazy("减免多少"), _relief),
    "dibao_standard": (gettext_lazy("低保标准（每人每月）"), _yuan),
    "work_cost_deduction": (gettext_lazy("就业成本"), _work_cost),
    "disregard_months": (gettext_lazy("就业收入暂不计入"), _months),
    "phase_out_months": (gettext_lazy("渐退期长度"), _range),
    "taper": (gettext_lazy("渐退期发放比例"), _taper),
}
