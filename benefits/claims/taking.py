"""Taking the months of a granted claim: under the entitlement that stands, or the one it opens. Inside the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications import books
from applications.door import Case
from applications.models import Application
from benefits import overlap
from benefits.models import ClaimedMonth, Entitlement, PeriodClaim
from benefits.models.entitlements import STANDING
from people import vault
from people.day_words import month_in_words
from people.joining import listed
from people.refusals import Conflict
from schemes.policies import resolve_for
from schemes.rules.parsing import MOST_MONTHS

LAST_MONTH = 9999 * 12 + 11


@dataclass(frozen=True)
class Limit:
    """How many months policy allows at most (None: no limit), and how many the holder had before this claim.

    Of what was stated and what our books say the greater counts.
    """

    at_most: int | None
    had: int


def take_months(case: Case) -> None:
    """Write down the months of a claim that is granted; nothing where the scheme asks for no months.

    Its holder is locked by the caller. Raises Conflict for a month that was given already and for more months than
    policy allows; which case gave them is named.
    """
    application, answers = case.application, answers_of.read(case.application)
    months = overlap.months_claimed(answers)
    if months is None:
        return
    if months[-1] > LAST_MONTH or len(months) > MOST_MONTHS:
        raise Conflict(_("申领的月份不对，请退回补正后再办理。"), code="months_impossible")
    holder = holder_of(application, answers)
    _refuse_taken(application, holder, months)
    standing = _standing(application, holder)
    limit = _limit(application, answers, holder, standing)
    _refuse_over(application, holder, limit, len(months))
    entitlement = standing or _opened(case, holder, months)
    claim = _claim(case, entitlement, months)
    _rows(claim, entitlement, months)
    _count(entitlement, limit, claim)
    case.record("period.claimed", months=len(months), opened=entitlement.application_id == application.pk)


def holder_of(application: Application, answers: Mapping[str, Any]) -> str:
    """Whose months are counted: the graduate an organisation claims for (by keyed hash), else the organisation or the
    person.
    """
    claimed_for = answers.get(books.CLAIMED_FOR)
    if claimed_for:
        return f"id:{vault.blind_index('id', claimed_for)}"
    if application.by_organisation:
        return f"organisation:{application.organisation_id}"
    return f"person:{application.subject_id}"


def first_of(month: int) -> date:
    """The first day of a month counted from the year 0, as claims count them."""
    return date(month // 12, month % 12 + 1, 1)


def _taken(scheme: str, holder: str) -> QuerySet[ClaimedMonth]:
    """The months a holder has under a scheme."""
    return ClaimedMonth.objects.filter(scheme_code=scheme, holder=holder, released_at__isnull=True)


def _refuse_taken(application: Application, holder: str, months: range) -> None:
    taken = _taken(application.scheme_code, holder).filter(month__in=[first_of(month) for month in months])
    first = taken.select_related("claim__application").first()
    if first is not None:
        raise Conflict(
            _("%(month)s已在申请%(number)s中批准，同一个月不能重复享受。")
            % {"month": month_in_words(first.month), "number": first.claim.application.number},
            code="given_already",
        )


def _limit(application: Application, answers: Mapping[str, Any], holder: str, standing: Entitlement | None) -> Limit:
    policy = resolve_for(application.definition, application.division_id, application.policy_date).for_rules
    at_most = policy.value("months_ceiling") if "months_ceiling" in policy.values else None
    stated = 0 if at_most is None else int(answers.get("months_received") or 0)
    on_record = standing.months_before + standing.months_claimed if standing else 0
    ours = _taken(application.scheme_code, holder).count()
    return Limit(at_most, max(stated, on_record, ours, _granted(application, answers)))


def _granted(application: Application, answers: Mapping[str, Any]) -> int:
    """The months of cases granted before there were rows for them."""
    rows = books.granted_before(application).select_related("data_key")
    granted = [books.Granted(row, overlap.theirs(row)) for row in rows]
    same = [one for one in granted if overlap.months_claimed(one.answers) and books.same_matter(answers, one.answers)]
    return books.COUNTED["months_received"].count(same)


def _refuse_over(application: Application, holder: str, limit: Limit, months: int) -> None:
    if limit.at_most is None or limit.had + months <= limit.at_most:
        return
    taken = _taken(application.scheme_code, holder)
    numbers = sorted(set(taken.values_list("claim__application__number", flat=True)))
    words = {"most": limit.at_most, "had": limit.had, "months": months, "numbers": listed(numbers)}
    if numbers:
        text = _("最多补贴%(most)s个月，已领%(had)s个月（见申请%(numbers)s），不能再批准%(months)s个月。")
    else:
        text = _("最多补贴%(most)s个月，已领%(had)s个月，不能再批准%(months)s个月。")
    raise Conflict(text % words, code="months_used_up")


def _standing(application: Application, holder: str) -> Entitlement | None:
    rows = Entitlement.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(scheme_code=application.scheme_code, holder=holder, state__in=STANDING).first()


def _opened(case: Case, holder: str, months: range) -> Entitlement:
    application = case.application
    return Entitlement.objects.create(
        application=application,
        scheme_version=application.scheme_version,
        scheme_code=application.scheme_code,
        holder=holder,
        person=None if application.by_organisation else application.subject,
        organisation=application.organisation if application.by_organisation else None,
        first_month=first_of(months[0]),
        opened_at=case.at,
    )


def _claim(case: Case, entitlement: Entitlement, months: range) -> PeriodClaim:
    return PeriodClaim.objects.create(
        entitlement=entitlement,
        application=case.application,
        first_month=first_of(months[0]),
        months=len(months),
        recorded_at=case.at,
    )


def _rows(claim: PeriodClaim, entitlement: Entitlement, months: range) -> None:
    rows = [
        ClaimedMonth(claim=claim, scheme_code=entitlement.scheme_code, holder=entitlement.holder, month=first_of(month))
        for month in months
    ]
    try:
        with transaction.atomic():
            ClaimedMonth.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Conflict(_("其中有月份刚刚在另一件申请中批准，请刷新后再办理。"), code="given_already") from error


def _count(entitlement: Entitlement, limit: Limit, claim: PeriodClaim) -> None:
    """The limit of the claim's own day holds from now on."""
    if entitlement.state == Entitlement.State.EXHAUSTED:
        entitlement.reopen()
    entitlement.months_at_most = limit.at_most
    entitlement.months_before = limit.had - entitlement.months_claimed
    entitlement.months_claimed += claim.months
    entitlement.first_month = min(entitlement.first_month, claim.first_month)
    if entitlement.months_left == 0:
        entitlement.exhaust()
    entitlement.save()
