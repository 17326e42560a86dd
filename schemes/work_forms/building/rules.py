"""What decides: conditions, the scheme's own policy values, stages, reasons for refusal, letters."""

from typing import Any, get_args

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import CheckboxesField, ChoiceRadioField, WholeNumberField
from people.joining import listed
from people.models import Office
from schemes.letters import LETTER_VARIABLES, variables_of
from schemes.routes import OfficeFunction
from schemes.rules.parameters import ParameterKind
from schemes.texts import LocalText
from schemes.words.condition_words import fact_words
from schemes.words.scheme_values import SchemeValues
from schemes.work_forms.building.asked import NAME, SLUG, ConditionalForm
from schemes.work_forms.building.base import DraftForm, Pair, choices_of, optional

STAGE_KINDS = ("accept", "review", "notice", "decide", "confirm", "file")


class RequirementForm(ConditionalForm):
    """One condition, in words and as a comparison; it becomes one line of the assessment."""

    code = SLUG
    rests_on = forms.ChoiceField(label=gettext_lazy("依据哪个政策参数"), required=False)
    shows = forms.ChoiceField(label=gettext_lazy("在结果里显示哪个事实"), required=False)
    condition_key = "condition"
    condition_label = gettext_lazy("比较什么")
    facts_only = True
    condition_required = True
    pairs = (Pair("label", gettext_lazy("条件"), limit=160, hint=gettext_lazy("写成满足时的说法，例如：已取得证书。")),)
    asked = ("label", "condition_field", "condition_op", "condition_value", "condition_policy", "code")

    def put_in(self) -> None:
        """The policy values and facts of the scheme."""
        super().put_in()
        reading = self.package.reading()
        values = SchemeValues(reading)
        policies = [(name, values.label(name)) for name in reading.policy_values]
        self.fields["rests_on"].choices = [("", _("事项本身的条款")), *policies]
        facts = [choice for choice in self.comparison.choices() if not choice[0].startswith("policy.")]
        shown = [(name, words) for name, words in facts if name and name != "keep-as-it-is"]
        present = self.entry.get("shows")
        if present and present not in dict(shown):
            shown.append((present, fact_words(reading, present)))
        self.fields["shows"].choices = [("", _("不显示")), *shown]


class ParameterForm(DraftForm):
    """A policy value of the scheme's own, for its conditions."""

    name = NAME
    kind = ChoiceRadioField(label=gettext_lazy("种类"), choices=())
    pairs = (Pair("label", gettext_lazy("名称"), limit=80, hint=gettext_lazy("例如：毕业年限（年）。")),)
    asked = ("label", "kind", "name")

    def put_in(self) -> None:
        """The closed set of kinds."""
        words = {
            "money": _("金额"),
            "percent": _("百分比"),
            "whole": _("整数"),
            "truth": _("是或否"),
            "codes": _("选项代码的列表"),
            "table": _("各选项的金额"),
        }
        self.fields["kind"].choices = [(kind, words[kind]) for kind in get_args(ParameterKind)]


