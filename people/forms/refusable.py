"""Forms whose services may refuse what was typed: the refusal stands in the form, and nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest

from people.forms.base import BaseForm
from people.refusals import NotFound, Refused


class RefusableForm(BaseForm):
    """A form whose services may find faults of their own."""

    def add_refused(self, errors: Mapping[str, str], message: str) -> None:
        """Put a service's faults at their fields; those of no field on top."""
        for name, text in errors.items():
            self.add_error(name if name in self.fields else None, text)
        if not errors:
            self.add_error(None, message)


@dataclass(frozen=True)
class Tried:
    """What came of a form: the status its page has now, and whether the act was done, with what it gave."""

    status: int
    done: bool = False
    result: Any = None


def tried(request: HttpRequest, form: RefusableForm, act: Callable[[dict[str, Any]], Any]) -> Tried:
    """Do what a form that was sent asks for; a form that was only opened, is faulty or refused does nothing.

    Raises NotFound: what is outside is not told of.
    """
    if request.method != "POST":
        return Tried(HTTPStatus.OK)
    if not form.is_valid():
        return Tried(HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return Tried(HTTPStatus.OK, done=True, result=act(form.cleaned_data))
    except NotFound:
        raise
    except Refused as refusal:
        form.add_refused(getattr(refusal, "errors", {}), str(refusal.message))
        return Tried(refusal.status)
