"""Packages: a file, or all files of a hand-over list, sealed so that they verify outside the system."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archives.models.handovers import Handover
from archives.models.volumes import Volume
from people.models import DataKey


class Package(models.Model):
    """One package, made by a worker and kept encrypted with a key of its own until it expires.

    `manifest_sha256` is also in the audit trail: by it a package is known outside. Expired, the key is destroyed.
    `attempts` and `next_attempt_at`: how often a worker began, and when another may, should it be lost.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("正在生成")
        READY = "ready", _("可以下载")
        FAILED = "failed", _("生成失败")
        EXPIRED = "expired", _("已过期")

    volume = models.ForeignKey(Volume, models.PROTECT, null=True, related_name="packages")
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, related_name="packages")
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    failure = models.CharField(max_length=60, blank=True)
    stored = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("导出包")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=models.Q(state="queued"), name="package_to_make"),
            models.Index(fields=["expires_at"], condition=models.Q(state="ready"), name="package_to_expire"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(volume__isnull=False, handover__isnull=True)
                | models.Q(volume__isnull=True, handover__isnull=False),
                name="package_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "failed"], stored="", ready_at__isnull=True)
                | models.Q(state="ready", ready_at__isnull=False, expires_at__isnull=False)
                & ~models.Q(stored="")
                & ~models.Q(manifest_sha256="")
                | models.Q(state="expired", stored="", ready_at__isnull=False),
                name="package_ready_has_file",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(failure=""), name="package_failed_says_why"
            ),
            *(
                models.UniqueConstraint(
                    fields=[what], condition=models.Q(state="queued"), name=f"one_package_of_a_{what}_at_a_time"
                )
                for what in ("volume", "handover")
            ),
        ]

    @property
    def stream(self) -> str:
        """The audit stream of what it holds."""
        return self.volume.stream if self.volume else self.handover.stream

    @property
    def subject(self) -> str:
        """As events name what it holds."""
        return self.stream.replace(":", "-")
