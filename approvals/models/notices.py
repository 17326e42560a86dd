"""Public notices 公示 and objections 异议."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from papers.models import Paper
from people.models import Office, User


class PublicNotice(models.Model):
    """One case shown for a number of days with no category that tells disability.

    `masked_name` is a person's name masked, or an organisation's as it is: that is public.
    """

    class Result(models.TextChoices):
        RUNNING = "", _("公示中")
        CLEAR = "clear", _("公示无异议")
        UPHELD = "upheld", _("异议成立")
        CANCELLED = "cancelled", _("已终止")

    application = models.ForeignKey(Application, models.PROTECT, related_name="notices")
    stage = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="notices")
    masked_name = models.CharField(max_length=100)
    place = models.CharField(max_length=80, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True, default=Result.RUNNING)

    class Meta:
        verbose_name = _("公示")
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["ended_at", "ends_at"], name="notice_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(ended_at__isnull=True), name="one_running_notice"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, result="")
                | models.Q(ended_at__isnull=False) & ~models.Q(result=""),
                name="notice_ended_with_result",
            ),
        ]


class Objection(models.Model):
    """异议: what somebody says against a notice. Name, contact and text are encrypted with the case key.

    `lookup` is the blind index of the code by which whoever objected finds the `reply`; "" where none was given out.
    """

    class Result(models.TextChoices):
        OPEN = "", _("待处理")
        UPHELD = "upheld", _("成立")
        DISMISSED = "dismissed", _("不成立")

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    text = models.BinaryField()
    contact = models.BinaryField()
    raised_at = models.DateTimeField()
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    answer = models.BinaryField(default=bytes)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True, default=Result.OPEN)
    lookup = models.CharField(max_length=64, blank=True)
    reply = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="objection")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["lookup"], name="objection_by_code")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reply__isnull=True) | models.Q(handled_at__isnull=False),
                name="objection_reply_after_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(handled_at__isnull=True, handled_by__isnull=True, result="")
                | models.Q(handled_at__isnull=False, handled_by__isnull=False) & ~models.Q(result=""),
                name="objection_handled_with_result",
            ),
        ]
