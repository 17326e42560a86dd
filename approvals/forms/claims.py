"""Forms about claims: a bank's list of a quarter's interest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from benefits.models import LoanBank
from people.forms import RefusableForm


class LoanListForm(RefusableForm):
    """A bank's list, and whose it is."""

    bank = forms.TypedChoiceField(
        label=_("哪家银行的清单"),
        help_text=_("贴息拨付给经办银行的地方，按这里的选择拨付。银行由财政局登记。"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    file = forms.FileField(
        label=_("清单文件"),
        help_text=_("CSV或XLSX。最多2万行、5兆。"),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}),
    )

    def __init__(self, banks: list[LoanBank], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].choices = [("", _("没有登记的银行")), *((bank.pk, str(bank)) for bank in banks)]
        self.say_what_is_missing()
