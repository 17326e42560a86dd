"""Closed cases and files for tests."""

from datetime import timedelta

from archives import filing
from papers.jobs import render_all
from payouts import batching
from payouts.models import Batch
from people.models import Office
from project.demo.clerks import Case
from tests import world

KEEPER = "prefecture-reviewer"
# Who keeps the files of the county's 人社局.
COUNTY_KEEPER = "county-clerk"


def office() -> Office:
    """The office that decides the grant and keeps its files."""
    return Office.objects.get(division_id="532500", function="hrss")


def refused(n: int = 2) -> Case:
    """A case that was refused."""
    case = world.at_decision(n)
    code = case.application.definition.refusal_reasons[0].code
    case.say("refuse", text="不符合条件。", reasons=(code,))
    return case


def withdrawn(n: int = 2) -> Case:
    """A case that was taken back before anybody accepted it."""
    return world.grant(n).submit().withdraw()


def printed(case: Case) -> Case:
    """The case with its papers made."""
    render_all()
    return case


def filed(case: Case | None = None):
    """A refused case in its file, as the keeper put it there; the file's row of it."""
    case = printed(case or refused())
    return case, filing.file_case(world.user(KEEPER), case.public_id, case.at + timedelta(hours=1))


def paid(case: Case) -> Batch:
    """The batch in which the money of a granted case went to the bank."""
    at, maker, checker = world.year_later(case.at), world.user("finance-maker"), world.user("finance-checker")
    batch = batching.make(maker, world.finance(), case.application.scheme_code, at)
    batching.seal(maker, batch.number, at + timedelta(minutes=1))
    batching.approve(checker, batch.number, at + timedelta(hours=1))
    batching.export(checker, batch.number, "csv", at + timedelta(hours=2))
    return Batch.objects.get(pk=batch.pk)
