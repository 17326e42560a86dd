"""Refusals of a service, put beside the fields of the form they are about."""

from django import forms

from people.refusals import Invalid


def take_errors(form: forms.Form, invalid: Invalid) -> None:
    """Add what a service found wrong to the form: beside the field it names, or on top."""
    if not invalid.errors:
        form.add_error(None, str(invalid.message))
    for name, text in invalid.errors.items():
        form.add_error(name if name in form.fields else None, str(text))
