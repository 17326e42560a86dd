"""Forms of ratings: what the applicant thinks, and the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.forms.exofficio import words_field
from approvals.models import Rating
from approvals.ratings.rating import LONGEST, REASONS, Rated
from people.forms import CheckboxesField, ChoiceRadioField, RefusableForm


class RatingForm(RefusableForm):
    """Five levels, reasons, words."""

    level = ChoiceRadioField(label=_("您对这次办理满意吗？"), choices=Rating.Level.choices)
    reasons = CheckboxesField(label=_("为什么"), choices=list(REASONS.items()), required=False)
    text = forms.CharField(
        label=_("想说的话"),
        help_text=_("办理您这件事的人，在答复以前看不到。请不要写证件号码和银行账号。"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
    )

    def rated(self) -> Rated:
        """What was entered, as the service takes it."""
        given: dict[str, Any] = self.cleaned_data
        return Rated(int(given["level"]), tuple(given["reasons"]), given["text"])


class RatingAnswerForm(RefusableForm):
    """The answer to a bad rating."""

    answer = words_field(_("答复"), _("申请人会看到。写明核实的情况、怎样改进。"), rows=5)
