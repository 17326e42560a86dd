"""A village clerk's roster 帮办名册: whom they help in one village, one row a villager; and what comes of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Office, Person


class VillageRoster(models.Model):
    """The villagers one clerk helps in one village (community) of their office's area."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="village_rosters")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="village_rosters")
    village = models.CharField(_("村（社区）"), max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("帮办名册")
        ordering = ["village", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "keeper", "village"], name="village_roster_once"),
            models.CheckConstraint(condition=~Q(village=""), name="village_roster_names_it"),
        ]

    def __str__(self) -> str:
        return self.village


class Villager(models.Model):
    """One person on a roster. The telephone is sealed with the person's key. Who leaves stays on record as removed."""

    public_id = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    roster = models.ForeignKey(VillageRoster, models.PROTECT, related_name="villagers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="on_rosters")
    phone = models.BinaryField(default=bytes)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("名册上的村（居）民")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "person"], condition=Q(removed_at__isnull=True), name="villager_once_a_roster"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__gte=F("added_at"), removed_by__isnull=False),
                name="villager_removed_by_somebody",
            ),
        ]


class PaperForm(models.Model):
    """A form that was printed for a draft 纸质申请表. Its code stands on it as a QR code and finds the draft again."""

    code = models.CharField(max_length=12, unique=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="paper_forms")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("纸质申请表")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="paper_form_has_a_code"),
        ]


class OralReading(models.Model):
    """What somebody said 口头申请 was read back to them before a witness.

    `answers_sha256` is the hash of what was read: answers changed later have to be read again. Who was witness, and
    how and where it was done, is sealed with the case key. The last one counts.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="oral_readings")
    answers_sha256 = models.CharField(max_length=64)
    said = models.BinaryField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("口头申请笔录")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(answers_sha256=""), name="oral_reading_names_what_was_read")]
