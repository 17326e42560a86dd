"""Forms about who helps whom: how the person agreed, who may help, who is to stop."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helping.forms.consent import PresentConsentForm
from helping.models import Mandate
from helping.standing import EVERYTHING, Terms
from helping.standing.scopes import LABELS
from people.forms import CheckboxesField, ChoiceRadioField, DatePartsField, RefusableForm
from people.models import Office, User
from people.refusals import Invalid

KIND, WAY = Mandate.Kind, Mandate.Way
PERSONAL = (KIND.FAMILY, KIND.GUARDIAN, KIND.ENTRUSTED)
OFFICIAL = (KIND.VILLAGE, KIND.COUNTER, KIND.SCHOOL)


class ConsentForm(PresentConsentForm):
    """How somebody agreed, entered by whoever helps them, who says that they told them every sentence."""

    told = forms.BooleanField(
        label=_("我已经把同意书的每一句告诉本人，本人听懂了，并且同意。"),
        error_messages={"required": _("请先把同意书的内容告诉本人，征得同意后勾选。")},
    )

    def terms(self, helper: User, office: Office | None, kind: str) -> Terms:
        """What was agreed, and with whom."""
        return Terms(kind=kind, helper=helper, office=office, **self.said())


class AuthorityForm(ConsentForm):
    """Also by what right: asked of whoever files for somebody else. Officials may act for their office.

    A guardian may act by law 依法代理, without the consent of who cannot give it.
    """

    kind = ChoiceRadioField(label=_("您是本人的什么人"), choices=[])
    office = forms.ChoiceField(
        label=_("您代表哪个单位"), help_text=_("以村（社区）、窗口或者学校的名义帮办时选择。"), required=False
    )
    field_order = ("kind", "office")

    def __init__(self, offices: Iterable[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(office.pk): office for office in offices}
        kinds = (*PERSONAL, *OFFICIAL) if self.offices else PERSONAL
        self.fields["kind"].choices = [(kind, kind.label) for kind in kinds]
        self.fields["way"].choices = [(way.value, way.label) for way in (WAY.SIGNED, WAY.ORAL, WAY.BY_LAW)]
        named = [(pk, office.label) for pk, office in self.offices.items()]
        self.fields["office"].choices = [("", gettext("请选择")), *named]
        if not self.offices:
            del self.fields["office"]

    def terms_for(self, helper: User) -> Terms:
        """What was agreed, and in whose name. Raises Invalid where the office is missing."""
        kind = self.cleaned_data["kind"]
        office = self.offices.get(self.cleaned_data.get("office", "")) if kind in OFFICIAL else None
        if kind in OFFICIAL and office is None:
            raise Invalid(errors={"office": gettext("请选择您代表的单位。")})
        return self.terms(helper, office, kind)


class InviteForm(RefusableForm):
    """Letting somebody help, in one's own account: by their account name, what, until when."""

    account = forms.CharField(
        label=_("帮办人的账号"), help_text=_("请帮办人告诉您他登录本站用的账号。"), max_length=150
    )
    kind = ChoiceRadioField(label=_("帮办人是您的什么人"), choices=[(kind, kind.label) for kind in PERSONAL])
    scopes = CheckboxesField(
        label=_("可以替您做什么"),
        help_text=_("撤回申请、更正收款账号、投诉、陈述意见、报告变化，只有四项都选的帮办人可以替您做。"),
        choices=list(LABELS.items()),
        initial=sorted(EVERYTHING),
    )
    ends = DatePartsField(label=_("到哪一天为止"), help_text=_("不填就一直有效，直到您停止。"), required=False)
    told = forms.BooleanField(
        label=_("我读过上面的内容，同意由这个人帮我办理。"),
        error_messages={"required": _("同意的话请勾选；不同意不用填写这一页。")},
    )

    def terms(self, helper: User) -> Terms:
        """What the person agrees to."""
        given = self.cleaned_data
        ends: date | None = given["ends"]
        return Terms(
            kind=given["kind"], way=WAY.OWN_ACCOUNT, helper=helper, scopes=frozenset(given["scopes"]), ends=ends
        )
