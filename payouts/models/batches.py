"""Batches 批次 and payouts 拨付: dues on their way to bank accounts."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from benefits.models import Due
from people.models import DataKey, Office, User


class Batch(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A numbered file of payouts of one scheme ("": of several). Sealed, it never changes; maker and checker differ."""

    class State(models.TextChoices):
        OPEN = "open", _("编制中")
        SEALED = "sealed", _("已封存，待复核")
        APPROVED = "approved", _("已复核")
        EXPORTED = "exported", _("已导出")
        RECONCILED = "reconciled", _("已对账")

    number = models.CharField(_("批次号"), max_length=40, unique=True)
    scheme_code = models.CharField(max_length=60, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="batches")
    state = FSMField(default=State.OPEN, choices=State.choices, protected=True)
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    maker = models.ForeignKey(User, models.PROTECT, related_name="batches_made")
    checker = models.ForeignKey(User, models.PROTECT, null=True, related_name="batches_checked")
    made_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    exported_at = models.DateTimeField(null=True)
    line_count = models.PositiveIntegerField(default=0)
    total = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    xlsx = models.CharField(max_length=120, blank=True)
    xlsx_sha256 = models.CharField(max_length=64, blank=True)
    csv = models.CharField(max_length=120, blank=True)
    csv_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("批次")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checker__isnull=True) | ~models.Q(checker=models.F("maker")), name="checker_is_not_maker"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open")
                | models.Q(sealed_at__isnull=False, line_count__gt=0) & ~models.Q(xlsx_sha256="") & ~models.Q(csv_sha256=""),
                name="sealed_batch_has_files",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "sealed"]) | models.Q(checker__isnull=False, approved_at__isnull=False),
                name="approved_batch_has_checker",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["exported", "reconciled"]) | models.Q(exported_at__isnull=False),
                name="exported_batch_is_stamped",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """The audit stream of this batch."""
        return f"batch:{self.number}"

    @transition(field=state, source=State.OPEN, target=State.SEALED)
    def seal(self, at: datetime) -> None:
        """The content is fixed: files stored, hashed."""
        self.sealed_at = at

    @transition(field=state, source=State.SEALED, target=State.APPROVED)
    def approve(self, user: User, at: datetime) -> None:
        """A second person checked it."""
        self.checker, self.approved_at = user, at

    @transition(field=state, source=State.APPROVED, target=State.EXPORTED)
    def export(self, at: datetime) -> None:
        """The file went to the bank."""
        self.exported_at = at

    @transition(field=state, source=State.EXPORTED, target=State.RECONCILED)
    def reconcile(self) -> None:
        """Every line is paid or returned."""


class Payout(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """One due in one batch. The account is kept encrypted with the batch key."""

    class State(models.TextChoices):
        PLANNED = "planned", _("待编批")
        RESERVED = "reserved", _("已预留")
        BATCHED = "batched", _("已编批")
        EXPORTED = "exported", _("已导出")
        PAID = "paid", _("已到账")
        RETURNED = "returned", _("银行退回")
        REISSUED = "reissued", _("已补发")

    due = models.ForeignKey(Due, models.PROTECT, related_name="payouts")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payouts")
    line = models.PositiveIntegerField(_("序号"))
    state = FSMField(default=State.PLANNED, choices=State.choices, protected=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("拨付")
        ordering = ["batch_id", "line"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="payout_line_once"),
            models.UniqueConstraint(
                fields=["due"], condition=~models.Q(state__in=["returned", "reissued"]), name="due_in_one_live_batch"
            ),
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
