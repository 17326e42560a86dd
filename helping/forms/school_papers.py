"""The form for a ZIP of papers."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from helping.schools.zips import MEGABYTE, MOST_FILES
from people.forms import RefusableForm


class SchoolPapersForm(RefusableForm):
    """One ZIP; what is in it is judged file by file."""

    mark_optional = False
    file = forms.FileField(
        label=_("装有材料的ZIP压缩包"), widget=forms.FileInput({"accept": ".zip"}), allow_empty_file=True
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        told = {"limit": settings.UPLOAD_MAX_BYTES // MEGABYTE, "most": MOST_FILES}
        text = _("不超过%(limit)s兆、%(most)s个文件；更多的请分成几个压缩包，一个一个上传。")
        self.fields["file"].help_text = text % told
        self.say_what_is_missing()
