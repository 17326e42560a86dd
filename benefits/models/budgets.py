"""Budget envelopes: one per scheme, division and year."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import Division

MONEY = {"max_digits": 14, "decimal_places": 2}


class Budget(models.Model):
    """Money set aside 预算指标. `reserved` grows at a grant, `committed` when a batch is approved; in yuan.

    The database refuses to reserve more than there is.
    """

    scheme_code = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    document = models.CharField(_("指标文号"), max_length=60)
    amount = models.DecimalField(**MONEY)
    reserved = models.DecimalField(**MONEY, default=Decimal("0.00"))
    committed = models.DecimalField(**MONEY, default=Decimal("0.00"))

    class Meta:
        verbose_name = _("预算")
        ordering = ["-year", "scheme_code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme_code", "division", "year"], name="budget_once"),
            models.CheckConstraint(
                condition=models.Q(reserved__gte=0)
                & models.Q(committed__gte=0)
                & models.Q(amount__gte=models.F("reserved"))
                & models.Q(reserved__gte=models.F("committed")),
                name="budget_not_overspent",
            ),
        ]

    @property
    def free(self) -> Decimal:
        """What can still be granted, in yuan."""
        return self.amount - self.reserved
