"""Files of rows that are brought in: a school's graduates, a county's rosters of facts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helping.models.invites import MOST_DAYS
from people.forms import RefusableForm, WholeNumberField
from people.models import Office
from schemes.models import SchemeVersion

DAYS = 30


def file_field() -> forms.FileField:
    """A CSV or XLSX file."""
    return forms.FileField(
        label=_("填好的文件"),
        help_text=_("用下载的模板填写，XLSX或CSV，不超过5兆。先整体核对，有一处错误就什么都不登记。"),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        allow_empty_file=True,
    )


class SheetForm(RefusableForm):
    """The office, the scheme and the file."""

    mark_optional = False
    office = forms.TypedChoiceField(label=_("单位"), coerce=int)
    scheme = forms.ChoiceField(label=_("事项"))
    file = file_field()

    def __init__(self, offices: list[Office], versions: list[SchemeVersion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("office", [(office.pk, office.label) for office in offices])
        self._offer("scheme", [(one.scheme_id, str(one.definition.title)) for one in versions])
        self.say_what_is_missing()

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        """One choice is none: it is sent along unseen."""
        self.fields[name].choices = choices
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()
            self.fields[name].initial = choices[0][0]


class RosterForm(SheetForm):
    """Besides: where the roster is from, what for, on what basis, and for how many days it is kept."""

    source = forms.CharField(label=_("名单由谁提供"), max_length=80)
    purpose = forms.CharField(label=_("用途"), help_text=_("只能用于写明的用途。"), max_length=200)
    legal_basis = forms.CharField(
        label=_("法律依据"), help_text=_("写明允许使用这份名单的法规或者文件名称、文号和条款。"), max_length=200
    )
    keep_days = WholeNumberField(
        label=_("保存多少天"),
        help_text=_("到期自动删除，最多%(most)s天。") % {"most": MOST_DAYS},
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
    )
    field_order = ("office", "scheme", "source", "purpose", "legal_basis", "keep_days", "file")
