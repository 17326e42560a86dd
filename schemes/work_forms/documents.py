"""A policy document as it is typed in or handed in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm, ChoiceRadioField, DatePartsField
from schemes.models import PolicyDocument
from schemes.models.policy import NUMBER_NOT_GIVEN

LONGEST_TEXT = 200_000


class DocumentForm(BaseForm):
    """What a document says of itself, and its text: pasted, or as a file."""

    division = forms.ChoiceField(label=_("适用地区"), error_messages={"invalid_choice": _("请从列表中选择地区。")})
    title = forms.CharField(label=_("标题"), max_length=200, widget=forms.Textarea({"rows": 2, "lang": "zh-Hans"}))
    number = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("没有文号的留空，记为“未载”。")
    )
    issuer = forms.CharField(label=_("制发机关"), max_length=80)
    dated = DatePartsField(label=_("成文日期"), required=False, help_text=_("从这一天起生效。"))
    published = DatePartsField(
        label=_("公布日期"), required=False, help_text=_("没有成文日期的，从公布日期起生效，必须填写。")
    )
    in_force_to = DatePartsField(label=_("有效期到哪天为止"), required=False, help_text=_("没有写明期限的留空。"))
    source = ChoiceRadioField(label=_("文本来源"), choices=PolicyDocument.Source.choices)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    text = forms.CharField(
        label=_("全文"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 12, "lang": "zh-Hans"}),
        help_text=_("把原文粘贴在这里，条款会与全文逐字核对。上传TXT文件而不粘贴的，取文件里的文字。"),
    )
    upload = forms.FileField(
        label=_("原文文件"), required=False, help_text=_("PDF或TXT，不超过10兆。保存后公众可以下载。")
    )

    def __init__(self, *args, places: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = places
        if len(places) > 1:
            self.fields["division"].choices = [("", _("请选择")), *places]

    def clean(self) -> dict[str, Any]:
        """A document needs a day to begin with, and ends after it."""
        cleaned = super().clean() or self.cleaned_data
        begins = cleaned.get("dated") or cleaned.get("published")
        if begins is None and not {"dated", "published"} & set(self.errors):
            self.add_error("dated", _("请填写成文日期；没有成文日期的，填写公布日期。"))
        ends = cleaned.get("in_force_to")
        if begins and ends and ends < begins:
            self.add_error("in_force_to", _("有效期的最后一天不能早于成文日期。"))
        return cleaned

    def content(self) -> dict[str, Any]:
        """What was typed, as the content of a draft: without code, file and clauses."""
        cleaned = self.cleaned_data
        texts = {name: cleaned[name].strip() for name in ("title", "issuer", "source", "note")}
        days = {name: _iso(cleaned[name]) for name in ("dated", "published", "in_force_to")}
        text = cleaned["text"].replace("\r\n", "\n")
        return texts | days | {"number": cleaned["number"].strip() or NUMBER_NOT_GIVEN, "text": text}


def _iso(day) -> str | None:
    return day.isoformat() if day else None
