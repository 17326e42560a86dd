"""Copies 抄送: a case shown to an official who does not act on it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application


class CaseCopy(models.Model):
    """One official shows a case to another: the other may read it from then on, and acts on nothing by it.

    The words are encrypted with the case key; `read_at` is when the other said that they have read it.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="copies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="copies_sent")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="copies_received")
    text = models.BinaryField(default=bytes)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("抄送")
        ordering = ["id"]
        indexes = [models.Index(fields=["to", "application"], name="copy_by_reader")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True) | models.Q(read_at__gte=models.F("at")),
                name="copy_read_after_sent",
            ),
            models.CheckConstraint(condition=~models.Q(by=models.F("to")), name="copy_goes_to_another"),
        ]
