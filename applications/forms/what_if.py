"""Which past cases a draft is tried on."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm, ChoiceRadioField, DatePartsField

AS_IF, AS_DATED = "as_if", "as_dated"


class PeriodForm(BaseForm):
    """The days on which the cases were filed; for a value also whether its own days count."""

    begins = DatePartsField(label=_("申请从哪天提交"), latest=timezone.localdate)
    ends = DatePartsField(label=_("到哪天为止"), latest=timezone.localdate)
    days = ChoiceRadioField(
        label=_("拟定的数值从什么时候算起"),
        choices=[(AS_IF, _("当作申请时已经生效")), (AS_DATED, _("只算草案写明的有效期内的申请"))],
        hints={AS_IF: _("看过去的申请如果按新数值办理会怎样。"), AS_DATED: _("有效期在将来的，过去的申请不会变化。")},
        initial=AS_IF,
    )

    def __init__(self, *args, has_days: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not has_days:
            del self.fields["days"]

    @property
    def as_if(self) -> bool:
        """Whether the value counts for every case."""
        return self.cleaned_data.get("days", AS_IF) == AS_IF

    def complain(self, errors: dict[str, str]) -> None:
        """Show what the service refused beside its field."""
        for name, message in errors.items():
            self.add_error(name if name in self.fields else None, forms.ValidationError(message))
