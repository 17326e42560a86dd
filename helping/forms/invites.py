"""Forms of invitations: what is held against what, whom to invite, the code on the sheet, and the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.fields import IdNumberField
from helping.models import FactRoster
from people.forms import CheckboxesField, ChoiceRadioField, GroupedNumberField, RefusableForm
from people.models import Office
from schemes.models import SchemeVersion

AGREE, NOT_NOW, NOT_THIS, NEVER = "agree", "not_now", "not_this", "never"


class MatchingForm(RefusableForm):
    """Which office looks for whom, by which rosters."""

    mark_optional = False
    office = forms.TypedChoiceField(label=gettext_lazy("单位"), coerce=int)
    scheme = forms.ChoiceField(label=gettext_lazy("为哪个事项找人"))
    rosters = CheckboxesField(label=gettext_lazy("用哪些名单"))

    def __init__(
        self, offices: list[Office], versions: list[SchemeVersion], rosters: list[FactRoster], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(office.pk, office.label) for office in offices]
        self.fields["scheme"].choices = [
            ("", _("请选择")),
            *((one.scheme_id, str(one.definition.title)) for one in versions),
        ]
        self.fields["rosters"].choices = [(str(one.pk), str(one)) for one in rosters]
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = offices[0].pk
        self.say_what_is_missing()


class CodeForm(RefusableForm):
    """What stands on the sheet, and the ID number."""

    code = GroupedNumberField(
        label=gettext_lazy("邀请码"), help_text=gettext_lazy("在邀请书上，10个字母和数字。"), max_length=40
    )
    number = IdNumberField(label=gettext_lazy("身份证号码"))

    def clean_code(self) -> str:
        """As it was printed: small letters."""
        return self.cleaned_data["code"].lower()


class AnswerForm(RefusableForm):
    """The person's own word."""

    answer = ChoiceRadioField(
        label=gettext_lazy("您愿意申请吗？"),
        choices=[
            (AGREE, gettext_lazy("愿意。上面的情况属实，同意用来填写我的申请")),
            (NOT_NOW, gettext_lazy("这次不申请")),
            (NOT_THIS, gettext_lazy("不申请，这个事项不要再问我")),
            (NEVER, gettext_lazy("不申请，任何事项都不要再用名单找我")),
        ],
        hints={AGREE: gettext_lazy("下一页核对、补填、声明以后才提交。情况不对的可以改。")},
        error_messages={"required": gettext_lazy("请选择一项。")},
    )
