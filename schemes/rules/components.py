"""Grants put together from components: a percent of the cost of each, up to the component's own ceiling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.assessment import Line, Outcome, cited_line
from schemes.rules.explaining import concluded, lacking, short, sum_line
from schemes.rules.money import ZERO, half_up, percent_of
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

VALUES = ("component_ceilings", "component_percent")
FACTS = ("components",)
PERCENT = Bilingual(zh="每项补贴比例（%）", en="Percent of each cost that is paid (%)")
NO_COMPONENT = Bilingual(zh="没有申报任何项目，请至少申报一项", en="No item is claimed; claim at least one")
AMOUNT = Bilingual(zh="各项合计（元）", en="Total over the items (yuan)")


@dataclass(frozen=True, slots=True)
class ComponentCost:
    """What was spent on one component, in yuan; `name` is what readers call it."""

    component: str
    cost: Decimal
    name: Bilingual


def component_sum(cost: Decimal, percent: Decimal, ceiling: Decimal) -> Decimal:
    """So many percent of a cost, half up to the fen, then up to the ceiling."""
    return min(half_up(percent_of(percent, cost)), ceiling)


def component_grants(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The sum over the components claimed, one line each."""
    gap = lacking(facts, policy, FACTS, VALUES)
    if gap is not None:
        return gap
    claimed: Sequence[ComponentCost] = facts["components"]
    percent: Decimal = policy.value("component_percent")
    sums = [_sum_of(policy, row) for row in claimed]
    lines = [cited_line(policy, "component_percent", PERCENT, "info", short(percent), rests_on="component_percent")]
    lines += [_line(policy, row, sum_) for row, sum_ in zip(claimed, sums, strict=True)]
    if not claimed:
        lines.append(cited_line(policy, "component", NO_COMPONENT, "fail", rests_on="component_ceilings"))
    amount = sum((sum_ for sum_ in sums if sum_ is not None), ZERO)
    return concluded(policy, lines, amount, AMOUNT, rests_on="component_ceilings", used=VALUES)


def _sum_of(policy: Policy, row: ComponentCost) -> Decimal | None:
    ceiling: Decimal | None = policy.value("component_ceilings").get(row.component)
    return None if ceiling is None else component_sum(row.cost, policy.value("component_percent"), ceiling)


def _line(policy: Policy, row: ComponentCost, sum_: Decimal | None) -> Line:
    if sum_ is None:
        return cited_line(
            policy,
            "component",
            not_paid(row.name),
            "fail",
            row.component,
            rests_on="component_ceilings",
            shown=row.name,
        )
    ceiling: Decimal = policy.value("component_ceilings")[row.component]
    return sum_line(policy, "component", paid(row, ceiling), sum_, rests_on="component_ceilings")


def paid(row: ComponentCost, ceiling: Decimal) -> Bilingual:
    """What is paid for a component: its cost and its ceiling beside it."""
    return Bilingual(
        zh=f"{row.name.zh}（支出{row.cost:.2f}元，上限{ceiling:.2f}元）",
        en=f"{row.name.en} (cost {row.cost:.2f} yuan, ceiling {ceiling:.2f} yuan)",
    )


def not_paid(name: Bilingual) -> Bilingual:
    """That the local standard knows no such component."""
    return Bilingual(
        zh=f"当地标准不包括“{name.zh}”，请去掉这一项",
        en=f"The local standard does not include “{name.en}”; leave it out",
    )
