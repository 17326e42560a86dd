"""What of earlier applications is taken over: two boxes, neither ticked."""

from django import forms
from django.utils.translation import gettext as _

from applications.reuse.sources import Earlier
from people.forms import BaseForm

ANSWERS, PAPERS = "take_answers", "take_papers"


class EarlierForm(BaseForm):
    """Only what there is has a box; sending the page without a tick asks what is meant."""

    mark_optional = False

    def __init__(self, earlier: Earlier, *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        if earlier.answers:
            label = _("用上面填过的内容，我会再核对")
            self.fields[ANSWERS] = forms.BooleanField(label=label, required=False)
        if earlier.papers:
            self.fields[PAPERS] = forms.BooleanField(label=_("用上面交过的材料，不用再上传"), required=False)

    @property
    def takes(self) -> dict[str, bool]:
        """What was ticked."""
        return {
            "answers": bool(self.cleaned_data.get(ANSWERS)),
            "papers": bool(self.cleaned_data.get(PAPERS)),
        }

    def clean(self) -> dict:
        """At least one tick."""
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in (ANSWERS, PAPERS)):
            first = ANSWERS if ANSWERS in self.fields else PAPERS
            self.add_error(first, _("请勾选要用的内容；都不用的话，请按“不用，从头填”。"))
        return cleaned
