"""Files of policy documents, as they were handed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import DataKey


class OriginalFile(models.Model):
    """The file of a policy document as it was handed in; sealed under a random name like every stored file."""

    stored = models.CharField(max_length=200)
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("原文文件")
