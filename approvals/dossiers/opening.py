"""Opening a dossier: for a scheme, a place and a period in which the office has cases past review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import State
from approvals import scope
from approvals.dossiers import access
from approvals.models import Dossier, DossierCase
from audit import chain
from people import vault
from people.models import Division, Office, User
from people.refusals import Invalid, NotFound
from workflows.models import WorkItem

PAST_REVIEW = (State.IN_REVIEW, State.NOTICED, State.GRANTED, State.REFUSED)
UNDER_REVIEW = ("accept", "review", "countersign")
# assumed: the school year of China's schools and universities begins in September.
FIRST_MONTH = 9
LONGEST_NAME = 80


@dataclass(frozen=True)
class Period:
    """A school year (`code` "s2025") or a calendar year ("y2026"), by the day a case was filed."""

    code: str
    label: str
    starts: date
    ends: date


@dataclass(frozen=True)
class Opening:
    """What a dossier is opened for: one of `division` and `school`, by key."""

    office: int
    scheme: str
    period: str
    request_to: str
    division: str = ""
    school: int = 0


@dataclass(frozen=True)
class Choices:
    """What there are cases of past review: schemes, townships, schools and periods."""

    schemes: list[str]
    divisions: list[Division]
    schools: list[Office]
    periods: list[Period]


def school_year(first: int) -> Period:
    """The school year that begins in a year. Dossiers are in Chinese, and so is what they call it."""
    return Period(f"s{first}", f"{first}–{first + 1}学年", date(first, FIRST_MONTH, 1), date(first + 1, 8, 31))


def calendar_year(year: int) -> Period:
    """A calendar year."""
    return Period(f"y{year}", f"{year}年度", date(year, 1, 1), date(year, 12, 31))


def period_of(code: str) -> Period | None:
    """The period of a code; None for what is no code."""
    kind, year = code[:1], code[1:]
    if kind not in ("s", "y") or not (year.isascii() and year.isdigit() and len(year) == 4 and year >= "2000"):
        return None
    return school_year(int(year)) if kind == "s" else calendar_year(int(year))


def free_cases(user: User, office: Iterable[int], at: datetime) -> QuerySet[Application]:
    """Applications with the offices that are past review and in no dossier; what an office opened itself is none."""
    items = WorkItem.objects.filter(case_id=OuterRef("pk"))
    taken = DossierCase.objects.filter(application=OuterRef("pk"), removed_at__isnull=True)
    return scope.visible_cases(user, at).filter(
        Exists(items.filter(queue__office__in=office)),
        ~Exists(items.filter(closed_at__isnull=True, kind__in=UNDER_REVIEW)),
        ~Exists(taken),
        state__in=PAST_REVIEW,
        origin=Application.Origin.ON_APPLICATION,
    )


def choices(user: User, at: datetime) -> Choices:
    """What the user's offices have cases of that could go into a dossier."""
    cases = free_cases(user, [office.pk for office in access.offices_of(user, at)], at).order_by()
    months = cases.annotate(month=TruncMonth("submitted_at")).values_list("month", flat=True).distinct()
    schools = Office.objects.filter(pk__in=cases.values("subject_office")).order_by("pk")
    divisions = Division.objects.filter(pk__in=cases.values("division")).order_by("pk")
    schemes = cases.values_list("scheme_code", flat=True).distinct().order_by("scheme_code")
    return Choices(list(schemes), list(divisions), list(schools), _periods(months))


def _periods(months: Iterable[datetime]) -> list[Period]:
    days = {timezone.localdate(month) for month in months}
    begun = {day.year if day.month >= FIRST_MONTH else day.year - 1 for day in days}
    schools = [school_year(year) for year in sorted(begun, reverse=True)]
    return schools + [calendar_year(year) for year in sorted({day.year for day in days}, reverse=True)]


def open_dossier(user: User, wanted: Opening, at: datetime) -> Dossier:
    """Open a dossier. Raises NotFound for an office that is not the user's, Invalid for what is missing."""
    office = next((one for one in access.offices_of(user, at) if one.pk == wanted.office), None)
    if office is None:
        raise NotFound()
    period = period_of(wanted.period)
    errors = _errors(office, wanted, period)
    if errors or period is None:
        raise Invalid(errors=errors)
    with transaction.atomic():
        key = vault.new_data_key()
        key.save()
        dossier = Dossier.objects.create(
            office=office,
            scheme_code=wanted.scheme,
            division_id=wanted.division or None,
            school_id=wanted.school or None,
            period=period.label,
            starts=period.starts,
            ends=period.ends,
            request_to=wanted.request_to.strip(),
            opened_by=user,
            opened_at=at,
            data_key=key,
        )
        note(dossier, user, "dossier.opened", at, scheme=wanted.scheme, period=wanted.period)
    return dossier


def _errors(office: Office, wanted: Opening, period: Period | None) -> dict[str, str]:
    errors = {}
    if period is None:
        errors["period"] = _("请选择学年或年度。")
    if not 0 < len(wanted.request_to.strip()) <= LONGEST_NAME:
        errors["request_to"] = _("请写明请示报送哪个机关。")
    if bool(wanted.division) == bool(wanted.school) or not _inside(office, wanted):
        errors["place"] = _("请选择本机关辖区内的一个乡镇（街道）或一所学校。")
    return errors


def _inside(office: Office, wanted: Opening) -> bool:
    """Whether the place lies in the office's own division."""
    if wanted.school:
        school = Office.objects.filter(pk=wanted.school, function=Office.Function.SCHOOL).select_related("division")
        place = next((one.division for one in school), None)
    else:
        place = Division.objects.filter(pk=wanted.division).first()
    return place is not None and office.division.contains(place)


def note(dossier: Dossier, user: User, action: str, at: datetime, **data: object) -> None:
    """An event in the dossier's own stream: codes and counts only."""
    chain.append(dossier.stream, action, actor=user.username, at=at, subject=f"dossier-{dossier.pk}", data=data)


def locked(pk: int) -> Dossier:
    """A dossier, locked until the transaction ends."""
    related = Dossier.objects.select_related("office__division", "office__signs_for", "division", "school", "data_key")
    return related.select_for_update(of=("self",), no_key=True).get(pk=pk)
