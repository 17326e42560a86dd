"""Bulk runs 批量办理: one outcome for many clean cases of one office, with a result for each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.models.decisions import Opinion
from people.models import DataKey, Office
from workflows.models import WorkItem

OFFERED = (Opinion.Outcome.ACCEPT, Opinion.Outcome.AGREE, Opinion.Outcome.GRANT, Opinion.Outcome.FILE)


class BulkRun(models.Model):
    """One run over `total` work items of `office`, in order of id, in the name of `user` or, where every item came to
    them through a delegation, `on_behalf_of` the colleague who lent it.

    `token` is of the page it was started from: sent twice, it is one run. `text` is said in every case; here it is
    encrypted with the run's own key. Every item is counted once: `done`, `refused` when its turn came, or `skipped`
    from the start. `cursor` is the last item done, `claim` names the worker that has the run until `lease_until`;
    after that any other may go on from there. `failure` says why a run ended early.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("等待开始")
        RUNNING = "running", _("正在办理")
        DONE = "done", _("已完成")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("没有完成")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_runs")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="bulk_runs")
    token = models.UUIDField(unique=True)
    outcome = models.CharField(max_length=12, choices=[(each.value, each.label) for each in OFFERED])
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    text = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("批量办理")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="bulk_due"),
            models.Index(fields=["user", "-id"], name="bulk_by_user"),
            models.Index(fields=["office", "-id"], name="bulk_by_office"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running"], ended_at__isnull=True)
                | models.Q(state__in=["done", "cancelled", "failed"], ended_at__isnull=False),
                name="bulk_ended_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["accept", "agree", "grant", "file"]), name="bulk_outcome_offered"
            ),
            models.CheckConstraint(
                condition=models.Q(total__gte=models.F("done") + models.F("refused") + models.F("skipped")),
                name="bulk_counted_of_total",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(total=models.F("done") + models.F("refused") + models.F("skipped")),
                name="bulk_done_is_all",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(failure=""), name="bulk_failed_says_why"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still waits or works."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def counted(self) -> int:
        """How many items have their result."""
        return self.done + self.refused + self.skipped


class BulkLine(models.Model):
    """One item of a run and what came of it. `version` is the version of the case when it was chosen: a case that has
    changed since is not done. `code` says why it was refused or skipped; the words are made for the reader.
    """

    class Result(models.TextChoices):
        WAITING = "", _("还没有办理")
        DONE = "done", _("已办理")
        REFUSED = "refused", _("办理时没有通过")
        SKIPPED = "skipped", _("没有列入")

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="lines")
    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12)
    number = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    result = models.CharField(max_length=8, choices=Result.choices, blank=True, default=Result.WAITING)
    code = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["item"]
        indexes = [models.Index(fields=["run", "result", "item"], name="bulk_line_by_result")]
        constraints = [
            models.UniqueConstraint(fields=["run", "item"], name="bulk_line_once"),
            models.CheckConstraint(
                condition=models.Q(result="", at__isnull=True)
                | models.Q(result__in=["done", "refused", "skipped"], at__isnull=False),
                name="bulk_line_has_stamp",
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=["", "done"], code="")
                | models.Q(result__in=["refused", "skipped"]) & ~models.Q(code=""),
                name="bulk_line_says_why",
            ),
        ]
