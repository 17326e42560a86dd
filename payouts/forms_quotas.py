"""Forms about places of a year: giving them to a county, and saying no."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payouts.quotas.asking import LONGEST_REASON, Asked
from people.forms import RefusableForm
from people.models import Division, Office


class SplitForm(RefusableForm):
    """How many places go to a county."""

    office = forms.TypedChoiceField(label=_("提出的机关"), coerce=int)
    scheme = forms.ChoiceField(label=_("事项"))
    year = forms.TypedChoiceField(label=_("年度"), coerce=int)
    to = forms.ChoiceField(label=_("分配给哪里"))
    places = forms.IntegerField(
        label=_("名额"), help_text=_("收回的写成负数，例如-5。"), min_value=-99999, max_value=99999
    )
    reason = forms.CharField(
        label=_("理由"),
        help_text=_("写明怎样测算出来。不要写个人信息。"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(
        self,
        offices: list[Office],
        schemes: Mapping[str, str],
        places: Iterable[Division],
        at: datetime,
        *args: Any,
    ) -> None:
        super().__init__(*args)
        self.fields["office"].choices = [(office.pk, office.label) for office in offices]
        self.fields["scheme"].choices = [("", _("请选择")), *schemes.items()]
        self.fields["to"].choices = [("", _("请选择")), *((place.pk, place.label) for place in places)]
        year = timezone.localdate(at).year
        self.fields["year"].choices = [(one, str(one)) for one in (year, year + 1)]
        self.say_what_is_missing()

    def asked(self) -> Asked:
        """What is asked; to be read once the form is valid."""
        given = self.cleaned_data
        return Asked(given["scheme"], given["year"], given["to"], given["places"], given["reason"])
