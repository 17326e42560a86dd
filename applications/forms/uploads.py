"""File inputs: one for each paper asked for, each taking several files."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _

from people.forms import BaseForm
from schemes.definition import PaperAsked

LABEL = '{}<span class="govuk-visually-hidden">{}{}</span>'
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
    """One input a paper. Nothing is required to send the page: missing papers are asked for when the case is filed."""

    def __init__(self, papers: Iterable[PaperAsked], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for paper in papers:
            label = format_html(LABEL, _("选择文件（可以选几个）"), _("："), str(paper.label))
            self.fields[paper.code] = SeveralFilesField(label=label, required=paper.required)
