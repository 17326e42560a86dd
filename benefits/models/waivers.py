"""The life of a waiver 减免: terms, agreement, outlet, refunds, checks, changes, revival. Appended, never edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from benefits.models.kinds import Waiver
from papers.models import Paper
from people.models import User

NOT_BELOW_ZERO = models.Q(due_before__gte=0, paid_before__gte=0)
GROUNDS = ["transferred", "not_in_person", "gave_up", "certificate"]


class Ground(models.TextChoices):
    """Why the relief ends by the revival clause: clause 3 of the agreement 减免协议书 第三条."""

    TRANSFERRED = "transferred", _("代销点、摊位转让或者转租")
    NOT_IN_PERSON = "not_in_person", _("不再由本人经营")
    GAVE_UP = "gave_up", _("不再从事这项经营")
    CERTIFICATE = "certificate", _("残疾人证被注销")


class WaiverTerms(models.Model):
    """What was relieved as it stood on the day of the decision; yuan.

    `due_before` is what the contract asked for, `paid_before` what had been paid of it, `term_ends` the last day of the
    time a fee was relieved for; null where the relief has no such day.
    """

    class Relief(models.TextChoices):
        DEPOSIT_WAIVED = "deposit_waived", _("押金全免")
        DEPOSIT_REDUCED = "deposit_reduced", _("押金减收")
        STALL_FEE = "stall_fee", _("摊位费、租赁费减免")
        TERMINAL_FEE = "terminal_fee", _("终端机折旧费减免")
        PLATFORM_FEE = "platform_fee", _("平台费用减免")
        FEE = "fee", _("其他费用减免")
        SPACING = "spacing", _("间距放宽")

    waiver = models.OneToOneField(Waiver, models.PROTECT, related_name="terms")
    relief_kind = models.CharField(_("减免种类"), max_length=16, choices=Relief.choices)
    due_before = models.DecimalField(max_digits=12, decimal_places=2)
    paid_before = models.DecimalField(max_digits=12, decimal_places=2)
    term_ends = models.DateField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("减免内容")
        indexes = [models.Index(fields=["term_ends"], name="waiver_terms_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    relief_kind__in=[
                        "deposit_waived",
                        "deposit_reduced",
                        "stall_fee",
                        "terminal_fee",
                        "platform_fee",
                        "fee",
                        "spacing",
                    ]
                ),
                name="waiver_relief_kind_known",
            ),
            models.CheckConstraint(condition=NOT_BELOW_ZERO, name="waiver_terms_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(relief_kind="spacing") | models.Q(due_before=0, paid_before=0),
                name="waiver_of_spacing_has_no_money",
            ),
        ]


class WaiverAgreement(models.Model):
    """减免协议: the number of its paper, the day it was concluded, and who confirmed it for the centre."""

    waiver = models.OneToOneField(Waiver, models.PROTECT, related_name="agreement")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="waiver_agreement")
    number = models.CharField(max_length=60)
    concluded_on = models.DateField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("减免协议")


class WaiverOutlet(models.Model):
    """Where it is run: number and address, encrypted; the last row holds. The first is as in the agreement."""

    waiver = models.ForeignKey(Waiver, models.PROTECT, related_name="outlets")
    place = models.BinaryField()
    since = models.DateField()
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("经营地点")
        ordering = ["id"]


class WaiverRefund(models.Model):
    """What the centre says it paid back, yuan; we pay nothing. `reference`: its voucher, told once."""

    waiver = models.ForeignKey(Waiver, models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    paid_on = models.DateField()
    reference = models.CharField(max_length=60)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("彩票中心退款")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["waiver", "reference"], name="waiver_refund_told_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="waiver_refund_above_zero"),
            models.CheckConstraint(condition=~models.Q(reference=""), name="waiver_refund_has_a_voucher"),
        ]


class WaiverCheck(models.Model):
    """年检: who holds it, whether it is run in person, whether the certificate is valid, and in words (encrypted).

    `next_due` is the day of the next look; null where a ground for revival was found.
    """

    class Result(models.TextChoices):
        OK = "ok", _("符合")
        UNCLEAR = "unclear", _("待查明")
        REVIVAL = "revival", _("有恢复缴纳的情形")

    waiver = models.ForeignKey(Waiver, models.PROTECT, related_name="checks")
    same_holder = models.BooleanField()
    in_person = models.BooleanField()
    certificate_valid = models.BooleanField()
    result = models.CharField(_("年检结果"), max_length=8, choices=Result.choices)
    ground = models.CharField(_("恢复缴纳的情形"), max_length=16, choices=Ground.choices, blank=True)
    words = models.BinaryField()
    next_due = models.DateField(null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("年检")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result="ok", same_holder=True, in_person=True, certificate_valid=True)
                | models.Q(result__in=["unclear", "revival"]),
                name="waiver_check_ok_when_all_is",
            ),
            models.CheckConstraint(
                condition=models.Q(result__in=["ok", "unclear"], ground="", next_due__isnull=False)
                | models.Q(result="revival", ground__in=GROUNDS, next_due__isnull=True),
                name="waiver_check_names_the_ground",
            ),
        ]


class WaiverReminder(models.Model):
    """That a check was due on a day was told, once."""

    waiver = models.ForeignKey(Waiver, models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    reminded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("年检提醒")
        constraints = [models.UniqueConstraint(fields=["waiver", "due_on"], name="waiver_reminded_once_a_day_due")]


class WaiverChange(models.Model):
    """What the holder told, or somebody found out: what, since when, and in words (encrypted)."""

    class Kind(models.TextChoices):
        TRANSFERRED = "transferred", _("代销点、摊位转让或者转租")
        NOT_IN_PERSON = "not_in_person", _("不再由本人经营")
        GAVE_UP = "gave_up", _("不再从事这项经营")
        CERTIFICATE = "certificate", _("残疾人证被注销")
        MOVED = "moved", _("搬到别处经营")
        CONTRACT_OVER = "contract_over", _("合同到期或者解除")
        WISH = "wish", _("不再需要减免")

    class Source(models.TextChoices):
        HOLDER = "holder", _("本人报告")
        FAMILY = "family", _("家人报告")
        CENTRE = "centre", _("工作中发现")

    waiver = models.ForeignKey(Waiver, models.PROTECT, related_name="changes")
    kind = models.CharField(_("变更事项"), max_length=16, choices=Kind.choices)
    found_by = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    happened_on = models.DateField()
    words = models.BinaryField()
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("减免的变更")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[*GROUNDS, "moved", "contract_over", "wish"]),
                name="waiver_change_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(found_by__in=["holder", "family", "centre"]), name="waiver_change_source_known"
            ),
        ]


class WaiverChangeAnswer(models.Model):
    """What came of a change, by somebody else than who reported it; words encrypted."""

    class Result(models.TextChoices):
        NOTHING = "nothing", _("不影响减免")
        MOVED = "moved", _("已登记新的经营地点")
        ENDED = "ended", _("减免已终止")
        REVIVAL = "revival", _("拟恢复缴纳，另案办理")

    change = models.OneToOneField(WaiverChange, models.PROTECT, related_name="answer")
    result = models.CharField(_("处理结果"), max_length=8, choices=Result.choices)
    words = models.BinaryField()
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("减免变更的处理")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result__in=["nothing", "moved", "ended", "revival"]),
                name="waiver_change_result_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(reported_by=models.F("answered_by")), name="waiver_change_answered_by_another"
            ),
        ]


class WaiverRevival(models.Model):
    """恢复缴纳: by which ground, from which day, what is to be paid to the centre (yuan) and by when.

    `decided_in` is the case of its own in which it was decided. `amount` is 0.00 where nothing is due at once: a fee is
    asked for in full from then on.
    """

    waiver = models.OneToOneField(Waiver, models.PROTECT, related_name="revival")
    decided_in = models.ForeignKey(Application, models.PROTECT, related_name="waivers_revived")
    ground = models.CharField(_("恢复缴纳的情形"), max_length=16, choices=Ground.choices)
    effective_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    pay_by = models.DateField(null=True)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("恢复缴纳")
        constraints = [
            models.CheckConstraint(condition=models.Q(ground__in=GROUNDS), name="waiver_revival_ground_known"),
            models.CheckConstraint(
                condition=models.Q(amount=0, pay_by__isnull=True) | models.Q(amount__gt=0, pay_by__isnull=False),
                name="waiver_revival_says_by_when",
            ),
        ]
