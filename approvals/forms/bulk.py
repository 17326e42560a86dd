"""The form that starts a bulk run: what is said of the cases chosen, once for all."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.bulk.choosing import Choice
from approvals.forms.decision import LONGEST_TEXT
from approvals.outcomes import Outcome
from people.forms import BaseForm, ChoiceRadioField


class BulkForm(BaseForm):
    """Outcome and words. `token` is new with each page: the same page sent twice starts one run."""

    mark_optional = False
    chosen = forms.CharField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("意见"),
        help_text=gettext_lazy("写入每一件的意见，可以不写。不要写姓名、证件号码等只属于某一件的内容。"),
        widget=forms.Textarea({"rows": 3, "maxlength": LONGEST_TEXT}),
        max_length=LONGEST_TEXT,
        required=False,
    )

    field_order = ["chosen", "token", "outcome", "text"]

    def __init__(self, choice: Choice, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = _outcome_field(choice.counts)
        if len(choice.counts) == 1:
            self.initial.setdefault("outcome", next(iter(choice.counts)))
        self.order_fields(self.field_order)


def _outcome_field(counts: Mapping[str, int]) -> ChoiceRadioField:
    choices = [(outcome, Outcome(outcome).label) for outcome in counts]
    hints = {outcome: _("%(count)s件可以这样办理") % {"count": count} for outcome, count in counts.items()}
    messages = {"required": _("请选择办理结果。"), "invalid_choice": _("请选择办理结果。")}
    return ChoiceRadioField(label=_("办理结果"), choices=choices, hints=hints, error_messages=messages)
