"""A standing entitlement to a periodic benefit 按期待遇资格, the claims made under it, and the months they took."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from applications.models import Application
from applications.models.querysets import GuardedQuerySet
from people.models import Organisation, Person
from schemes.models import SchemeVersion

STANDING = ["open", "exhausted"]
OVER = ["ended", "revoked"]


class Entitlement(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """What the first granted claim of a periodic benefit opens: further months are claimed under it.

    `holder` is whose months are counted: the person, the organisation, or the graduate an organisation was subsidised
    for. `months_at_most` is what policy allowed when the last claim was granted, null where it sets no limit;
    `months_before` were had elsewhere or before there were books, `months_claimed` are the rows of its claims.
    """

    class State(models.TextChoices):
        OPEN = "open", _("可以继续申报")
        EXHAUSTED = "exhausted", _("月数已满")
        ENDED = "ended", _("已终止")
        REVOKED = "revoked", _("已撤销")

    application = models.OneToOneField(Application, models.PROTECT, related_name="entitlement")
    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+")
    scheme_code = models.CharField(max_length=60)
    holder = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="entitlements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="entitlements")
    state = FSMField(default=State.OPEN, choices=State.choices, protected=True)
    first_month = models.DateField()
    months_at_most = models.PositiveSmallIntegerField(null=True)
    months_before = models.PositiveSmallIntegerField(default=0)
    months_claimed = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("按期待遇资格")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=[*STANDING, *OVER]), name="entitlement_state_known"),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, organisation__isnull=False),
                name="entitlement_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OVER, ended_at__isnull=False)
                | ~models.Q(state__in=OVER) & models.Q(ended_at__isnull=True),
                name="entitlement_end_stamped",
            ),
            models.CheckConstraint(
                condition=models.Q(months_at_most__isnull=True)
                | models.Q(months_at_most__gte=models.F("months_before") + models.F("months_claimed")),
                name="entitlement_within_limit",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="exhausted")
                | models.Q(months_at_most=models.F("months_before") + models.F("months_claimed")),
                name="entitlement_exhausted_is_full",
            ),
            models.UniqueConstraint(
                fields=["scheme_code", "holder"],
                condition=models.Q(state__in=STANDING),
                name="one_standing_entitlement",
            ),
        ]

    @property
    def months_left(self) -> int | None:
        """How many months can still be claimed; None where policy sets no limit."""
        if self.months_at_most is None:
            return None
        return self.months_at_most - self.months_before - self.months_claimed

    @transition(field=state, source=State.OPEN, target=State.EXHAUSTED)
    def exhaust(self) -> None:
        """The last month policy allows was claimed."""

    @transition(field=state, source=State.EXHAUSTED, target=State.OPEN)
    def reopen(self) -> None:
        """A month was taken back, or policy allows more of them now."""

    @transition(field=state, source=[State.OPEN, State.EXHAUSTED], target=State.ENDED)
    def end(self, at: datetime, reason: str) -> None:
        """A decision stopped it: nothing further can be claimed under it."""
        self.ended_at, self.end_reason = at, reason

    @transition(field=state, source=[State.OPEN, State.EXHAUSTED], target=State.REVOKED)
    def revoke(self, at: datetime, reason: str) -> None:
        """The decision that opened it was revoked."""
        self.ended_at, self.end_reason = at, reason


class PeriodClaim(models.Model):
    """The months one granted case took under an entitlement, in a row from `first_month`. Appended, never edited."""

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="claims")
    application = models.OneToOneField(Application, models.PROTECT, related_name="period_claim")
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("期间申领")
        ordering = ["first_month", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(months__gte=1), name="period_claim_has_months")]


class ClaimedMonth(models.Model):
    """One month that was granted: the database's own word that nobody has it twice under one scheme.

    `released_at`: the decision was revoked, and the month can be claimed again.
    """

    claim = models.ForeignKey(PeriodClaim, models.PROTECT, related_name="taken")
    scheme_code = models.CharField(max_length=60)
    holder = models.CharField(max_length=80)
    month = models.DateField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("已申领月份")
        ordering = ["month", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme_code", "holder", "month"],
                condition=models.Q(released_at__isnull=True),
                name="month_claimed_once",
            )
        ]
