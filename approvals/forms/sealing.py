"""The form for scans of papers sealed by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.uploads import SeveralFilesField
from people.forms import RefusableForm


class ScanForm(RefusableForm):
    """Files, and a number for those whose code cannot be read."""

    files = SeveralFilesField(
        label=_("盖章后的扫描件"),
        help_text=_(
            "PDF文件或照片。一个PDF里可以有几份文书，系统按二维码自动归档；每份文书的页面要连在一起，二维码在最后一页。"
        ),
    )
    number = forms.CharField(
        label=_("发文字号"),
        help_text=_("二维码读不出时才填写。填写后，这次上传的全部页面都归到这一份文书。"),
        required=False,
        max_length=60,
    )
