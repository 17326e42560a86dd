"""Seals 印章 of offices, the register of their use 用印登记, and scans of papers sealed by hand."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from papers.models.papers import Paper
from people.models import Office


class Seal(models.Model):
    """A seal of an office: an electronic one with its certificate, or one of rubber and ink.

    Electronic: `certificate` holds it and its issuers (PEM), `serial` its serial number in hexadecimal; `key_file` is
    the PKCS#12 file among settings.SEAL_KEYS, for the provider that reads one. Valid from its first to its last day.
    """

    class Kind(models.TextChoices):
        E_SEAL = "e_seal", _("电子印章")
        WET = "wet", _("实物印章")

    class Provider(models.TextChoices):
        DEMO = "demo", _("演示证书（样章）")
        LOCAL = "local", _("本地证书")
        NONE = "none", _("不用证书")

    office = models.ForeignKey(Office, models.PROTECT, related_name="seals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=100)
    provider = models.CharField(max_length=10, choices=Provider.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    serial = models.CharField(max_length=64, blank=True)
    certificate = models.TextField(blank=True)
    key_file = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("印章")
        ordering = ["office_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="e_seal", provider__in=["demo", "local"], valid_to__isnull=False)
                & ~Q(serial="")
                & ~Q(certificate="")
                | Q(kind="wet", provider="none", serial="", certificate="", key_file=""),
                name="seal_electronic_has_certificate",
            ),
            models.CheckConstraint(
                condition=Q(provider="local") & ~Q(key_file="") | ~Q(provider="local") & Q(key_file=""),
                name="seal_local_names_key_file",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="seal_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
                name="seal_withdrawn_by_somebody",
            ),
            models.UniqueConstraint(fields=["serial"], condition=~Q(serial=""), name="seal_certificate_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """A paper that was printed, sealed by hand and scanned; sealed with the paper's key. Never changed, never removed.

    A paper scanned again has several; the last counts. `pages` is how many sheets the scan shows.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="scans")
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("盖章扫描件")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(pages__gte=1, size__gte=1), name="scan_shows_something"),
            models.UniqueConstraint(fields=["paper", "sha256"], name="scan_filed_once"),
        ]


class SealUse(models.Model):
    """One entry of the register 用印登记: which seal, on which paper, when, by whom, what for. Never changed.

    `by` is empty where the worker seals a paper whose decision an official made (the case is the paper's `case_ref`).
    """

    class Purpose(models.TextChoices):
        ISSUE = "issue", _("签发文书，系统加盖电子印章")
        WET = "wet", _("纸质文书，人工盖章后扫描归档")

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="uses")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="seal_uses")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    scan = models.OneToOneField(Scan, models.PROTECT, null=True, related_name="use")

    class Meta:
        verbose_name = _("用印登记")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="issue", by="", scan__isnull=True)
                | Q(purpose="wet", scan__isnull=False) & ~Q(by=""),
                name="seal_use_by_worker_or_hand",
            ),
            models.UniqueConstraint(
                fields=["paper"], condition=Q(purpose="issue"), name="seal_use_one_signature_a_paper"
            ),
        ]
