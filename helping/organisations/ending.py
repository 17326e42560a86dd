"""When a letter of authority runs out soon: how many days before its last day, as the table beside this file says."""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from pydantic import Field

from helping.models import OrganisationLetter
from helping.organisations import standing
from schemes.rules.texts import Frozen

TABLE = Path(__file__).with_name("ending.toml")


class Rule(Frozen):
    """One line of the table: so many calendar `days` before the last one, in force `from` a day."""

    starts: date = Field(alias="from")
    days: int = Field(gt=0)
    basis: Literal["stated", "assumed"]
    note: str = ""


@cache
def rules() -> tuple[Rule, ...]:
    """The table, read once a process. Raises ValidationError for a line that is none."""
    return tuple(Rule(**row) for row in tomllib.loads(TABLE.read_text("utf-8"))["rule"])


def last_day_said(today: date) -> date:
    """The latest last day of a letter that runs out soon today; today itself before the first line of the table."""
    days = [rule.days for rule in rules() if rule.starts <= today]
    return today + timedelta(days=days[-1] if days else 0)


def is_soon(letter: OrganisationLetter, at: datetime) -> bool:
    """Whether a letter that runs then runs out soon."""
    today = timezone.localdate(at)
    return today <= letter.ends <= last_day_said(today)


def soon(at: datetime) -> QuerySet[OrganisationLetter]:
    """The letters in force that run out soon, and whose holder has none for the same organisation that runs longer."""
    until = last_day_said(timezone.localdate(at))
    longer = standing.confirmed().filter(
        holder=OuterRef("holder"), organisation=OuterRef("organisation"), end__isnull=True, ends__gt=until
    )
    return standing.in_force(at).filter(~Exists(longer), ends__lte=until)
