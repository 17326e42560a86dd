"""What is asked of the applicant or of an official: questions, papers, declarations."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import YesNoField
from schemes.questions import APPLICANT, WITH_CHOICES
from schemes.work_forms.building.base import CODE_HINT, DraftForm, Entry, Pair, choices_of, clean, spread
from schemes.work_forms.building.conditions import ConditionFields

NAME = forms.RegexField(
    regex=r"^[a-z][a-z0-9_]{1,39}$",
    label=gettext_lazy("代码"),
    help_text=gettext_lazy("小写英文字母、数字和下划线，例如 course_fee。"),
    error_messages={"invalid": gettext_lazy("代码用小写英文字母开头，只用小写字母、数字和下划线。")},
)
SLUG = forms.RegexField(
    regex=r"^[a-z][a-z0-9_-]{1,39}$",
    label=gettext_lazy("代码"),
    help_text=CODE_HINT,
    error_messages={"invalid": gettext_lazy("代码用小写英文字母开头，只用小写字母、数字、下划线和连接号。")},
)
CHOICE_LINE = re.compile(r"^(?P<code>[a-z][a-z0-9_-]*)\s+(?P<zh>[^|｜]+?)\s*[|｜]\s*(?P<en>.+)$")


class ConditionalForm(DraftForm):
    """A form with one comparison under the key `condition_key`, which may be left empty."""

    condition_key = "shown_when"
    condition_label = gettext_lazy("什么情况下出现")
    facts_only = False
    condition_required = False

    def put_in(self) -> None:
        """The fields of the comparison."""
        self.comparison = ConditionFields(
            self.package,
            self.condition_key,
            self.entry.get(self.condition_key),
            facts_only=self.facts_only,
            required=self.condition_required,
        )
        self.fields |= self.comparison.fields(str(self.condition_label))
        self.initial |= self.comparison.initial()

    def clean(self) -> dict[str, Any]:
        """Read the comparison."""
        cleaned = super().clean() or self.cleaned_data
        try:
            cleaned[self.condition_key] = self.comparison.read(cleaned)
        except ValidationError as error:
            self.add_error(f"{self.condition_key}_value", error)
        return cleaned

    def content(self) -> dict[str, Any]:
        """With the condition, or without one."""
        found = {name: value for name, value in super().content().items() if name != self.condition_key}
        condition = self.cleaned_data.get(self.condition_key)
        return found | ({self.condition_key: condition} if condition else {})


class QuestionForm(ConditionalForm):
    """One question. The first of a page also names the page."""

    name = NAME
    kind = forms.ChoiceField(label=gettext_lazy("答案的种类"))
    fact = YesNoField(label=gettext_lazy("用来判断条件或计算金额吗？"))
    required = YesNoField(label=gettext_lazy("必须回答吗？"))
    choices = forms.CharField(
        label=gettext_lazy("选项"),
        required=False,
        widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy("只有选择题要写。每行一项：代码 中文 | 英文，例如：local 本地 | Local"),
    )
    asked_of = forms.ChoiceField(label=gettext_lazy("由谁填写"))
    pairs = (
        Pair("label", gettext_lazy("问题"), limit=120),
        Pair("hint", gettext_lazy("提示"), required=False, limit=300),
        Pair(
            "page_title",
            gettext_lazy("页面标题"),
            required=False,
            limit=80,
            hint=gettext_lazy("不写的，用问题作标题。"),
        ),
    )
    asked = ("page_title", "label", "hint", "kind", "choices", "name", "fact", "required", "asked_of")

    def put_in(self) -> None:
        """The kinds, and who may be asked."""
        super().put_in()
        # Members of a household have columns of their own: they come with the shared page.
        kinds = choices_of("kind", *(() if self.entry.get("kind") == "household" else ("household",)))
        self.fields["kind"].choices = kinds
        stages = [(stage.code, str(stage.label)) for stage in self.package.reading().stages if stage.role]
        self.fields["asked_of"].choices = [(APPLICANT, _("申请人")), *stages]

    def initial_of(self, entry: Entry) -> dict[str, Any]:
        """Choices as lines."""
        lines = [f"{one['value']} {one['label']['zh']} | {one['label']['en']}" for one in entry.get("choices", ())]
        begins = {"required": True, "fact": "kind" not in entry, "asked_of": APPLICANT}
        return begins | super().initial_of(entry) | {"choices": "\n".join(lines)}

    def clean_choices(self) -> list[dict[str, Any]]:
        """Each line a code and its words in both languages."""
        found = []
        for number, line in enumerate(filter(None, map(str.strip, clean(self.cleaned_data["choices"]).split("\n"))), 1):
            parts = CHOICE_LINE.match(line)
            if parts is None:
                raise ValidationError(_("第%(number)s行写法不对。请写成：代码 中文 | 英文") % {"number": number})
            found.append({"value": parts["code"], "label": {"zh": parts["zh"], "en": parts["en"]}})
        return found

    def clean(self) -> dict[str, Any]:
        """Choices belong to questions with choices, and only to them."""
        cleaned = super().clean()
        if "kind" in cleaned and "choices" in cleaned:
            wanted = cleaned["kind"] in WITH_CHOICES
            if wanted and not cleaned["choices"]:
                self.add_error("choices", _("选择题请写出选项，每行一项。"))
            elif cleaned["choices"] and not wanted:
                self.add_error("choices", _("只有选择题有选项。请删去选项，或者改选种类。"))
        return cleaned

    def content(self) -> dict[str, Any]:
        """Without empty choices."""
        found = super().content()
        return {name: value for name, value in found.items() if not (name == "choices" and not value)}


class PaperForm(ConditionalForm):
    """A paper to attach."""

    code = SLUG
    required = YesNoField(label=gettext_lazy("必须提交吗？"))
    unless_check = forms.ChoiceField(label=gettext_lazy("哪项核对通过就不用提交"), required=False)
    may_follow = YesNoField(label=gettext_lazy("可以提交申请后再补交吗？"), required=False)
    pairs = (Pair("label", gettext_lazy("材料"), limit=120), Pair("hint", gettext_lazy("提示"), required=False))
    asked = ("label", "hint", "code", "required", "unless_check", "may_follow")

    def put_in(self) -> None:
        """The data checks."""
        super().put_in()
        present = self.entry.get("unless_check", "")
        known = dict(choices_of("unless_check"))
        listed = [*known.items(), *([(present, present)] if present and present not in known else [])]
        self.fields["unless_check"].choices = [("", _("没有，都要提交")), *listed]
        self.initial = {"required": True} | self.initial


class DeclarationForm(DraftForm):
    """A sentence the applicant declares."""

    pairs = (Pair("text", gettext_lazy("承诺"), rows=3, limit=400),)

    def initial_of(self, entry: Entry) -> dict[str, Any]:
        """A declaration is a bare text."""
        return spread("text", entry)

    def content(self) -> dict[str, Any]:
        """The bare text."""
        return self.text("text") or {}
