"""The form every page uses."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms.errors import ErrorEntry, error_entries

FAULTS_OF_TEXT = {
    "max_length": gettext_lazy("最多写%(limit_value)d个字，现在有%(show_value)d个。请写短一些。"),
    "null_characters_not_allowed": gettext_lazy("里面有看不见的特殊字符。请删掉后重新输入。"),
}


class BaseForm(forms.Form):
    """A form that reports its own errors in a summary and leaves checking to the server.

    ``heading_field`` names the one field whose label is the page's heading (one thing per page). Optional fields are
    marked, required ones are not, unless ``mark_optional`` is off.
    """

    use_required_attribute = False
    heading_field = ""
    mark_optional = True

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()

    def say_what_is_missing(self) -> None:
        """Name each field in its own message for being left empty; again when fields were put in later."""
        for name, field in self.fields.items():
            _say_what_is_missing(field, field.label or self[name].label)
            _say_what_to_do(field)

    @property
    def error_entries(self) -> list[ErrorEntry]:
        """What the error summary lists: one line an error, with the id to jump to."""
        return error_entries(self)


class FilterForm(BaseForm):
    """A form that narrows a list: sent by GET, everything optional, nothing marked."""

    mark_optional = False


def _say_what_is_missing(field: forms.Field, label: str) -> None:
    """Where a field has no words of its own for being left empty, name it and say what to do."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    field.error_messages["required"] = _request_for(field) % {"label": label}


def _say_what_to_do(field: forms.Field) -> None:
    """Where Django's own words only state the fault, say what to do about it."""
    if isinstance(field, forms.CharField):
        for code, text in FAULTS_OF_TEXT.items():
            field.error_messages.setdefault(code, text)


def _request_for(field: forms.Field) -> str:
    """What one does with this kind of control."""
    if isinstance(field, forms.BooleanField):
        return _("请勾选“%(label)s”")
    if isinstance(field, forms.FileField):
        return _("请上传“%(label)s”")
    if isinstance(field, forms.ChoiceField):
        return _("请选择“%(label)s”")
    return _("请填写“%(label)s”")
