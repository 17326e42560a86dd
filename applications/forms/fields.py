"""One form field for each kind of question. What a field cleans to is what the case stores: plain JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _

from applications.forms.stored import (
    ComponentsField,
    LongTextField,
    Options,
    PlaceField,
    SchoolField,
    StoredDateField,
    StoredMoneyField,
    StoredPercentField,
)
from people.forms import CheckboxesField, ChoiceRadioField, GroupedNumberField, WholeNumberField, YesNoField
from people.identity import (
    IdentityError,
    check_account,
    check_certificate,
    check_id,
    check_name,
    check_organisation,
    check_phone,
    check_uscc,
)
from schemes.definition import Question
from schemes.rules.parsing import LARGEST_COUNT, LONGEST_LONG_TEXT, LONGEST_TEXT

BANK_LENGTH, LONG_TEXT_ROWS = 80, 5
SOME_BANK = format_html('<span lang="zh-Hans">{}</span>', "中国农业银行蒙自市支行")


@dataclass(frozen=True)
class FieldContext:
    """What fields need besides the question: places to choose from, bounds of policy, whose data it is.

    `own` is whether the person at the keyboard answers about themselves (then the browser may help).
    `places` gives the grouped options of a question of kind division or school.
    """

    today: date
    own: bool = True
    policy: Mapping[str, Any] = field(default_factory=dict)
    places: Callable[[Question], Options] = lambda _question: []


class CheckedMixin:
    """Runs a check of people.identity on what was typed; its message becomes the field's."""

    check: Callable[[str], str]

    def clean(self, value: Any) -> str:
        """The checked and normalised text."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return type(self).check(text)
        except IdentityError as error:
            raise ValidationError(error.message, code=error.code) from error


class IdNumberField(CheckedMixin, GroupedNumberField):
    """居民身份证号码."""

    check = staticmethod(lambda text: check_id(text).number)


class CertificateField(CheckedMixin, GroupedNumberField):
    """残疾人证号."""

    check = staticmethod(lambda text: check_certificate(text, None).number)


class AccountField(CheckedMixin, GroupedNumberField):
    """A bank account; whoever types it types it twice, see `forms.pages`."""

    check = staticmethod(lambda text: check_account(text)[0])


class NameField(CheckedMixin, forms.CharField):
    """A name as it stands on the card."""

    check = staticmethod(check_name)


class OrganisationField(CheckedMixin, forms.CharField):
    """An organisation's name as it stands on the licence."""

    check = staticmethod(check_organisation)


class UsccField(CheckedMixin, GroupedNumberField):
    """统一社会信用代码."""

    check = staticmethod(check_uscc)


class PhoneField(CheckedMixin, forms.CharField):
    """A mobile or a landline."""

    check = staticmethod(check_phone)


def field_for(question: Question, context: FieldContext) -> forms.Field:
    """The field that asks a question."""
    required = question.required and not question.nullable
    options = {
        "label": str(question.label),
        "help_text": conditional_escape(str(question.hint)) if question.hint else "",
        "required": required,
    }
    return NAMED_BUILDERS.get(question.name, BUILDERS[question.kind])(question, context, options)


def autofill(context: FieldContext, token: str) -> dict[str, str]:
    """The attribute by which a browser fills in the user's own data, and never somebody else's."""
    return {"autocomplete": token if context.own else "off"}


def _line(length: int = LONGEST_TEXT, **attributes: str) -> dict[str, Any]:
    return {"max_length": length, "widget": forms.TextInput(attributes)}


def _fill_in(question: Question) -> dict[str, str]:
    return {"required": _("请填写“%(label)s”。") % {"label": question.label}}


def _choose(question: Question) -> dict[str, str]:
    text = _("请选择“%(label)s”。") % {"label": question.label}
    return {"required": text, "invalid_choice": text}


def _text(question: Question, context: FieldContext, options: dict) -> forms.Field:
    return forms.CharField(**options, **_line(autocomplete="off"), error_messages=_fill_in(question))


def _bank(question: Question, context: FieldContext, options: dict) -> forms.Field:
    options["help_text"] = options["help_text"] or format_html(_("写银行和网点的全称，例如：{}。"), SOME_BANK)
    line = _line(BANK_LENGTH, autocomplete="off")
    return forms.CharField(**options, **line, error_messages=_fill_in(question))


def _name(question: Question, context: FieldContext, options: dict) -> forms.Field:
    line = _line(**autofill(context, "name"), spellcheck="false")
    return NameField(**options, **line, error_messages=_fill_in(question))


