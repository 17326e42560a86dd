"""Banks that are paid the subsidised interest of the loans they gave 经办银行, and their accounts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from benefits.models.keyed import CHECKED_BY_ANOTHER, STAMPED, KeyedAccount
from people.models import Division, Organisation


class LoanBank(models.Model):
    """A bank that gives subsidised loans in a division: the division of the finance bureau that keeps its account."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="loan_banks")

    class Meta:
        verbose_name = _("经办银行")
        ordering = ["division_id", "id"]
        constraints = [models.UniqueConstraint(fields=["division", "organisation"], name="loan_bank_once")]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def stream(self) -> str:
        """The audit stream of this bank."""
        return f"loan-bank:{self.pk}"

    @property
    def reference(self) -> str:
        """What events about it carry as their subject."""
        return f"loan-bank-{self.pk}"


class LoanBankAccount(KeyedAccount):
    """An account of such a bank, typed by one and checked by another; the last confirmed one is paid to.

    `account` and `opened_at` (the branch where it is kept) are encrypted with the key of the organisation.
    """

    bank = models.ForeignKey(LoanBank, models.PROTECT, related_name="accounts")
    opened_at = models.BinaryField()

    class Meta:
        verbose_name = _("经办银行收款账号")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["bank"], condition=Q(state="waiting"), name="one_bank_account_waits"),
            models.CheckConstraint(condition=CHECKED_BY_ANOTHER, name="bank_account_checked_by_another"),
            models.CheckConstraint(condition=STAMPED, name="bank_account_is_stamped"),
        ]
