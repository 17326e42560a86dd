"""The cases of a dossier: proposed, put in, taken out while it is open. Locks: case → dossier → stream head."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from approvals.dossiers import access, opening
from approvals.models import Dossier, DossierCase
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused

MOST_CASES = 300
MIDNIGHT = datetime.min.time()


@dataclass(frozen=True)
class Added:
    """What came of one case: "" where it was put in, else why not."""

    number: str
    why_not: str = ""


def rows_of(dossier: Dossier) -> QuerySet[DossierCase]:
    """The cases that are in a dossier, in their order."""
    related = ("subject", "organisation", "division", "subject_office", "scheme_version", "data_key")
    rows = DossierCase.objects.filter(dossier=dossier, removed_at__isnull=True)
    return rows.select_related(*(f"application__{name}" for name in related)).order_by("position")


def fitting(user: User, dossier: Dossier, at: datetime) -> QuerySet[Application]:
    """The cases that fit a dossier and are in none yet: its scheme, place and period, past review, and seen by the
    user."""
    zone = timezone.get_current_timezone()
    after = timezone.make_aware(datetime.combine(dossier.starts, MIDNIGHT), zone)
    before = timezone.make_aware(datetime.combine(dossier.ends + timedelta(days=1), MIDNIGHT), zone)
    free = opening.free_cases(user, [dossier.office_id], at)
    filed = free.filter(scheme_code=dossier.scheme_code, submitted_at__gte=after, submitted_at__lt=before)
    place = {"subject_office": dossier.school_id} if dossier.school_id else {"division": dossier.division_id}
    return filed.filter(**place).select_related("subject", "organisation").order_by("pk")


def add(user: User, pk: int, public_ids: Iterable[str], at: datetime) -> list[Added]:
    """Put cases in, each in its own transaction. What is refused is told beside what is done. Raises NotFound."""
    access.dossier_for(user, pk, at)
    return [_added(user, pk, public_id, at) for public_id in dict.fromkeys(public_ids)]


def _added(user: User, pk: int, public_id: str, at: datetime) -> Added:
    try:
        return Added(str(add_one(user, pk, public_id, at).application))
    except Refused as refusal:
        return Added(public_id, str(refusal.message))


def add_one(user: User, pk: int, public_id: str, at: datetime) -> DossierCase:
    """Put one case in.

    Raises NotFound (dossier or case outside the user's offices), Refused for a party or relative, Conflict when it is
    in a dossier already or this one is sealed, Invalid when it does not fit or the dossier is full.
    """
    access.dossier_for(user, pk, at)
    with door.open_case(public_id, user=user, at=at) as case:
        dossier = opening.locked(pk)
        check_open(dossier)
        _check_case(user, dossier, case.application, at)
        rows = DossierCase.objects.filter(dossier=dossier)
        if rows.filter(removed_at__isnull=True).count() >= MOST_CASES:
            raise Invalid(_("一卷最多%(most)s件，请另立一卷。") % {"most": MOST_CASES}, code="full")
        last = rows.aggregate(last=Max("position"))["last"] or 0
        row = DossierCase.objects.create(
            dossier=dossier, application=case.application, position=last + 1, added_by=user, added_at=at
        )
        case.record("dossier.case_added", dossier=dossier.pk)
    return row


def check_open(dossier: Dossier) -> None:
    """Raise Conflict for a dossier that is sealed."""
    if dossier.state != Dossier.State.OPEN:
        raise Conflict(_("本卷已经封卷，不能再改。"), code="sealed")


def _check_case(user: User, dossier: Dossier, application: Application, at: datetime) -> None:
    if not access.dossiers_seen(user, at).filter(pk=dossier.pk).exists():
        raise NotFound()
    if application.dossier_rows.filter(removed_at__isnull=True).exists():
        raise Conflict(_("这件申请已经编入一卷。"), code="already_in")
    if not fitting(user, dossier, at).filter(pk=application.pk).exists():
        raise Invalid(_("这件申请不属于本卷的事项、地方或时间，或者还在审核，不能编入。"), code="does_not_fit")
    check_not_close(user, [application.pk])


def check_not_close(user: User, application_ids: list[int]) -> None:
    """Raise Refused for a party to one of the cases, or somebody close to one."""
    if door.close_to(user, application_ids):
        raise Refused(_("卷内有您本人、近亲属或有利害关系的申请，应当回避，须由其他工作人员办理。"), code="recusal")


def remove(user: User, pk: int, row: int, at: datetime) -> None:
    """Take a case out of an open dossier; the row stays and says who did. Raises NotFound, Conflict."""
    access.dossier_for(user, pk, at)
    public_id = rows_of(Dossier(pk=pk)).filter(pk=row).values_list("application__public_id", flat=True).first()
    if public_id is None:
        raise NotFound()
    with door.open_case(public_id, user=user, at=at) as case:
        check_open(opening.locked(pk))
        taken = DossierCase.objects.filter(pk=row, removed_at__isnull=True).update(removed_by=user, removed_at=at)
        if not taken:
            raise Conflict(_("这件申请刚刚已被移出本卷。"), code="already_out")
        case.record("dossier.case_removed", dossier=pk)
