"""Service of papers 送达: which papers need it, the record of it, and the day that counts.

The record is appended, never edited. Whoever writes one holds the lock on the case of the paper, or on the paper.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from papers.models import Paper, PaperService
from papers.reading import Altered
from people import sealed_files, vault
from people.models import User
from people.refusals import Conflict

FOLDER = "service"
Kind, Way = Paper.Kind, PaperService.Way
IN_FORCE = (Paper.Status.VALID, Paper.Status.CORRECTED)
# Decisions, what ends a case, and notices with a limit for whoever receives them; the others only inform.
NEEDS_SERVICE = frozenset(
    {
        Kind.NOT_ACCEPTED,
        Kind.CORRECTION,
        Kind.GRANT,
        Kind.WAIVER_GRANT,
        Kind.PHASE_OUT,
        Kind.SERVICE,
        Kind.ANSWER,
        Kind.REFUSAL,
        Kind.PRIOR_NOTICE,
        Kind.REVOCATION,
        Kind.STOP,
        Kind.REDUCTION,
        Kind.RECOVERY,
        Kind.NO_ACTION,
        Kind.EXTENSION,
        Kind.PHASE_OUT_END,
        Kind.CORRIGENDUM,
    }
)
# assumed: 民事诉讼法 第九十五条, thirty days after the notice began; no text of ours names another number.
NOTICE_DAYS = 30


@dataclass(frozen=True)
class Details:
    """What is known of a service and kept sealed: who received it, who witnessed it, where, and any words."""

    receiver: str = ""
    witnesses: tuple[str, ...] = ()
    place: str = ""
    note: str = ""


@dataclass(frozen=True)
class Proof:
    """A clean scan or photo, and where it is stored once it is sealed."""

    name: str
    content_type: str
    sha256: str


@dataclass(frozen=True)
class Fact:
    """One service as it is recorded. `served_on` of a public notice is the last of its days."""

    way: str
    served_on: date
    details: Details = Details()
    tracking: str = ""
    notice_from: date | None = None
    proof: Proof | None = None


def service_of(paper: Paper) -> PaperService | None:
    """How the paper was served, as the record stands now; None before it was."""
    return paper.services.select_related("recorded_by").order_by("-pk").first()


def confirmed_on(paper: Paper) -> date | None:
    """The day on which the person confirmed the paper online, whatever was recorded later; None where they did not."""
    own = paper.services.filter(way=Way.ELECTRONIC).order_by("-pk")
    return own.values_list("served_on", flat=True).first()


def waits_for_service(paper: Paper) -> bool:
    """Whether the paper still has to reach somebody."""
    return paper.kind in NEEDS_SERVICE and paper.served_on is None and paper.status in IN_FORCE


def unserved() -> QuerySet[Paper]:
    """Papers in force that need service and have no record of it."""
    return Paper.objects.filter(served_on__isnull=True, kind__in=NEEDS_SERVICE, status__in=IN_FORCE)


def write(paper: Paper, fact: Fact, by: User, at: datetime, *, anew: bool = False) -> PaperService:
    """Append the record of a service. `anew` replaces the one on record, which stays to be read.

    Raises Conflict where somebody was first, where there is nothing to replace, and for a paper that is void.
    """
    earlier = service_of(paper)
    _check(paper, earlier, anew=anew)
    written = PaperService.objects.create(
        paper=paper,
        way=fact.way,
        served_on=fact.served_on,
        tracking=fact.tracking,
        witnesses=len(fact.details.witnesses),
        notice_from=fact.notice_from,
        notice_days=NOTICE_DAYS if fact.notice_from else None,
        consented=fact.way == Way.ELECTRONIC,
        details=vault.encrypt(paper.data_key, json.dumps(asdict(fact.details)), details_context(paper)),
        recorded_by=by,
        recorded_at=at,
        replaces=earlier,
        **_of(fact.proof),
    )
    paper.served_on = fact.served_on
    Paper.objects.filter(pk=paper.pk).update(served_on=fact.served_on)
    return written


def _check(paper: Paper, earlier: PaperService | None, *, anew: bool) -> None:
    if paper.status == Paper.Status.VOID:
        raise Conflict(_("这份文书已经作废，不能送达。"), code="void")
    if earlier is not None and not anew:
        raise Conflict(_("这份文书的送达已经登记过。请刷新页面核对；登记有误的，请更正登记。"), code="served")
    if earlier is None and anew:
        raise Conflict(_("这份文书还没有送达登记，没有可以更正的。请刷新页面。"), code="not_served")


def _of(proof: Proof | None) -> dict[str, str]:
    if proof is None:
        return {}
    return {"proof": proof.name, "proof_type": proof.content_type, "proof_sha256": proof.sha256}


def details_of(service: PaperService) -> Details:
    """Who received it, in clear. Raises a VaultError where it cannot be opened."""
    paper = service.paper
    told = json.loads(vault.decrypt(paper.data_key, bytes(service.details), details_context(paper)))
    return Details(**{**told, "witnesses": tuple(told["witnesses"])})


def proof_bytes(service: PaperService) -> bytes:
    """The scan or photo. Raises FileNotFoundError, a VaultError, or Altered where it is not what was recorded."""
    content = sealed_files.get(service.proof, service.paper.data_key, proof_context(service.paper))
    if hashlib.sha256(content).hexdigest() != service.proof_sha256:
        raise Altered(service.paper.number)
    return content


def details_context(paper: Paper) -> str:
    """Where the sealed details belong."""
    return f"paper:{paper.verify_code}:service"


def proof_context(paper: Paper) -> str:
    """Where the sealed proof belongs."""
    return f"paper:{paper.verify_code}:service_proof"
