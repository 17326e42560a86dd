"""Batches 批次: numbered files of payouts. Sealed, their content never changes; maker and checker differ."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from applications.models.querysets import MachineQuerySet
from papers.models import Paper
from people.models import DataKey, Office, User

# A second person has checked it: the money is committed, the file is handed out.
SIGNED = ("approved", "exported", "reconciled")


class Batch(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A numbered file of payouts. `scheme_code` is "" when it holds every scheme; `total` in yuan.

    `profile` names the bank profile it was sealed with, "" before that and for batches older than profiles.
    `cover` is the approval sheet 拨付审批单, frozen when the second person approves.
    """

    class State(models.TextChoices):
        OPEN = "open", _("编制中")
        SEALED = "sealed", _("已封存，待复核")
        APPROVED = "approved", _("已复核")
        EXPORTED = "exported", _("已导出")
        RECONCILED = "reconciled", _("已对账")
        DISCARDED = "discarded", _("已作废")

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
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="batches_discarded")
    discard_reason = models.BinaryField(default=bytes)
    line_count = models.PositiveIntegerField(default=0)
    total = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    profile = models.CharField(_("银行格式"), max_length=40, blank=True)
    xlsx = models.CharField(max_length=120, blank=True)
    xlsx_sha256 = models.CharField(max_length=64, blank=True)
    csv = models.CharField(max_length=120, blank=True)
    csv_sha256 = models.CharField(max_length=64, blank=True)
    cover = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="batch")

    objects = MachineQuerySet.as_manager()

    class Meta:
        verbose_name = _("批次")
        ordering = ["-id"]
        indexes = [models.Index(fields=["office", "-id"], name="batch_by_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "sealed", "approved", "exported", "reconciled", "discarded"]),
                name="batch_state_known",
            ),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=models.F("maker")), name="checker_is_not_maker"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "discarded"])
                | Q(sealed_at__isnull=False, line_count__gt=0) & ~Q(xlsx_sha256="") & ~Q(csv_sha256=""),
                name="sealed_batch_has_files",
            ),
            models.CheckConstraint(condition=~Q(state="open") | Q(profile=""), name="profile_fixed_at_sealing"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "sealed", "discarded"])
                | Q(checker__isnull=False, approved_at__isnull=False),
                name="approved_batch_has_checker",
            ),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | Q(approved_at__isnull=False), name="cover_of_approved_batch"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["exported", "reconciled"]) | Q(exported_at__isnull=False),
                name="exported_batch_is_stamped",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="discarded", discarded_at__isnull=False, discarded_by__isnull=False, checker__isnull=True
                )
                | ~Q(state="discarded") & Q(discarded_at__isnull=True, discarded_by__isnull=True),
                name="discarded_batch_is_stamped",
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

    @transition(field=state, source=[State.OPEN, State.SEALED], target=State.DISCARDED)
    def discard(self, user: User, at: datetime) -> None:
        """作废: something is wrong with it. Number, lines and files stay; the dues can go into a new batch."""
        self.discarded_by, self.discarded_at = user, at
