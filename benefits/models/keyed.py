"""Accounts to pay to: typed by one, checked by another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import User

# For the constraints of those that are kept.
CHECKED_BY_ANOTHER = Q(checked_by__isnull=True) | ~Q(checked_by=F("keyed_by"))
STAMPED = Q(state="waiting", checked_by__isnull=True, checked_at__isnull=True) | Q(
    state__in=["confirmed", "rejected"], checked_by__isnull=False, checked_at__isnull=False
)


class KeyedAccount(models.Model):
    """An account, encrypted, that is paid to once somebody else has compared it with what it was typed from."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待核对")
        CONFIRMED = "confirmed", _("已核对")
        REJECTED = "rejected", _("未通过")

    account = models.BinaryField()
    keyed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    keyed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
