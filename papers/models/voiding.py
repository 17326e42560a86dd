"""Papers that were declared void 作废: the number stays on record and is never given again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models.papers import Paper
from people.models import User


class PaperVoid(models.Model):
    """作废: who declared a paper void, when and why. Appended, never edited; the reason is encrypted."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="voiding")
    by = models.ForeignKey(User, models.PROTECT, related_name="papers_voided")
    at = models.DateTimeField()
    reason = models.BinaryField()

    class Meta:
        verbose_name = _("作废")
        ordering = ["id"]
