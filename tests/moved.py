"""Cases on which officials make moves: who has them, who could, and seats added to them."""

from approvals import decide
from approvals.moves import seating
from people.models import User
from project.demo.clerks import Case
from tests import stages, world
from tests.stages import AT_STAGE, TEXT, office, official
from workflows.models import WorkItem

WHY = "家中有事，请代为办理。"


def reviewed() -> Case:
    """A grant before Mengzi's reviewer, who has claimed it; a colleague holds the same post."""
    case = AT_STAGE["grant", "county_review"]()
    stages.colleague(case)
    decide.claim(reviewer(), case.item().pk, case.later(1))
    return case


def reviewer() -> User:
    """Who has claimed it."""
    return world.user("county-reviewer")


def colleague() -> User:
    """Who could have."""
    return world.user("colleague")


def bureau(function: str = "dpf") -> User:
    """The reviewer of another bureau of the county, made for the test."""
    return official(f"asked-{function}", office(function), "reviewer")


def supervisor(function: str = "hrss") -> User:
    """Who oversees a bureau of the county."""
    return official(f"supervisor-{function}", office(function), "supervisor")


def add(case: Case, placement: str, function: str = "dpf", base: WorkItem | None = None, by: User | None = None):
    """The holder asks another bureau."""
    asked, base = bureau(function), base or case.item()
    return seating.add_seat(by or base.owner, base.pk, office(function), placement, WHY, case.later(1), named=asked)


def say(case: Case, user: User, item: WorkItem, outcome: str = "agree", **said) -> None:
    """This user says this in this seat."""
    said.setdefault("text", TEXT)
    decide.act(user, item.pk, decide.Said(outcome, **said), case.later(1))


def items(case: Case) -> dict[str, tuple[str, bool]]:
    """The seats of the stage the case was reviewed at, each with its outcome and whether it waits."""
    found = WorkItem.objects.filter(case_id=case.application.pk, stage="county_review").order_by("pk")
    return {item.seat: (item.outcome, item.waiting) for item in found}
