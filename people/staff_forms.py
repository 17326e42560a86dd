"""What an administrator fills in: an appointment, the end of a post, a new account, a search for an office."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm, ChoiceRadioField, DatePartsField, FilterForm
from people.models import Post

LONGEST_NAME = 100


class OfficeSearch(FilterForm):
    """Which offices are listed."""

    q = forms.CharField(label=_("机关名称或地区"), required=False, max_length=40)


class AppointmentForm(BaseForm):
    """Who gets which role, from when, until when."""

    username = forms.CharField(label=_("账号"), help_text=_("工作人员登录用的账号，不是姓名。"), max_length=150)
    role = ChoiceRadioField(label=_("岗位"))
    starts = DatePartsField(label=_("第一天"))
    ends = DatePartsField(label=_("最后一天"), help_text=_("到期自动失效；长期任职的不填。"), required=False)

    def __init__(self, roles: Collection[str], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, Post.Role(role).label) for role in roles]


class EndingForm(BaseForm):
    """The last day of a post."""

    ends = DatePartsField(label=_("最后一天"), help_text=_("填今天的，立即失效。"))


class AccountForm(BaseForm):
    """A new official's account."""

    username = forms.CharField(label=_("账号"), help_text=_("字母、数字和 @ . + - _。开设后不能更改。"), max_length=150)
    full_name = forms.CharField(label=_("姓名"), max_length=LONGEST_NAME)
