"""Forms of village clerks: rosters and who is on them, scans of signed forms, photos of notices, reading back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.forms.uploads import SeveralFilesField
from helping.oral.reading_back import LONGEST
from helping.posted.photos import LONGEST_PLACE
from helping.rosters.keeping import LONGEST_VILLAGE
from people.forms import DatePartsField, RefusableForm
from people.models import Office
from schemes.definition import SchemeDefinition

PICTURES = "image/jpeg,image/png,.jpg,.jpeg,.png"
SHEETS = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RosterForm(RefusableForm):
    """A new roster: which village, in the name of which office."""

    village = forms.CharField(label=_("村（社区）"), max_length=LONGEST_VILLAGE)
    office = forms.ChoiceField(label=_("所属乡镇（街道）"))

    def __init__(self, offices: Iterable[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(office.pk), office.label) for office in offices]
        self.fields["office"].choices = named if len(named) == 1 else [("", gettext("请选择")), *named]


class VillagerForm(RefusableForm):
    """One person of a roster."""

    name = forms.CharField(label=_("姓名"), max_length=100)
    id_number = forms.CharField(label=_("身份证号码"), max_length=40, help_text=_("18位，最后一位可能是X。"))
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)


class RosterFileForm(RefusableForm):
    """A roster as a spreadsheet."""

    file = forms.FileField(
        label=_("名册文件"),
        help_text=_("XLSX或者CSV。第一行写“姓名”“身份证号”，可以加“电话”“同意书编号”，每人一行。"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": SHEETS}),
    )


class StartForm(RefusableForm):
    """What to apply for."""

    scheme = forms.ChoiceField(label=_("申请什么"))

    def __init__(self, schemes: Iterable[SchemeDefinition], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [("", gettext("请选择")), *((one.code, str(one.title)) for one in schemes)]


class SignedFormsForm(RefusableForm):
    """Scans or photos of signed forms, and the number for one whose code cannot be read."""

    files = SeveralFilesField(
        label=_("签名的申请表"),
        help_text=_("PDF文件或照片。一个PDF里可以有几份表，系统按每份最后一页的二维码归到各人的申请里。"),
    )
    code = forms.CharField(
        label=_("表格编号"),
        help_text=_("二维码读不出时才填写，在二维码下面。填写后，这次上传的全部页面都归到这一份。"),
        required=False,
        max_length=30,
    )


class PhotoForm(RefusableForm):
    """One photo of a notice as it hangs."""

    photo = forms.FileField(
        label=_("张贴的照片"),
        help_text=_("JPG或PNG，要看得清公示的内容。照片里的拍摄位置会自动删除。"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": PICTURES}),
    )
    taken_on = DatePartsField(label=_("拍摄日期"))
    place = forms.CharField(label=_("张贴在哪里"), help_text=_("例如：村委会公示栏。"), max_length=LONGEST_PLACE)


class OralForm(RefusableForm):
    """Who was witness when the answers were read back, and how that was done."""

    witness = forms.CharField(label=_("见证人姓名"), help_text=_("不能是申请人、家庭成员或者您自己。"), max_length=100)
    phone = forms.CharField(label=_("见证人电话"), max_length=40)
    how = forms.CharField(
        label=_("在哪里、怎样读的"),
        help_text=_("例如：在本人家中用哈尼语读给本人听。"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "maxlength": LONGEST}),
    )
    confirmed = forms.BooleanField(
        label=_("我已经把上面的内容逐项读给本人听，本人说没有错，要求照此申请。"),
        error_messages={"required": _("请先逐项读给本人听，本人确认以后再勾选。")},
    )
