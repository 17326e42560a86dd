"""By what right somebody helps somebody else 帮办代办: the mandate with its consent, its end, the cases under it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Office, Person


class Mandate(models.Model):
    """Somebody may act for a person, with that person's consent. A fact: never edited, ended by a row of its own.

    The helper is an account (`helper`), an account as long as it holds a post at an office (`helper` and `office`), or
    whoever works at an office (`office` alone). `text_version` is the wording of the consent that was shown or read
    out. `details` (the document's number, the witness, how it came about) and the scan are sealed with the person's
    key. `ends` is the last day; None until it is ended.
    """

    class Kind(models.TextChoices):
        GUARDIAN = "guardian", _("监护人")
        FAMILY = "family", _("家属")
        ENTRUSTED = "entrusted", _("其他受委托的人")
        VILLAGE = "village", _("村（社区）工作人员")
        SCHOOL = "school", _("学校")
        COUNTER = "counter", _("服务窗口")

    class Way(models.TextChoices):
        OWN_ACCOUNT = "own_account", _("本人在自己的账号里同意")
        SIGNED = "signed", _("本人在纸上签字或者按手印")
        ORAL = "oral", _("本人口头同意，有见证人")
        BY_LAW = "by_law", _("监护人依法代理")

    public_id = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="mandates")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="mandates")
    kind = models.CharField(_("和本人的关系"), max_length=12, choices=Kind.choices)
    may_apply = models.BooleanField(_("填写和提交申请"))
    may_follow = models.BooleanField(_("查看进度和结果"))
    may_correct = models.BooleanField(_("补正材料"))
    may_receive = models.BooleanField(_("代收文书"))
    way = models.CharField(_("同意的方式"), max_length=12, choices=Way.choices)
    text_version = models.CharField(max_length=20)
    details = models.BinaryField(default=bytes)
    has_document = models.BooleanField(default=False)
    has_witness = models.BooleanField(default=False)
    stored = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=60, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        verbose_name = _("帮办授权")
        indexes = [
            models.Index(fields=["helper", "person"], name="mandate_by_helper"),
            models.Index(fields=["office", "person"], name="mandate_by_office"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(helper__isnull=False) | Q(office__isnull=False), name="mandate_names_a_helper"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["guardian", "family", "entrusted"], office__isnull=True)
                | Q(kind__in=["village", "school", "counter"], office__isnull=False),
                name="mandate_of_offices_names_one",
            ),
            models.CheckConstraint(
                condition=Q(may_apply=True) | Q(may_follow=True) | Q(may_correct=True) | Q(may_receive=True),
                name="mandate_allows_something",
            ),
            models.CheckConstraint(
                condition=Q(way="own_account")
                | Q(way="oral", has_witness=True)
                | Q(way="signed") & (Q(has_document=True) | ~Q(stored=""))
                | Q(way="by_law", kind="guardian") & (Q(has_document=True) | ~Q(stored="")),
                name="mandate_consent_is_proved",
            ),
            models.CheckConstraint(
                condition=Q(stored="", sha256="", size=0, content_type="")
                | ~Q(stored="") & ~Q(sha256="") & Q(size__gt=0) & ~Q(content_type=""),
                name="mandate_scan_is_whole",
            ),
            models.CheckConstraint(condition=~Q(text_version=""), name="mandate_names_its_text"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")), name="mandate_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class MandateEnd(models.Model):
    """A mandate was ended before its last day: from `at` on nothing may be done under it. Never undone."""

    class By(models.TextChoices):
        PERSON = "person", _("本人")
        HELPER = "helper", _("帮办人自己")
        OFFICE = "office", _("工作人员按本人的要求")
        HOTLINE = "hotline", _("热线按本人的要求")

    mandate = models.OneToOneField(Mandate, models.PROTECT, related_name="end")
    by = models.CharField(max_length=10, choices=By.choices)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("终止帮办")
        constraints = [
            models.CheckConstraint(
                condition=Q(by__in=["person", "helper", "office", "hotline"]), name="mandate_end_says_by_whom"
            )
        ]


class HelpedCase(models.Model):
    """A case that somebody filed, or began, for a person, and the mandate it was done under."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="helped")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="cases")
    linked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("帮办的申请")
