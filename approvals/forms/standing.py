"""What officials fill in about themselves: a delegation, a relative, an organisation they are connected to."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from people.delegating import Terms
from people.forms import BaseForm, CheckboxesField, DatePartsField
from people.kin import RELATIONS, TIES
from people.models import User
from schemes.models import current_versions

LONGEST_NUMBER, LONGEST_NAME = 60, 100


def scheme_titles() -> dict[str, str]:
    """Every scheme's title by its code, in order of title."""
    titles = {version.scheme_id: str(version.definition.title) for version in current_versions()}
    return dict(sorted(titles.items(), key=lambda pair: pair[1]))


class DelegationForm(BaseForm):
    """To whom, from when to when, by which document, for which schemes."""

    to = forms.ChoiceField(label=_("代理人"), help_text=_("本地有受理、审核或审批岗位的同事。"))
    starts = DatePartsField(label=_("第一天"))
    ends = DatePartsField(label=_("最后一天"), help_text=_("最长一年，到期自动失效。"))
    document_number = forms.CharField(
        label=_("代理文书文号"), help_text=_("例如委托代理的通知、请假审批的文号。"), max_length=LONGEST_NUMBER
    )
    schemes = CheckboxesField(
        label=_("只代理这些事项"), help_text=_("不勾选的，代理这个岗位的全部事项。"), required=False
    )

    def __init__(self, colleagues: Collection[User], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (user.username, _("%(name)s（%(more)s）") % {"name": user, "more": user.username}) for user in colleagues
        ]
        self.fields["to"].choices = [("", _("请选择")), *named]
        self.fields["schemes"].choices = list(scheme_titles().items())

    def terms(self) -> Terms:
        """What was filled in."""
        return Terms(**self.cleaned_data)


class RelativeForm(BaseForm):
    """One relative."""

    relation = forms.ChoiceField(label=_("与本人关系"), choices=[("", _("请选择")), *RELATIONS.items()])
    name = forms.CharField(label=_("亲属姓名"), max_length=LONGEST_NAME)
    id_number = forms.CharField(
        label=_("亲属身份证号码"),
        help_text=_("登记后只显示部分数字，任何人都查不到完整号码。"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class OrganisationForm(BaseForm):
    """One organisation."""

    relation = forms.ChoiceField(label=_("利害关系"), choices=[("", _("请选择")), *TIES.items()])
    name = forms.CharField(label=_("单位名称"), max_length=LONGEST_NAME)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=40)
