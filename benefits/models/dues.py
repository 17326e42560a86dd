"""Dues 应发: lines of money owed. Appended, never edited."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from benefits.models.banks import LoanBank
from benefits.models.budgets import Budget
from benefits.models.milestones import Milestone
from people.models import Organisation, Person


class Due(models.Model):
    """One line owed for one period: a month ("2026-12") or a year ("2026"). Amount in yuan.

    Owed to a person (`payee`) or to an organisation (`payee_organisation`), never to both.
    An instalment of a grant names its `milestone`, before which it is not paid, and its component where there are some.
    `bank`: it is paid to the account of the bank that gave the loan, for the payee, who owes the bank the interest.
    `budget` is the envelope it was reserved in; the finance office of the envelope's division pays it.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="dues")
    payee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="dues")
    payee_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="dues")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="dues")
    scheme_code = models.CharField(max_length=60)
    period = models.CharField(max_length=7)
    sequence = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    payable_from = models.DateField()
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, related_name="dues")
    component = models.CharField(max_length=40, blank=True)
    bank = models.ForeignKey(LoanBank, models.PROTECT, null=True, related_name="dues")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("应发")
        ordering = ["application_id", "period", "sequence"]
        indexes = [models.Index(fields=["scheme_code", "payable_from"], name="due_by_scheme")]
        constraints = [
            models.UniqueConstraint(fields=["application", "period", "sequence"], name="due_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="due_is_positive"),
            models.CheckConstraint(
                condition=models.Q(payee__isnull=False, payee_organisation__isnull=True)
                | models.Q(payee__isnull=True, payee_organisation__isnull=False),
                name="due_has_one_payee",
            ),
        ]

    @property
    def kept_back(self) -> bool:
        """Whether it waits for a milestone."""
        return self.milestone is not None and self.milestone.state != Milestone.State.MET

    def taken_from(self, first: date) -> bool:
        """Whether a decision in force from that day takes it, unless it is paid: what is payable by then, and every
        instalment of a grant, which is one sum for one purpose and not owed day by day.
        """
        return self.milestone_id is not None or self.payable_from >= first

    def __str__(self) -> str:
        return f"{self.application} {self.period}"
