"""Counter service 窗口代办: an applicant who is present, the clerk who fills in, what was agreed and read back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.models.application import new_public_id
from helping.models.standing import Mandate
from people.models import DataKey, Office


class CounterVisit(models.Model):
    """One applicant at one counter. `said` (name and ID number, as on the card) is kept until the draft holds it.

    A draft is begun only under a mandate, and read back before it is filed.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="counter_visits")
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="counter_visits")
    id_index = models.CharField(max_length=64, db_index=True)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    said = models.BinaryField()
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="counter_visits")
    application = models.OneToOneField(Application, models.PROTECT, null=True, related_name="counter_visit")
    started_at = models.DateTimeField()
    read_back_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("窗口代办")
        ordering = ["-id"]
        indexes = [models.Index(fields=["clerk", "-id"], name="visit_by_clerk")]
        constraints = [
            models.UniqueConstraint(
                fields=["clerk", "id_index"], condition=Q(closed_at__isnull=True), name="visit_open_once"
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=True) | Q(mandate__isnull=False), name="visit_draft_under_a_mandate"
            ),
            models.CheckConstraint(
                condition=Q(read_back_at__isnull=True) | Q(application__isnull=False), name="visit_reads_back_a_draft"
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=True, closed_at__isnull=True) & ~Q(said=b"")
                | (Q(application__isnull=False) | Q(closed_at__isnull=False)) & Q(said=b""),
                name="visit_keeps_what_was_said_until_drafted",
            ),
        ]
