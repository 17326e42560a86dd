"""Forms of changes in a phase-out: recording one, and the household as it was verified."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals.forms.exofficio import words_field
from benefits.models import HouseholdChange
from benefits.phase_out.changes import Reported, Verified
from people.forms import ChoiceRadioField, DatePartsField, MoneyField, RefusableForm

Member = dict[str, Any]


class ChangeForm(RefusableForm):
    """登记变更: what, from where, when, and in words."""

    kind = ChoiceRadioField(label=_("变更事项"), choices=HouseholdChange.Kind.choices)
    found_by = ChoiceRadioField(label=_("来源"), choices=HouseholdChange.Source.choices)
    happened_on = DatePartsField(label=_("变更日期"), help_text=_("从下个月起计算。"))
    words = words_field(_("变更情况"), _("写明谁、什么变化、有什么材料。"))
    suspend = forms.BooleanField(label=_("核实期间，受影响的月份暂停发放"), required=False)

    def reported(self) -> Reported:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Reported(given["kind"], given["found_by"], given["happened_on"], given["words"])


class OwnChangeForm(RefusableForm):
    """The family's own report: what, when, and in words."""

    kind = ChoiceRadioField(label=_("变更事项"), choices=HouseholdChange.Kind.choices)
    happened_on = DatePartsField(label=_("变更日期"))
    words = words_field(_("变更情况"), _("写明谁、什么变化。收入变化的，写明现在每月多少元。"))


class SettleForm(RefusableForm):
    """处理变更: every member's facts as verified, property, and in words how."""

    mark_optional = False
    property_ok = forms.BooleanField(label=_("家庭财产仍符合低保规定"), required=False)
    here = forms.BooleanField(label=_("家庭仍在本地居住"), required=False)
    words = words_field(_("核实的经过和结论"), _("会写进给家庭的决定书。"))
    heard = words_field(_("家庭的意见"), _("不是家庭自己报告的，处理结果对家庭不利时必须填写。"), required=False)
    head = forms.ChoiceField(label=_("新的户主"), help_text=_("只在原户主去世或者离开家庭时选择。"), required=False)

    def __init__(self, household: list[Member], *args: Any, **kwargs: Any) -> None:
        self.household = household
        super().__init__(*args, **kwargs)
        for place, member in enumerate(household):
            self._add(place, member)
        self.fields["property_ok"].initial = self.fields["here"].initial = True
        heads = [(str(place), member["name"]) for place, member in enumerate(household)]
        self.fields["head"].choices = [("", gettext("不变")), *heads]
        self.say_what_is_missing()

    def _add(self, place: int, member: Member) -> None:
        named = {"name": member["name"]}
        self.fields[f"member_{place}"] = forms.BooleanField(
            label=gettext("%(name)s仍是家庭成员") % named, required=False, initial=True
        )
        self.fields[f"since_{place}"] = DatePartsField(
            label=gettext("%(name)s的就业日期") % named,
            help_text=gettext("没有工作的留空。"),
            required=False,
            initial=member.get("employed_since"),
        )
        self.fields[f"wage_{place}"] = MoneyField(
            label=gettext("%(name)s的月工资") % named, initial=member.get("monthly_wage")
        )
        self.fields[f"other_{place}"] = MoneyField(
            label=gettext("%(name)s的其他月收入") % named, initial=member.get("other_monthly_income")
        )

    @property
    def members(self) -> list[tuple[Member, list[forms.BoundField]]]:
        """Each member with the fields about them."""
        names = ("member", "since", "wage", "other")
        return [(member, [self[f"{name}_{place}"] for name in names]) for place, member in enumerate(self.household)]

    def verified(self) -> Verified:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        members = [self._member(place, member) for place, member in enumerate(self.household)]
        return Verified(
            household=[member for member in members if member is not None],
            property_ok=given["property_ok"],
            words=given["words"],
            here=given["here"],
            heard=given["heard"],
            head=self.household[int(given["head"])]["id_number"] if given["head"] else "",
        )

    def _member(self, place: int, member: Member) -> Member | None:
        given = self.cleaned_data
        if not given[f"member_{place}"]:
            return None
        since = given[f"since_{place}"]
        return member | {
            "employed_since": since.isoformat() if since else None,
            "monthly_wage": _text(given[f"wage_{place}"]),
            "other_monthly_income": _text(given[f"other_{place}"]),
        }


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
