"""What a hold keeps from being paid now, in yuan: of a hold put by hand what the period comes to after changes."""

from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from benefits.models import Due
from payouts.models import Ground, Hold

MONEY = DecimalField(max_digits=12, decimal_places=2)


def with_amounts(holds: QuerySet[Hold]) -> QuerySet[Hold]:
    """The same holds, each with `held`: what of its period stands and is not paid, 0.00 where all of it was stopped."""
    of_period = Due.objects.filter(application=OuterRef("due__application"), period=OuterRef("due__period"))
    kept = of_period.annotate(own=OuterRef("due"), ground=OuterRef("ground"))
    kept = kept.filter(Q(pk=F("own")) | Q(ground=Ground.BY_HAND), stop__isnull=True)
    paid = Q(payouts__state__in=["exported", "paid"])
    sums = kept.exclude(paid).order_by().values("application").annotate(all=Sum("amount")).values("all")
    zero = Value(Decimal("0.00"), output_field=MONEY)
    return holds.annotate(held=Coalesce(Subquery(sums, output_field=MONEY), zero))
