"""Forms of time: an extension, a pause, its end. What they mean is checked by the services."""

from collections.abc import Mapping
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.timing import changes
from people.forms import BaseForm, ChoiceRadioField, DatePartsField, WholeNumberField
from workflows.models import WorkItem

LONGEST_TEXT = 500
REASONS = [(value, label) for value, label in WorkItem.PauseReason.choices if value in changes.REASONS]


class TimeForm(BaseForm):
    """What every change of time is sent with."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def add_refused(self, errors: Mapping[str, str], message: str) -> None:
        """Put a service's faults at their fields; those of no field on top."""
        for name, text in errors.items():
            self.add_error(name if name in self.fields else None, text)
        if not errors:
            self.add_error(None, message)


def _words(label: str, *, required: bool = True) -> forms.CharField:
    box = forms.Textarea({"rows": 3, "maxlength": LONGEST_TEXT})
    hint = _("会告诉申请人，请不要写其他人的信息。")
    return forms.CharField(label=label, help_text=hint, widget=box, max_length=LONGEST_TEXT, required=required)


class ExtendForm(TimeForm):
    """How many days, and why."""

    days = WholeNumberField(label=_("延长几天"), min_value=1)
    text = _words(_("延长的理由"))


class PauseForm(TimeForm):
    """Why, and until when at the latest."""

    reason = ChoiceRadioField(label=_("暂停的原因"), choices=REASONS)
    until = DatePartsField(
        label=_("最晚到哪天恢复"),
        help_text=_("到这天没有恢复的，第二天自动恢复计时。"),
        earliest=lambda: timezone.localdate() + timedelta(days=1),
        latest=lambda: timezone.localdate() + timedelta(days=changes.LONGEST_PAUSE_DAYS),
    )
    text = _words(_("暂停的理由"))


class ResumeForm(TimeForm):
    """Words are welcome, not needed."""

    text = _words(_("说明"), required=False)
