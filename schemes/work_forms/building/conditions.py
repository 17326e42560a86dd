"""A single comparison typed in: a fact, how it compares, with which answer or policy value."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.joining import listed
from schemes.building.package import Package
from schemes.definition import Question, SchemeDefinition
from schemes.rules.conditions import POLICY, Condition
from schemes.rules.registry import DERIVATIONS
from schemes.words.condition_words import DERIVED, condition_words, fact_words
from schemes.words.scheme_values import SchemeValues

KEEP = "keep-as-it-is"
TRUTHS = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}
TRUE_OR_FALSE = frozenset({"certificate_matches_id", "same_cohort", "claim_has_passed"})
READ_FROM = {"age": {"id_number"}, "certificate_matches_id": {"id_number", "disability_certificate"}}


class ConditionFields:
    """The fields of one comparison, under a prefix; a condition of several parts is kept or replaced as a whole."""

    def __init__(self, package: Package, prefix: str, before: Any, *, facts_only: bool, required: bool) -> None:
        self.reading, self.prefix, self.required = package.reading(), prefix, required
        self.before = before if isinstance(before, Mapping) else None
        self.facts_only = facts_only

    @property
    def composite(self) -> bool:
        """Whether the condition there is has several parts."""
        return self.before is not None and ("field" not in self.before or "key" in self.before)

    def fields(self, label: str) -> dict[str, forms.Field]:
        """What to compare, how, and with what."""
        ops = [(op, str(words)) for op, words in _op_words().items()]
        policies = [(name, SchemeValues(self.reading).label(name)) for name in self.reading.policy_values]
        found = {
            "field": forms.ChoiceField(label=label, choices=self.choices(), required=self.required),
            "op": forms.ChoiceField(label=_("怎样比较"), choices=ops, required=False),
            "value": forms.CharField(
                label=_("与哪个答案比较"), required=False, max_length=200, help_text=_value_hint()
            ),
            "policy": forms.ChoiceField(
                label=_("或者与哪个政策参数比较"), choices=[("", _("不与参数比较")), *policies], required=False
            ),
        }
        return {f"{self.prefix}_{name}": field for name, field in found.items()}

    def initial(self) -> dict[str, Any]:
        """What the fields begin with."""
        if self.before is None:
            return {}
        if self.composite:
            return {f"{self.prefix}_field": KEEP}
        found = {name: self.before.get(name, "") for name in ("field", "op", "policy")}
        return {f"{self.prefix}_{name}": value for name, value in (found | {"value": self._shown()}).items()}

    def read(self, cleaned: Mapping[str, Any]) -> dict[str, Any] | None:
        """The condition; None for none. Raises ValidationError, its code the field it belongs to."""
        name = cleaned.get(f"{self.prefix}_field") or ""
        if name == KEEP:
            return dict(self.before or {})
        if not name:
            return None
        op, policy = cleaned.get(f"{self.prefix}_op") or "eq", cleaned.get(f"{self.prefix}_policy")
        typed = str(cleaned.get(f"{self.prefix}_value") or "").strip()
        if op == "present":
            return {"field": name, "op": op}
        if bool(typed) == bool(policy):
            raise ValidationError(_("请写答案，或者选择政策参数，两者选一。"), code="value")
        return {"field": name, "op": op, **({"policy": policy} if policy else {"value": self._value(name, op, typed)})}

    # ------------------------------------------------------------ choices and answers

    def choices(self) -> list[tuple[str, str]]:
        """What may be compared, in words; a condition of several parts may be kept."""
        empty = [("", _("请选择") if self.required else _("没有条件"))]
        if self.composite and self.before is not None:
            words = condition_words(self.reading, Condition.model_validate(self.before))
            empty.append((KEEP, _("保留现在的条件：%(words)s") % {"words": words}))
        return [*empty, *((name, fact_words(self.reading, name)) for name in self._names())]

    def _names(self) -> list[str]:
        asked = self.reading.facts() if self.facts_only else tuple(self.reading.questions())
        names = [question.as_fact if self.facts_only else question.name for question in asked]
        facts = {question.as_fact for question in self.reading.facts()}
        derived = [name for name in DERIVED if self._follows(name, facts)] if self.facts_only else []
        present = [self.before["field"]] if self.before and self.before.get("field") else []
        policies = [POLICY + name for name in self.reading.policy_values]
        return list(dict.fromkeys([*names, *derived, *present, *policies]))

    def _follows(self, name: str, facts: set[str]) -> bool:
        needed = READ_FROM.get(name) or (set(DERIVATIONS[name].facts) if name in DERIVATIONS else None)
        return needed is not None and needed <= facts

    def _value(self, name: str, op: str, typed: str) -> Any:
        if op == "in":
            parts = typed.replace("、", " ").replace(",", " ").replace("，", " ").split()
            return [self._one(name, part) for part in parts]
        return self._one(name, typed)

    def _one(self, name: str, typed: str) -> Any:
        question = _question(self.reading, name)
        kind = question.kind if question else "yes_no" if self._is_truth(name) else "integer"
        if kind == "yes_no":
            return _truth(typed)
        if question and question.choices:
            return _code(question, typed)
        return _number(typed, whole=kind == "integer") if kind in ("integer", "money", "percent") else typed

    def _is_truth(self, name: str) -> bool:
        declared = self.reading.parameter_kinds.get(name.removeprefix(POLICY))
        return name in TRUE_OR_FALSE or declared == "truth" or name.startswith(f"{POLICY}requires_")

    def _shown(self) -> str:
        value = (self.before or {}).get("value")
        if isinstance(value, bool):
            return _("是") if value else _("否")
        return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else "" if value is None else str(value)


def _op_words() -> dict[str, Any]:
    return {
        "eq": _("是（等于）"),
        "ne": _("不是"),
        "in": _("是其中之一"),
        "has": _("（多选）含有"),
        "ge": _("不小于"),
        "gt": _("大于"),
        "le": _("不大于"),
        "lt": _("小于"),
        "present": _("已经填写"),
    }


def _value_hint() -> str:
    return _("是或否的问题写“是”或“否”；选择题写选项的代码；其中之一的用空格分开。")


def _question(reading: SchemeDefinition, name: str) -> Question | None:
    return next((one for one in reading.questions() if name in (one.name, one.as_fact)), None)


def _truth(typed: str) -> bool:
    if typed.lower() not in TRUTHS:
        raise ValidationError(_("请写“是”或“否”。"), code="value")
    return TRUTHS[typed.lower()]


def _code(question: Question, typed: str) -> str:
    codes = {choice.value: choice.value for choice in question.choices}
    codes |= {choice.label.zh: choice.value for choice in question.choices}
    if typed not in codes:
        known = listed(choice.value for choice in question.choices)
        raise ValidationError(_("没有这个选项，请从这些代码里选：%(codes)s") % {"codes": known}, code="value")
    return codes[typed]


def _number(typed: str, *, whole: bool) -> int | str:
    try:
        number = Decimal(typed)
    except InvalidOperation:
        raise ValidationError(_("请写数字。"), code="value") from None
    if whole and number != number.to_integral_value():
        raise ValidationError(_("请写整数。"), code="value")
    return int(number) if whole else str(number)
