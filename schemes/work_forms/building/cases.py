"""A test case, asked for by the scheme's own questions, and what it should come to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import (
    CheckboxesField,
    ChoiceRadioField,
    DatePartsField,
    MoneyField,
    PercentField,
    WholeNumberField,
    YesNoField,
)
from people.on_record import belongs_to_somebody
from schemes.definition import Question
from schemes.work_forms.building.base import DraftForm, Entry

FACT = "fact_"
MEMBERS = 3
NUMBERS_OF_PERSONS = frozenset({"id_number", "certificate"})
OUTCOMES = {"granted": True, "refused": False, "missing": "unknown"}
PLAIN_KINDS: dict[str, type[forms.Field]] = {
    "yes_no": YesNoField,
    "date": DatePartsField,
    "money": MoneyField,
    "percent": PercentField,
    "integer": WholeNumberField,
}


class CaseForm(DraftForm):
    """One case. Facts that are left empty are missing."""

    name = forms.CharField(
        label=gettext_lazy("这个用例说明什么"), max_length=80, help_text=gettext_lazy("例如：差一天满十二个月。")
    )
    division = forms.ChoiceField(label=gettext_lazy("地区"))
    on = DatePartsField(label=gettext_lazy("按哪天的政策"))
    eligible = ChoiceRadioField(label=gettext_lazy("应当得到什么结果"), choices=())
    amount = MoneyField(label=gettext_lazy("应得多少元"), required=False, help_text=gettext_lazy("不填的不核对金额。"))
    fails = CheckboxesField(
        label=gettext_lazy("应当不符合哪些条件"), required=False, help_text=gettext_lazy("不选的不核对。")
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def put_in(self) -> None:
        """The facts of the scheme's questions, and its conditions."""
        self.questions = self.package.reading().facts()
        self.fields["division"].choices = self.places
        words = {"granted": _("符合条件"), "refused": _("不符合条件"), "missing": _("缺少信息，还不能判断")}
        self.fields["eligible"].choices = list(words.items())
        rules = {rule.code: str(rule.label) for rule in self.package.reading().requirements}
        rules |= {code: code for code in self.entry.get("expect", {}).get("fails", ()) if code not in rules}
        self.fields["fails"].choices = list(rules.items())
        facts = {name: field for question in self.questions for name, field in fields_of(question, FACT).items()}
        order = ["name", "division", "on", *facts]
        self.fields |= facts
        self.order_fields(order)

    def _in_order(self) -> None:
        """The order stands already."""

    def initial_of(self, entry: Entry) -> dict[str, Any]:
        """Facts and expectation as fields."""
        if not entry:
            return {}
        found = {name: entry.get(name) for name in ("name", "division", "on")}
        expect = entry.get("expect", {})
        outcomes = {value: code for code, value in OUTCOMES.items()}
        found |= {"eligible": outcomes.get(expect.get("eligible")), "amount": expect.get("amount")}
        found["fails"] = expect.get("fails", [])
        for question in self.package.reading().facts():
            found |= shown(question, entry.get("facts", {}).get(question.as_fact), FACT)
        return found

    def fact_boxes(self) -> list[forms.BoundField]:
        """The fields of the facts."""
        return [self[name] for name in self.fields if name.startswith(FACT)]

    def head_boxes(self) -> list[forms.BoundField]:
        """What the case is called, where and when."""
        return [self[name] for name in ("name", "division", "on")]

    def expected_boxes(self) -> list[forms.BoundField]:
        """What should come out."""
        return [self[name] for name in ("eligible", "amount", "fails")]

    def clean(self) -> dict[str, Any]:
        """Cases can be read and exported by everybody: a real person's number is refused."""
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            if getattr(field, "of_a_person", False) and belongs_to_somebody(cleaned.get(name) or ""):
                self.add_error(name, _("这是系统里一位真实人员的号码。用例会公开，请换成编造的号码。"))
        return cleaned

    def content(self) -> dict[str, Any]:
        """The case as it is stored."""
        cleaned = self.cleaned_data
        expect: dict[str, Any] = {"eligible": OUTCOMES[cleaned["eligible"]]}
        if cleaned.get("amount") is not None:
            expect["amount"] = str(cleaned["amount"])
        if cleaned.get("fails"):
            expect["fails"] = cleaned["fails"]
        facts = {question.as_fact: answer(question, cleaned, FACT) for question in self.questions}
        return {
            "name": cleaned["name"],
            "division": cleaned["division"],
            "on": cleaned["on"].isoformat(),
            "facts": {name: value for name, value in facts.items() if value is not None},
            "expect": expect,
        }


def fields_of(question: Question, prefix: str) -> dict[str, forms.Field]:
    """The fields of one fact; all may be left empty."""
    name, label = f"{prefix}{question.as_fact}", str(question.label)
    if question.kind == "household":
        return _members(question, name)
    if question.kind == "components":
        parts = {one.value: str(one.label) for one in question.choices}
        return {f"{name}_{code}": MoneyField(label=f"{label} {words}", required=False) for code, words in parts.items()}
    options = [(one.value, str(one.label)) for one in question.choices]
    if question.kind == "choice":
        return {name: forms.ChoiceField(label=label, choices=[("", _("没有回答")), *options], required=False)}
    if question.kind == "choices":
        return {name: CheckboxesField(label=label, choices=options, required=False)}
    field = PLAIN_KINDS.get(question.kind, forms.CharField)(label=label, required=False)
    if question.kind in NUMBERS_OF_PERSONS:
        field.of_a_person, field.help_text = True, _("请用编造的号码，不要用真实人员的：用例会公开。")
    return {name: field}


def _members(question: Question, name: str) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for number in range(MEMBERS):
        for column in question.columns:
            for key, field in fields_of(column, f"{name}_{number}_").items():
                field.label = _("第%(number)s位成员：%(label)s") % {"number": number + 1, "label": field.label}
                found[key] = field
    return found


def answer(question: Question, cleaned: Mapping[str, Any], prefix: str) -> Any:
    """What was typed as a fact; None when nothing was."""
    name = f"{prefix}{question.as_fact}"
    if question.kind == "household":
        rows = [_member(question, cleaned, f"{name}_{number}_") for number in range(MEMBERS)]
        return [row for row in rows if row] or None
    if question.kind == "components":
        costs = {one.value: cleaned.get(f"{name}_{one.value}") for one in question.choices}
        return [{"component": code, "cost": str(cost)} for code, cost in costs.items() if cost is not None] or None
    return _stored(cleaned.get(name))


def _member(question: Question, cleaned: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    found = {column.as_fact: answer(column, cleaned, prefix) for column in question.columns}
    return {name: value for name, value in found.items() if value is not None}


def _stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return None if value in ("", []) else value


def shown(question: Question, value: Any, prefix: str) -> dict[str, Any]:
    """A stored fact as the initial values of its fields."""
    name = f"{prefix}{question.as_fact}"
    if question.kind == "components":
        return {f"{name}_{row['component']}": row["cost"] for row in value or ()}
    if question.kind != "household":
        return {name: value}
    found: dict[str, Any] = {}
    for number, member in enumerate((value or ())[:MEMBERS]):
        for column in question.columns:
            found |= shown(column, member.get(column.as_fact), f"{name}_{number}_")
    return found
