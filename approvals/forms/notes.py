"""The forms of what officials keep beside a case: notes, labels, and fields of the office."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from approvals.models import InternalField, Label
from approvals.notes.fields import Filled, Plan
from people.forms import BaseForm, ChoiceRadioField, DatePartsField, MoneyField, WholeNumberField, YesNoField
from people.models import Office

LONGEST_NOTE, LONGEST_TEXT, MOST_CHOICES, LONGEST_CHOICE = 1000, 200, 20, 40


class NoteForm(BaseForm):
    """A note for colleagues."""

    text = forms.CharField(
        label=_("内部备注"),
        help_text=_("办理本件的各单位工作人员都能看到，申请人看不到。保存后不能修改或者删除。"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3, "maxlength": LONGEST_NOTE}),
        error_messages={"required": _("请写明备注内容。")},
    )


class LabelForm(BaseForm):
    """A new label of an office."""

    office = forms.ChoiceField(label=_("所属单位"))
    name = forms.CharField(
        label=_("标签名称"),
        help_text=_("用来给办件分类，例如“加急”“待开会”。不要用来记录残疾、疾病、家庭困难等个人情况。"),
        max_length=20,
    )
    colour = ChoiceRadioField(label=_("颜色"), choices=Label.Colour.choices, inline=True)

    def __init__(self, offices: Iterable[Office], data=None) -> None:
        super().__init__(data)
        self.fields["office"].choices = [(str(office.pk), office.label) for office in offices]


class InternalFieldForm(BaseForm):
    """A new internal field of an office, for one scheme."""

    office = forms.ChoiceField(label=_("所属单位"))
    scheme = forms.ChoiceField(label=_("事项"))
    name = forms.CharField(
        label=_("字段名称"), max_length=40, help_text=_("例如“档案盒号”。不要用来记录残疾、疾病等个人情况。")
    )
    name_en = forms.CharField(label=_("英文名称"), max_length=80, required=False)
    kind = ChoiceRadioField(label=_("填写方式"), choices=InternalField.Kind.choices)
    choices = forms.CharField(
        label=_("选项"),
        help_text=_("只在“选一项”时填写，每行一个，最多20个。"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, offices: Iterable[Office], schemes: Iterable[tuple[str, str]], data=None) -> None:
        super().__init__(data)
        self.fields["office"].choices = [(str(office.pk), office.label) for office in offices]
        self.fields["scheme"].choices = list(schemes)

    def clean_choices(self) -> tuple[str, ...]:
        """The options, one a line, each once."""
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        if len(lines) > MOST_CHOICES or any(len(line) > LONGEST_CHOICE for line in lines):
            raise ValidationError(_("最多20个选项，每个最多40字。"))
        return tuple(dict.fromkeys(lines))

    def clean(self) -> dict[str, Any]:
        """Options belong to fields to choose from, and to no others."""
        given = super().clean() or {}
        if "choices" in given and "kind" in given and bool(given["choices"]) != (given["kind"] == "choice"):
            self.add_error("choices", _("“选一项”的字段要写明有哪些选项；其他字段不写。"))
        return given

    def plan(self) -> Plan:
        """What was filled in."""
        given = self.cleaned_data
        return Plan(given["scheme"], given["name"], given["name_en"], given["kind"], given["choices"])


class ValuesForm(BaseForm):
    """What the internal fields of a case hold. `seen` is how far they had been written when the page was made."""

    mark_optional = False
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, found: Iterable[Filled], seen: int, data=None) -> None:
        found = list(found)
        initial = {_name(one.field): one.value for one in found} | {"seen": seen}
        super().__init__(data, initial=initial)
        for one in found:
            self.fields[_name(one.field)] = _control(one)

    def values(self) -> dict[int, str]:
        """What was filled in, as canonical text, by field."""
        given = self.cleaned_data.items()
        return {int(name.removeprefix("field_")): _text(value) for name, value in given if name != "seen"}


def _name(field: InternalField) -> str:
    return f"field_{field.pk}"


def _control(one: Filled) -> forms.Field:
    """The control of a field's kind; what it holds stays among the options when these have changed."""
    field, common = one.field, {"label": one.field.label, "required": False}
    if field.kind == InternalField.Kind.CHOICE:
        options = dict.fromkeys([*field.options, *([one.value] if one.value else [])])
        return forms.ChoiceField(choices=[("", _("没有填写")), *((text, text) for text in options)], **common)
    made = {
        InternalField.Kind.WHOLE: WholeNumberField,
        InternalField.Kind.MONEY: MoneyField,
        InternalField.Kind.DATE: DatePartsField,
        InternalField.Kind.YES_NO: YesNoField,
    }
    return made[field.kind](**common) if field.kind in made else forms.CharField(max_length=LONGEST_TEXT, **common)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)
