"""Slips in papers 笔误: proposed by one official, signed by another, issued as a paper of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from papers.models import Paper
from people.models import User


class PaperCorrection(models.Model):
    """更正: one slip of an issued paper. What is wrong, what it should read and why are encrypted with the case key.

    The paper itself is never changed: a signed correction is a paper (`corrigendum`) that refers to it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("等待签发")
        ISSUED = "issued", _("已更正")
        DROPPED = "dropped", _("不予更正")

    application = models.ForeignKey(Application, models.PROTECT, related_name="paper_corrections")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="slips")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    wrong = models.BinaryField()
    right = models.BinaryField()
    reason = models.BinaryField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    corrigendum = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="correction")

    class Meta:
        verbose_name = _("文书更正")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper"], condition=models.Q(state="proposed"), name="one_open_correction_a_paper"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="proposed", closed_by__isnull=True, closed_at__isnull=True, corrigendum__isnull=True
                )
                | models.Q(state="issued", closed_by__isnull=False, closed_at__isnull=False, corrigendum__isnull=False)
                | models.Q(state="dropped", closed_by__isnull=False, closed_at__isnull=False, corrigendum__isnull=True),
                name="correction_state_has_stamps",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="issued") | ~models.Q(closed_by=models.F("proposed_by")),
                name="correction_is_signed_by_another",
            ),
        ]
