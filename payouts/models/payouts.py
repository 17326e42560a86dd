"""Payouts 拨付: dues on their way to a bank account."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from benefits.models import Due
from payouts.models.batches import Batch
from payouts.models.querysets import MachineQuerySet

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
    """One due in one batch; the amount is the due's, in yuan."""

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
