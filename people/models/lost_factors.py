"""A second step of signing in that somebody lost, and who sees to it that it no longer stands in the way."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models.offices import Office


class LostFactor(models.Model):
    """A second step said to be lost, until it is taken off or somebody objects.

    With an `office` it was asked for across its counter for an applicant: it is taken off at `until`, unless the owner
    objects. Without one it is an official's: a `second` administrator has until then to agree. `paper`: what `by` saw.
    """

    class Reason(models.TextChoices):
        LOST = "lost", _("手机或者钥匙丢失、被盗")
        BROKEN = "broken", _("手机或者钥匙损坏、换新")
        FORGOTTEN = "forgotten", _("验证器应用被删除，或者打不开")

    class Card(models.TextChoices):
        ID_CARD = "id_card", _("居民身份证")
        TEMPORARY = "temporary", _("临时居民身份证")

    class How(models.TextChoices):
        TAKEN = "taken", _("已经停用")
        KEPT = "kept", _("没有停用")
        OVER = "over", _("过期")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lost_factors")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=12)
    paper = models.CharField(max_length=10, choices=Card.choices, blank=True)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=5, choices=How.choices, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["until"], condition=Q(ended_at__isnull=True), name="lost_factor_due")]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at__isnull=True), name="lost_factor_once"),
            models.CheckConstraint(condition=Q(until__gt=F("asked_at")), name="lost_factor_waits"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, how="") | Q(ended_at__isnull=False) & ~Q(how=""),
                name="lost_factor_ends_somehow",
            ),
            models.CheckConstraint(condition=~Q(by=F("user")), name="lost_factor_not_by_oneself"),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("by")) & ~Q(second=F("user")),
                name="lost_factor_second_is_another",
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=False, second__isnull=True) & ~Q(paper="")
                | Q(office__isnull=True, paper=""),
                name="lost_factor_counter_sees_a_paper",
            ),
            models.CheckConstraint(
                condition=~Q(how="taken")
                | Q(office__isnull=False, ended_at__gte=F("until"))
                | Q(office__isnull=True, second__isnull=False),
                name="lost_factor_taken_after_wait_or_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.asked_at:%Y-%m-%d %H:%M}"
