"""等待名单: cases that could not be granted because the money did not reach, in the order they were accepted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import User


class WaitingPlace(models.Model):
    """A case that waits for money: when it was accepted, and what it would be granted in yuan. Appended.

    It is on the list as long as its case is undecided; nothing has to take it off.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="waiting_place")
    scheme_code = models.CharField(max_length=60)
    accepted_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    listed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    listed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("等待名单")
        ordering = ["accepted_at", "application_id"]
        indexes = [models.Index(fields=["scheme_code", "accepted_at"], name="waiting_in_order")]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="waiting_amount_is_positive"),
            models.CheckConstraint(
                condition=models.Q(listed_at__gte=models.F("accepted_at")), name="waiting_after_acceptance"
            ),
        ]
