"""Queues and work items 待办: who must act now, by when."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task

from people.models import Office, Post

# What lists are ordered by amount with: an item without an amount stands below every amount.
NO_AMOUNT = Decimal(-1)
SUM = Coalesce("amount", models.Value(NO_AMOUNT, output_field=models.DecimalField(max_digits=12, decimal_places=2)))


class Queue(models.Model):
    """Where work items of one office and one role wait."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="queues")
    role = models.CharField(max_length=20, choices=Post.Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "role"], name="queue_once")]

    def __str__(self) -> str:
        return f"{self.office} · {self.get_role_display()}"


class WorkItem(models.Model):
    """One seat 席位 of one stage 环节 of one case. `case_id` is the application's id; this room knows no more of it.

    An item is closed exactly once; a paused item keeps its `due_at`, which moves on when it resumes. An official's
    pause names its reason and its last day (`pause_until`); without a reason the applicant is correcting. One whose
    case waits for money (等待名单) has no last day, and can be acted on.
    `amount` (yuan), `clean` (the assessment is positive) and `round` repeat what lists filter and sort by;
    workflows.marks keeps them. `waiting`: open, but another seat must speak first. `placement` and `added_by` tell
    a seat that an official added 加签 from one of the route; `delegate` 委托: the owner waits for a colleague's word.
    """

    class Placement(models.TextChoices):
        ROUTE = "", _("流程席位")
        BEFORE = "before", _("前加签")
        BESIDE = "beside", _("并加签")
        AFTER = "after", _("后加签")

    class PauseReason(models.TextChoices):
        CORRECTION = "", _("等待补正")
        HEARING = "hearing", _("听证")
        EXPERT = "expert", _("专家评审或鉴定")
        INSPECTION = "inspection", _("现场核查或检验")
        TRANSLATION = "translation", _("翻译")
        MONEY = "money", _("等待资金")

    class Outcome(models.TextChoices):
        OPEN = "", _("待办")
        DONE = "done", _("已办")
        AGAINST = "against", _("已办，不同意")
        RETURNED = "returned", _("已退回")
        MOOT = "moot", _("无需办理")
        CANCELLED = "cancelled", _("已终止")
        DROPPED = "dropped", _("已减签")

    process = models.ForeignKey(Process, models.PROTECT, related_name="items")
    task = models.ForeignKey(Task, models.PROTECT, related_name="items")
    case_id = models.BigIntegerField()
    scheme = models.CharField(max_length=60)
    stage = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    seat = models.CharField(max_length=40)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="items")
    prefecture_id = models.CharField(max_length=12, blank=True)
    county_id = models.CharField(max_length=12, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="work_items")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=12, choices=PauseReason.choices, blank=True, default="")
    pause_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    clean = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField(default=1)
    placement = models.CharField(max_length=8, choices=Placement.choices, blank=True, default=Placement.ROUTE)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="delegated_items")
    waiting = models.BooleanField(default=False)
    urged_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    extensions = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("待办")
        indexes = [
            models.Index(
                fields=["queue", "due_at", "id"], condition=models.Q(closed_at__isnull=True), name="item_open_by_queue"
            ),
            models.Index(
                fields=["owner", "due_at", "id"], condition=models.Q(closed_at__isnull=True), name="item_open_by_owner"
            ),
            models.Index(
                fields=["queue", "opened_at", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="item_open_by_arrival",
            ),
            models.Index("queue", SUM, "id", condition=models.Q(closed_at__isnull=True), name="item_open_by_amount"),
            models.Index(fields=["owner", "closed_at"], name="item_done_by_owner"),
            models.Index(fields=["case_id"], name="item_by_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["task", "seat"], name="item_seat_once"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | models.Q(closed_at__isnull=False) & ~models.Q(outcome=""),
                name="item_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(placement="", added_by__isnull=True)
                | models.Q(placement__in=["before", "beside", "after"], added_by__isnull=False),
                name="item_added_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(pause_reason="", pause_until__isnull=True)
                | models.Q(
                    pause_reason__in=["hearing", "expert", "inspection", "translation"],
                    pause_until__isnull=False,
                    paused_at__isnull=False,
                )
                | models.Q(pause_reason="money", pause_until__isnull=True, paused_at__isnull=False),
                name="item_paused_for_a_reason",
            ),
        ]

    @property
    def halted(self) -> bool:
        """Whether its clock stands still and nobody can act until it goes on."""
        return self.paused_at is not None and self.pause_reason != self.PauseReason.MONEY

    def __str__(self) -> str:
        return f"{self.stage}/{self.seat} of {self.case_id}"
