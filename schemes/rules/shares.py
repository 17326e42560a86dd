"""A share of what somebody paid, up to a ceiling a month or in all."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from schemes.rules.assessment import Line, Outcome, cited_line
from schemes.rules.explaining import concluded, lacking, sum_line
from schemes.rules.money import half_up
from schemes.rules.months import months_facts, months_lines
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

BY_MONTH = ("monthly_ceiling", "months_ceiling")
IN_ALL = ("amount_ceiling",)
PAID = Bilingual(zh="实际缴纳或支付（元）", en="What was paid (yuan)")
SHARE = Bilingual(zh="补贴比例", en="Share that is paid back")
ALL = Bilingual(zh="全额", en="All of it")
OF_SHARE = Bilingual(zh="按比例计算（元）", en="The share of what was paid (yuan)")
CEILING = Bilingual(zh="本次上限（元）", en="Ceiling for this claim (yuan)")
AMOUNT = Bilingual(zh="补贴金额（元）", en="Amount of the subsidy (yuan)")


def share_names(policy: Policy) -> tuple[str, ...]:
    """The policy values a share needs: ceilings by the month, unless only a ceiling in all is known."""
    in_all = tuple(name for name in IN_ALL if name in policy.values)
    by_month = any(name in policy.values for name in BY_MONTH)
    return ("share", *(BY_MONTH if by_month or not in_all else ()), *in_all)


def share_facts(policy: Policy) -> tuple[str, ...]:
    """What was paid, and the months where anything is limited by the month."""
    limited = any(name in policy.values and policy.value(name) is not None for name in BY_MONTH)
    return ("paid_amount", *(months_facts(policy) if limited else ()))


def share_of(part: Fraction, paid: Decimal) -> Decimal:
    """So much of a sum, half up to the fen."""
    return half_up(part * Fraction(paid))


def share_of_paid(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The policy value `share` of `paid_amount`, never above the ceilings."""
    names, needed = share_names(policy), share_facts(policy)
    gap = lacking(facts, policy, needed, names)
    if gap is not None:
        return gap
    whole_share = share_of(policy.value("share"), facts["paid_amount"])
    ceilings = ceilings_for(facts, policy)
    lines = [*(months_lines(facts, policy) if "months_claimed" in needed else ()), *_share_lines(facts, policy)]
    lines += [sum_line(policy, "ceiling", CEILING, sum_, rests_on=name) for name, sum_ in ceilings.items()]
    amount = min((whole_share, *ceilings.values()))
    return concluded(policy, lines, amount, AMOUNT, rests_on="share", used=names)


def ceilings_for(facts: Mapping[str, Any], policy: Policy) -> dict[str, Decimal]:
    """The ceilings on this claim in yuan, by the policy value each rests on; those that are "none" left out."""
    known = {name: policy.value(name) for name in ("monthly_ceiling", *IN_ALL) if name in policy.values}
    times = {"monthly_ceiling": facts.get("months_claimed") or 0}
    return {name: half_up(sum_ * times.get(name, 1)) for name, sum_ in known.items() if sum_ is not None}


def _share_lines(facts: Mapping[str, Any], policy: Policy) -> tuple[Line, ...]:
    part: Fraction = policy.value("share")
    text = str(part)
    shown = ALL if part == 1 else Bilingual(zh=text, en=text)
    return (
        sum_line(policy, "paid_amount", PAID, facts["paid_amount"], rests_on="share"),
        cited_line(policy, "share", SHARE, "info", text, rests_on="share", shown=shown),
        sum_line(policy, "share_amount", OF_SHARE, share_of(part, facts["paid_amount"]), rests_on="share"),
    )
