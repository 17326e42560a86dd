"""What takes back something of what is owed or was paid: appended beside the dues, which are never edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from benefits.models.dues import Due


class DueStop(models.Model):
    """A due that is not paid any more; its reservation was released. `application` is the case that decided so."""

    due = models.OneToOneField(Due, models.PROTECT, related_name="stop")
    application = models.ForeignKey(Application, models.PROTECT, related_name="dues_stopped")
    stopped_at = models.DateTimeField()

    class Meta:
        verbose_name = _("停发")
        ordering = ["id"]


class Recovery(models.Model):
    """追回: money that was paid under `application` and is owed back, in yuan, as `decided_in` decided.

    What comes back are its payments; the claim itself is never edited.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="recoveries")
    decided_in = models.OneToOneField(Application, models.PROTECT, related_name="recovery")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("追回")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="recovery_is_positive")]
