"""How somebody who is present agrees that others fill in for them: by signature or mark, or aloud with a witness."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from applications import uploads
from applications.uploads import CleanFile
from helping.models import Mandate
from helping.standing.recording import LONGEST
from people.forms import ChoiceRadioField, RefusableForm
from people.refusals import Invalid

WAY = Mandate.Way


def cleaned_scan(upload: UploadedFile) -> CleanFile:
    """A scan that was sent, cleaned. Raises ValidationError with what to do."""
    limit = settings.UPLOAD_MAX_BYTES
    try:
        return uploads.cleaned(upload.name or "", upload.read(limit + 1), limit)
    except Invalid as refusal:
        raise forms.ValidationError(str(refusal.message), code=refusal.code) from refusal


class PresentConsentForm(RefusableForm):
    """Signature scan or document number, or a witness and how it was said."""

    way = ChoiceRadioField(
        label=_("本人怎样同意的？"),
        choices=[(WAY.SIGNED.value, WAY.SIGNED.label), (WAY.ORAL.value, WAY.ORAL.label)],
    )
    scan = forms.FileField(
        label=_("签字（按手印）的同意书"),
        help_text=_("拍照或扫描，JPG、PNG或PDF。口头同意的不用上传。"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,application/pdf,.jpg,.jpeg,.png,.pdf"}),
    )
    document = forms.CharField(
        label=_("同意书编号"), help_text=_("没有扫描件时，写明纸质同意书的编号和存放的地方。"), required=False,
        max_length=LONGEST,
    )  # fmt: skip
    witness = forms.CharField(
        label=_("见证人姓名"), help_text=_("口头同意的，必须有见证人在场。"), required=False, max_length=60
    )
    how = forms.CharField(
        label=_("怎样告诉本人的"),
        help_text=_("口头同意的，写明在哪里、用什么话或者手语、逐条读了什么。"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_scan(self) -> CleanFile | None:
        """The file, cleaned; None where none was sent."""
        upload = self.cleaned_data.get("scan")
        return cleaned_scan(upload) if upload else None

    def said(self) -> dict[str, Any]:
        """What was agreed on, as the record of consent takes it."""
        return {name: self.cleaned_data[name] for name in ("way", "scan", "document", "witness", "how")}
