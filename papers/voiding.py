"""Declaring a paper void 作废: issued in error, not yet served, and nothing rests on it. Its number stays on record.

Decisions are corrected, superseded or revoked instead: somebody may already rely on them.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from papers.models import Paper, PaperVoid
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid

Kind = Paper.Kind
VOIDABLE = frozenset(
    {
        Kind.RECEIPT,
        Kind.OBJECTION_REPLY,
        Kind.STATEMENT_REPLY,
        Kind.COMPLAINT_REPLY,
        Kind.PAYMENT_ADVICE,
        Kind.NOTICE_SHEET,
        Kind.VISIT_RECORD,
    }
)


def why_not(paper: Paper) -> str:
    """Why a paper cannot be declared void, for its page; "" when it can."""
    if paper.kind not in VOIDABLE:
        return _("这类文书有当事人的权利义务依据，不能作废，只能更正或依法撤销。")
    if paper.status != Paper.Status.VALID:
        return _("只有现行有效的文书可以作废。")
    if paper.served_on is not None:
        return _("这份文书已经送达，不能作废。")
    return ""


def void(paper: Paper, reason: str, by: User, at: datetime) -> PaperVoid:
    """Declare a paper void; the caller holds the lock on its case. Raises Conflict, and Invalid without a reason."""
    if not reason.strip():
        raise Invalid(errors={"reason": _("请写明作废的理由。")})
    message = why_not(paper)
    if message:
        raise Conflict(message, code="not_voidable")
    Paper.objects.filter(pk=paper.pk).update(status=Paper.Status.VOID, voided_at=at)
    sealed = vault.encrypt(paper.data_key, reason.strip(), reason_context(paper))
    return PaperVoid.objects.create(paper=paper, by=by, at=at, reason=sealed)


def reason_of(voided: PaperVoid) -> str:
    """The reason, in clear. Raises a VaultError where it cannot be opened."""
    return vault.decrypt(voided.paper.data_key, bytes(voided.reason), reason_context(voided.paper))


def reason_context(paper: Paper) -> str:
    """Where the sealed reason belongs."""
    return f"paper:{paper.verify_code}:void"
