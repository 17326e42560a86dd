"""The files of a batch besides CONTRACT's two: what its bank's program reads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payouts.models.batches import Batch


class BatchFile(models.Model):
    """A file written when the batch was sealed, encrypted with the batch's key; appended, never changed.

    `part` counts from 1 among the files of a kind. `sha256` is that of the clear bytes; `lines` and `total`, in yuan,
    are the control totals of this part alone.
    """

    class Kind(models.TextChoices):
        BANK = "bank", _("银行格式文件")
        PAIN = "pain", "pain.001"

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    part = models.PositiveIntegerField()
    extension = models.CharField(max_length=4)
    stored = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("批次文件")
        ordering = ["batch_id", "kind", "part"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "kind", "part"], name="batch_file_once"),
            models.CheckConstraint(condition=Q(kind__in=["bank", "pain"]), name="batch_file_kind_known"),
            models.CheckConstraint(
                condition=Q(part__gt=0, lines__gt=0, total__gt=0) & ~Q(stored="") & ~Q(sha256=""),
                name="batch_file_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.part}"
