"""What an official sees of the seals of their offices. Numbers and kinds only: nobody's name."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from papers.models import Paper, Scan, Seal, SealUse
from papers.seals import register
from people.models import Office, User
from people.posts import posts_of
from people.roles import DESK_ROLES, MONEY_ROLES

ROLES = DESK_ROLES | MONEY_ROLES


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices whose papers the user may seal: where they hold a post of their own."""
    held = {post.office_id for post in posts_of(user, at) if post.role in ROLES}
    return list(Office.objects.filter(pk__in=held).select_related("division").order_by("pk"))


def seals_of(offices: list[Office]) -> QuerySet[Seal]:
    """Their seals, and those in whose name they sign: in force or not."""
    owners = {office.signs_for_id or office.pk for office in offices}
    return Seal.objects.filter(office__in=owners).select_related("office").order_by("office_id", "-valid_from", "-pk")


def papers_of(offices: list[Office]) -> QuerySet[Paper]:
    """Papers of theirs that are made and bear a seal by hand: neither an electronic one nor signatures alone."""
    made = Paper.objects.filter(office__in=offices, state=Paper.State.READY, seal__isnull=True)
    return made.exclude(kind__in=register.SIGNED_BY_HAND)


def waiting(offices: list[Office], on: date) -> QuerySet[Paper]:
    """Papers of theirs that are to be sealed by hand and have no scan yet, the latest first."""
    by_hand = [office for office in offices if register.sealed_by_hand(office, on)]
    scanned = Exists(Scan.objects.filter(paper=OuterRef("pk")))
    found = papers_of(by_hand).exclude(status=Paper.Status.VOID)
    return found.filter(~scanned).select_related("office").order_by("-pk")


def uses(offices: list[Office], before: int = 0) -> QuerySet[SealUse]:
    """The register of their papers, the latest first; `before`: only entries older than this one."""
    older = Q(pk__lt=before) if before else Q()
    found = SealUse.objects.filter(older, paper__office__in=offices)
    return found.select_related("seal", "paper__office", "scan").order_by("-pk")


def state_of(seal: Seal, at: datetime) -> str:
    """in_force, withdrawn, waiting (not yet) or lapsed."""
    day = timezone.localdate(at)
    if seal.withdrawn_at is not None:
        return "withdrawn"
    if seal.valid_from > day:
        return "waiting"
    return "lapsed" if seal.valid_to is not None and seal.valid_to < day else "in_force"
