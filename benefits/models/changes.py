"""What happens to a household during its phase-out 变更, and what came of it. Appended, never edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from benefits.models.kinds import PhaseOut
from papers.models import Paper
from people.models import User


class HouseholdChange(models.Model):
    """A change that was reported or found: what kind, the day it happened, and words about it (encrypted).

    `effective_month` is the first day of the first month it counts in.
    """

    class Kind(models.TextChoices):
        INCOME = "income", _("收入变化")
        MEMBERS = "members", _("家庭人口变化")
        WORK_LOST = "work_lost", _("失去工作")
        PROPERTY = "property", _("财产变化")
        DEATH = "death", _("家庭成员去世")
        MOVE = "move", _("迁出本地")

    class Source(models.TextChoices):
        FAMILY = "family", _("家庭报告")
        REVIEW = "review", _("定期复核")
        CHECK = "check", _("数据比对")
        REPORT = "report", _("他人反映")

    phase_out = models.ForeignKey(PhaseOut, models.PROTECT, related_name="changes")
    kind = models.CharField(_("变更事项"), max_length=10, choices=Kind.choices)
    found_by = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    happened_on = models.DateField()
    effective_month = models.DateField()
    words = models.BinaryField()
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("家庭变更")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["income", "members", "work_lost", "property", "death", "move"]),
                name="change_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(found_by__in=["family", "review", "check", "report"]), name="change_source_known"
            ),
            models.CheckConstraint(
                condition=models.Q(effective_month__gt=models.F("happened_on")), name="change_counts_afterwards"
            ),
        ]


class ChangeOutcome(models.Model):
    """What came of a change: the facts as verified, the assessment before and after (all encrypted), and the sums.

    In yuan: `stopped` is what is not paid any more, `added` what was owed anew, `overpaid` what was paid for months in
    which less was due; claiming that back is a procedure of its own. `reported_by` never settles it.
    """

    class Effect(models.TextChoices):
        NONE = "none", _("不影响待遇")
        ADJUSTED = "adjusted", _("调整以后各月金额")
        REVERTED = "reverted", _("恢复正常享受")
        TERMINATED = "terminated", _("提前终止")

    change = models.OneToOneField(HouseholdChange, models.PROTECT, related_name="outcome")
    effect = models.CharField(_("处理结果"), max_length=10, choices=Effect.choices)
    reason = models.CharField(max_length=40, blank=True)
    facts = models.BinaryField()
    before = models.BinaryField()
    after = models.BinaryField()
    words = models.BinaryField()
    heard = models.BinaryField(default=bytes)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    stopped = models.DecimalField(max_digits=12, decimal_places=2)
    added = models.DecimalField(max_digits=12, decimal_places=2)
    overpaid = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("变更处理")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effect__in=["none", "adjusted"], reason="")
                | models.Q(effect__in=["reverted", "terminated"]) & ~models.Q(reason=""),
                name="change_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(reported_by=models.F("decided_by")), name="change_settled_by_another"
            ),
            models.CheckConstraint(
                condition=models.Q(stopped__gte=0, added__gte=0, overpaid__gte=0), name="change_sums_not_negative"
            ),
        ]


class PhaseOutWarning(models.Model):
    """The family was told that the phase-out will end; `paper` is null where it could not be printed. Once."""

    phase_out = models.OneToOneField(PhaseOut, models.PROTECT, related_name="warning")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="phase_out_warning")
    warned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("渐退期结束提醒")
        ordering = ["id"]


class CaseLink(models.Model):
    """A case that follows from an earlier one: the household comes back, or somebody else is its head now."""

    class Kind(models.TextChoices):
        REINCLUSION = "reinclusion", _("再次纳入")
        HEAD_DIED = "head_died", _("户主去世，其他家庭成员继续")

    application = models.OneToOneField(Application, models.PROTECT, related_name="follows")
    previous = models.ForeignKey(Application, models.PROTECT, related_name="followed_by")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("关联案件")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["reinclusion", "head_died"]), name="case_link_kind_known"
            ),
            models.CheckConstraint(condition=~models.Q(application=models.F("previous")), name="case_follows_another"),
        ]
