"""Money paid back by hand 缴回: entered by one, counted when another has looked at the voucher."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from benefits.models import Recovery, RecoveryPayment
from people.models import User


class Repayment(models.Model):
    """A sum in yuan that was paid back, as it was entered; `proof` and `reason` are encrypted with the key of the case.

    It makes the claim smaller when somebody else confirms it: then `payment` is the line it became. `proof_index` is
    the keyed hash of the voucher: one voucher waits or counts once for a claim.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待复核")
        CONFIRMED = "confirmed", _("已复核")
        REJECTED = "rejected", _("未通过")

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="repayments")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    received_on = models.DateField()
    proof = models.BinaryField()
    proof_index = models.CharField(max_length=64)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    reason = models.BinaryField(default=bytes)
    payment = models.OneToOneField(RecoveryPayment, models.PROTECT, null=True, related_name="entered")

    class Meta:
        verbose_name = _("缴回登记")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recovery", "proof_index"], condition=~Q(state="rejected"), name="repayment_voucher_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="repayment_is_positive"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("entered_by")),
                name="repayment_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", checked_by__isnull=True, checked_at__isnull=True, payment__isnull=True)
                | Q(state="confirmed", checked_by__isnull=False, checked_at__isnull=False, payment__isnull=False)
                | Q(state="rejected", checked_by__isnull=False, checked_at__isnull=False, payment__isnull=True),
                name="repayment_is_stamped",
            ),
        ]
