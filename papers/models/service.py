"""Service of papers 送达: how and when a paper reached the person it is for, and what proves it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models.papers import Paper
from people.models import User


class PaperService(models.Model):
    """送达: one record of service. Appended, never edited: a wrong one is replaced by another that says why.

    `served_on` is the day in Beijing from which time limits run. For a public notice 公告 it is the day the notice
    began plus its days. `details` (who received it, witnesses, where, why a record replaces another) and the proof are
    encrypted with the key of the paper. Electronic service has no proof of its own: who signed in and consented is on
    record.
    """

    class Way(models.TextChoices):
        ELECTRONIC = "electronic", _("电子送达")
        HAND = "hand", _("直接送达")
        POST = "post", _("邮寄送达")
        LEFT = "left", _("留置送达")
        SUBSTITUTE = "substitute", _("他人代收")
        NOTICE = "notice", _("公告送达")

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="services")
    way = models.CharField(max_length=10, choices=Way.choices)
    served_on = models.DateField()
    tracking = models.CharField(max_length=40, blank=True)
    witnesses = models.PositiveSmallIntegerField(default=0)
    notice_from = models.DateField(null=True)
    notice_days = models.PositiveSmallIntegerField(null=True)
    consented = models.BooleanField(default=False)
    details = models.BinaryField(default=bytes)
    proof = models.CharField(max_length=120, blank=True)
    proof_type = models.CharField(max_length=40, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="services_recorded")
    recorded_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("送达")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper"], condition=models.Q(replaces__isnull=True), name="one_first_service_a_paper"
            ),
            models.CheckConstraint(
                condition=models.Q(way__in=["electronic", "hand", "post", "left", "substitute", "notice"]),
                name="service_way_known",
            ),
            models.CheckConstraint(
                condition=models.Q(way="electronic", consented=True, proof="", proof_type="", proof_sha256="")
                | models.Q(consented=False)
                & ~models.Q(way="electronic")
                & ~models.Q(proof="")
                & ~models.Q(proof_type="")
                & ~models.Q(proof_sha256=""),
                name="service_has_consent_or_proof",
            ),
            models.CheckConstraint(
                condition=models.Q(way="post") & ~models.Q(tracking="") | ~models.Q(way="post") & models.Q(tracking=""),
                name="service_by_post_is_tracked",
            ),
            models.CheckConstraint(
                condition=models.Q(way="left", witnesses__gte=2) | ~models.Q(way="left") & models.Q(witnesses=0),
                name="service_left_has_two_witnesses",
            ),
            models.CheckConstraint(
                condition=models.Q(way="notice", notice_from__isnull=False, notice_days__isnull=False)
                & models.Q(notice_days__gt=0, served_on__gt=models.F("notice_from"))
                | ~models.Q(way="notice") & models.Q(notice_from__isnull=True, notice_days__isnull=True),
                name="service_by_notice_has_days",
            ),
        ]
