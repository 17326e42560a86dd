"""What the applicant is told about time: a limit extended, a clock stopped and started; and how long cases take."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application
from people.models import Division


class TimeNote(models.Model):
    """期限告知: what changed in the time a case takes, and why, in words for the applicant. Appended, never edited.

    `days` of an extension count as the stage's days do; a pause runs until the end of `until` at the latest. The
    words are encrypted with the case key.
    """

    class Kind(models.TextChoices):
        EXTENDED = "extended", _("延长期限")
        PAUSED = "paused", _("暂停计时")
        RESUMED = "resumed", _("恢复计时")

    application = models.ForeignKey(Application, models.PROTECT, related_name="time_notes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    stage = models.CharField(max_length=40)
    reason = models.CharField(max_length=12, blank=True)
    days = models.PositiveSmallIntegerField(null=True)
    until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    words = models.BinaryField(default=bytes)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("期限告知")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="extended", days__isnull=False, until__isnull=True, reason="")
                | models.Q(kind="paused", days__isnull=True, until__isnull=False) & ~models.Q(reason="")
                | models.Q(kind="resumed", days__isnull=True, until__isnull=True, reason=""),
                name="time_note_fits_its_kind",
            )
        ]


class Duration(models.Model):
    """How long cases of a scheme took in a county or prefecture, in working days from filing to decision.

    `half` is the median, `nine_tenths` the 90th percentile, of `cases` decided in the twelve months before
    `counted_on`. The days an applicant took to correct are not counted.
    """

    scheme_code = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    cases = models.PositiveIntegerField()
    half = models.PositiveIntegerField()
    nine_tenths = models.PositiveIntegerField()
    counted_on = models.DateField()

    class Meta:
        verbose_name = _("实际办理时间")
        constraints = [
            models.UniqueConstraint(fields=["scheme_code", "division"], name="duration_once_a_place"),
            models.CheckConstraint(condition=models.Q(cases__gte=1), name="duration_of_cases"),
            models.CheckConstraint(
                condition=models.Q(half__lte=models.F("nine_tenths")), name="duration_half_within_most"
            ),
        ]
