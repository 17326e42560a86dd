"""Forms about envelopes: asking for money, reviewing what was asked, choosing what to list."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from benefits.budgets.tranches import Shares
from benefits.models import BudgetRequest, Tranche
from payouts.budgeting.asking import LONGEST_REASON, Asked
from payouts.budgeting.deciding import Brought
from people.forms import ChoiceRadioField, DatePartsField, FilterForm, MoneyField, PercentField, RefusableForm
from people.models import Division, Office

Kind = BudgetRequest.Kind
ALL = ("", _("全部"))
LONGEST_DOCUMENT = 60
HUNDREDTHS = 100
SOURCES = [choice for choice in Tranche.Source.choices if choice[0] != Tranche.Source.UNSTATED]
FUNCTION_CODE = RegexValidator(r"^\d{3}(\d{2}){0,2}\Z", _("功能分类科目是3、5或者7位数字，例如20807。"))
ECONOMIC_CODE = RegexValidator(r"^\d{3}(\d{2})?\Z", _("经济分类科目是3或者5位数字，例如303。"))


def reason_field() -> forms.CharField:
    """Why something is asked."""
    return forms.CharField(
        label=_("理由"),
        help_text=_("写明缺口怎么测算出来。不要写个人信息。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
    )


class AskForm(RefusableForm):
    """A line office, or finance itself, asks for money."""

    office = forms.TypedChoiceField(label=_("提出的机关"), coerce=int)
    scheme = forms.ChoiceField(label=_("事项"))
    year = forms.TypedChoiceField(label=_("预算年度"), coerce=int)
    amount = MoneyField(label=_("金额"), smallest=Decimal("0.01"))
    reason = reason_field()

    def __init__(self, offices: list[Office], schemes: Mapping[str, str], at: datetime, *args: Any) -> None:
        super().__init__(*args)
        self.fields["office"].choices = [(office.pk, office.label) for office in offices]
        self.fields["scheme"].choices = [("", _("请选择")), *schemes.items()]
        year = timezone.localdate(at).year
        self.fields["year"].choices = [(one, str(one)) for one in (year, year + 1, year - 1)]
        self.say_what_is_missing()

    def asked(self) -> Asked:
        """What is asked; to be read once the form is valid."""
        given = self.cleaned_data
        kind, to = given.get("kind", Kind.INCREASE), given.get("to", "")
        return Asked(kind, given["scheme"], given["year"], given["amount"], given["reason"], to)


class ProposeForm(AskForm):
    """What the maker of a finance bureau proposes besides: less, or a part for a county."""

    kind = ChoiceRadioField(
        label=_("事由"), choices=[(one.value, one.label) for one in (Kind.INCREASE, Kind.DECREASE, Kind.SPLIT)]
    )
    to = forms.ChoiceField(label=_("分配给哪里"), help_text=_("只在分配到下级时选择。"), required=False)
    field_order = ("office", "kind", "to", "scheme", "year", "amount", "reason")

    def __init__(
        self, offices: list[Office], places: list[Division], schemes: Mapping[str, str], at: datetime, *args: Any
    ) -> None:
        super().__init__(offices, schemes, at, *args)
        self.fields["to"].choices = [("", _("请选择")), *((place.pk, place.label) for place in places)]

    def clean(self) -> dict[str, Any]:
        """A part goes somewhere; anything else goes nowhere."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Kind.SPLIT and not cleaned.get("to"):
            self.add_error("to", _("请选择分配给哪里。"))
        if cleaned.get("kind") != Kind.SPLIT:
            cleaned["to"] = ""
        return cleaned


class CarryForm(RefusableForm):
    """Why the rest of an envelope is carried over."""

    reason = reason_field()


class ApproveForm(RefusableForm):
    """The document with which money is moved."""

    prefix = "approve"
    number = forms.CharField(
        label=_("指标文号"), max_length=LONGEST_DOCUMENT, widget=forms.TextInput({"autocomplete": "off"})
    )
    dated = DatePartsField(label=_("发文日期"))

    def brought(self) -> Brought:
        """What was typed; to be read once the form is valid."""
        return Brought(self.cleaned_data["number"], self.cleaned_data["dated"])


class BringForm(ApproveForm):
    """The document with which new money comes: its fund, its codes, and who bears it."""

    source = ChoiceRadioField(label=_("资金来源"), choices=SOURCES)
    function_code = forms.CharField(
        label=_("功能分类科目"), help_text=_("按指标文件填写，例如20807。"), validators=[FUNCTION_CODE]
    )
    economic_code = forms.CharField(
        label=_("经济分类科目"), help_text=_("按指标文件填写，例如303。"), validators=[ECONOMIC_CODE]
    )
    province = PercentField(label=_("省级分担"), largest=100)
    prefecture = PercentField(label=_("州市级分担"), largest=100)
    county = PercentField(label=_("县级分担"), help_text=_("三级相加应为100%，最多两位小数。"), largest=100)

    def clean(self) -> dict[str, Any]:
        """The shares are hundredths of a per cent that add up."""
        cleaned = super().clean() or {}
        parts = [cleaned.get(name) for name in ("province", "prefecture", "county")]
        if None in parts:
            return cleaned
        if any(part * HUNDREDTHS % 1 for part in parts) or sum(parts) != 100:
            self.add_error("county", _("三级分担比例相加应为100%，最多两位小数。"))
        return cleaned

    def brought(self) -> Brought:
        """What was typed, with the fund."""
        given = self.cleaned_data
        shares = Shares(*(int(given[name] * HUNDREDTHS) for name in ("province", "prefecture", "county")))
        codes = given["function_code"], given["economic_code"]
        return Brought(given["number"], given["dated"], given["source"], *codes, shares)


class RefuseForm(RefusableForm):
    """Why what was asked is not given."""

    prefix = "refuse"
    note = forms.CharField(label=_("不批准的理由"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3}))


class EnvelopeFilters(FilterForm):
    """Which envelopes to list."""

    year = forms.TypedChoiceField(label=_("预算年度"), required=False, coerce=int, empty_value=None)
    scheme = forms.ChoiceField(label=_("事项"), required=False)
    source = forms.ChoiceField(label=_("资金来源"), required=False, choices=[ALL, *Tranche.Source.choices])

    def __init__(self, years: list[int], schemes: Mapping[str, str], at: datetime, data: Mapping[str, str]) -> None:
        self.current = timezone.localdate(at).year
        super().__init__({"year": self.current, **{name: data[name] for name in self.base_fields if name in data}})
        self.fields["year"].choices = [(year, str(year)) for year in sorted({*years, self.current}, reverse=True)]
        self.fields["scheme"].choices = [ALL, *schemes.items()]

    def chosen(self) -> dict[str, Any]:
        """What was asked for: the year, scheme and fund; the current year for anything unknown."""
        if not self.is_valid():
            return {"year": self.current, "scheme": "", "source": ""}
        return self.cleaned_data | {"year": self.cleaned_data["year"] or self.current}
