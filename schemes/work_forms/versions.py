"""A version of a scheme handed in as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm

LARGEST = 1024 * 1024


class ImportForm(BaseForm):
    """A TOML file, such as the export of a scheme."""

    upload = forms.FileField(label=_("事项文件"), help_text=_("TOML文件，不超过1兆。可以先导出现行版本再修改。"))

    def clean_upload(self) -> Any:
        """Not too large, and text."""
        upload = self.cleaned_data["upload"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("文件超过1兆。请核对是不是事项文件。"))
        content = upload.read(LARGEST + 1)
        try:
            self.cleaned_data["text"] = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("文件不是UTF-8编码的文本。请另存为UTF-8后再导入。")) from error
        return upload
