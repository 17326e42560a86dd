"""The small forms around a case: for whom it is begun, what is declared, what was left as it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.listing import WHO
from people.forms import BaseForm, ChoiceRadioField, FilterForm
from schemes.definition import SchemeDefinition

OWN, OTHER = "own", "other"
CARRY = "carry"
LONGEST_SEARCH = 40
ORGANISATION, AUTHORISED = "organisation", "declaration_authorised"
AUTHORISATION = gettext_lazy("经办人是本单位的法定代表人（负责人、经营者），或者已经得到本单位的书面授权。")


class StartForm(BaseForm):
    """For whom somebody applies."""

    for_whom = ChoiceRadioField(
        label=gettext_lazy("您为谁申请？"),
        choices=[(OWN, gettext_lazy("为我自己")), (OTHER, gettext_lazy("帮别人申请"))],
        hints={OTHER: gettext_lazy("例如家人、邻居，或者您服务的残疾人。请先征得本人同意。")},
        error_messages={"required": gettext_lazy("请选择为谁申请。")},
    )

    def __init__(self, *arguments: Any, carried: str = "", **options: Any) -> None:
        """`carried`: in words, what was answered before and could come along; a box to tick where there is any."""
        super().__init__(*arguments, **options)
        if carried:
            label = _("把我刚才的回答带进申请：%(answers)s") % {"answers": carried}
            self.fields[CARRY] = forms.BooleanField(label=label, required=False)

    @property
    def carries(self) -> bool:
        """Whether what was answered before comes along."""
        return bool(self.cleaned_data.get(CARRY))

    @property
    def for_other(self) -> bool:
        """Whether the case is filed for somebody else."""
        return self.cleaned_data["for_whom"] == OTHER


class OrganisationStartForm(StartForm):
    """Who fills in for an organisation: the person it authorised, or somebody for that person."""

    for_whom = ChoiceRadioField(
        label=gettext_lazy("谁来填写？"),
        choices=[(OWN, gettext_lazy("我就是经办人")), (OTHER, gettext_lazy("帮经办人填写"))],
        hints={OWN: gettext_lazy("您是法定代表人（负责人、经营者），或者经单位授权办理这件事。")},
        error_messages={"required": gettext_lazy("请选择谁来填写。")},
    )


def start_form(definition: SchemeDefinition, *arguments: Any, **options: Any) -> StartForm:
    """The question an application begins with: of a person for whom, of an organisation who acts for it."""
    kind = OrganisationStartForm if definition.applicant == ORGANISATION else StartForm
    return kind(*arguments, **options)


class PlaceForm(FilterForm):
    """A county, to see what holds there. Sent by GET."""

    division = forms.ChoiceField(label=gettext_lazy("县（市、区）"), required=False)

    def __init__(self, groups: list, *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        self.fields["division"].choices = [("", _("请选择")), *groups]


class SchemesForm(PlaceForm):
    """What narrows the list of schemes: the county, whom it is for, words of the title or summary. Sent by GET."""

    who = forms.ChoiceField(label=gettext_lazy("为谁办"), required=False)
    q = forms.CharField(label=gettext_lazy("找什么事项"), required=False, max_length=LONGEST_SEARCH)

    def __init__(self, groups: list, *arguments, **options) -> None:
        super().__init__(groups, *arguments, **options)
        self.fields["who"].choices = [("", _("全部")), *WHO.items()]
        self.fields["q"].widget.attrs |= {"type": "search", "autocomplete": "off", "class": "zd-input--search"}


class DeclarationsForm(BaseForm):
    """Every declaration of the scheme is ticked by itself; whoever files for an organisation first says by what right.

    The right to act is asked for by every scheme of organisations, whatever its own declarations say.
    """

    def __init__(self, definition: SchemeDefinition, *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        if definition.applicant == ORGANISATION:
            self._declare(AUTHORISED, AUTHORISATION)
        for number, declaration in enumerate(definition.declarations, 1):
            self._declare(f"declaration_{number}", declaration)

    def _declare(self, name: str, declaration: object) -> None:
        required = _("请勾选声明：%(text)s") % {"text": declaration}
        self.fields[name] = forms.BooleanField(label=str(declaration), error_messages={"required": required})


class LeftAsItIsForm(BaseForm):
    """Asked only when something named in a correction was not changed."""

    confirmed = forms.BooleanField(
        label=gettext_lazy("我已经核对，没有改动的内容不需要修改。"),
        error_messages={"required": gettext_lazy("还有内容没有修改。请先修改，或者勾选确认不需要修改。")},
    )
