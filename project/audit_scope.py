"""What an auditor may look at: the trails of cases, batches, bundles, readers and help of their office's division."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from applications.models import Application
from approvals.models import Dossier
from archives.models import Handover, Volume
from audit.models import Event
from benefits.models import BudgetRequest
from payouts.models import Batch, ReturnFile, Roster
from people.areas import inside
from people.models import Office, Post, User
from people.posts import posts_of
from people.refusals import NotFound
from project import audit_helping

AUDITOR = "auditor"
CASE, BATCH, DOSSIER, READER, POLICY, STAFF = "case", "batch", "dossier", "reader", "policy", "staff"
ARCHIVE, HANDOVER, RETURN, ROSTER = "archive", "handover", "return", "roster"
USER = "user"
BUDGET = "budget"
# Whose events carry no subject: they are found by their stream.
BY_STREAM = (READER, STAFF, USER, audit_helping.HELP, audit_helping.VILLAGE, audit_helping.ORGANISATION)
NUMBERED = (DOSSIER, ARCHIVE, HANDOVER, RETURN, ROSTER, BUDGET, *audit_helping.NUMBERED)
READERS_SHOWN = 50


@dataclass(frozen=True)
class Trail:
    """One stream as a page: its kind, what it is about, and how that is called."""

    kind: str
    key: str
    title: str

    @property
    def stream(self) -> str:
        """The stream's name."""
        return self.key if self.kind == POLICY else f"{self.kind}:{self.key}"

    @property
    def subject(self) -> str:
        """What events about it carry as their subject; a reader's own events carry what was read."""
        if self.kind in NUMBERED:
            return f"{self.kind}-{self.key}"
        return "" if self.kind in BY_STREAM else self.key


def codes_of(user: User, at: datetime | None = None) -> list[str]:
    """The divisions the user audits, with all that lies in them."""
    return sorted({post.office.division_id for post in posts_of(user, at) if post.role == AUDITOR})


def cases_in(codes: list[str]) -> QuerySet[Application]:
    """Cases placed in the divisions. A draft that is not placed yet belongs to nobody."""
    return Application.objects.filter(inside("division", codes), division__isnull=False)


def batches_in(codes: list[str]) -> QuerySet[Batch]:
    """Batches of the divisions' offices."""
    return Batch.objects.filter(inside("office__division", codes))


def dossiers_in(codes: list[str]) -> QuerySet[Dossier]:
    """Batch dossiers of the divisions' offices."""
    return Dossier.objects.filter(inside("office__division", codes))


def volumes_in(codes: list[str]) -> QuerySet[Volume]:
    """Archived files of the divisions' offices."""
    return Volume.objects.filter(inside("office__division", codes))


def handovers_in(codes: list[str]) -> QuerySet[Handover]:
    """Hand-over lists of the divisions' offices."""
    return Handover.objects.filter(inside("office__division", codes))


def returns_in(codes: list[str]) -> QuerySet[ReturnFile]:
    """Return files of the bank, brought in at the divisions' offices."""
    return ReturnFile.objects.filter(inside("office__division", codes))


def budget_requests_in(codes: list[str]) -> QuerySet[BudgetRequest]:
    """What was asked for the envelopes of the divisions."""
    return BudgetRequest.objects.filter(inside("division", codes))


def rosters_in(codes: list[str]) -> QuerySet[Roster]:
    """Rosters brought in at the divisions' offices."""
    return Roster.objects.filter(inside("office__division", codes))


def readers_in(codes: list[str]) -> QuerySet[Post]:
    """Posts, ended ones too, at the divisions' offices."""
    return Post.objects.filter(inside("office__division", codes))


def accounts_in(codes: list[str]) -> QuerySet[User]:
    """Accounts of officials, past ones too, whose sign-ins are streams of their own."""
    return User.objects.filter(Q(posts__in=readers_in(codes)) | Q(staff_of__in=offices_in(codes))).distinct()


def offices_in(codes: list[str]) -> QuerySet[Office]:
    """The divisions' offices, whose posts are given and ended in streams of their own."""
    return Office.objects.filter(inside("division", codes))


def events_in(codes: list[str]) -> QuerySet[Event]:
    """Events about those cases and batches, lists their officials read, posts, and policy, which is public."""
    about_case = cases_in(codes).filter(public_id=OuterRef("subject"))
    about_batch = batches_in(codes).filter(number=OuterRef("subject"))
    by_official = readers_in(codes).filter(user__username=OuterRef("actor"))
    of_bundles = Q()
    for kind in NUMBERED:
        of_bundles |= _about(numbered_in(codes, kind), kind)
    of_help = audit_helping.about_helping(codes, cases_in(codes))
    of_staff = offices_in(codes).annotate(stream=Concat(Value(f"{STAFF}:"), Cast("pk", CharField()))).values("stream")
    of_lists = Q(subject__in=["", POLICY]) & Exists(by_official)
    return Event.objects.filter(
        Exists(about_case)
        | Exists(about_batch)
        | of_bundles
        | Q(stream__in=of_staff)
        | of_help
        | Q(stream=POLICY)
        | of_lists
    )


def numbered_in(codes: list[str], kind: str) -> QuerySet:
    """The rows of the divisions whose events carry "kind-number" as their subject."""
    return audit_helping.rows_in(codes, kind) if kind in audit_helping.NUMBERED else _BUNDLES[kind](codes)


def _about(rows: QuerySet, kind: str) -> Q:
    """Events whose subject is one of these rows, as "dossier-12" names it."""
    return Q(
        subject__in=rows.annotate(reference=Concat(Value(f"{kind}-"), Cast("pk", CharField()))).values("reference")
    )


def trail_of(codes: list[str], kind: str, key: str) -> Trail:
    """A stream by its kind and key. Raises NotFound for one that does not exist or lies outside the divisions."""
    if kind in audit_helping.KINDS:
        found = audit_helping.title_of(codes, cases_in(codes), kind, key)
    elif kind in _BUNDLES:
        found = audit_helping.numbered(_BUNDLES[kind](codes), key)
    else:
        found = _FINDERS[kind](codes, key) if kind in _FINDERS else None
    if found is None:
        raise NotFound()
    return Trail(kind, key, str(found))


def readings_of(found: Trail) -> list[Event]:
    """The last times somebody read what the trail is about."""
    if not found.subject:
        return []
    readings = Event.objects.filter(subject=found.subject, stream__startswith="reader:")
    return list(readings.exclude(action="trail.verified").order_by("-id")[:READERS_SHOWN])


def _case(codes: list[str], key: str) -> Application | None:
    return cases_in(codes).filter(public_id=key).first()


def _batch(codes: list[str], key: str) -> Batch | None:
    return batches_in(codes).filter(number=key).first()


def _reader(codes: list[str], key: str) -> User | None:
    return User.objects.filter(username=key, posts__in=readers_in(codes)).first()


def _staff(codes: list[str], key: str) -> Office | None:
    return offices_in(codes).filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None


def _account(codes: list[str], key: str) -> User | None:
    return audit_helping.numbered(accounts_in(codes), key)


def _policy(codes: list[str], key: str) -> str | None:
    return key if codes and key == POLICY else None


_FINDERS = {CASE: _case, BATCH: _batch, READER: _reader, POLICY: _policy, STAFF: _staff, USER: _account}
_BUNDLES = {DOSSIER: dossiers_in, ARCHIVE: volumes_in, HANDOVER: handovers_in}
_BUNDLES |= {RETURN: returns_in, ROSTER: rosters_in, BUDGET: budget_requests_in}
