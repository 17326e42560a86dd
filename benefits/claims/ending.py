"""What a later decision does to an entitlement: a revoked claim gives its months back, a stopped one ends it."""

from applications.door import Case
from applications.models import Application
from benefits.models import Entitlement, PeriodClaim
from benefits.models.entitlements import STANDING


def end_claim(case: Case, about: Application, *, revoked: bool) -> None:
    """End or lessen the entitlement a granted case opened or claims under; nothing where it is under none.

    Inside the door. Revoking the case that opened it ends it; revoking a later one gives its months back. Stopping
    either ends it, and what was granted stays.
    """
    claim = PeriodClaim.objects.filter(application=about).first()
    if claim is None:
        return
    entitlement = Entitlement.objects.select_for_update(of=("self",), no_key=True).get(pk=claim.entitlement_id)
    if revoked:
        _give_back(case, claim, entitlement)
    if entitlement.state in STANDING and (not revoked or entitlement.application_id == about.pk):
        if revoked:
            entitlement.revoke(case.at, "revoked")
        else:
            entitlement.end(case.at, "stopped")
    entitlement.save()


def stands(about: Application) -> bool:
    """Whether further months can be claimed on the strength of this case, or could be if policy allowed more."""
    return Entitlement.objects.filter(application=about, state__in=STANDING).exists()


def _give_back(case: Case, claim: PeriodClaim, entitlement: Entitlement) -> None:
    entitlement.months_claimed -= claim.taken.filter(released_at__isnull=True).update(released_at=case.at)
    if entitlement.state == Entitlement.State.EXHAUSTED:
        entitlement.reopen()
