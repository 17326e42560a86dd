"""In which form a reader wishes to get papers: said on the page of a paper, kept with the day it was said."""

from datetime import datetime

from papers.forms_of_reading import asking
from papers.models import Form, Paper, ReadingWish
from people.models import User
from people.refusals import Invalid


def wish_of(user: User) -> str:
    """The form this account wishes for; standard where nothing was said."""
    latest = ReadingWish.objects.filter(user=user).order_by("-pk").values_list("form", flat=True).first()
    return latest or Form.STANDARD


def wish(user: User, form: str, at: datetime) -> None:
    """Keep a wish from now on. One that changes nothing is not written. Raises Invalid for an unknown form."""
    if form not in Form.values:
        raise Invalid(code="unknown_form")
    if wish_of(user) != form:
        ReadingWish.objects.create(user=user, form=form, since=at)


def follow(paper: Paper, user: User, at: datetime) -> None:
    """Have the large print of a new paper made where its reader wishes for that; in the transaction that issues it."""
    if wish_of(user) == Form.LARGE:
        asking.ask(paper, at)
