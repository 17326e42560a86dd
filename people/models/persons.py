"""Persons 自然人 and households 家庭: whom a case is about."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataKey(models.Model):
    """The key of one case or one person, wrapped by the master key. Destroying it erases the data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.BinaryField()
    master_version = models.PositiveSmallIntegerField()
    destroyed_at = models.DateTimeField(null=True, blank=True)


class Person(models.Model):
    """A human being. Numbers are encrypted with the person's key; only their keyed hashes can be searched."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("姓名"), max_length=100, db_index=True)
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="person")
    id_number = models.BinaryField()
    id_index = models.CharField(max_length=64, unique=True)
    certificate = models.BinaryField(default=bytes)
    certificate_index = models.CharField(max_length=64, blank=True, db_index=True)
    phone = models.BinaryField(default=bytes)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    account = models.BinaryField(default=bytes)
    account_index = models.CharField(max_length=64, blank=True, db_index=True)
    bank = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("自然人")

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """Persons who live on one budget; members come and go with dates."""

    division = models.ForeignKey("people.Division", models.PROTECT)
    head = models.OneToOneField(Person, models.PROTECT, related_name="headed_household")

    class Meta:
        verbose_name = _("家庭")


class HouseholdMember(models.Model):
    """One person's time in a household."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    relation = models.CharField(_("与户主关系"), max_length=20)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ends__isnull=True), name="one_household_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="member_ends_after_start",
            ),
        ]
