"""Which months of a suspended phase-out stand still."""

from django.db.models import OuterRef, QuerySet

from benefits.models import HouseholdChange, PhaseOut


def standing_still() -> QuerySet[HouseholdChange]:
    """For a query over dues: what keeps one from being paid, a change under way in a phase-out suspended for it.

    Months before the one the change counts in are paid as before.
    """
    suspended = HouseholdChange.objects.filter(phase_out__state=PhaseOut.State.SUSPENDED, outcome__isnull=True)
    return suspended.filter(
        phase_out__application=OuterRef("application"), effective_month__lte=OuterRef("payable_from")
    )
