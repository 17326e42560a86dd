"""Payment advices 拨付告知书: whom of what was sent to the bank was told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.models import Paper
from payouts.models.payouts import Payout


class PaymentAdvice(models.Model):
    """That the applicant was told of one payout, once. `failure` says why no paper could be made of it."""

    payout = models.OneToOneField(Payout, models.PROTECT, related_name="advice")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="payment_advice")
    failure = models.CharField(max_length=40, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("拨付告知")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False, failure="") | Q(paper__isnull=True) & ~Q(failure=""),
                name="advice_has_paper_or_says_why",
            )
        ]
