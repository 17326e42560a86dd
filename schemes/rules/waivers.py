"""Waivers: how much of a deposit or a fee is relieved, and what the lottery centre owes back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.assessment import Line, Outcome, cited_line, incomplete
from schemes.rules.explaining import concluded, lacking, sum_line
from schemes.rules.money import ZERO, as_text, half_up, percent_of
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

RELIEF_KINDS = {
    "exempt": Bilingual(zh="全部免除", en="All of it"),
    "reduce_percent": Bilingual(zh="按百分比减收", en="A percentage of it"),
    "reduce_amount": Bilingual(zh="按定额减收", en="A fixed sum of it"),
}
RELIEF_KIND = Bilingual(zh="减免方式", en="Kind of relief")
RELIEF_VALUE = Bilingual(zh="减免幅度（百分比或元）", en="Size of the relief (percent or yuan)")
RELIEF = Bilingual(zh="减免押金（元）", en="Deposit relieved (yuan)")
REMAINS_DUE = Bilingual(zh="仍应缴押金（元）", en="Deposit that remains due (yuan)")
REFUND_OWED = Bilingual(
    zh="多缴押金，由彩票中心退还（元）", en="Paid beyond what remains due, owed by the lottery centre (yuan)"
)


FEE_RELIEF = Bilingual(zh="减免费用（元）", en="Fee relieved (yuan)")
FEE_REMAINS = Bilingual(zh="仍应缴费用（元）", en="Fee that remains due (yuan)")


def relief_names(policy: Policy) -> tuple[str, ...]:
    """The policy values a relief needs: a full exemption has no size."""
    exempt = "relief_kind" in policy.values and policy.value("relief_kind") == "exempt"
    return ("relief_kind",) if exempt else ("relief_kind", "relief_value")


def relief(kind: str, size: Decimal | None, due: Decimal) -> Decimal:
    """What is relieved of a deposit: half up to the fen, never more than is due.

    `size` is percent for reduce_percent, yuan for reduce_amount, unused for exempt.
    """
    if kind == "exempt" or size is None:
        return due
    return min(due, half_up(percent_of(size, due) if kind == "reduce_percent" else size))


def refund(due: Decimal, paid: Decimal, relieved: Decimal) -> Decimal:
    """What was paid beyond the rest: never below zero."""
    return max(ZERO, paid - (due - relieved))


def deposit_relief(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The relief is the amount; a relief of 0.00 is still a waiver. No money of ours is paid."""
    used = frozenset(relief_names(policy))
    missing = policy.absent(relief_names(policy))
    if missing:
        return incomplete(missing, used=used)
    due: Decimal = facts["deposit_due"]
    relieved = relief_here(policy, due)
    sums = [
        ("remains_due", REMAINS_DUE, due - relieved),
        ("refund_owed", REFUND_OWED, refund(due, facts["deposit_paid"], relieved)),
        ("amount", RELIEF, relieved),
    ]
    lines = relief_lines(policy) + [
        cited_line(policy, code, label, "amount", as_text(sum_), rests_on="relief_kind") for code, label, sum_ in sums
    ]
    return Outcome(eligible=True, amount=half_up(relieved), lines=tuple(lines), used=used)


def relief_here(policy: Policy, due: Decimal) -> Decimal:
    """What the policy in force relieves of a sum that is due."""
    kind: str = policy.value("relief_kind")
    return relief(kind, None if kind == "exempt" else policy.value("relief_value"), due)


def relief_lines(policy: Policy) -> list[Line]:
    """How the relief is reckoned: its kind, and its size where it is not all of it."""
    kind: str = policy.value("relief_kind")
    shown = RELIEF_KINDS[kind]
    lines = [cited_line(policy, "relief_kind", RELIEF_KIND, "info", kind, rests_on="relief_kind", shown=shown)]
    if kind != "exempt":
        size = f"{policy.value('relief_value'):f}"
        lines.append(cited_line(policy, "relief_value", RELIEF_VALUE, "info", size, rests_on="relief_value"))
    return lines


def fee_relief(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The relief of a fee is the amount. Nothing is paid: less is asked for."""
    names = relief_names(policy)
    gap = lacking(facts, policy, ("fee_due",), names)
    if gap is not None:
        return gap
    due: Decimal = facts["fee_due"]
    relieved = half_up(relief_here(policy, due))
    lines = [*relief_lines(policy), sum_line(policy, "remains_due", FEE_REMAINS, due - relieved, "relief_kind")]
    return concluded(policy, lines, relieved, FEE_RELIEF, rests_on="relief_kind", used=names)
