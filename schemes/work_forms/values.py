"""A policy value as it is typed in: the figure, whether a document states it, the clause, the days."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm, ChoiceRadioField, DatePartsField, FilterForm
from schemes.models import PolicyClause, PolicyValue
from schemes.publication.drafting import DraftValue
from schemes.words.scheme_values import SchemeValues

STATED, ASSUMED = PolicyValue.Basis.STATED, PolicyValue.Basis.ASSUMED


class PlaceAndSchemeForm(FilterForm):
    """Which scheme's values, and of which place."""

    scheme = forms.ChoiceField(label=_("事项"), error_messages={"invalid_choice": _("请从列表中选择事项。")})
    division = forms.ChoiceField(label=_("地区"), error_messages={"invalid_choice": _("请从列表中选择地区。")})

    def __init__(self, *args, schemes: list[tuple[str, str]], places: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = schemes
        self.fields["division"].choices = places


class ValueForm(BaseForm):
    """The fields of one value, before them those of its kind; `raw` in cleaned_data is what is stored."""

    def __init__(self, *args, values: SchemeValues, name: str, clauses: dict[PolicyClause, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.name, self.kind = name, values.input(name)
        self.clauses = {str(clause.pk): clause for clause in clauses}
        asked = values.asked(name, self.initial.get("raw"))
        self.value_fields = self.kind.fields(asked)
        self.fields = {**self.value_fields, **_common_fields(clauses)}
        self.say_what_is_missing()

    def value_boxes(self) -> Iterable[forms.BoundField]:
        """The fields that make up the value."""
        return [self[name] for name in self.value_fields]

    def other_boxes(self) -> Iterable[forms.BoundField]:
        """What the value rests on and when it holds."""
        return [self[name] for name in self.fields if name not in self.value_fields]

    def clean(self) -> dict[str, Any]:
        """Put the parts of the value together."""
        cleaned = super().clean() or self.cleaned_data
        if not set(self.value_fields) & set(self.errors):
            try:
                cleaned["raw"] = self.kind.stored({name: cleaned.get(name) for name in self.value_fields})
            except ValidationError as error:
                self.add_error(next(iter(self.value_fields)), error)
        if cleaned.get("basis") == ASSUMED and not cleaned.get("note"):
            self.add_error("note", _("示例值请写明依据什么暂定。"))
        return cleaned

    def draft(self, scheme: str, division: str) -> DraftValue:
        """What was typed, as a draft; a value without a last day ends with its document."""
        cleaned = self.cleaned_data
        clause = self.clauses[cleaned["clause"]]
        return DraftValue(
            scheme,
            division,
            self.name,
            cleaned["raw"],
            clause,
            cleaned["basis"],
            cleaned["valid_from"],
            cleaned["valid_to"] or clause.document.in_force_to,
            cleaned["note"],
        )

    def show(self, errors: dict[str, str]) -> None:
        """Put faults that the service found beside their fields."""
        for name, message in errors.items():
            field = next(iter(self.value_fields)) if name == "value" else name
            self.add_error(field if field in self.fields else None, message)


def _common_fields(clauses: dict[PolicyClause, str]) -> dict[str, forms.Field]:
    hints = {
        STATED: _("选下面的条款，条文里写着这个数值。"),
        ASSUMED: _("文件没有写明，只供演示；正式站点不据此开放事项。"),
    }
    basis = [(STATED, _("文件载明")), (ASSUMED, _("示例，待文件确认"))]
    listed = [(str(clause.pk), label) for clause, label in clauses.items()]
    return {
        "basis": ChoiceRadioField(label=_("这个数值从哪里来"), choices=basis, hints=hints),
        "clause": forms.ChoiceField(
            label=_("依据的文件和条款"),
            widget=forms.Select({"lang": "zh-Hans"}),
            choices=[("", _("请选择")), *listed],
            error_messages={"invalid_choice": _("请从列表中选择条款。")},
            help_text=_("没有您要的文件，请先起草政策文件并请人发布。"),
        ),
        "valid_from": DatePartsField(label=_("从哪天起生效"), help_text=_("从过去的日期起生效，提交时要写理由。")),
        "valid_to": DatePartsField(
            label=_("到哪天为止"), required=False, help_text=_("不填的，到文件有效期结束；文件没有期限的，长期有效。")
        ),
        "note": forms.CharField(
            label=_("说明"), required=False, max_length=300, help_text=_("对公众显示，例如换算方法、适用人群。")
        ),
    }
