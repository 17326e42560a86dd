"""The forms of opinions asked: the question, and the answer."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.attachments import BESIDE
from applications.models import Application
from approvals.consulting import who
from approvals.consulting.asking import Question, files_to_show
from approvals.models import Consultation
from people.forms import BaseForm, CheckboxesField, ChoiceRadioField, WholeNumberField
from people.models import Office

LONGEST, MOST_DAYS, USUAL_DAYS = 1000, 60, 5
OFFICE, EXPERT = "office", "expert"
KIND_HINTS = {
    Consultation.AnswerKind.YES_NO: _("例如：该网点是否已经登记？"),
    Consultation.AnswerKind.WORDS: _("例如：请说明评定等级的依据。"),
}


class AskForm(BaseForm):
    """Whom to ask, what, until when, and what of the case they may read. Nothing of it is ticked beforehand."""

    to = forms.ChoiceField(label=_("向谁征求意见"))
    text = forms.CharField(
        label=_("问题"),
        help_text=_("只问需要对方回答的事。申请人的姓名和号码，不需要的不写。"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4, "maxlength": LONGEST}),
        error_messages={"required": _("请写明要问的问题。")},
    )
    answer_kind = ChoiceRadioField(label=_("要对方怎样答复"), choices=Consultation.AnswerKind.choices, hints=KIND_HINTS)
    days = WholeNumberField(
        label=_("几个工作日内答复"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        help_text=_("到期前一个工作日，系统会提醒对方。"),
    )
    pages = CheckboxesField(
        label=_("给对方看的填写内容"),
        help_text=_("号码都会遮住。只勾选对方答复所必需的。"),
        required=False,
    )
    files = CheckboxesField(label=_("给对方看的材料"), required=False)
    confidential = forms.BooleanField(
        label=_("答复保密"),
        help_text=_("答复只给本单位工作人员看，其他单位看不到。申请人在任何情况下都看不到。"),
        required=False,
    )

    def __init__(self, own: Office, application: Application, at: datetime, data=None) -> None:
        super().__init__(data)
        self._offices = {office.pk: office for office in who.offices_to_ask(own, at)}
        self._experts = {user.pk: user for user in who.experts_to_ask(own, at)}
        self.fields["to"].choices = self._choices()
        definition = application.definition
        self.fields["pages"].choices = [(page.code, str(page.title)) for page in definition.pages]
        labels = {code: str(label) for code, label in BESIDE.items()}
        labels |= {paper.code: str(paper.label) for paper in definition.papers_asked}
        files = files_to_show(application)
        self.fields["files"].choices = [(str(one.public_id), labels.get(one.paper, one.paper)) for one in files]
        if not files:
            del self.fields["files"]

    def question(self) -> Question:
        """What was filled in."""
        given = self.cleaned_data
        kind, _colon, key = given["to"].partition(":")
        return Question(
            text=given["text"],
            answer_kind=given["answer_kind"],
            days=given["days"],
            office=self._offices[int(key)] if kind == OFFICE else None,
            expert=self._experts[int(key)] if kind == EXPERT else None,
            confidential=given["confidential"],
            pages=tuple(given["pages"]),
            files=tuple(given.get("files", ())),
        )

    def _choices(self) -> list:
        offices = [(f"{OFFICE}:{pk}", office.label) for pk, office in self._offices.items()]
        experts = [(f"{EXPERT}:{pk}", str(user)) for pk, user in self._experts.items()]
        groups = [(_("其他单位"), offices), (_("外聘专家"), experts)]
        return [("", _("请选择")), *((label, listed) for label, listed in groups if listed)]


class AnswerForm(BaseForm):
    """Yes or no where that was asked, and the words. The answer is final."""

    choice = ChoiceRadioField(label=_("您的答复"), choices=[("yes", _("是")), ("no", _("否"))], inline=True)
    words = forms.CharField(
        label=_("意见和理由"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5, "maxlength": LONGEST}),
        error_messages={"required": _("请写明意见和理由。")},
    )

    def __init__(self, asked: Consultation, data=None) -> None:
        super().__init__(data)
        if asked.answer_kind == Consultation.AnswerKind.WORDS:
            del self.fields["choice"]
