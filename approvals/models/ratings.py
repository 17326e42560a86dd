"""Ratings 好差评 of how a case was handled: one a stage and round, and the answer to a bad one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Office, User


class Rating(models.Model):
    """What the applicant thinks of how `office` handled a case; words and answer are encrypted with the case key.

    Five levels, the last two of which are bad (国办发〔2019〕51号); a bad one is answered by `due_at`. Who handled the
    case does not see it before it was answered.
    """

    class Stage(models.TextChoices):
        DECISION = "decision", _("作出决定以后")
        CLOSING = "closing", _("办结以后")

    class Level(models.IntegerChoices):
        VERY_GOOD = 5, _("非常满意")
        GOOD = 4, _("满意")
        FAIR = 3, _("基本满意")
        BAD = 2, _("不满意")
        VERY_BAD = 1, _("非常不满意")

    application = models.ForeignKey(Application, models.PROTECT, related_name="ratings")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="ratings")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    reasons = models.JSONField(default=list)
    text = models.BinaryField(default=bytes)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = _("评价")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["office", "due_at"],
                condition=models.Q(due_at__isnull=False, answered_at__isnull=True),
                name="rating_waits_for_answer",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["application", "stage", "round"], name="rating_once_a_stage"),
            models.CheckConstraint(condition=models.Q(stage__in=["decision", "closing"]), name="rating_stage_known"),
            models.CheckConstraint(
                condition=models.Q(level__in=[1, 2], due_at__isnull=False, due_at__gt=models.F("made_at"))
                | models.Q(level__in=[3, 4, 5], due_at__isnull=True),
                name="rating_bad_is_answered",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True, answered_at__isnull=True)
                | models.Q(
                    due_at__isnull=False,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    answered_at__gte=models.F("made_at"),
                ),
                name="rating_answer_has_hand",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("by")),
                name="rating_answered_by_another",
            ),
        ]
