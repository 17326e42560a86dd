"""A sum by category: where several fit, the highest counts and never two 就高不重复."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from schemes.rules.assessment import Line, Outcome, Result, cited_line
from schemes.rules.explaining import concluded, lacking
from schemes.rules.money import ZERO, as_text
from schemes.rules.policy import Policy
from schemes.rules.texts import Bilingual

VALUES = ("category_amounts",)
AMOUNT = Bilingual(zh="补贴金额（元）", en="Amount of the grant (yuan)")
UNFIT = Bilingual(zh="该类别不在当地补贴标准中", en="The local standard has no sum for this category")
NO_CATEGORY = Bilingual(zh="没有选择任何类别，请选择符合的类别", en="No category was chosen; choose the one that fits")
HIGHEST = Bilingual(
    zh="同时符合几类，按最高一类计算，不重复享受", en="Several fit: the highest one counts, never two together"
)


def fit(amount: Decimal) -> Bilingual:
    """That a category fits, and what it is worth."""
    text = as_text(amount)
    return Bilingual(zh=f"符合的类别（标准{text}元）", en=f"A category that fits (standard {text} yuan)")


def categories_in(facts: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The categories claimed, from `categories` (several) or `category` (one); None where neither was answered."""
    several: Sequence[str] | None = facts.get("categories")
    if several is not None:
        return tuple(several)
    one: str | None = facts.get("category")
    return None if one is None else (one,)


def highest(policy: Policy, categories: Sequence[str]) -> Decimal | None:
    """The highest sum any of these categories has; None where none has one."""
    table: Mapping[str, Decimal] = policy.value("category_amounts")
    return max((table[code] for code in categories if code in table), default=None)


def category_lines(policy: Policy, categories: Sequence[str]) -> tuple[Line, ...]:
    """One line a category. One without a sum fails only where no other has one."""
    table: Mapping[str, Decimal] = policy.value("category_amounts")
    fitting = [code for code in categories if code in table]
    lines = [_line(policy, code, table.get(code), bool(fitting)) for code in categories]
    if not categories:
        lines.append(cited_line(policy, "category", NO_CATEGORY, "fail", rests_on="category_amounts"))
    if len(fitting) > 1:
        best = max(fitting, key=table.__getitem__)
        lines.append(cited_line(policy, "highest_category", HIGHEST, "info", best, rests_on="category_amounts"))
    return tuple(lines)


def _line(policy: Policy, code: str, amount: Decimal | None, another_fits: bool) -> Line:
    if amount is not None:
        return cited_line(policy, "category", fit(amount), "pass", code, rests_on="category_amounts")
    result: Result = "info" if another_fits else "fail"
    return cited_line(policy, "category", UNFIT, result, code, rests_on="category_amounts")


def by_category(facts: Mapping[str, Any], policy: Policy, on: date) -> Outcome:
    """The highest sum of the policy table `category_amounts` that any category claimed has."""
    categories = categories_in(facts)
    gap = lacking({"category": categories}, policy, ("category",), VALUES)
    if gap is not None:
        return gap
    categories = categories or ()
    best = highest(policy, categories)
    lines = category_lines(policy, categories)
    return concluded(policy, lines, ZERO if best is None else best, AMOUNT, rests_on="category_amounts", used=VALUES)
