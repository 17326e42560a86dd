"""Site checks of milestones 现场核查: the visit by two officials, and the ruling of a third."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.models.visits import Visit
from benefits.models import Milestone
from people.models import User


class MilestoneVisit(models.Model):
    """A visit that looks whether a milestone is reached."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="visits")
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="of_milestone")

    class Meta:
        verbose_name = _("节点核查")
        ordering = ["id"]


class MilestoneRuling(models.Model):
    """Whether a milestone is reached, by somebody who did not go there; in words (encrypted)."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="rulings")
    visit = models.OneToOneField(Visit, models.PROTECT, related_name="ruling")
    first_official = models.ForeignKey(User, models.PROTECT, related_name="+")
    second_official = models.ForeignKey(User, models.PROTECT, related_name="+")
    met = models.BooleanField()
    words = models.BinaryField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("节点确认")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("first_official"))
                & ~models.Q(decided_by=models.F("second_official")),
                name="milestone_ruled_by_a_third",
            )
        ]
