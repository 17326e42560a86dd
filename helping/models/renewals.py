"""恢复帮办: somebody who told an official to stop agrees again, on paper; a colleague of the official confirms it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from helping.models.standing import Mandate
from people.models import Office, Person


class Renewal(models.Model):
    """A signed consent that an official whom the person once told to stop has brought in; not in force by itself.

    Another official of the office compares it with the signed paper: confirmed, it becomes a mandate; otherwise `why`
    says what is wrong with it. `details` (the paper's number) and the scan are sealed with the person's key.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待同事核对")
        CONFIRMED = "confirmed", _("已核对，帮办已恢复")
        REFUSED = "refused", _("核对没有通过")

    class Why(models.TextChoices):
        UNREADABLE = "unreadable", _("扫描件看不清楚")
        NOT_SIGNED = "not_signed", _("没有本人的签字或者手印")
        SOMEBODY_ELSE = "somebody_else", _("不是这个人的同意书")
        NOT_WANTED = "not_wanted", _("向本人核实，本人没有同意")
        NOT_NEEDED = "not_needed", _("不用再核对：本人后来自己同意了，或者又要求停止")

    public_id = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="renewals")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="renewals")
    office = models.ForeignKey(Office, models.PROTECT, related_name="renewals")
    kind = models.CharField(max_length=12, choices=Mandate.Kind.choices)
    details = models.BinaryField()
    stored = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=14, choices=Why.choices, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    mandate = models.OneToOneField(Mandate, models.PROTECT, null=True, related_name="renewal")

    class Meta:
        ordering = ["id"]
        verbose_name = _("恢复帮办")
        indexes = [models.Index(fields=["office", "state"], name="renewal_by_office")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "helper", "office"], condition=Q(state="waiting"), name="renewal_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", why="", decided_by__isnull=True, decided_at__isnull=True)
                & Q(mandate__isnull=True)
                | Q(state="confirmed", why="", decided_by__isnull=False, decided_at__isnull=False)
                & Q(mandate__isnull=False)
                | Q(state="refused", decided_by__isnull=False, decided_at__isnull=False, mandate__isnull=True)
                & Q(why__in=["unreadable", "not_signed", "somebody_else", "not_wanted", "not_needed"]),
                name="renewal_is_decided_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("helper")), name="renewal_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["village", "school", "counter"]), name="renewal_is_of_offices"
            ),
            models.CheckConstraint(
                condition=~Q(stored="") & ~Q(sha256="") & Q(size__gt=0) & ~Q(content_type=""),
                name="renewal_has_its_scan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"
