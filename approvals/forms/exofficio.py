"""Forms of ex officio cases, reopening, complaints, reviews and rosters. What they mean is checked by the services."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.exofficio.terms import Intended, Opening, Weighed
from approvals.letters.statements import HearingReply
from approvals.models import Complaint, Opinion, Proceeding
from benefits.models import Ground
from people.forms import ChoiceRadioField, DatePartsField, MoneyField, RefusableForm

LONGEST_TEXT, LONGEST_CLAUSE, LONGEST_CONTACT, LONGEST_PLACE = 2000, 300, 100, 100
Kind = Proceeding.Kind
KIND_HINTS = {
    Kind.STOP: _("从某一天起不再发放或者不再享受，以前的不变。"),
    Kind.REDUCE: _("还没有发放的，从某一天起每期减少。"),
    Kind.REVOKE: _("原决定不应当作出，予以撤销，没有发放的不再发放；可以同时追回已经发放的。"),
    Kind.RECOVER: _("已经发放的全部或部分要退回，原决定不变。"),
    Kind.REVIVE: _("出现减免协议约定的情形，减免终止，押金或者费用恢复缴纳。"),
}
SUM_WORDS = {
    Kind.REDUCE: (_("减发后每期的金额"), False),
    Kind.RECOVER: (_("要追回的金额"), False),
    Kind.REVOKE: (_("同时追回的金额"), True),
}


def words_field(label: Any, hint: Any = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    """A box for words."""
    box = forms.Textarea({"rows": rows, "maxlength": LONGEST_TEXT})
    return forms.CharField(label=label, help_text=hint, widget=box, max_length=LONGEST_TEXT, required=required)


class OpeningForm(RefusableForm):
    """立案: which measure, from where, and why."""

    kind = ChoiceRadioField(label=_("拟采取的处理方式"), choices=Kind.choices, hints=KIND_HINTS)
    source = ChoiceRadioField(label=_("线索来源"), choices=Proceeding.Source.choices)
    ground = ChoiceRadioField(label=_("恢复缴纳的情形"), choices=Ground.choices, required=False)
    grounds = words_field(_("立案理由"), _("写明发现了什么、从哪里发现的。只供机关内部使用。"))

    def __init__(self, kinds: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, Kind(kind).label) for kind in kinds]
        if Kind.REVIVE not in kinds:
            del self.fields["ground"]
        self.say_what_is_missing()

    def opening(self) -> Opening:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Opening(given["kind"], given["source"], given["grounds"], given.get("ground", ""))


class NoticeForm(RefusableForm):
    """事先告知: what the paper says."""

    facts = words_field(_("查明的事实"), _("会写进给当事人的告知书。"), rows=6)
    clause = forms.CharField(
        label=_("依据的文件和条款"), max_length=LONGEST_CLAUSE, help_text=_("例如：某办法（文号）第九条第二项。")
    )
    effective_on = DatePartsField(label=_("从哪一天起执行"))
    amount = MoneyField(label=_("金额"))

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in SUM_WORDS:
            del self.fields["amount"]
        else:
            label, optional = SUM_WORDS[Kind(kind)]
            self.fields["amount"].label, self.fields["amount"].required = label, not optional
        self.say_what_is_missing()

    def intended(self) -> Intended:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        return Intended(given["facts"], given["clause"], given["effective_on"], given.get("amount"))


class StatementForm(RefusableForm):
    """陈述申辩, by the person or entered for them."""

    text = words_field(_("陈述和申辩"), _("可以说明事实、理由，也可以说明有什么材料能够证明。"), rows=8)
    hearing = forms.BooleanField(label=_("要求听证"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()


class HearingForm(RefusableForm):
    """The answer to a request for a hearing. Day, hour and place are needed where one is held."""

    mark_optional = False
    granted = ChoiceRadioField(
        label=_("是否举行听证"),
        choices=[("yes", _("举行听证")), ("no", _("不举行听证"))],
        hints={"yes": _("填写下面的时间和地点。"), "no": _("时间和地点不用填，写明理由。")},
    )
    hearing_on = DatePartsField(label=_("听证日期"), required=False)
    hearing_time = forms.TimeField(
        label=_("听证开始时间"),
        help_text=_("例如 14:30"),
        widget=forms.TimeInput({"type": "time", "class": "govuk-input--width-10"}, format="%H:%M"),
        error_messages={"invalid": _("请按“时:分”填写，例如 14:30。")},
        required=False,
    )
    place = forms.CharField(label=_("听证地点"), max_length=LONGEST_PLACE, required=False)
    reason = words_field(_("理由或者说明"), _("会写进给当事人的答复书。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()

    def reply(self) -> HearingReply:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        granted, on, time = given["granted"] == "yes", given["hearing_on"], given["hearing_time"]
        at = timezone.make_aware(datetime.combine(on, time)) if granted and on and time else None
        return HearingReply(granted, given["reason"], at, given["place"])


class WeighForm(RefusableForm):
    """The proposal after the person was heard."""

    impose = ChoiceRadioField(label=_("处理建议"), choices=[("yes", _("建议作出处理")), ("no", _("建议不予处理"))])
    reason = words_field(_("理由"))
    answer = words_field(_("对陈述申辩的答复"), _("采纳的写明采纳，不采纳的写明理由；会写进决定书。"), required=False)
    hearing = words_field(_("听证情况"), _("写明时间和结果；依法不组织听证的写明理由。"), required=False)

    def __init__(self, proceeding: Proceeding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if proceeding.statement_at is None:
            del self.fields["answer"]
        if not proceeding.hearing_wanted:
            del self.fields["hearing"]
        if proceeding.notice_at is None:
            self.fields["impose"].choices = [("no", _("建议不予处理"))]
        self.say_what_is_missing()

    def weighed(self) -> Weighed:
        """What was entered, as the service takes it."""
        given = self.cleaned_data
        impose = given["impose"] == "yes"
        return Weighed(impose, given["reason"], given.get("answer", ""), given.get("hearing", ""))


class DecideForm(RefusableForm):
    """作出处理, 不予处理, or back to be looked at again."""

    outcome = ChoiceRadioField(
        label=_("办理结果"),
        choices=[
            (Opinion.Outcome.IMPOSE.value, _("按告知的内容作出处理")),
            (Opinion.Outcome.DROP.value, _("不予处理")),
            (Opinion.Outcome.SEND_BACK.value, _("退回重新核查")),
        ],
        hints={
            Opinion.Outcome.IMPOSE: _("出具处理决定书，案件办结"),
            Opinion.Outcome.DROP: _("出具不予处理告知书，原决定继续有效，案件办结"),
        },
    )
    text = words_field(_("理由"), _("作出处理或者不予处理的，会写进文书。"))

    def __init__(self, proceeding: Proceeding, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if proceeding.notice_at is None:
            self.fields["outcome"].choices = self.fields["outcome"].choices[1:]
        self.say_what_is_missing()


class ReasonForm(RefusableForm):
    """Why a case is reopened."""

    reason = words_field(_("重新办理的理由"), _("写明原来的结论哪里有问题。会记入本案办理经过。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()


class ConfirmForm(RefusableForm):
    """复核后没有变化."""

    text = words_field(_("复核情况"), _("写明核对了什么、结论是什么。"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()


class ComplainForm(RefusableForm):
    """A complaint about one's own case."""

    kind = ChoiceRadioField(label=_("您要反映哪一方面"), choices=Complaint.Kind.choices)
    text = words_field(_("您的意见和要求"), rows=8)
    contact = forms.CharField(
        label=_("怎样联系您"), max_length=LONGEST_CONTACT, required=False, help_text=_("答复会写在这份申请的页面上。")
    )

    def __init__(self, kinds: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, Complaint.Kind(kind).label) for kind in kinds]
        self.say_what_is_missing()


class AnswerForm(RefusableForm):
    """The answer to a complaint."""

    result = ChoiceRadioField(label=_("处理结果"), choices=[choice for choice in Complaint.Result.choices if choice[0]])
    answer = words_field(_("答复"), _("申请人会看到。写明核实了什么、结论和理由。"), rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()


class RosterForm(RefusableForm):
    """A roster of ID numbers."""

    file = forms.FileField(
        label=_("名单文件"),
        help_text=_("CSV或XLSX，第一行是各列名称，其中一列是“身份证号码”。最多2万行、5兆。"),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.say_what_is_missing()
