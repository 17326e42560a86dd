"""File inputs: one for each paper asked for, each taking several files."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _

from people.forms import BaseForm
from schemes.definition import PaperAsked

LABEL = '{}<span class="govuk-visually-hidden">{}{}</span>'
LATER = "later_"
ACCEPTED = "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"


class SeveralFilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files; clean gives a list. Emptiness and size are judged with the content, not here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=SeveralFilesInput({"accept": ACCEPTED}), allow_empty_file=True, **options)

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:
        """The files chosen, in order."""
        return [file for file in (value or []) if file]


class UploadForm(BaseForm):
    """One input a paper. Nothing is required to send the page: missing papers are asked for when the case is filed.

    `promised`: the papers that were said to follow. Those that may follow have a box to tick, where `may_promise`.
    """

    def __init__(
        self,
        papers: Sequence[PaperAsked],
        *arguments: Any,
        promised: Collection[str] = (),
        may_promise: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.following = [paper for paper in papers if may_promise and paper.can_follow]
        for paper in papers:
            label = format_html(LABEL, _("拍照或选择文件（可以选几个）"), _("："), str(paper.label))
            self.fields[paper.code] = SeveralFilesField(label=label, required=paper.required)
        for paper in self.following:
            label = format_html(LABEL, _("这份材料以后再交"), _("："), str(paper.label))
            self.fields[LATER + paper.code] = forms.BooleanField(label=label, required=False)
            self.initial[LATER + paper.code] = paper.code in promised

    @property
    def promised(self) -> frozenset[str]:
        """The papers ticked to follow."""
        ticked = (paper.code for paper in self.following if self.cleaned_data.get(LATER + paper.code))
        return frozenset(ticked)
