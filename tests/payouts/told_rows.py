"""True rows of what people are told of money, for the museum of broken ones."""

from datetime import date

from papers.models import Paper
from payouts import advices
from payouts.models import PaymentAdvice, YearlyReport
from payouts.yearly.issuing import issue_report
from payouts.yearly.report import Edition
from project.demo import money
from tests import stages, world


def advice() -> PaymentAdvice:
    """That somebody was told of a payout."""
    case = world.granted()
    users = {name: world.user(name) for name in ("finance-maker", "finance-checker")}
    money.pay(users, "grad-jobseeking", case.later(), until="exported")
    advices.tell_paid(case.later(200))
    return PaymentAdvice.objects.get()


def report() -> YearlyReport:
    """The report of a year that is over."""
    edition = Edition(stages.office("hrss"), 2025, date(2025, 12, 31), public=False)
    return issue_report(world.user("county-supervisor"), edition, world.START)


def report_on_another_paper() -> YearlyReport:
    """The same report, as it would stand beside the first on a paper of its own."""
    other = world.granted()
    row = report()
    row.paper = Paper.objects.get(case_ref=other.public_id, kind="grant")
    return row
