"""Forms of the archive: whom to look for, what to file, why to keep, to whom to hand over."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application
from archives.handing_over import LONGEST_NAME
from archives.holds import LONGEST
from people.forms import BaseForm, CheckboxesField, RefusableForm
from people.models import Office

LONGEST_SEARCH = 60
CHOOSE = ("", gettext_lazy("请选择"))


class SearchForm(BaseForm):
    """Whom or what to look for. It is sent as a form, never in an address: somebody may type a citizen ID into it."""

    mark_optional = False
    q = forms.CharField(
        label=gettext_lazy("档号、姓名、单位或身份证号"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "class": "zd-input--search"}),
    )


class WaitingForm(RefusableForm):
    """Which closed cases are filed; all are ticked at first."""

    cases = CheckboxesField(
        label=gettext_lazy("已办结、还没有归档的申请"),
        error_messages={"required": gettext_lazy("请至少选择一件申请。")},
    )

    def __init__(self, waiting: Iterable[Application], *args, **kwargs) -> None:
        options = [(case.public_id, f"{case.number} {case.applicant_name} {case.official_label}") for case in waiting]
        super().__init__(*args, initial={"cases": [value for value, _label in options]}, **kwargs)
        self.fields["cases"].choices = options


class HoldForm(RefusableForm):
    """Why a file is kept beyond its time."""

    reason = forms.CharField(
        label=gettext_lazy("为什么暂缓销毁"),
        help_text=gettext_lazy("例如正在复议、诉讼、审计，或者上级要求保留。"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )


class HandoverForm(RefusableForm):
    """Of which office and year, and to which archive."""

    year = forms.ChoiceField(label=gettext_lazy("机关和年度"))
    receiver = forms.CharField(
        label=gettext_lazy("接收单位"),
        help_text=gettext_lazy("接收档案的单位全称，例如“蒙自市档案馆”或本机关档案室。"),
        max_length=LONGEST_NAME,
    )

    def __init__(self, years: Iterable[dict[str, int]], offices: Iterable[Office], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = {office.pk: office.label for office in offices}
        options = [(f"{one['office']}-{one['year']}", _option(one, names)) for one in years]
        self.fields["year"].choices = options if len(options) == 1 else [CHOOSE, *options]

    def chosen(self) -> tuple[int, int]:
        """Office and year."""
        office, year = self.cleaned_data["year"].split("-")
        return int(office), int(year)


def _option(one: dict[str, int], names: dict[int, str]) -> str:
    return _("%(office)s %(year)s年度（%(count)s卷）") % {
        "office": names[one["office"]],
        "year": one["year"],
        "count": one["count"],
    }
