"""Interest subsidies 贴息: the interest of one quarter on a loan, up to a principal and a rate."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from schemes.rules.assessment import Line, Outcome, cited_line
from schemes.rules.explaining import concluded, lacking, limit_line, short, sum_line
from schemes.rules.money import half_up
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

VALUES = ("principal_ceiling", "rate_ceiling", "interest_share", "day_basis")
FACTS = ("loan_principal", "annual_rate", "days_in_quarter")
LONGEST_QUARTER = 92
PRINCIPAL = Bilingual(zh="计息本金，不超过上限（元）", en="Principal that counts, up to the ceiling (yuan)")
RATE = Bilingual(zh="计息年利率，不超过上限（%）", en="Annual rate that counts, up to the ceiling (%)")
SHARE = Bilingual(zh="贴息比例（%）", en="Share of the interest that is subsidised (%)")
BASIS = Bilingual(zh="一年按多少天计息", en="Days a year of interest is counted with")
DAYS = Bilingual(zh="本季度计息天数", en="Days of interest in the quarter")
DAYS_IMPOSSIBLE = Bilingual(
    zh=f"一个季度的计息天数应在1到{LONGEST_QUARTER}之间，请核对",
    en=f"A quarter has between 1 and {LONGEST_QUARTER} days of interest; please check",
)
# Whether the bank that gave the loan is paid, which claims for its borrowers; they are where policy is silent.
TO_BANK = "paid_to_bank"
PAID_TO_BANK = Bilingual(zh="贴息直接拨付给经办银行", en="The subsidy is paid to the bank that gave the loan")
YES, NO = Bilingual(zh="是", en="Yes"), Bilingual(zh="否", en="No")
AMOUNT = Bilingual(zh="本季度贴息金额（元）", en="Interest subsidy for the quarter (yuan)")


def quarter_interest(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The subsidised share of a quarter's interest, rounded once."""
    gap = lacking(facts, policy, FACTS, VALUES)
    if gap is not None:
        return gap
    principal = up_to(facts["loan_principal"], policy.value("principal_ceiling"))
    rate = up_to(facts["annual_rate"], policy.value("rate_ceiling"))
    amount = interest(
        principal, rate, facts["days_in_quarter"], policy.value("day_basis"), policy.value("interest_share")
    )
    lines = (_days_line(policy, facts["days_in_quarter"]), *_counted_lines(policy, principal, rate))
    return concluded(policy, lines, amount, AMOUNT, rests_on="interest_share", used=VALUES)


def up_to(number: Decimal, ceiling: Decimal | None) -> Decimal:
    """A number up to its ceiling (None: there is none)."""
    return number if ceiling is None else min(number, ceiling)


def interest(principal: Decimal, rate: Decimal, days: int, basis: int, share: Decimal) -> Decimal:
    """Principal × rate % × days ÷ basis × share %, exact until it is rounded half up to the fen."""
    yearly = Fraction(principal) * Fraction(rate) / 100
    return half_up(yearly * days / basis * Fraction(share) / 100)


def _days_line(policy: Policy, days: int) -> Line:
    possible = 1 <= days <= LONGEST_QUARTER
    label = DAYS if possible else DAYS_IMPOSSIBLE
    return limit_line(policy, "days_in_quarter", label, str(days), holds=possible, rests_on="day_basis")


def _counted_lines(policy: Policy, principal: Decimal, rate: Decimal) -> tuple[Line, ...]:
    share: Decimal = policy.value("interest_share")
    lines = (
        sum_line(policy, "principal_counted", PRINCIPAL, principal, rests_on="principal_ceiling"),
        cited_line(policy, "rate_counted", RATE, "info", short(rate), rests_on="rate_ceiling"),
        cited_line(policy, "interest_share", SHARE, "info", short(share), rests_on="interest_share"),
        cited_line(policy, "day_basis", BASIS, "info", str(policy.value("day_basis")), rests_on="day_basis"),
    )
    return lines if policy.absent([TO_BANK]) else (*lines, _payee_line(policy))


def _payee_line(policy: Policy) -> Line:
    to_bank: bool = policy.value(TO_BANK)
    value, shown = ("yes", YES) if to_bank else ("no", NO)
    return cited_line(policy, TO_BANK, PAID_TO_BANK, "info", value, rests_on=TO_BANK, shown=shown)


def pays_bank(assessment: Mapping[str, Any]) -> bool:
    """Whether a frozen assessment says that the bank is paid and not the borrower."""
    return any((line["code"], line["value"]) == (TO_BANK, "yes") for line in assessment["lines"])
