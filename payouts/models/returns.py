"""What the bank told of the lines of batches: its files, what each line said, and what was made of contradictions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from payouts.models.payouts import Payout
from people.models import DataKey, Office, User


class ReturnFile(models.Model):
    """A return file 回单, encrypted as it came. It waits until somebody else than who brought it in confirms it.

    `sha256` is that of the clear bytes. The counts are those of its lines when it was confirmed; a `repeated` line said
    what was known already, a `disputed` one contradicts an earlier result.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="return_files")
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    stored = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=4)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="return_files")
    uploaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="return_files_confirmed")
    confirmed_at = models.DateTimeField(null=True)
    paid = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    disputed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("银行回单")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], name="return_file_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("uploaded_by")),
                name="return_file_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="return_file_confirmed_is_stamped",
            ),
            models.CheckConstraint(condition=Q(kind__in=["csv", "xlsx"]), name="return_file_kind_known"),
        ]

    def __str__(self) -> str:
        return _("回单 %(number)s") % {"number": self.pk}

    @property
    def stream(self) -> str:
        """The audit stream of this file."""
        return f"return:{self.pk}"

    @property
    def reference(self) -> str:
        """What events about it carry as their subject."""
        return f"return-{self.pk}"


class ReturnResult(models.Model):
    """What one line of a confirmed file said of one payout; appended. A line that said nothing new has no row.

    `disputed`: it contradicts what was known and changed nothing; a person looks at it. `on` is the bank's day of
    entry. `reason`, the bank's words, is encrypted with the key of the case.
    """

    file = models.ForeignKey(ReturnFile, models.PROTECT, related_name="results")
    payout = models.ForeignKey(Payout, models.PROTECT, related_name="results")
    paid = models.BooleanField()
    disputed = models.BooleanField()
    reason = models.BinaryField(default=bytes)
    on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("回单结果")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["file", "payout"], name="return_result_once"),
            models.CheckConstraint(condition=Q(paid=False) | Q(on__isnull=False), name="paid_result_has_day"),
        ]


class ReturnRuling(models.Model):
    """What an official made of a disputed result: `accepted`, as of a sum the bank called back 撤回; or not.

    `note` says why, encrypted with the key of the case.
    """

    result = models.OneToOneField(ReturnResult, models.PROTECT, related_name="ruling")
    accepted = models.BooleanField()
    note = models.BinaryField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("回单争议处理")
        ordering = ["id"]
