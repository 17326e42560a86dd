"""The kinds of benefit of the first schemes, each with its machine."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from applications.models import Application
from applications.models.querysets import GuardedQuerySet
from people.models import Organisation, Person

WAIVER_OVER = ["ended", "revived", "revoked"]
PHASE_OUT_OVER = ["ended", "reverted", "terminated"]


class Grant(models.Model):
    """Money that one decision gave a person or an organisation; it has no life after the decision but the payment's.

    `kind` says what for: once, or for the one period that was claimed (a periodic subsidy, the interest of a quarter).
    Each further period is claimed, decided and written down by itself; what stands over all of them is the Entitlement.
    """

    class Kind(models.TextChoices):
        ONCE = "grant", _("一次性补贴")
        PERIODIC = "periodic", _("按期补贴")
        INSTITUTION = "institution_grant", _("单位奖补")
        INTEREST = "interest_subsidy", _("贴息")

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ONCE)
    application = models.OneToOneField(Application, models.PROTECT, related_name="grant_given")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="grants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="grants")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    granted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("补贴")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["grant", "periodic", "institution_grant", "interest_subsidy"]),
                name="grant_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, organisation__isnull=False),
                name="grant_has_one_holder",
            ),
        ]


class Waiver(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A deposit or a fee waived 减免. It changes what somebody owes and is never paid by us; amounts in yuan.

    Where an agreement has to be concluded for it, it waits for that; otherwise it is in force with the decision.
    `check_due` is the day of its next yearly check; null where none is to come.
    """

    class State(models.TextChoices):
        GRANTED = "granted", _("已批准")
        AGREEMENT_PENDING = "agreement_pending", _("待签协议")
        IN_FORCE = "in_force", _("生效")
        ENDED = "ended", _("已终止")
        REVIVED = "revived", _("押金已恢复")
        REVOKED = "revoked", _("已撤销")

    application = models.OneToOneField(Application, models.PROTECT, related_name="waiver")
    person = models.ForeignKey(Person, models.PROTECT, related_name="waivers")
    state = FSMField(default=State.GRANTED, choices=State.choices, protected=True)
    relief = models.DecimalField(max_digits=12, decimal_places=2)
    refund_owed = models.DecimalField(max_digits=12, decimal_places=2)
    granted_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)
    check_due = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("减免")
        indexes = [models.Index(fields=["state", "check_due"], name="waiver_by_check")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["granted", "agreement_pending", "in_force", *WAIVER_OVER]),
                name="waiver_state_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="in_force") | models.Q(in_force_at__isnull=False),
                name="waiver_in_force_stamped",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=WAIVER_OVER, ended_at__isnull=False)
                | ~models.Q(state__in=WAIVER_OVER) & models.Q(ended_at__isnull=True),
                name="waiver_end_stamped",
            ),
        ]

    @transition(field=state, source=State.GRANTED, target=State.AGREEMENT_PENDING)
    def await_agreement(self) -> None:
        """The decision is out; the lottery centre concludes the agreement."""

    @transition(field=state, source=[State.GRANTED, State.AGREEMENT_PENDING], target=State.IN_FORCE)
    def enter_into_force(self, at: datetime) -> None:
        """The centre confirmed the agreement with its revival clause, or no agreement is needed."""
        self.in_force_at = at

    @transition(field=state, source=[State.AGREEMENT_PENDING, State.IN_FORCE], target=State.ENDED)
    def end(self, at: datetime, reason: str) -> None:
        """No agreement came about, or its term is over."""
        self.ended_at, self.end_reason, self.check_due = at, reason, None

    @transition(field=state, source=State.IN_FORCE, target=State.REVIVED)
    def revive_deposit(self, at: datetime, reason: str) -> None:
        """Outlet transferred, not run in person, or certificate cancelled: the deposit is due again."""
        self.ended_at, self.end_reason, self.check_due = at, reason, None

    @transition(field=state, source=[State.GRANTED, State.AGREEMENT_PENDING, State.IN_FORCE], target=State.REVOKED)
    def revoke(self, at: datetime, reason: str) -> None:
        """The decision itself was revoked."""
        self.ended_at, self.end_reason, self.check_due = at, reason, None


class PhaseOut(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """渐退期: the benefit goes on for whole calendar months after the household is over the standard."""

    class State(models.TextChoices):
        RECEIVING = "receiving", _("正常享受")
        DISREGARDING = "disregarding", _("收入豁免期")
        PHASING_OUT = "phasing_out", _("渐退期")
        SUSPENDED = "suspended", _("暂停")
        ENDED = "ended", _("期满退出")
        REVERTED = "reverted", _("恢复正常享受")
        TERMINATED = "terminated", _("提前终止")

    application = models.OneToOneField(Application, models.PROTECT, related_name="phase_out")
    person = models.ForeignKey(Person, models.PROTECT, related_name="phase_outs")
    state = FSMField(default=State.RECEIVING, choices=State.choices, protected=True)
    months = models.PositiveSmallIntegerField()
    first_month = models.DateField()
    last_month = models.DateField()
    filed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=40, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("渐退期待遇")
        indexes = [models.Index(fields=["state", "last_month"], name="phase_out_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["receiving", "disregarding", "phasing_out", "suspended", *PHASE_OUT_OVER]
                ),
                name="phase_out_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(last_month__gte=models.F("first_month")), name="phase_out_months_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=PHASE_OUT_OVER, ended_at__isnull=False)
                | ~models.Q(state__in=PHASE_OUT_OVER) & models.Q(ended_at__isnull=True),
                name="phase_out_end_stamped",
            ),
        ]

    @transition(field=state, source=[State.RECEIVING, State.DISREGARDING], target=State.PHASING_OUT)
    def begin(self) -> None:
        """The county confirmed it; the first whole month is the one after the determination."""

    @transition(field=state, source=State.RECEIVING, target=State.DISREGARDING)
    def disregard(self) -> None:
        """Within the standard only because job income is not counted yet."""

    @transition(field=state, source=State.PHASING_OUT, target=State.SUSPENDED)
    def suspend(self) -> None:
        """Payments stand still while a change is looked into."""

    @transition(field=state, source=State.SUSPENDED, target=State.PHASING_OUT)
    def resume(self) -> None:
        """The change did not matter."""

    @transition(field=state, source=State.PHASING_OUT, target=State.ENDED)
    def end(self, at: datetime) -> None:
        """The last month is over."""
        self.ended_at = at

    @transition(field=state, source=[State.PHASING_OUT, State.SUSPENDED], target=State.REVERTED)
    def revert(self, at: datetime, reason: str) -> None:
        """Income fell to the standard again: the household is in benefit as before."""
        self.ended_at, self.end_reason = at, reason

    @transition(field=state, source=[State.PHASING_OUT, State.SUSPENDED], target=State.TERMINATED)
    def terminate(self, at: datetime, reason: str) -> None:
        """Property, death, move or fraud."""
        self.ended_at, self.end_reason = at, reason
