"""What people agree to 告知同意: each text by version, who agreed to which when, and who took that back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.persons import Person


class ConsentText(models.Model):
    """One version of a text that is shown before somebody agrees, in both languages. Append-only.

    `code` names what it is for ("grad-jobseeking.2": the second declaration of a scheme; "reuse"), `version` counts
    its wordings, `since` is the first day it was shown, `sha256` the hash of both languages. `withdrawable`: what is
    done rests on this consent alone (个人信息保护法 art. 15); a statement that something is true cannot be taken back.
    """

    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    zh = models.TextField()
    en = models.TextField()
    sha256 = models.CharField(max_length=64)
    since = models.DateField()
    withdrawable = models.BooleanField()

    class Meta:
        verbose_name = _("同意的文字")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="consent_text_version_once"),
            models.UniqueConstraint(fields=["code", "sha256"], name="consent_text_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="consent_text_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.version}"


class Consent(models.Model):
    """Somebody agreed to a text: who (`by`, the account), when, shown in which language, in which case. Append-only.

    `case_ref` is the public id of the case, "" where there is none; `person` whom it is about, where that is known.
    """

    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="consents")
    case_ref = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("同意记录")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["by", "-id"], name="consent_by_account"),
            models.Index(fields=["case_ref"], name="consent_by_case"),
        ]
        constraints = [models.CheckConstraint(condition=~models.Q(language=""), name="consent_was_shown_in_a_language")]


class ConsentWithdrawal(models.Model):
    """A consent taken back; what was done before stays lawful. Append-only."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("撤回同意")
