"""Hand-over lists 移交清单: the files of a year that go to the archive."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models import Paper
from people.models import DataKey, Office


class Handover(models.Model):
    """One numbered list, frozen as it is made. `receiver` is the archive that takes the files over."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="handovers")
    year = models.PositiveSmallIntegerField()
    receiver = models.CharField(_("接收单位"), max_length=80)
    count = models.PositiveIntegerField()
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="handover")
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("档案移交清单")
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "-id"], name="handover_by_office")]
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gte=1), name="handover_has_files"),
        ]

    def __str__(self) -> str:
        return self.paper.number

    @property
    def stream(self) -> str:
        """The audit stream of this list."""
        return f"handover:{self.pk}"
