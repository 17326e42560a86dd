"""What a worker makes on request: sealed with a key of its own, kept some days, then destroyed with its key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import DataKey


class MadeFile(models.Model):
    """The columns of everything that is asked for, made by a worker and handed out until it expires.

    `attempts` and `next_attempt_at`: how often a worker began, and when another may, should it be lost.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("正在生成")
        READY = "ready", _("可以下载")
        FAILED = "failed", _("生成失败")
        EXPIRED = "expired", _("已过期")

    data_key = models.OneToOneField(DataKey, models.PROTECT)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    failure = models.CharField(max_length=60, blank=True)
    stored = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
