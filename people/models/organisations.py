"""Organisations 单位: applicants with a unified social credit code, and the officials connected to them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.divisions import Division
from people.models.persons import DataKey


class Organisation(models.Model):
    """A legal person or other organisation. Its code and name are public; its account is encrypted with its key."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    name = models.CharField(_("单位名称"), max_length=100, db_index=True)
    legal_representative = models.CharField(_("法定代表人"), max_length=100, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="organisations")
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="organisation")
    account = models.BinaryField(default=bytes)
    account_index = models.CharField(max_length=64, blank=True, db_index=True)
    bank = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("单位")

    def __str__(self) -> str:
        return self.name


class Affiliation(models.Model):
    """An organisation an official is connected to 利害关系备案: part owner, office holder, close relative of one.

    The official takes no part in that organisation's cases.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="affiliated_officials")
    relation = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="affiliation_once")]
