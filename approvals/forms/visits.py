"""Forms of visits: a plan, a report, photos. What they mean is checked by the services."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.forms.uploads import SeveralFilesField
from approvals.labels import Labels
from approvals.models import Visit
from approvals.visits.photos import LONGEST_CAPTION
from approvals.visits.reporting import Report
from people.forms import (
    CheckboxesField,
    ChoiceRadioField,
    DatePartsField,
    FilterForm,
    RefusableForm,
    YesNoField,
)
from people.models import Post
from workflows.models import WorkItem

LONGEST_FINDINGS, LONGEST_REFUSAL = 2000, 200
PICTURES = "image/jpeg,image/png,.jpg,.jpeg,.png"
MET = [(value, label) for value, label in Visit.Met.choices if value]
SIGNATURES = [(value, label) for value, label in Visit.Signature.choices if value]
SIGNATURE_HINTS = {
    Visit.Signature.FINGERPRINT: _("不便写字的，在纸上按手印后拍照上传。"),
    Visit.Signature.SHEET: _("在纸质记录上签名后拍照上传。"),
    Visit.Signature.REFUSED: _("写明原因，由同行的工作人员见证。"),
}


class PlanForm(RefusableForm):
    """Which cases of an area, on what day, with whom."""

    items = CheckboxesField(label=_("要核查的申请"), error_messages={"required": _("请至少选择一件申请。")})
    on = DatePartsField(label=_("入户日期"))
    companion = forms.ChoiceField(
        label=_("同行人"), help_text=_("入户核查须由两人进行：您和一位同事。同行人今后不能在其他环节办理这些申请。")
    )

    def __init__(self, items: Iterable[WorkItem], posts: Iterable[Post], labels: Labels, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(str(item.pk), _item_label(item, labels)) for item in items]
        names = {
            str(post.user_id): _("%(name)s（%(more)s）") % {"name": post.user.full_name, "more": post.office.label}
            for post in posts
        }
        self.fields["companion"].choices = [("", _("请选择")), *names.items()]
        self.say_what_is_missing()


def _item_label(item: WorkItem, labels: Labels) -> str:
    case = item.application
    due = timezone.localdate(item.due_at)
    return f"{case.number} {case.applicant_name} {labels.title(case.scheme_code)} {due:%Y-%m-%d}"


class DayForm(FilterForm):
    """The day of a route sheet."""

    on = forms.DateField(label=_("日期"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def chosen(self, today: date) -> date:
        """The day asked for; today where none, or none that can be read."""
        return (self.is_valid() and self.cleaned_data["on"]) or today


class ReportForm(RefusableForm):
    """What two officials found. `token` makes a report that is sent twice one report."""

    mark_optional = False
    token = forms.UUIDField(widget=forms.HiddenInput)
    made_on = DatePartsField(label=_("实际入户日期"))
    made_time = forms.TimeField(
        label=_("几点到的"),
        help_text=_("例如 14:30"),
        widget=forms.TimeInput({"type": "time", "class": "govuk-input--width-10"}, format="%H:%M"),
        error_messages={"invalid": _("请按“时:分”填写，例如 14:30。")},
    )
    met = ChoiceRadioField(label=_("见到了谁"), help_text=_("见到人的，下面还要填写是否认可、怎样签名。"), choices=MET)
    findings = forms.CharField(
        label=_("看到的情况"),
        help_text=_("写明住房、同住的人、身体和生活情况；没有遇到人的，写明怎样联系过。"),
        max_length=LONGEST_FINDINGS,
        widget=forms.Textarea({"rows": 6, "maxlength": LONGEST_FINDINGS}),
    )
    agreed = YesNoField(label=_("对方认可以上情况"), required=False)
    signature = ChoiceRadioField(label=_("签名方式"), choices=SIGNATURES, hints=SIGNATURE_HINTS, required=False)
    image = forms.FileField(
        label=_("签名、手印或签名单的照片"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": PICTURES}),
    )
    refusal = forms.CharField(label=_("拒绝签名的原因"), max_length=LONGEST_REFUSAL, required=False)

    def report(self) -> Report:
        """The report as it was filled in."""
        given = self.cleaned_data
        made_at = datetime.combine(given["made_on"], given["made_time"], timezone.get_current_timezone())
        return Report(
            token=given["token"],
            made_at=made_at,
            met=given["met"],
            findings=given["findings"],
            agreed=given["agreed"],
            signature=given["signature"],
            refusal=given["refusal"],
            image=given["image"] or None,
        )


class PhotosForm(RefusableForm):
    """Photos with what they show. `token` is the sender's; the time a photo was taken comes from the device."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    photos = SeveralFilesField(label=_("照片（可以选几张）"))
    caption = forms.CharField(label=_("照片说明"), max_length=LONGEST_CAPTION, required=False)
    taken_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs["accept"] = PICTURES

    def clean(self) -> dict:
        """At least one photo; what the device says of the time is only believed where it can be read."""
        if "photos" in self.cleaned_data and not self.cleaned_data["photos"]:
            self.add_error("photos", _("请选择照片。"))
        self.errors.pop("taken_at", None)
        return {"taken_at": None, **self.cleaned_data}

    def tokens(self) -> list[uuid.UUID]:
        """One token a photo: the sender's own for one, derived from it for several."""
        token, photos = self.cleaned_data["token"], self.cleaned_data["photos"]
        return [token] if len(photos) == 1 else [uuid.uuid5(token, str(place)) for place in range(len(photos))]
