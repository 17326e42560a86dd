"""What the lists of this room have in common: a form above, tables below, and the faults of a file row by row."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from people.forms import RefusableForm, tried
from people.refusals import Invalid
from people.tables import FAULTS_TOLD, FaultyFile

FORM = ["GET", "HEAD", "POST"]
Act = Callable[[dict[str, Any]], Any]


def sent(request: HttpRequest) -> tuple[Any, ...]:
    """What a form with files is filled with: what was sent, or nothing while it is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def list_page(
    request: HttpRequest,
    template: str,
    form: RefusableForm,
    act: Act,
    lead_on: Callable[[Any], HttpResponse],
    rows: Callable[[], dict[str, Any]],
) -> HttpResponse:
    """Do what the form asks for and lead on; otherwise the page with the form as it was typed, and what `rows` adds."""
    faults = FileFaults()
    came = tried(request, form, faults.told(act))
    if came.done:
        return lead_on(came.result)
    return render(request, template, {"form": form, **faults.context(), **rows()}, status=came.status)


class FileFaults:
    """The faults of a file that was sent: the first stand above the form, the sum of them at its field."""

    def __init__(self) -> None:
        self.found: list[Any] = []

    def told(self, act: Act) -> Act:
        """The act, with its faults kept. Raises what it raises, a faulty file as Invalid at the field `file`."""

        def take(given: dict[str, Any]) -> Any:
            try:
                return act(given)
            except FaultyFile as refusal:
                self.found.extend(refusal.faults)
                raise Invalid(errors={"file": str(refusal.message)}) from refusal

        return take

    def context(self) -> dict[str, Any]:
        """What the page shows of them."""
        return {"faults": self.found[:FAULTS_TOLD], "more": max(0, len(self.found) - FAULTS_TOLD)}


def table(
    caption: str, headings: Iterable[str], rows: Iterable[list[Any]], *, numeric: Iterable[int] = (), empty: str = ""
) -> dict[str, Any]:
    """A table of the page, as components/table.html takes it. `numeric`: the columns with figures."""
    columns = [{"label": heading, "numeric": place in numeric} for place, heading in enumerate(headings)]
    return {"caption": caption, "columns": columns, "rows": [{"cells": cells} for cells in rows], "empty": empty}


def day(at: datetime) -> str:
    """The day, in the reader's language."""
    return date_format(timezone.localtime(at), "DATE_FORMAT")


def moment(at: datetime) -> str:
    """Day and time, in the reader's language."""
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
