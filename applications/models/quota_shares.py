"""Places of a year split by county 名额分配: what a place gives to those below it; one asks, another reviews."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models.asked_of_finance import DECIDED_BY_ANOTHER, STAMPED, AskedOfFinance
from people.models import Division, Office


class QuotaShare(AskedOfFinance):
    """Places that `division`, which policy sets the quota for, gives to `to_division`; below zero: takes back.

    What was approved is added up. `office` asked; somebody else, of finance, approves it or refuses it with a `note`.
    """

    scheme_code = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, related_name="quota_shares")
    year = models.PositiveSmallIntegerField()
    to_division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    places = models.IntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("名额分配")
        ordering = ["-id"]
        indexes = [models.Index(fields=["scheme_code", "year", "state"], name="quota_share_by_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme_code", "division", "year", "to_division"],
                condition=Q(state="waiting"),
                name="one_quota_share_waits",
            ),
            models.CheckConstraint(condition=~Q(places=0), name="quota_share_is_some"),
            models.CheckConstraint(condition=~Q(division=F("to_division")), name="quota_share_goes_below"),
            models.CheckConstraint(condition=DECIDED_BY_ANOTHER, name="quota_share_decided_by_another"),
            models.CheckConstraint(condition=STAMPED, name="quota_share_is_stamped"),
        ]

    def __str__(self) -> str:
        return _("名额分配 %(number)s") % {"number": self.pk}

    @property
    def stream(self) -> str:
        """The audit stream of this request."""
        return f"quota:{self.pk}"

    @property
    def reference(self) -> str:
        """What events about it carry as their subject."""
        return f"quota-{self.pk}"
