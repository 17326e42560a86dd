"""The world tests play in: Honghe's offices and officials, made once before the first test, and cases at a clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.management import call_command

from applications import actions
from applications import answers as stored
from applications.models import Application
from people.models import Office, User
from project.demo import accounts, answers, directory, money, stories
from project.demo.clerks import Case
from project.demo.directory import MENGZI
from workflows import calendar
from workflows.models import WorkItem

PASSWORD = accounts.PASSWORD
START = datetime(2026, 9, 7, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def prepare() -> None:
    """Load what every site has, and the demonstration's offices and accounts."""
    call_command("load_divisions", verbosity=0)
    call_command("load_calendar", assumed=True, verbosity=0)
    call_command("load_catalogue", verbosity=0)
    directory.build()
    accounts.build()
    money.envelopes(range(2025, 2030))
    calendar.forget()


def user(name: str) -> User:
    """The account of that name."""
    return User.objects.get(username=name)


def cast(n: int = 0, county: str = MENGZI, at: datetime = START, account: str = "applicant") -> stories.Cast:
    """Who takes part in a story. n = 0 is a graduate of a school the county does not run, n = 2 of one it does."""
    return stories.Cast(n, user(account), county, at)


def grant(n: int = 2, **changes: object) -> Case:
    """A draft of the grant; by default at a county-run school in Mengzi."""
    return stories.grant_case(cast(n), **changes)


def waiver(n: int = 0, **changes: object) -> Case:
    """A draft of the waiver; welfare lottery for even n."""
    return stories.waiver_case(cast(n), **changes)


def phase_out(n: int = 0, **changes: object) -> Case:
    """A draft of the phase-out."""
    return stories.phase_out_case(cast(n), **changes)


def at_decision(n: int = 2, **changes: object) -> Case:
    """A grant before the approver of the prefecture."""
    case = grant(n, **changes).submit().say("accept")
    if case.item_kind() == "review":
        case.say("agree")
    return case.end_notice()


def granted(n: int = 2, **changes: object) -> Case:
    """A grant that was made."""
    return at_decision(n, **changes).say("grant")


def phase_out_granted(n: int = 0, months: int = 6) -> Case:
    """A phase-out confirmed by the county, before the prefecture's filing."""
    case = phase_out(n).submit().say("accept", entries=answers.determination(START.date()))
    return case.end_notice().say("agree", entries={"phase_out_months": months}).say("grant")


def open_item(application: Application) -> WorkItem:
    """The item that is open."""
    return WorkItem.objects.get(case_id=application.pk, closed_at__isnull=True)


def finance() -> Office:
    """The prefecture's finance bureau."""
    return Office.objects.get(division_id=directory.HONGHE, function="finance")


def year_later(at: datetime) -> datetime:
    """Well after everything has run out."""
    return at + timedelta(days=366)


def answers_of(case: Case) -> dict:
    """What the case's answers say, in clear."""
    return stored.read(case.application)


def change(case: Case, **changes: object) -> None:
    """Change answers of a draft."""
    actions.save_answers(case.user, case.public_id, changes, case.at)
