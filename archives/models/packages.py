"""Packages: a file, or all files of a hand-over list, sealed so that they verify outside the system."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archives.models.handovers import Handover
from archives.models.made import MadeFile
from archives.models.volumes import Volume


class Package(MadeFile):
    """One package. `manifest_sha256` is also in the audit trail: by it a package is known outside."""

    volume = models.ForeignKey(Volume, models.PROTECT, null=True, related_name="packages")
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, related_name="packages")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    manifest_sha256 = models.CharField(max_length=64, blank=True)

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
