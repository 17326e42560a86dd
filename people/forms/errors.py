"""From the errors of a form to the lines of the summary on top of the page."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, MultiWidget, RadioSelect


@dataclass(frozen=True)
class ErrorEntry:
    """One line of the summary. ``target`` is the id of the control to correct; empty for the form as a whole."""

    message: str
    target: str


def target_of(field: BoundField, error: ValidationError | None = None) -> str:
    """The id of the control that corrects the field: the first option of a group, the wrong part of a date."""
    widget = field.field.widget
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return f"{field.auto_id}_0"
    if isinstance(widget, MultiWidget):
        params = (error.params if error else None) or {}
        return f"{field.auto_id}_{params.get('part', 0)}"
    return field.id_for_label or field.auto_id


def _hidden_or_general(form: BaseForm) -> list[ErrorEntry]:
    """Errors that belong to no visible control."""
    hidden = [message for field in form.hidden_fields() for message in field.errors]
    return [ErrorEntry(str(message), "") for message in [*form.non_field_errors(), *hidden]]


def error_entries(form: BaseForm) -> list[ErrorEntry]:
    """All errors of any Django form in the order of its fields, the general ones first."""
    if not form.is_bound or not form.errors:
        return []
    entries = _hidden_or_general(form)
    found = form.errors.as_data()
    for field in form.visible_fields():
        for error in found.get(field.name, []):
            entries += [ErrorEntry(str(message), target_of(field, error)) for message in error.messages]
    return entries
