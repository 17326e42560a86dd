"""Banks' lists of a quarter's interest 付息清单, as they were brought in: sealed, and what came of each line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from benefits.models import LoanBank
from people.models import DataKey, Office, User


class LoanList(models.Model):
    """A list a bank handed in, sealed with a key of its own. The same list brought to an office twice is one.

    `bank`: whose list it is, where the office said so; where policy pays banks, the dues of its claims go to that one.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    data_key = models.OneToOneField(DataKey, models.PROTECT)
    bank = models.ForeignKey(LoanBank, models.PROTECT, null=True, related_name="lists")
    stored = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    brought_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        verbose_name = _("银行贴息清单")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "sha256"], name="loan_list_once"),
            models.CheckConstraint(condition=models.Q(rows__gt=0), name="loan_list_has_lines"),
        ]


class LoanListLine(models.Model):
    """What a line came to when the list was brought: the claim it is about (null where there is none), and the result.

    `off`: how much more the bank states than principal, rate and days come to, in yuan; null where nobody knows.
    """

    class Standing(models.TextChoices):
        AGREES = "agrees", _("与申请一致")
        GRANTED = "granted", _("这一季度已经批准")
        DIFFERS = "differs", _("与申请不一致")
        NOT_CLAIMED = "not_claimed", _("借款人没有申报这一季度")
        UNKNOWN = "unknown", _("没有这笔贷款的贴息申请")

    list = models.ForeignKey(LoanList, models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField()
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="loan_lines")
    standing = models.CharField(max_length=12, choices=Standing.choices)
    off = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("贴息清单行")
        ordering = ["list_id", "row"]
        constraints = [
            models.UniqueConstraint(fields=["list", "row"], name="loan_line_once"),
            models.CheckConstraint(
                condition=models.Q(standing__in=["agrees", "granted", "differs"], application__isnull=False)
                | models.Q(standing__in=["not_claimed", "unknown"], application__isnull=True),
                name="loan_line_names_claim",
            ),
        ]
