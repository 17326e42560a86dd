"""The form every page uses."""

from django import forms

from people.forms.errors import ErrorEntry, error_entries


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

    @property
    def error_entries(self) -> list[ErrorEntry]:
        """What the error summary lists: one line an error, with the id to jump to."""
        return error_entries(self)


class FilterForm(BaseForm):
    """A form that narrows a list: sent by GET, everything optional, nothing marked."""

    mark_optional = False
