"""What-if runs: what a draft of the policy would do to real cases. Counts, sums and case numbers, nothing else."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from schemes.models import Proposal

MONEY = {"max_digits": 16, "decimal_places": 2, "default": 0}


class Outcome(models.TextChoices):
    """How a case comes out, for tables: eligible or not, and of a phase-out the phase."""

    ELIGIBLE = "eligible", _("符合条件")
    INELIGIBLE = "ineligible", _("不符合条件")
    INCOMPLETE = "incomplete", _("信息不全，不能判断")
    WITHIN = "within", _("收入在标准以内")
    DISREGARDING = "disregarding", _("就业收入暂不计入")
    PHASING_OUT = "phasing_out", _("低保渐退")
    STOPPED = "stopped", _("停发低保")


class WhatIfRun(models.Model):
    """One run over the cases filed from `begins` to `ends` in `divisions` (codes).

    `content` is the draft as it was when the run began: a draft edited since needs a run of its own. `as_if`: a
    proposed value counts for every case, as if it had been in force on the case's own day. The run goes through cases
    in order of id: `cursor` is the last one done, `last` the last there was at the start. `claim` names the worker
    that has it until `lease_until`; after that any other may go on from `cursor`.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("等待开始")
        RUNNING = "running", _("正在试算")
        DONE = "done", _("已完成")
        CANCELLED = "cancelled", _("已取消")
        FAILED = "failed", _("没有完成")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="what_if_runs")
    content = models.JSONField()
    scheme_code = models.CharField(max_length=60)
    divisions = models.JSONField()
    begins = models.DateField()
    ends = models.DateField()
    as_if = models.BooleanField(default=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="what_if_runs")
    started_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    last = models.BigIntegerField()
    cursor = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("政策试算")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="what_if_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running"], ended_at__isnull=True)
                | models.Q(state__in=["done", "cancelled", "failed"], ended_at__isnull=False),
                name="what_if_ended_has_stamp",
            ),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("begins")), name="what_if_ends_after_start"),
            models.CheckConstraint(condition=models.Q(done__lte=models.F("total")), name="what_if_done_of_total"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it still waits or works."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def compared(self) -> int:
        """How many cases were compared: those gone through, less those that could not be read."""
        return self.done - self.left_out


class WhatIfSum(models.Model):
    """The compared cases of one county that come out `before` so and `after` so. `changed` counts those that come out
    differently, be it only in money.
    """

    run = models.ForeignKey(WhatIfRun, models.CASCADE, related_name="sums")
    county = models.CharField(max_length=12)
    before = models.CharField(max_length=14, choices=Outcome.choices)
    after = models.CharField(max_length=14, choices=Outcome.choices)
    gained = models.BooleanField()
    lost = models.BooleanField()
    cases = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    amount_before = models.DecimalField(**MONEY)
    amount_after = models.DecimalField(**MONEY)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "county", "before", "after", "gained", "lost"], name="what_if_sum_once"
            )
        ]


class WhatIfChange(models.Model):
    """A case that would come out differently, by its number alone; sums in yuan, null where facts are missing."""

    run = models.ForeignKey(WhatIfRun, models.CASCADE, related_name="changes")
    number = models.CharField(max_length=40)
    county = models.CharField(max_length=12)
    before = models.CharField(max_length=14, choices=Outcome.choices)
    after = models.CharField(max_length=14, choices=Outcome.choices)
    amount_before = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    amount_after = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="what_if_change_once")]
