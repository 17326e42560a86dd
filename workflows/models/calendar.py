"""The working-day calendar: a table an administrator loads each winter, never a guess."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """One day of a loaded year. A year counts as loaded when all its days are there."""

    class Basis(models.TextChoices):
        STATED = "stated", _("依据通知")
        ASSUMED = "assumed", _("暂按推定")

    date = models.DateField(_("日期"), primary_key=True)
    working = models.BooleanField(_("工作日"))
    name = models.CharField(_("名称"), max_length=60, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    basis = models.CharField(_("依据类别"), max_length=8, choices=Basis.choices)
    source = models.CharField(_("依据"), max_length=160, blank=True)

    class Meta:
        ordering = ["date"]
        verbose_name = _("工作日历")
        constraints = [
            models.CheckConstraint(condition=models.Q(basis__in=["stated", "assumed"]), name="calendar_basis_known")
        ]

    @property
    def label(self) -> str:
        """The name of the holiday or swapped working day in the reader's language, "" for an ordinary day."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name
