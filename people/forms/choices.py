"""Choices as radio buttons and check boxes: all options in sight, each with a hint where one helps."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

CHOOSE_ONE = _("请选择一项")
YES, NO = "yes", "no"


class HintedOptions:
    """Adds a hint to each option; mixed into Django's option widgets. ``inline`` puts short options side by side."""

    def __init__(self, *args, hints: Mapping[str, str] | None = None, inline: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})
        self.inline = inline

    def get_context(self, name, value, attrs):
        """Tell the template whether options stand side by side."""
        context = super().get_context(name, value, attrs)
        context["widget"]["inline"] = self.inline
        return context

    def create_option(self, name, value, *args, **kwargs):
        """One option, with its hint and the id the hint is described by."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"].pop("aria-invalid", None)  # belongs to the group, not to one option
        option["hint"] = self.hints.get(str(value), "")
        if option["hint"] and option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class HintedRadios(HintedOptions, forms.RadioSelect):
    """Radio buttons."""


class HintedCheckboxes(HintedOptions, forms.CheckboxSelectMultiple):
    """Check boxes."""


class ChoiceRadioField(forms.ChoiceField):
    """One of a few, as radio buttons. ``hints`` maps a value to its explanation."""

    default_error_messages = {"invalid_choice": CHOOSE_ONE}  # left empty, the form names the question

    def __init__(self, *, hints: Mapping[str, str] | None = None, inline: bool = False, **kwargs) -> None:
        kwargs.setdefault("widget", HintedRadios(hints=hints, inline=inline))
        super().__init__(**kwargs)


class CheckboxesField(forms.MultipleChoiceField):
    """Any of a few, as check boxes; clean gives the list of values."""

    default_error_messages = {"invalid_choice": CHOOSE_ONE}

    def __init__(self, *, hints: Mapping[str, str] | None = None, **kwargs) -> None:
        kwargs.setdefault("widget", HintedCheckboxes(hints=hints))
        super().__init__(**kwargs)


class YesNoField(forms.TypedChoiceField):
    """是 or 否; clean gives True or False, None when optional and left open."""

    default_error_messages = {"required": _("请选择“是”或“否”"), "invalid_choice": _("请选择“是”或“否”")}

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("choices", [(YES, _("是")), (NO, _("否"))])
        kwargs.setdefault("widget", HintedRadios(inline=True))
        super().__init__(coerce=lambda value: value == YES, empty_value=None, **kwargs)

    def prepare_value(self, value):
        """True and False, as stored answers have them, choose their option."""
        return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value
