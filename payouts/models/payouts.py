"""Payouts 拨付: dues on their way to a bank account."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from applications.models.querysets import MachineQuerySet
from benefits.models import Due
from payouts.models.batches import Batch

# A due whose payout ended so may be paid once more, in another batch.
DEAD = ("returned", "reissued", "released")
# The money has left us.
SENT = ("exported", "paid")


class PayoutQuerySet(MachineQuerySet):
    """Payouts by whether they still stand for their due."""

    def live(self) -> "PayoutQuerySet":
        """Those that are being paid or are paid."""
        return self.exclude(state__in=DEAD)


class Payout(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """One due in one batch; the amount is the due's, in yuan.

    `paid_on` is the bank's day of entry, `paid_at` and `returned_at` when we learnt of it. Money the bank called
    back was paid once: it keeps both. `reissues` is the payout that came back and that this one pays again.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("待编批")
        RESERVED = "reserved", _("已编入，未封存")
        BATCHED = "batched", _("已封存")
        EXPORTED = "exported", _("已导出")
        PAID = "paid", _("已到账")
        RETURNED = "returned", _("银行退回")
        REISSUED = "reissued", _("已补发")
        RELEASED = "released", _("已随批次作废")

    due = models.ForeignKey(Due, models.PROTECT, related_name="payouts")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payouts")
    line = models.PositiveIntegerField(_("序号"))
    state = FSMField(default=State.PLANNED, choices=State.choices, protected=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    paid_on = models.DateField(null=True)
    paid_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    reissues = models.ForeignKey("self", models.PROTECT, null=True, related_name="reissued_by")

    objects = PayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("拨付")
        ordering = ["batch_id", "line"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "reserved", "batched", "exported", "paid", *DEAD]),
                name="payout_state_known",
            ),
            models.UniqueConstraint(fields=["batch", "line"], name="payout_line_once"),
            models.UniqueConstraint(fields=["due"], condition=~models.Q(state__in=DEAD), name="due_in_one_live_batch"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="payout_is_positive"),
            models.CheckConstraint(
                condition=models.Q(paid_on__isnull=True, paid_at__isnull=True)
                | models.Q(paid_on__isnull=False, paid_at__isnull=False),
                name="payout_day_is_stamped",
            ),
            models.CheckConstraint(
                condition=models.Q(state="paid", paid_at__isnull=False, returned_at__isnull=True)
                | models.Q(state__in=["returned", "reissued"], returned_at__isnull=False)
                | models.Q(paid_at__isnull=True, returned_at__isnull=True)
                & ~models.Q(state__in=["paid", "returned", "reissued"]),
                name="payout_end_is_stamped",
            ),
            models.UniqueConstraint(
                fields=["reissues"], condition=~models.Q(state="released"), name="payout_reissued_once"
            ),
        ]

    @transition(field=state, source=State.PLANNED, target=State.RESERVED)
    def reserve(self) -> None:
        """Taken into an open batch."""

    @transition(field=state, source=State.RESERVED, target=State.BATCHED)
    def put_into_batch(self) -> None:
        """The batch is sealed."""

    @transition(field=state, source=State.BATCHED, target=State.EXPORTED)
    def export(self) -> None:
        """The file went to the bank."""

    @transition(field=state, source=[State.RESERVED, State.BATCHED], target=State.RELEASED)
    def release(self) -> None:
        """The batch was discarded before it was approved."""

    @transition(field=state, source=[State.EXPORTED, State.RETURNED], target=State.PAID)
    def pay(self, on: date, at: datetime) -> None:
        """The bank entered it; also where it called that a failure before, and a person accepted the change."""
        self.paid_on, self.paid_at, self.returned_at = on, at, None

    @transition(field=state, source=[State.EXPORTED, State.PAID], target=State.RETURNED)
    def give_back(self, at: datetime) -> None:
        """The bank could not enter it, or called it back after it had."""
        self.returned_at = at

    @transition(field=state, source=State.RETURNED, target=State.REISSUED)
    def reissue(self) -> None:
        """It was signed once more in another batch."""
