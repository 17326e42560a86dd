"""Places of a year split by county 名额分配: what a place gives to those below it; one asks, another reviews."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from people.models import Division, Office, User


class QuotaShare(models.Model):
    """Places that `division`, which policy sets the quota for, gives to `to_division`; below zero: takes back.

    What was approved is added up. `office` asked; somebody else, of finance, approves it or refuses it with a `note`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待财政审核")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    scheme_code = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, related_name="quota_shares")
    year = models.PositiveSmallIntegerField()
    to_division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    places = models.IntegerField()
    reason = models.TextField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = FSMField(default=State.WAITING, choices=State.choices, protected=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

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
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="quota_share_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state="approved", decided_by__isnull=False, decided_at__isnull=False)
                | Q(state="refused", decided_by__isnull=False, decided_at__isnull=False) & ~Q(note=""),
                name="quota_share_is_stamped",
            ),
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

    @transition(field=state, source=State.WAITING, target=State.APPROVED)
    def approve(self, user: User, at: datetime) -> None:
        """Finance agreed."""
        self.decided_by, self.decided_at = user, at

    @transition(field=state, source=State.WAITING, target=State.REFUSED)
    def refuse(self, user: User, note: str, at: datetime) -> None:
        """Finance did not agree, and says why."""
        self.decided_by, self.note, self.decided_at = user, note, at
