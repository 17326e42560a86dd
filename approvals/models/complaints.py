"""Complaints 投诉 and review requests 申诉 of the applicant, handled by an official who has not acted in the case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Office, User


class Complaint(models.Model):
    """One complaint about one case, answered by `office`; text, contact and answer are encrypted with the case key."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("对办理过程或服务有意见")
        DECISION = "decision", _("不同意办理结果")

    class Result(models.TextChoices):
        OPEN = "", _("待处理")
        UPHELD = "upheld", _("成立")
        DISMISSED = "dismissed", _("不成立")

    application = models.ForeignKey(Application, models.PROTECT, related_name="complaints")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="complaints")
    round = models.PositiveSmallIntegerField()
    text = models.BinaryField()
    contact = models.BinaryField(default=bytes)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    answer = models.BinaryField(default=bytes)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True, default=Result.OPEN)

    class Meta:
        verbose_name = _("投诉和申诉")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["office", "due_at"], condition=models.Q(result=""), name="complaint_open_by_office")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"], condition=models.Q(result=""), name="one_open_complaint_a_kind"
            ),
            models.CheckConstraint(condition=models.Q(due_at__gt=models.F("made_at")), name="complaint_due_later"),
            models.CheckConstraint(
                condition=models.Q(result="", handled_by__isnull=True, handled_at__isnull=True)
                | models.Q(
                    result__in=["upheld", "dismissed"],
                    handled_by__isnull=False,
                    handled_at__isnull=False,
                    handled_at__gte=models.F("made_at"),
                ),
                name="complaint_handled_with_result",
            ),
            models.CheckConstraint(
                condition=models.Q(handled_by__isnull=True) | ~models.Q(handled_by=models.F("by")),
                name="complaint_handled_by_another",
            ),
        ]
