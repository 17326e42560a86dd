"""Where two decide: what the first one signed, waiting for the second."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import User
from workflows.models import WorkItem


class FirstSignature(models.Model):
    """初签: a decision one approver has proposed. It takes effect only when another approver agrees to exactly this.

    `said` is all the first one entered, frozen and encrypted with the case key. `item` is the seat it was said in.
    """

    class Result(models.TextChoices):
        WAITING = "", _("待复签")
        AGREED = "agreed", _("已复签")
        DISAGREED = "disagreed", _("复签不同意")

    application = models.ForeignKey(Application, models.PROTECT, related_name="first_signatures")
    item = models.OneToOneField(WorkItem, models.PROTECT, related_name="first_signature")
    official = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    said = models.BinaryField()
    said_at = models.DateTimeField()
    second = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True, default=Result.WAITING)

    class Meta:
        verbose_name = _("初签")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", settled_at__isnull=True, second__isnull=True)
                | Q(result__in=["agreed", "disagreed"], settled_at__isnull=False, second__isnull=False),
                name="first_signature_settled_by_second",
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("official")), name="second_signer_is_another"
            ),
        ]
