"""What is asked of finance, money or places: somebody asks, somebody else agrees, or does not and says why."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from people.models import User

# For the constraints of those that are asked.
DECIDED_BY_ANOTHER = Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by"))
STAMPED = (
    Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
    | Q(state="approved", decided_by__isnull=False, decided_at__isnull=False)
    | Q(state="refused", decided_by__isnull=False, decided_at__isnull=False) & ~Q(note="")
)


class AskedOfFinance(models.Model):
    """A request with its reason and its state; `note` says why it was refused."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待财政审核")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    reason = models.TextField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = FSMField(default=State.WAITING, choices=State.choices, protected=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True

    @transition(field=state, source=State.WAITING, target=State.APPROVED)
    def approve(self, user: User, at: datetime) -> None:
        """Finance agreed."""
        self.decided_by, self.decided_at = user, at

    @transition(field=state, source=State.WAITING, target=State.REFUSED)
    def refuse(self, user: User, note: str, at: datetime) -> None:
        """Finance did not agree, and says why."""
        self.decided_by, self.note, self.decided_at = user, note, at
