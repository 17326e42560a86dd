"""Where the money of an envelope comes from: indicator documents 指标文 by tranche, and what was asked for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models.asked_of_finance import DECIDED_BY_ANOTHER, STAMPED, AskedOfFinance
from benefits.models.budgets import MONEY, Budget
from people.models import Division, Office

# Shares are kept in hundredths of a per cent, whole numbers that every database adds up exactly.
WHOLE_SHARE = 10_000


class BudgetRequest(AskedOfFinance):
    """What was asked for an envelope: more money, less, a part for a county, or its rest in the next year. In yuan.

    `office` asked; somebody else, of finance, approves it with a document or refuses it with a `note`.
    """

    class Kind(models.TextChoices):
        INCREASE = "increase", _("追加")
        DECREASE = "decrease", _("调减")
        SPLIT = "split", _("分配到下级")
        CARRY_OVER = "carry_over", _("结转下年")

    kind = models.CharField(_("事由"), max_length=10, choices=Kind.choices)
    scheme_code = models.CharField(max_length=60)
    division = models.ForeignKey(Division, models.PROTECT, related_name="budget_requests")
    year = models.PositiveSmallIntegerField()
    to_division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")
    amount = models.DecimalField(**MONEY)
    office = models.ForeignKey(Office, models.PROTECT, related_name="budget_requests")

    class Meta:
        verbose_name = _("预算申请")
        ordering = ["-id"]
        indexes = [models.Index(fields=["division", "state"], name="budget_request_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme_code", "division", "year"],
                condition=Q(kind="carry_over", state="waiting"),
                name="one_carry_over_waits",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["increase", "decrease", "carry_over"], to_division__isnull=True)
                | Q(kind="split", to_division__isnull=False),
                name="budget_split_names_place",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_request_is_positive"),
            models.CheckConstraint(condition=DECIDED_BY_ANOTHER, name="budget_request_decided_by_another"),
            models.CheckConstraint(condition=STAMPED, name="budget_request_is_stamped"),
        ]

    def __str__(self) -> str:
        return _("预算申请 %(number)s") % {"number": self.pk}

    @property
    def stream(self) -> str:
        """The audit stream of this request."""
        return f"budget:{self.pk}"

    @property
    def reference(self) -> str:
        """What events about it carry as their subject."""
        return f"budget-{self.pk}"


class Tranche(models.Model):
    """One sum that came into an envelope or left it (below zero), in yuan, with the document that says so. Appended.

    `province`, `prefecture` and `county` are what each level bears, in hundredths of a per cent, 10,000 together.
    `opening`: the envelope was there before documents were kept; its source may be unstated.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", _("期初")
        INCREASE = "increase", _("下达")
        DECREASE = "decrease", _("调减")
        SPLIT_OUT = "split_out", _("分配给下级")
        SPLIT_IN = "split_in", _("上级分配")
        CARRY_OUT = "carry_out", _("结转到下年")
        CARRY_IN = "carry_in", _("上年结转")

    class Source(models.TextChoices):
        EMPLOYMENT = "employment", _("就业补助资金")
        DISABILITY = "disability", _("残疾人就业保障金")
        DIBAO = "dibao", _("低保资金")
        LOTTERY = "lottery", _("彩票公益金")
        UNSTATED = "unstated", _("未注明")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="tranches")
    request = models.ForeignKey(BudgetRequest, models.PROTECT, null=True, related_name="tranches")
    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)
    document = models.CharField(_("指标文号"), max_length=60)
    dated = models.DateField(_("发文日期"), null=True)
    source = models.CharField(_("资金来源"), max_length=10, choices=Source.choices)
    function_code = models.CharField(_("功能分类科目"), max_length=7, blank=True)
    economic_code = models.CharField(_("经济分类科目"), max_length=5, blank=True)
    amount = models.DecimalField(_("金额"), **MONEY)
    province = models.PositiveSmallIntegerField()
    prefecture = models.PositiveSmallIntegerField()
    county = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("指标")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "budget"], name="tranche_once_a_request"),
            models.CheckConstraint(
                condition=Q(kind__in=["opening", "increase", "split_in", "carry_in"], amount__gt=0)
                | Q(kind__in=["decrease", "split_out", "carry_out"], amount__lt=0),
                name="tranche_amount_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["employment", "disability", "dibao", "lottery"])
                | Q(kind="opening", source="unstated")
                | Q(kind__in=["decrease", "split_out", "split_in", "carry_out", "carry_in"], source="unstated"),
                name="tranche_source_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="opening", request__isnull=True)
                | ~Q(kind="opening") & Q(request__isnull=False, dated__isnull=False) & ~Q(document=""),
                name="tranche_is_documented",
            ),
            models.CheckConstraint(
                condition=Q(province=WHOLE_SHARE - F("prefecture") - F("county")), name="tranche_shares_add_up"
            ),
        ]

    def __str__(self) -> str:
        return self.document
