"""Ex officio proceedings 依职权, and the looks a benefit that lives on is given."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from benefits.models.waivers import GROUNDS, Ground
from people.models import User


class Proceeding(models.Model):
    """What the office of a granted case (`about`) takes up by itself, in a case of its own (`application`).

    `grounds`, `facts`, `statement` and `hearing_notes` are encrypted with the key of the case. `facts`, `clause`,
    `amount` and `effective_on` are those of the prior notice: for a reduction `amount` is what is paid from then on
    for each period, for recovery and revocation what is to be paid back, for a revival what is to be paid to the
    lottery centre again, in yuan. `ground` is the event of the revival clause; "" for every other kind.
    """

    class Kind(models.TextChoices):
        STOP = "stop", _("停发")
        REDUCE = "reduce", _("减发")
        REVOKE = "revoke", _("撤销")
        RECOVER = "recover", _("追回")
        REVIVE = "revive", _("恢复缴纳")

    class Source(models.TextChoices):
        OFFICIAL = "official", _("工作中发现")
        CALENDAR = "calendar", _("定期复核")
        MATCH = "match", _("数据比对")
        COMPLAINT = "complaint", _("投诉举报")
        ORDER = "order", _("上级交办")

    class Outcome(models.TextChoices):
        OPEN = "", _("办理中")
        IMPOSED = "imposed", _("已作出处理")
        DROPPED = "dropped", _("不予处理")

    application = models.OneToOneField(Application, models.PROTECT, related_name="proceeding")
    about = models.ForeignKey(Application, models.PROTECT, related_name="proceedings")
    kind = models.CharField(_("处理方式"), max_length=10, choices=Kind.choices)
    source = models.CharField(_("线索来源"), max_length=10, choices=Source.choices)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ground = models.CharField(_("恢复缴纳的情形"), max_length=16, choices=Ground.choices, blank=True)
    grounds = models.BinaryField()
    facts = models.BinaryField(default=bytes)
    clause = models.CharField(max_length=300, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    effective_on = models.DateField(null=True)
    notice_at = models.DateTimeField(null=True)
    reply_due = models.DateTimeField(null=True)
    statement = models.BinaryField(default=bytes)
    statement_at = models.DateTimeField(null=True)
    statement_entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    hearing_wanted = models.BooleanField(default=False)
    hearing_notes = models.BinaryField(default=bytes)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default=Outcome.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("依职权处理")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["reply_due"], condition=models.Q(outcome=""), name="proceeding_by_term"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind"], condition=models.Q(outcome=""), name="one_open_proceeding_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["stop", "reduce", "revoke", "recover", "revive"]),
                name="proceeding_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="revive", ground__in=GROUNDS) | ~models.Q(kind="revive") & models.Q(ground=""),
                name="revival_names_its_ground",
            ),
            models.CheckConstraint(
                condition=models.Q(notice_at__isnull=True, reply_due__isnull=True)
                | models.Q(
                    notice_at__isnull=False,
                    reply_due__isnull=False,
                    reply_due__gt=models.F("notice_at"),
                    effective_on__isnull=False,
                )
                & ~models.Q(clause=""),
                name="prior_notice_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(notice_at__isnull=True)
                | models.Q(kind__in=["reduce", "recover"], amount__isnull=False, amount__gt=0)
                | models.Q(kind="stop", amount__isnull=True)
                | models.Q(kind__in=["revoke", "revive"]) & (models.Q(amount__isnull=True) | models.Q(amount__gt=0)),
                name="prior_notice_names_the_sum",
            ),
            models.CheckConstraint(
                condition=models.Q(statement_at__isnull=True, hearing_wanted=False)
                | models.Q(
                    statement_at__isnull=False, notice_at__isnull=False, statement_at__gte=models.F("notice_at")
                ),
                name="statement_answers_the_notice",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", closed_at__isnull=True)
                | models.Q(outcome="dropped", closed_at__isnull=False)
                | models.Q(outcome="imposed", closed_at__isnull=False, notice_at__isnull=False),
                name="proceeding_ends_after_hearing",
            ),
        ]


class BenefitReview(models.Model):
    """定期复核: somebody looked at a benefit that lives on and found nothing changed; in their words, encrypted."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="benefit_reviews")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.BinaryField()

    class Meta:
        verbose_name = _("定期复核")
        ordering = ["id"]
