"""The keyed hashes of this room: vouchers of repayments, and graduates whose months an organisation claims."""

from django.db.models import QuerySet

from applications import answers
from applications.models import Application
from benefits import collecting
from benefits.claims.taking import holder_of
from benefits.models import ClaimedMonth, Entitlement, RecoveryPayment
from people import indexing, vault

HASHED = "id:"


def _payments() -> QuerySet[RecoveryPayment]:
    related = RecoveryPayment.objects.select_related("recovery__application__data_key")
    return related.exclude(proof_index=None)


def _proof(payment: RecoveryPayment) -> str:
    return vault.blind_index("proof", collecting.proof_of(payment))


def _entitlements() -> QuerySet[Entitlement]:
    return Entitlement.objects.select_related("application__data_key").filter(holder__startswith=HASHED)


def _months() -> QuerySet[ClaimedMonth]:
    return ClaimedMonth.objects.select_related("claim__application__data_key").filter(holder__startswith=HASHED)


def _holder(application: Application) -> str:
    return holder_of(application, answers.read(application))


indexing.register(
    indexing.Column(_payments, "proof_index", _proof),
    indexing.Column(_entitlements, "holder", lambda row: _holder(row.application)),
    indexing.Column(_months, "holder", lambda row: _holder(row.claim.application)),
)
