"""Visits 入户核查: planned by area, made by two officials, reported once, with photos."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Division
from workflows.models import WorkItem


class Visit(models.Model):
    """Two officials go and see. What they found, and the signature, are encrypted with the case key.

    `stage` is the stage of the case in which they go; `area` the division they go to. A planned visit ends once: as
    made (somebody was met), missed (nobody was) or cancelled. `submission_token` comes with the report: the same
    report sent twice is one. `agreed`: whether who was met agrees with what was found; None where nobody was asked.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("已安排")
        MADE = "made", _("已核查")
        MISSED = "missed", _("未遇到人")
        CANCELLED = "cancelled", _("已取消")

    class Met(models.TextChoices):
        UNKNOWN = "", _("未报告")
        SUBJECT = "subject", _("申请人本人")
        FAMILY = "family", _("家属或监护人")
        NOBODY = "nobody", _("没有遇到人")

    class Signature(models.TextChoices):
        NONE = "", _("无")
        DRAWN = "drawn", _("手写签名")
        FINGERPRINT = "fingerprint", _("按手印")
        SHEET = "sheet", _("签名单照片")
        REFUSED = "refused", _("拒绝签名")

    application = models.ForeignKey(Application, models.PROTECT, related_name="visits")
    item = models.ForeignKey(WorkItem, models.PROTECT, null=True, related_name="visits")
    stage = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Division, models.PROTECT, related_name="+")
    planned_on = models.DateField(_("入户日期"))
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    first_official = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits_led")
    second_official = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="visits_joined")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    made_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    met = models.CharField(max_length=10, choices=Met.choices, blank=True, default=Met.UNKNOWN)
    findings = models.BinaryField(default=bytes)
    agreed = models.BooleanField(null=True)
    signature = models.CharField(max_length=12, choices=Signature.choices, blank=True, default=Signature.NONE)
    signature_image = models.CharField(max_length=120, blank=True)
    signature_sha256 = models.CharField(max_length=64, blank=True)
    refusal = models.BinaryField(default=bytes)
    submission_token = models.UUIDField(null=True, unique=True)

    class Meta:
        verbose_name = _("入户核查")
        ordering = ["planned_on", "area_id", "id"]
        indexes = [
            models.Index(fields=["first_official", "planned_on"], name="visit_by_first"),
            models.Index(fields=["second_official", "planned_on"], name="visit_by_second"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(first_official=models.F("second_official")), name="visit_takes_two"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state="planned",
                    made_at__isnull=True,
                    ended_at__isnull=True,
                    ended_by__isnull=True,
                    met="",
                    submission_token__isnull=True,
                )
                | models.Q(
                    state="made",
                    made_at__isnull=False,
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    met__in=["subject", "family"],
                    submission_token__isnull=False,
                )
                | models.Q(
                    state="missed",
                    made_at__isnull=False,
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    met="nobody",
                    submission_token__isnull=False,
                )
                | models.Q(
                    state="cancelled",
                    made_at__isnull=True,
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    met="",
                    submission_token__isnull=True,
                ),
                name="visit_state_has_stamps",
            ),
            models.CheckConstraint(
                condition=models.Q(state="made", agreed__isnull=False) & ~models.Q(signature="")
                | ~models.Q(state="made") & models.Q(agreed__isnull=True, signature=""),
                name="visit_made_is_agreed_and_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(signature__in=["", "refused"], signature_image="", signature_sha256="")
                | models.Q(signature__in=["drawn", "fingerprint", "sheet"])
                & ~models.Q(signature_image="")
                & ~models.Q(signature_sha256=""),
                name="visit_signature_has_image",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(state="planned"), name="one_planned_visit_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_on} {self.application_id}"


class VisitPhoto(models.Model):
    """One photo of a visit, sealed with the case key. `token` is the sender's: the same photo sent twice is one."""

    public_id = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos")
    token = models.UUIDField()
    stored = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    caption = models.BinaryField()
    taken_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("入户照片")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "token"], name="visit_photo_once"),
            models.CheckConstraint(
                condition=models.Q(content_type__in=["image/jpeg", "image/png"]), name="visit_photo_is_picture"
            ),
        ]