class StageForm(ConditionalForm):
    """One step of the route."""

    code = SLUG
    kind = ChoiceRadioField(label=gettext_lazy("种类"), choices=())
    function = forms.ChoiceField(label=gettext_lazy("办理机关"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("层级"))
    role = forms.ChoiceField(
        label=gettext_lazy("岗位"), required=False, help_text=gettext_lazy("公示没有岗位，其他环节都要选。")
    )
    days = WholeNumberField(label=gettext_lazy("时限（天）"), min_value=1)
    day_kind = ChoiceRadioField(label=gettext_lazy("怎样计算天数"), choices=())
    notice_columns = CheckboxesField(
        label=gettext_lazy("公示的内容"), required=False, help_text=gettext_lazy("只有公示要选。")
    )
    condition_key = "when"
    condition_label = gettext_lazy("什么情况下经过")
    pairs = (
        Pair("label", gettext_lazy("名称（工作人员看）"), limit=60),
        Pair("public_label", gettext_lazy("名称（申请人看）"), limit=80),
    )
    asked = ("kind", "label", "public_label", "function", "level", "role", "days", "day_kind", "notice_columns", "code")

    def put_in(self) -> None:
        """The closed lists."""
        super().put_in()
        kinds = [*STAGE_KINDS, *(["countersign"] if self.entry.get("kind") == "countersign" else [])]
        words = stage_kinds()
        self.fields["kind"].choices = [(kind, words[kind]) for kind in kinds]
        functions = dict(Office.Function.choices)
        self.fields["function"].choices = optional([(one, str(functions[one])) for one in get_args(OfficeFunction)])
        self.fields["level"].choices = optional(choices_of("level"))
        roles = [("clerk", _("经办")), ("reviewer", _("审核")), ("approver", _("审批"))]
        self.fields["role"].choices = [("", _("没有（公示）")), *roles]
        self.fields["day_kind"].choices = choices_of("day_kind")
        self.fields["notice_columns"].choices = choices_of("notice_columns")
        self.initial = {"day_kind": "working"} | self.initial

    def clean(self) -> dict[str, Any]:
        """What belongs to a notice belongs to nothing else."""
        cleaned = super().clean()
        notice = cleaned.get("kind") == "notice"
        if notice == bool(cleaned.get("role")) and "kind" in cleaned:
            self.add_error("role", _("公示不选岗位；其他环节请选择岗位。"))
        if notice != bool(cleaned.get("notice_columns")) and "kind" in cleaned:
            self.add_error("notice_columns", _("公示请选择公示的内容；其他环节不选。"))
        if bool(cleaned.get("function")) == ("function_by" in self.entry):
            self.add_error("function", _("请选择办理机关。"))
        return cleaned

    def content(self) -> dict[str, Any]:
        """Without empty lists."""
        return {name: value for name, value in super().content().items() if value != []}


def stage_kinds() -> dict[str, str]:
    """What each kind of stage does."""
    return {
        "accept": _("受理：核对材料"),
        "review": _("审核：提出意见"),
        "countersign": _("会签"),
        "notice": _("公示"),
        "decide": _("决定"),
        "confirm": _("决定后由另一单位确认"),
        "file": _("决定后备案"),
    }


class ReasonForm(DraftForm):
    """A reason for refusal that officials can select."""

    code = SLUG
    lines = CheckboxesField(label=gettext_lazy("对应哪些条件"), required=False)
    pairs = (
        Pair("label", gettext_lazy("名称（工作人员看）"), limit=60),
        Pair("text", gettext_lazy("写进决定书的理由"), rows=3, limit=400),
    )
    asked = ("label", "text", "lines", "code")

    def put_in(self) -> None:
        """The conditions there are."""
        rules = {rule.code: str(rule.label) for rule in self.package.reading().requirements}
        rules |= {code: rules.get(code, code) for code in self.entry.get("lines", ())}
        self.fields["lines"].choices = list(rules.items())


class LetterForm(DraftForm):
    """Title and body of a letter, with the closed list of variables."""

    pairs = (
        Pair("title", gettext_lazy("标题"), limit=80),
        Pair("body", gettext_lazy("正文"), rows=12, limit=4000, hint=gettext_lazy("段落之间空一行。")),
    )

    def clean(self) -> dict[str, Any]:
        """Only the variables a letter knows."""
        cleaned = super().clean()
        for name, text in tuple(cleaned.items()):
            try:
                unknown = variables_of(LocalText(zh=text or "", en="")) - LETTER_VARIABLES
            except ValueError:
                self.add_error(name, _("花括号里只能写变量名，例如 {name}，并且要成对。"))
                continue
            if unknown:
                self.add_error(name, _("没有这些变量：%(names)s") % {"names": listed(sorted(unknown))})
        return cleaned
