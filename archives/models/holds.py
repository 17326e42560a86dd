"""Holds 暂缓销毁: a file that is kept whatever its time, because somebody said why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archives.models.volumes import Volume


class Hold(models.Model):
    """One hold on a file; it ends once. The reasons are encrypted with the file's key."""

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="holds")
    reason = models.BinaryField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("暂缓销毁")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volume"], condition=models.Q(lifted_at__isnull=True), name="one_hold_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_by__isnull=False, lifted_at__gte=models.F("placed_at")),
                name="hold_lifted_by_somebody",
            ),
        ]
