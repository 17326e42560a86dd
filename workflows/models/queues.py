"""Queues and work items 待办: who must act now, by when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process, Task

from people.models import Office, Post


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

    An item is closed exactly once; a paused item keeps its `due_at`, which moves on when it resumes.
    """

    class Outcome(models.TextChoices):
        OPEN = "", _("待办")
        DONE = "done", _("已办")
        AGAINST = "against", _("已办，不同意")
        RETURNED = "returned", _("已退回")
        MOOT = "moot", _("无需办理")
        CANCELLED = "cancelled", _("已终止")

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
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default=Outcome.OPEN)

    class Meta:
        verbose_name = _("待办")
        indexes = [
            models.Index(
                fields=["queue", "due_at", "id"], condition=models.Q(closed_at__isnull=True), name="item_open_by_queue"
            ),
            models.Index(
                fields=["owner", "due_at", "id"], condition=models.Q(closed_at__isnull=True), name="item_open_by_owner"
            ),
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
        ]

    def __str__(self) -> str:
        return f"{self.stage}/{self.seat} of {self.case_id}"
