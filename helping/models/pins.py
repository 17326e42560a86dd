"""The PIN of a case 查询密码: by it and the case number a caller of the hotline hears how the case stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from people.models import Office

MOST_WRONG = 5


class CasePin(models.Model):
    """One PIN of a case; the PIN itself is shown once and kept nowhere, `digest` is its keyed hash.

    After MOST_WRONG wrong tries it is locked for good; a new one ends it (`ended_at`). One is in force at a time.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="pins")
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("查询密码")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_at__isnull=True), name="pin_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(wrong__lt=MOST_WRONG, locked_at__isnull=True)
                | Q(wrong=MOST_WRONG, locked_at__isnull=False),
                name="pin_locked_after_wrong_tries",
            ),
        ]


class PinLookup(models.Model):
    """One try of the hotline to look a case up; appended, never edited. `application` is None where none was found."""

    class Outcome(models.TextChoices):
        SHOWN = "shown", _("已答复")
        WRONG = "wrong", _("密码不对")
        LOCKED = "locked", _("密码已锁定")
        UNKNOWN = "unknown", _("没有这个编号或者密码")

    operator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pin_lookups")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="pin_lookups")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("电话查询")
        ordering = ["id"]
        indexes = [models.Index(fields=["operator", "at"], name="pin_lookup_by_operator")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="unknown", application__isnull=True)
                | Q(outcome__in=["shown", "wrong", "locked"], application__isnull=False),
                name="pin_lookup_names_what_it_found",
            )
        ]