def _organisation(question: Question, context: FieldContext, options: dict) -> forms.Field:
    line = _line(**autofill(context, "organization"), spellcheck="false")
    return OrganisationField(**options, **line, error_messages=_fill_in(question))


def _representative(question: Question, context: FieldContext, options: dict) -> forms.Field:
    """The legal representative is somebody else than the one at the keyboard."""
    line = _line(autocomplete="off", spellcheck="false")
    return NameField(**options, **line, error_messages=_fill_in(question))


def _phone(question: Question, context: FieldContext, options: dict) -> forms.Field:
    box = forms.TextInput({"type": "tel", "class": "govuk-input--width-20", **autofill(context, "tel")})
    return PhoneField(**options, widget=box, error_messages=_fill_in(question))


def _numbered(kind: type[forms.Field]) -> Callable[[Question, FieldContext, dict], forms.Field]:
    def build(question: Question, context: FieldContext, options: dict) -> forms.Field:
        return kind(**options, error_messages=_fill_in(question))

    return build


def _date(question: Question, context: FieldContext, options: dict) -> forms.Field:
    options["help_text"] = options["help_text"] or _("例如 2027 年 3 月 9 日。")
    limits = {"earliest": date(1900, 1, 1), "latest": date(context.today.year + 20, 12, 31)}
    return StoredDateField(**limits, **options, error_messages=_fill_in(question))


def _yes_no(question: Question, context: FieldContext, options: dict) -> forms.Field:
    text = _("请选择“是”或“否”：%(label)s") % {"label": question.label}
    return YesNoField(**options, error_messages={"required": text})


def _choice(question: Question, context: FieldContext, options: dict) -> forms.Field:
    choices = [(choice.value, str(choice.label)) for choice in question.choices]
    return ChoiceRadioField(choices=choices, error_messages=_choose(question), **options)


def _choices(question: Question, context: FieldContext, options: dict) -> forms.Field:
    choices = [(choice.value, str(choice.label)) for choice in question.choices]
    return CheckboxesField(choices=choices, error_messages=_choose(question), **options)


def _components(question: Question, context: FieldContext, options: dict) -> forms.Field:
    options["help_text"] = options["help_text"] or _("只填写要申报的项目，其他的留空。")
    things = [(choice.value, str(choice.label)) for choice in question.choices]
    required = _("请至少填写一项的金额：%(label)s") % {"label": question.label}
    return ComponentsField(things=things, error_messages={"required": required}, **options)


def _percent(question: Question, context: FieldContext, options: dict) -> forms.Field:
    return StoredPercentField(**options, error_messages=_fill_in(question))


def _long_text(question: Question, context: FieldContext, options: dict) -> forms.Field:
    box = forms.Textarea({"rows": LONG_TEXT_ROWS, "autocomplete": "off"})
    return LongTextField(**options, max_length=LONGEST_LONG_TEXT, widget=box, error_messages=_fill_in(question))


def _money(question: Question, context: FieldContext, options: dict) -> forms.Field:
    return StoredMoneyField(**options, error_messages=_fill_in(question))


def _integer(question: Question, context: FieldContext, options: dict) -> forms.Field:
    allowed = context.policy.get(question.within_policy) or {}
    limits = {"min_value": allowed.get("min", 0), "max_value": allowed.get("max", LARGEST_COUNT)}
    messages = {"min_value": _("不能小于%(limit_value)s。"), "max_value": _("不能大于%(limit_value)s。")}
    messages |= _fill_in(question)
    return WholeNumberField(**options, **limits, error_messages=messages)


def _division(question: Question, context: FieldContext, options: dict) -> forms.Field:
    groups = context.places(question)
    return PlaceField(groups=groups, placeholder=_("请选择"), error_messages=_choose(question), **options)


def _school(question: Question, context: FieldContext, options: dict) -> forms.Field:
    groups = context.places(question)
    return SchoolField(groups=groups, placeholder=_("请选择学校"), error_messages=_choose(question), **options)


BUILDERS: dict[str, Callable[[Question, FieldContext, dict], forms.Field]] = {
    "text": _text,
    "name": _name,
    "phone": _phone,
    "bank": _bank,
    "id_number": _numbered(IdNumberField),
    "certificate": _numbered(CertificateField),
    "account": _numbered(AccountField),
    "uscc": _numbered(UsccField),
    "date": _date,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "components": _components,
    "percent": _percent,
    "long_text": _long_text,
    "money": _money,
    "integer": _integer,
    "division": _division,
    "school": _school,
}
# Questions with fixed names, see applications/organisations.py.
NAMED_BUILDERS: dict[str, Callable[[Question, FieldContext, dict], forms.Field]] = {
    "organisation": _organisation,
    "legal_representative": _representative,
}
