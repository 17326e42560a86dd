"""What anybody may see of public notices: running ones only, masked, and never a word of disability."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from applications.states import State
from approvals.labels import Labels, labels_of
from approvals.models import PublicNotice
from people.models import Office
from people.refusals import NotFound

PAGE_SIZE = 50


@dataclass(frozen=True)
class Listed:
    """One notice as outsiders see it. `ends` is the last day on which it can be objected to."""

    pk: int
    name: str
    title: str
    place: str
    amount: Decimal | None
    starts: date
    ends: date
    office: str


@dataclass(frozen=True)
class Page:
    """One page, the latest first; `after` and `before` are the keys of the neighbouring pages."""

    notices: list[Listed]
    after: int | None = None
    before: int | None = None


def running(at: datetime) -> QuerySet[PublicNotice]:
    """Notices on show at a time. One whose case was taken back is shown no longer, even before the clock closes it."""
    shown = PublicNotice.objects.filter(ended_at__isnull=True, starts_at__lte=at, ends_at__gte=at)
    return shown.filter(application__state=State.NOTICED)


def offices_with_notices(at: datetime) -> list[Office]:
    """The offices that have a notice on show."""
    return list(Office.objects.filter(pk__in=running(at).values("office")).order_by("division_id", "pk"))


def page(at: datetime, *, office: int | None = None, below: int | None = None, above: int | None = None) -> Page:
    """One page: the notices with keys below one, or above one, or the latest."""
    found = running(at).select_related("office", "application")
    if office is not None:
        found = found.filter(office=office)
    found = found.filter((Q(pk__lt=below) if below else Q()) & (Q(pk__gt=above) if above else Q()))
    read = list(found.order_by("pk" if above else "-pk").defer(*_SEALED)[: PAGE_SIZE + 1])
    more, kept = len(read) > PAGE_SIZE, read[:PAGE_SIZE]
    if above:
        kept.reverse()
    if not kept:
        return Page([])
    older, newer = (True, more) if above else (more, below is not None)
    return Page(_listed(kept), kept[-1].pk if older else None, kept[0].pk if newer else None)


def one(pk: int, at: datetime) -> tuple[PublicNotice, Listed]:
    """A notice on show. Raises NotFound for one that is over: nothing of it is public any more."""
    notice = running(at).select_related("office", "application").defer(*_SEALED).filter(pk=pk).first()
    if notice is None:
        raise NotFound()
    return notice, _listed([notice])[0]


_SEALED = ("application__answers", "application__assessment")


def _listed(notices: list[PublicNotice]) -> list[Listed]:
    labels = labels_of({notice.application.scheme_version_id for notice in notices})
    return [_shown(notice, labels) for notice in notices]


def _shown(notice: PublicNotice, labels: Labels) -> Listed:
    return Listed(
        pk=notice.pk,
        name=notice.masked_name,
        title=labels.public_title(notice.application.scheme_version_id),
        place=notice.place,
        amount=notice.amount,
        starts=timezone.localdate(notice.starts_at),
        ends=timezone.localdate(notice.ends_at),
        office=notice.office.label,
    )
