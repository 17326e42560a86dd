"""What came back of a claim 追回: negative lines, appended and never edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from benefits.models.dues import Due
from benefits.models.stops import Recovery
from people.models import User


class RecoveryPayment(models.Model):
    """One sum by which a claim grew smaller: `amount` is negative, `left` what is still owed after it, in yuan.

    `paid`: paid back to the office, with the number of the voucher (`proof`, encrypted with the key of the case).
    `proof_index` is its keyed hash, None where there is no voucher: one voucher counts once for a claim.
    `returned`: the bank sent back the very money that was claimed. `set_off`: a later due was not paid instead.
    The last two name the due. `by` is None where the bank's file did it.
    """

    class Kind(models.TextChoices):
        PAID = "paid", _("已缴回")
        RETURNED = "returned", _("银行退回冲减")
        SET_OFF = "set_off", _("抵扣以后的应发")

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="payments")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    left = models.DecimalField(max_digits=12, decimal_places=2)
    received_on = models.DateField()
    proof = models.BinaryField(default=bytes)
    # Two rows without a voucher are not alike, which only null says in the database.
    proof_index = models.CharField(max_length=64, null=True)  # noqa: DJ001
    due = models.ForeignKey(Due, models.PROTECT, null=True, related_name="set_off")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("追回到账")
        ordering = ["recovery_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["recovery", "sequence"], name="recovery_payment_once"),
            models.UniqueConstraint(fields=["recovery", "proof_index"], name="recovery_voucher_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["paid", "returned", "set_off"]), name="recovery_payment_kind_known"
            ),
            models.CheckConstraint(condition=models.Q(amount__lt=0), name="recovery_payment_is_negative"),
            models.CheckConstraint(condition=models.Q(left__gte=0), name="recovery_never_overpaid"),
            models.CheckConstraint(
                condition=models.Q(kind="paid", due__isnull=True)
                | ~models.Q(kind="paid") & models.Q(due__isnull=False),
                name="recovery_payment_names_due",
            ),
        ]
