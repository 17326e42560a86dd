"""Who acts for an organisation 经办人: the authorisation letter 授权委托书, what the office said of it, and its end."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Organisation


class OrganisationLetter(models.Model):
    """A sealed paper by which an organisation lets an account act for it, from a day to a day. Never edited.

    It counts once an official of an office that has the organisation's cases has confirmed it. `replaces`: the holder
    takes the place of whoever acted before. The scan is sealed with the organisation's key.
    """

    public_id = models.UUIDField(unique=True, editable=False, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="letters")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="organisation_letters")
    replaces = models.BooleanField(_("接替原来的经办人"), default=False)
    starts = models.DateField()
    ends = models.DateField()
    stored = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    brought_at = models.DateTimeField()

    class Meta:
        verbose_name = _("授权委托书")
        ordering = ["id"]
        indexes = [models.Index(fields=["holder", "organisation"], name="letter_by_holder")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="letter_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(stored="") & ~Q(sha256="") & Q(size__gt=0) & ~Q(content_type=""),
                name="letter_has_its_scan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.pk}"


class LetterRuling(models.Model):
    """What an official said of a letter, once: confirmed, or why not."""

    class Reason(models.TextChoices):
        UNREADABLE = "unreadable", _("扫描件看不清")
        NO_SEAL = "no_seal", _("没有单位公章或者法定代表人签字")
        OTHER_ORGANISATION = "other_organisation", _("不是这个单位的委托书")
        OTHER_PERSON = "other_person", _("受托人不是上传的人")
        OTHER_DAYS = "other_days", _("有效期和填写的不一致")
        EXPIRED = "expired", _("委托书已过有效期")
        KEPT_OUT = "kept_out", _("受托人办理过这个单位的申请或者应当回避")

    letter = models.OneToOneField(OrganisationLetter, models.PROTECT, related_name="ruling")
    confirmed = models.BooleanField()
    reason = models.CharField(max_length=20, blank=True, choices=Reason.choices)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("授权委托书的核对")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed=True, reason="")
                | Q(
                    confirmed=False,
                    reason__in=[
                        "unreadable",
                        "no_seal",
                        "other_organisation",
                        "other_person",
                        "other_days",
                        "expired",
                        "kept_out",
                    ],
                ),
                name="letter_refused_with_a_reason",
            )
        ]


class LetterEnd(models.Model):
    """A letter ended before its last day: its holder gave it up, another took their place, the organisation said so.

    The end of one without a ruling: its holder withdrew it before the office had its word.
    """

    class How(models.TextChoices):
        GIVEN_UP = "given_up", _("本人不再经办")
        REPLACED = "replaced", _("由别人接替")
        REVOKED = "revoked", _("单位收回授权")

    letter = models.OneToOneField(OrganisationLetter, models.PROTECT, related_name="end")
    how = models.CharField(max_length=10, choices=How.choices)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("授权委托书的终止")
        constraints = [
            models.CheckConstraint(condition=Q(how__in=["given_up", "replaced", "revoked"]), name="letter_end_says_how")
        ]


class LetterWarning(models.Model):
    """The holder of a letter was warned, once, that its last day is near."""

    letter = models.OneToOneField(OrganisationLetter, models.PROTECT, related_name="warning")
    warned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("授权委托书到期提醒")
