"""Forms of dossiers: opening one, choosing cases, the minutes."""

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application
from approvals.dossiers.minutes import Minutes, Present
from approvals.dossiers.opening import LONGEST_NAME, Choices, Opening
from approvals.labels import Labels
from people.forms import CheckboxesField, DatePartsField, RefusableForm, WholeNumberField
from people.joining import listed
from people.models import Office

LONGEST_TEXT, LONGEST_LIST = 5000, 3000
CHOOSE = ("", gettext_lazy("请选择"))
# A name, then the office: whatever people put between them.
NAME_AND_OFFICE = re.compile(r"^\s*(\S{2,20})[\s,，、;；]+(\S.{0,59}?)\s*$")


class OpeningForm(RefusableForm):
    """Scheme, place and period of a new dossier, and whom its request goes to."""

    office = forms.ChoiceField(label=gettext_lazy("立卷机关"))
    scheme = forms.ChoiceField(label=gettext_lazy("事项"))
    place = forms.ChoiceField(label=gettext_lazy("乡镇（街道）或学校"))
    period = forms.ChoiceField(
        label=gettext_lazy("学年或年度"), help_text=gettext_lazy("按提交申请的日期；学年从9月1日算起。")
    )
    request_to = forms.CharField(
        label=gettext_lazy("请示报送"),
        help_text=gettext_lazy("接收请示的机关全称，例如“蒙自市人民政府”。"),
        max_length=LONGEST_NAME,
    )

    def __init__(self, offices: Iterable[Office], found: Choices, labels: Labels, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        places = [(f"d{division.pk}", division.label) for division in found.divisions]
        places += [(f"s{school.pk}", school.label) for school in found.schools]
        self._offer("office", [(str(office.pk), office.label) for office in offices])
        self._offer("scheme", [(scheme, labels.title(scheme)) for scheme in found.schemes])
        self._offer("place", places)
        self._offer("period", [(period.code, period.label) for period in found.periods])

    def _offer(self, name: str, options: list[tuple[str, str]]) -> None:
        """Offer the options; the only one is chosen already."""
        self.fields[name].choices = options if len(options) == 1 else [CHOOSE, *options]

    def opening(self) -> Opening:
        """What is to be opened."""
        given = self.cleaned_data
        place = given["place"]
        return Opening(
            office=int(given["office"]),
            scheme=given["scheme"],
            period=given["period"],
            request_to=given["request_to"],
            division=place[1:] if place.startswith("d") else "",
            school=int(place[1:]) if place.startswith("s") else 0,
        )


class CasesForm(RefusableForm):
    """Which of the proposed cases are put in; all are ticked at first."""

    cases = CheckboxesField(
        label=gettext_lazy("可以编入的申请"), error_messages={"required": gettext_lazy("请至少选择一件申请。")}
    )

    def __init__(self, proposed: Iterable[Application], *args, **kwargs) -> None:
        options = [(case.public_id, _label_of(case)) for case in proposed]
        super().__init__(*args, initial={"cases": [value for value, _label in options]}, **kwargs)
        self.fields["cases"].choices = options


def _label_of(case: Application) -> str:
    amount = "" if case.amount is None else f"{case.amount:.2f}"
    return f"{case.number} {case.applicant_name} {case.official_label} {amount}".rstrip()


class MinutesForm(RefusableForm):
    """A meeting: when, where, who, what was said, how they voted."""

    held_on = DatePartsField(label=gettext_lazy("会议日期"), latest=timezone.localdate)
    place = forms.CharField(label=gettext_lazy("会议地点"), max_length=80)
    attendance = forms.CharField(
        label=gettext_lazy("到会人员"),
        help_text=gettext_lazy("每行一位：姓名，单位。"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 6}),
    )
    chair = forms.CharField(label=gettext_lazy("主持人"), max_length=40)
    text = forms.CharField(
        label=gettext_lazy("讨论情况和结论"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8})
    )
    votes_for = WholeNumberField(label=gettext_lazy("同意票"))
    votes_against = WholeNumberField(label=gettext_lazy("反对票"))
    abstained = WholeNumberField(label=gettext_lazy("弃权票"))

    def clean_attendance(self) -> tuple[Present, ...]:
        """One official a line, name and office."""
        lines = [line for line in self.cleaned_data["attendance"].splitlines() if line.strip()]
        found = [NAME_AND_OFFICE.match(line) for line in lines]
        wrong = [str(place) for place, match in enumerate(found, 1) if match is None]
        if wrong:
            raise ValidationError(_("第%(lines)s行请写成“姓名，单位”。") % {"lines": listed(wrong)})
        return tuple(Present(match[1], match[2]) for match in found if match)

    def minutes(self) -> Minutes:
        """The meeting as it was filled in."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "attendance"}
        return Minutes(present=self.cleaned_data["attendance"], **given)
