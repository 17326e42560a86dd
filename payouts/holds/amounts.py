"""What a hold keeps from being paid now, in yuan: of a hold put by hand what the period comes to after changes."""

from decimal import Decimal

from django.db.models import Case, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from benefits.models import Due
from payouts.models import Ground, Hold

MONEY = DecimalField(max_digits=12, decimal_places=2)


def with_amounts(holds: QuerySet[Hold]) -> QuerySet[Hold]:
    """The same holds, each with `held`: what of its period stands and is not paid, 0.00 where all of it was stopped."""
    own = Due.objects.filter(pk=OuterRef("due"))
    of_period = Due.objects.filter(application=OuterRef("due__application"), period=OuterRef("due__period"))
    return holds.annotate(held=Case(When(ground=Ground.BY_HAND, then=_unpaid(of_period)), default=_unpaid(own)))


def _unpaid(dues: QuerySet[Due]) -> Coalesce:
    """What of these dues, all of one application, stands and is not paid."""
    paid = Q(payouts__state__in=["exported", "paid"])
    kept = dues.filter(stop__isnull=True).exclude(paid).order_by()
    sums = kept.values("application").annotate(all=Sum("amount")).values("all")
    return Coalesce(Subquery(sums, output_field=MONEY), Value(Decimal("0.00"), output_field=MONEY))
