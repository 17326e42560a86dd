"""Corrected accounts 收款账号更正: typed by the applicant, checked by somebody else, then used for what came back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from benefits.models.keyed import CHECKED_BY_ANOTHER, STAMPED, KeyedAccount


class AccountCorrection(KeyedAccount):
    """A new account for a case whose money came back. `account`, `bank` and `reason` are encrypted with its key."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="account_corrections")
    bank = models.BinaryField()
    reason = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("收款账号更正")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="waiting"), name="one_account_correction_waits"
            ),
            models.CheckConstraint(condition=CHECKED_BY_ANOTHER, name="account_checked_by_another"),
            models.CheckConstraint(condition=STAMPED, name="account_correction_is_stamped"),
        ]
