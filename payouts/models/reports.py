"""Yearly reports 年度报告 of offices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models import Paper
from people.models import Office, User


class YearlyReport(models.Model):
    """What an office did in a year up to a day (its last, where the year is over), as a paper.

    `public`: the edition in which small numbers are withheld.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="yearly_reports")
    year = models.PositiveSmallIntegerField()
    up_to = models.DateField()
    public = models.BooleanField()
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="yearly_report")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="yearly_reports")
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = _("年度报告")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "up_to", "public"], name="yearly_report_once"),
            models.CheckConstraint(condition=models.Q(year__gte=2000), name="yearly_report_of_a_year"),
        ]

    def __str__(self) -> str:
        return self.paper.number
