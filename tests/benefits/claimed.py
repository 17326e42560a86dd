"""A periodic benefit of at most six months, claimed period by period, for tests."""

from datetime import datetime, timedelta

from applications import actions
from applications.models import Application
from benefits.claims import following
from benefits.models import ClaimedMonth, Entitlement
from project.demo.clerks import Case
from tests import offered, world
from tests.approvals.exofficio import Taken

PAGES = [
    {"use": page} for page in ("name", "identity", "certificate", "home", "post", "months", "months-before", "account")
]
PAPERS = [{"use": "id-copy"}, {"use": "attendance-proof"}]
POST = {"on_post": True, "post_name": "保洁员，示范村", "post_since": "2026-01-05", "months_received": 0}


def publish(ceiling: object = 6) -> None:
    """The scheme, its officials and its money."""
    offered.staff("hrss")
    offered.fund(offered.MONTHS)
    note = {"note": "供测试的数"}
    limits = [
        {"name": "monthly_amount", "value": "500.00", **note},
        {"name": "months_ceiling", "value": ceiling, **note},
    ]
    offered.publish(offered.MONTHS, pages=PAGES, papers_asked=PAPERS, examples=limits)


def before(first: str = "2026-06-01", months: int = 1, n: int = 0, **given: object) -> Case:
    """A claim before whoever decides."""
    claim = {"claimed_from": first, "months_claimed": months, **POST, **offered.account(n), **given}
    return offered.case(offered.MONTHS, n, **claim).submit().say("accept")


def granted(first: str = "2026-06-01", months: int = 1, n: int = 0, **given: object) -> Case:
    """A claim that was granted."""
    return before(first, months, n, **given).say("grant")


def short(case: Case, months: int = 1, at: datetime | None = None, **given: object) -> Case:
    """The next period claimed by the short way, before whoever decides."""
    draft = begun(case, at)
    actions.save_answers(draft.user, draft.public_id, {"on_post": True, "months_claimed": months, **given}, draft.at)
    return draft.submit().say("accept")


def begun(case: Case, at: datetime | None = None) -> Case:
    """The short claim as it was begun."""
    from_here = at or case.at + timedelta(hours=1)
    draft = following.claim_next(case.user, case.public_id, from_here)
    return resumed(draft, from_here)


def resumed(application: Application, at: datetime) -> Case:
    """A case that was begun by a service, with the clock of a story."""
    case = Case.__new__(Case)
    case.user, case.at, case.public_id = application.filed_by, at, application.public_id
    return case


def months() -> list[str]:
    """The months that stand, in order."""
    rows = ClaimedMonth.objects.filter(released_at__isnull=True).order_by("holder", "month")
    return [f"{row.month:%Y-%m}" for row in rows]


def standing() -> Entitlement:
    """The only entitlement."""
    return Entitlement.objects.get()


def measure(case: Case, kind: str) -> None:
    """A measure of the county's bureau about a granted claim."""
    taken = Taken(case, kind, reviewer="reviewer-of-hrss", approver="approver-of-hrss").tell().state()
    taken.at = taken.at + timedelta(days=10)
    taken.weigh().decide()


def answers(case: Case) -> dict:
    """What the case's answers say, in clear."""
    return world.answers_of(case)
