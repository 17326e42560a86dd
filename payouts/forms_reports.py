"""The form of a yearly report."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payouts.yearly.report import Edition
from people.forms import BaseForm, ChoiceRadioField, DatePartsField
from people.models import Office


class ReportForm(BaseForm):
    """Which office, which day its year is told up to, and for whom."""

    office = forms.ChoiceField(label=_("机关"))
    up_to = DatePartsField(
        label=_("截止日期"),
        help_text=_("年度已经结束的，填写12月31日；没有结束的，填写已经过去的一天，报告会写明截至哪一天。"),
    )
    public = ChoiceRadioField(
        label=_("版本"),
        choices=[
            ("no", _("内部版：列出全部数字")),
            ("yes", _("公开版：少于5的数字不公开，年度结束后才能制发")),
        ],
    )

    def __init__(self, offices: list[Office], at: datetime, *given: Any) -> None:
        super().__init__(*given)
        self.offices = {str(office.pk): office for office in offices}
        self.fields["office"].choices = [(key, office.label) for key, office in self.offices.items()]
        if not self.is_bound:
            self.initial["up_to"] = date(timezone.localdate(at).year, 1, 1) - timedelta(days=1)

    def edition(self) -> Edition:
        """What was asked for; to be read once the form is valid."""
        given = self.cleaned_data
        up_to = given["up_to"]
        return Edition(self.offices[given["office"]], up_to.year, up_to, given["public"] == "yes")
