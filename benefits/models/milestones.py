"""Milestones of a grant paid in instalments 分期节点: what was agreed, what was reported, put off, and told."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from applications.models import Application
from applications.models.querysets import GuardedQuerySet
from benefits.models.kinds import Grant
from people.models import User

OCCASIONS = ["grant", "works", "operation", "retention"]


class Milestone(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """One instalment of a grant: its dues can be paid from the moment it is met, and not before.

    `place` counts from 1. `due_on` is the day it should be reached; it moves when it is put off. What is paid with the
    decision is met with it. `percent` is what policy said; the sums are those of its dues.
    """

    class Occasion(models.TextChoices):
        GRANT = "grant", _("随决定支付")
        WORKS = "works", _("建设、购置验收")
        OPERATION = "operation", _("运营满期")
        RETENTION = "retention", _("留存款到期")

    class State(models.TextChoices):
        AWAITED = "awaited", _("等待完成")
        REPORTED = "reported", _("已报告，待核查")
        MET = "met", _("已确认完成")

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="milestones")
    application = models.ForeignKey(Application, models.PROTECT, related_name="milestones")
    place = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    percent = models.DecimalField(max_digits=9, decimal_places=6)
    due_on = models.DateField()
    state = FSMField(default=State.AWAITED, choices=State.choices, protected=True)
    met_at = models.DateTimeField(null=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("分期节点")
        ordering = ["application_id", "place"]
        indexes = [models.Index(fields=["state", "due_on"], name="milestone_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["grant", "place"], name="milestone_once"),
            models.CheckConstraint(condition=models.Q(occasion__in=OCCASIONS), name="milestone_occasion_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=["awaited", "reported"], met_at__isnull=True)
                | models.Q(state="met", met_at__isnull=False),
                name="milestone_met_stamped",
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100), name="milestone_is_part_of_whole"
            ),
        ]

    @transition(field=state, source=[State.AWAITED, State.REPORTED], target=State.REPORTED)
    def report(self) -> None:
        """The organisation says that it is reached, and shows it."""

    @transition(field=state, source=State.REPORTED, target=State.AWAITED)
    def send_back(self) -> None:
        """What was found on site is not enough."""

    @transition(field=state, source=[State.AWAITED, State.REPORTED], target=State.MET)
    def meet(self, at: datetime) -> None:
        """It is reached: what is owed for it can be paid."""
        self.met_at = at


class MilestoneReport(models.Model):
    """What the organisation reported of a milestone, with a paper that shows it; both encrypted with the case key."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reports")
    words = models.BinaryField()
    stored = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("节点报告")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(stored="") & ~models.Q(sha256=""), name="report_shows_something")
        ]


class MilestoneExtension(models.Model):
    """A milestone put off, from a day to a later one, for a reason (encrypted)."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="extensions")
    before = models.DateField()
    until = models.DateField()
    reason = models.BinaryField()
    extended_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    extended_at = models.DateTimeField()

    class Meta:
        verbose_name = _("节点延期")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("before")), name="milestone_put_off_later")
        ]


class MilestoneReminder(models.Model):
    """The organisation was told that the day is near; once for each day a milestone is due."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    reminded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("节点提醒")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["milestone", "due_on"], name="milestone_told_once")]
