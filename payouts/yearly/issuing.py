"""Issuing the report: by whoever supervises the office, for a year that is over or as of a day, once each."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from approvals.notes.beside import check_supervisor, supervised
from audit import chain
from papers.issuing import issue
from papers.models import Paper
from payouts.models import YearlyReport
from payouts.yearly.counting import count
from payouts.yearly.report import Edition, content_of
from people import vault
from people.finding import one_of
from people.models import Office, User
from people.refusals import Conflict, Invalid

FIRST_YEAR = 2000  # as the table of reports has it


def issue_report(user: User, edition: Edition, at: datetime) -> YearlyReport:
    """Count and issue. Raises NotFound for another office, Invalid for a day to come, Conflict where it exists."""
    check_supervisor(user, edition.office, at)
    _check_day(edition, at)
    with transaction.atomic():
        Office.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.office.pk)
        which = {"office": edition.office, "year": edition.year, "up_to": edition.up_to, "public": edition.public}
        if YearlyReport.objects.filter(**which).exists():
            raise Conflict(_("这份报告已经制发，请在列表中打开。"), code="issued_already")
        report = YearlyReport.objects.create(**which, paper=_paper(edition, at), issued_by=user, issued_at=at)
        _record(report, user, at)
    return report


def _check_day(edition: Edition, at: datetime) -> None:
    """The day lies in the year and is over: what is still going on is not counted.

    The public edition is of whole years: two of them a day apart would tell of the one between.
    """
    if edition.year < FIRST_YEAR:
        raise Invalid(errors={"up_to": _("截止日期不能早于%(year)s年。") % {"year": FIRST_YEAR}})
    if edition.up_to.year != edition.year:
        raise Invalid(errors={"up_to": _("截止日期须在所选年度之内。")})
    if edition.public and edition.up_to != date(edition.year, 12, 31):
        raise Invalid(errors={"public": _("公开版只在年度结束后制发：先后两份之差会透露个人情况。")})
    if edition.up_to >= timezone.localdate(at):
        raise Invalid(errors={"up_to": _("截止日期须早于今天。年度还没有结束的，请填写已经过去的一天。")})


def _paper(edition: Edition, at: datetime) -> Paper:
    key = vault.new_data_key()
    key.save()
    with translation.override("zh-hans"):
        content = content_of(edition, count(edition.office, edition.year, edition.up_to), at)
    return issue(
        kind=Paper.Kind.YEARLY_REPORT,
        office=edition.office,
        content=content,
        data_key=key,
        case_ref=f"year-{edition.office.pk}-{edition.year}",
        public_title=content.title,
        public_addressee=edition.office.name,
        at=at,
    )


def _record(report: YearlyReport, user: User, at: datetime) -> None:
    data = {
        "year": report.year,
        "up_to": report.up_to.isoformat(),
        "public": report.public,
        "paper": report.paper.number,
    }
    stream = f"office:{report.office_id}"
    chain.append(stream, "yearly_report.issued", actor=user.username, at=at, subject=str(report.office_id), data=data)


def reports_of(user: User, at: datetime) -> QuerySet[YearlyReport]:
    """The reports of the offices the user supervises, the latest first."""
    found = YearlyReport.objects.filter(office__in=supervised(user, at))
    return found.select_related("office", "paper__data_key", "issued_by").order_by("-year", "-up_to", "-pk")


def report_of(user: User, pk: int, at: datetime) -> YearlyReport:
    """One of them. Raises NotFound."""
    return one_of(reports_of(user, at), pk=pk)


def last_day(year: int, at: datetime) -> date:
    """The last day a report of a year can tell of now: its end, or yesterday while it runs."""
    yesterday = timezone.localdate(at).toordinal() - 1
    return min(date(year, 12, 31), date.fromordinal(yesterday))
