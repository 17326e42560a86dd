"""Corrected accounts 收款账号更正: typed by the applicant, checked by somebody else, then used for what came back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import User


class AccountCorrection(models.Model):
    """A new account for a case whose money came back. `account`, `bank` and `reason` are encrypted with its key."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待核对")
        CONFIRMED = "confirmed", _("已核对")
        REJECTED = "rejected", _("未通过")

    application = models.ForeignKey(Application, models.PROTECT, related_name="account_corrections")
    account = models.BinaryField()
    bank = models.BinaryField()
    keyed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    keyed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    reason = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("收款账号更正")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="waiting"), name="one_account_correction_waits"
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("keyed_by")),
                name="account_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", checked_by__isnull=True, checked_at__isnull=True)
                | Q(state__in=["confirmed", "rejected"], checked_by__isnull=False, checked_at__isnull=False),
                name="account_correction_is_stamped",
            ),
        ]
