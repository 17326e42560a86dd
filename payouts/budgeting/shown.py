"""Envelopes, requests and months as tables, for pages and for files."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from benefits.budgets.shares import Borne, borne
from benefits.budgets.tranches import Shares
from benefits.budgets.using import Month, Used
from benefits.models import Budget, BudgetRequest, Due, Tranche
from payouts.budgeting.report import Row
from people.models import Division

FEN_A_YUAN, COUNTY_DIGITS = 100, 6


@dataclass(frozen=True)
class Table:
    """What components/table.html draws."""

    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    foot: list[str] | None = None


def yuan(amount: Decimal) -> str:
    """A sum as written in tables."""
    return f"{amount:,.2f}"


def columns(*words: str, numbers: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Headings: words first, then numbers."""
    return [{"label": label} for label in words] + [{"label": label, "numeric": True} for label in numbers]


def use_headings() -> list[str]:
    """How far money got, column by column."""
    return [_("下达"), _("已预留"), _("其中已核付"), _("其中已到账"), _("退回待补发"), _("可用")]


def use_cells(used: Used) -> list[str]:
    """The same as written."""
    parts = (used.allotted, used.reserved, used.committed, used.paid, used.returned, used.free)
    return [yuan(part) for part in parts]


def envelopes(rows: list[Row], named: dict[str, str], sum_: Used) -> Table:
    """One line an envelope, with a link to its page."""
    body = [
        {
            "cells": [
                {"text": named.get(one.budget.scheme_code, one.budget.scheme_code), "url": _page(one.budget)},
                one.budget.division.label,
                one.source_label,
                *use_cells(one.used),
            ]
        }
        for one in rows
    ]
    foot = [_("合计"), "", "", *use_cells(sum_)]
    return Table(columns(_("事项"), _("地方"), _("资金来源"), numbers=use_headings()), body, foot)


def sources(sums: list[tuple[str, Used]]) -> Table:
    """One line a fund."""
    rows = [{"cells": [label, *use_cells(used)]} for label, used in sums]
    return Table(columns(_("资金来源"), numbers=use_headings()), rows)


def documents(row: Row) -> Table:
    """What became of the money of each document of an envelope."""
    rows = [{"cells": [one.tranche.document, *use_cells(one.used)]} for one in row.documents]
    return Table(columns(_("指标文号"), numbers=use_headings()), rows)


def tranches(budget: Budget) -> Table:
    """Each document that brought or took money, oldest first."""
    rows = [
        {
            "cells": [
                one.document,
                date_format(one.dated, "Y-m-d") if one.dated else "",
                str(one.get_kind_display()),
                str(one.get_source_display()),
                f"{one.function_code} {one.economic_code}".strip(),
                shares_words(Shares(one.province, one.prefecture, one.county)),
                yuan(one.amount),
            ]
        }
        for one in Tranche.objects.filter(budget=budget)
    ]
    words = (
        _("指标文号"), _("发文日期"), _("种类"), _("资金来源"), _("功能、经济分类科目"), _("省、州市、县分担（%）"),
    )  # fmt: skip
    return Table(columns(*words, numbers=[_("金额（元）")]), rows, [_("合计"), "", "", "", "", "", yuan(budget.amount)])


def shares_words(shares: Shares) -> str:
    """Three shares in per cent, as short as they can be written."""
    return " / ".join(_percent(part) for part in (shares.province, shares.prefecture, shares.county))


def _percent(hundredths: int) -> str:
    return f"{Decimal(hundredths) / 100:f}".rstrip("0").rstrip(".") if hundredths % 100 else str(hundredths // 100)


def levels(found: Borne) -> Table:
    """What each level bears."""
    sums = [(_("省级"), found.province), (_("州市级"), found.prefecture), (_("县级"), found.county)]
    if found.unstated:
        sums.append((_("没有载明分担比例"), found.unstated))
    rows = [{"cells": [label, yuan(amount)]} for label, amount in sums]
    return Table(columns(_("哪一级负担"), numbers=[_("金额（元）")]), rows, [_("合计"), yuan(found.total)])


def borne_by(budget: Budget) -> Table:
    """The same for everything owed out of an envelope."""
    return levels(borne(Due.objects.filter(budget=budget, stop__isnull=True)))


def months(found: list[Month]) -> list[dict[str, Any]]:
    """Commitments by month, as components/bars.html draws them."""
    return [
        {
            "label": date_format(one.first, "Y-m"),
            "number": int(one.total * FEN_A_YUAN),
            "text": _("%(total)s元，%(count)s笔") % {"total": yuan(one.total), "count": one.count},
        }
        for one in found
    ]


def requests(found: Iterable[BudgetRequest], named: dict[str, str], page: str) -> Table:
    """What was asked, newest first; `page` is the URL name of one."""
    rows = [
        {
            "cells": [
                {"text": _("申请 %(number)s") % {"number": one.pk}, "url": reverse(page, args=[one.pk])},
                str(one.get_kind_display()),
                named.get(one.scheme_code, one.scheme_code),
                str(one.year),
                one.office.label,
                date_format(one.requested_at, "Y-m-d"),
                {"text": str(one.get_state_display()), "state": _STATES[one.state]},
                yuan(one.amount),
            ]
        }
        for one in found
    ]
    words = (_("申请"), _("事由"), _("事项"), _("年度"), _("提出的机关"), _("提出日期"), _("状态"))
    return Table(columns(*words, numbers=[_("金额（元）")]), rows)


def counties(budget: Budget) -> Table:
    """What is owed out of an envelope in each county."""
    owed = Due.objects.filter(budget=budget, stop__isnull=True).order_by()
    sums = owed.annotate(place=Substr("application__division_id", 1, COUNTY_DIGITS)).values("place")
    found = dict(sums.annotate(total=Sum("amount")).order_by("place").values_list("place", "total"))
    named = {one.pk: one.label for one in Division.objects.filter(pk__in=found)}
    rows = [{"cells": [named.get(code, code), yuan(total)]} for code, total in found.items()]
    return Table(columns(_("县市区"), numbers=[_("已预留（元）")]), rows)


def _page(budget: Budget) -> str:
    return reverse("payouts:budget", args=[budget.pk])


_STATES = {"waiting": "planned", "approved": "granted", "refused": "refused"}
