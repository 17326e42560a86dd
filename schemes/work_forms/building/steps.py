"""The parts of a scheme that stand once: names, words, how it is offered, the calculation."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import ChoiceRadioField
from schemes.building.needs import can_be_asked
from schemes.words.version_labels import CODES
from schemes.work_forms.building.base import CODE_HINT, DraftForm, Pair, choices_of, optional

# Words by which a name outsiders see would tell that somebody is disabled.
TELLING = ("残", "盲", "聋", "哑", "智障", "disab", "blind", "deaf")


def tells_disability(title: Any) -> bool:
    """Whether a public title discloses disability."""
    words = " ".join(title.values()).lower() if isinstance(title, dict) else ""
    return any(word in words for word in TELLING)


class NamesForm(DraftForm):
    """Code and titles."""

    code = forms.RegexField(
        regex=r"^[a-z][a-z0-9-]{2,39}$",
        label=gettext_lazy("代码"),
        help_text=CODE_HINT,
        error_messages={
            "invalid": gettext_lazy("代码用小写英文字母开头，3至40个字母、数字或连接号，例如 course-fee。")
        },
    )
    pairs = (
        Pair("title", gettext_lazy("名称"), limit=80),
        Pair(
            "public_title",
            gettext_lazy("对外名称"),
            limit=80,
            hint=gettext_lazy("银行摘要、短信等外人看得到的地方用这个名称，不要透露残疾。"),
        ),
    )
    asked = ("code", "title", "public_title")


class WordsForm(DraftForm):
    """Summary, guide, whom to ask."""

    pairs = (
        Pair("summary", gettext_lazy("简介"), rows=3, limit=600),
        Pair("guide", gettext_lazy("办理指南"), required=False, rows=4, limit=1200),
        Pair("ask_at", gettext_lazy("没有依据时向谁咨询"), limit=120, hint=gettext_lazy("例如：县残疾人联合会。")),
    )


class OfferForm(DraftForm):
    """How it is offered, to whom, what it gives."""

    offered_as = ChoiceRadioField(label=gettext_lazy("怎样提供"), choices=())
    archetype = forms.ChoiceField(label=gettext_lazy("办理类型"), help_text=gettext_lazy("决定通常的办理环节。"))
    applicant = ChoiceRadioField(label=gettext_lazy("谁可以申请"), choices=())
    benefit_kind = forms.ChoiceField(label=gettext_lazy("给予的待遇"))
    relieves = forms.ChoiceField(
        label=gettext_lazy("减免什么"),
        required=False,
        help_text=gettext_lazy("给予的待遇是减免时选择；减免押金的，以及其他待遇，选“不适用”。"),
    )
    case_number_prefix = forms.RegexField(
        regex=r"^[A-Z]{2,6}$",
        label=gettext_lazy("申请编号的字头"),
        required=False,
        help_text=gettext_lazy("2至6个大写字母，例如 PXBT。只作说明的事项不填。"),
        error_messages={"invalid": gettext_lazy("请写2至6个大写字母。")},
    )
    case_division = forms.ChoiceField(
        label=gettext_lazy("由哪个问题确定办理地"),
        required=False,
        help_text=gettext_lazy("先添加一个问地区或学校的问题，再回来选。"),
    )
    once = ChoiceRadioField(label=gettext_lazy("可以享受几次"), choices=(), required=False)
    transition = ChoiceRadioField(
        label=gettext_lazy("新版本发布时，正在填写的申请"),
        choices=(),
        help_text=gettext_lazy("已经提交的申请始终按提交时的版本办理。"),
    )
    pairs = (Pair("refer_to", gettext_lazy("转给谁办理"), required=False, limit=120),)
    asked = (
        "offered_as", "refer_to", "archetype", "applicant", "benefit_kind", "relieves", "case_number_prefix",
        "case_division",
    )  # fmt: skip

    def put_in(self) -> None:
        """The closed lists, and the questions that can place a case."""
        for name in ("offered_as", "applicant", "once", "transition"):
            self.fields[name].choices = choices_of(name)
        self.fields["archetype"].choices = optional(archetypes())
        self.fields["benefit_kind"].choices = optional(choices_of("benefit_kind"))
        self.fields["relieves"].choices = optional(choices_of("relieves", ""), str(CODES["relieves"][""]))
        placing = [one for one in self.package.reading().questions() if one.kind in ("division", "school")]
        self.fields["case_division"].choices = optional([(one.name, str(one.label)) for one in placing])
        self.initial = {"offered_as": "apply", "applicant": "person", "once": "", "transition": "keep"} | self.initial

    def content(self) -> dict[str, Any]:
        """Once and the group it is counted in belong together."""
        found = super().content()
        if not found.get("once"):
            return {name: value for name, value in found.items() if name not in ("once", "once_group")}
        return found | {"once_group": self.entry.get("once_group") or self.package.code}


def archetypes() -> list[tuple[str, str]]:
    """The usual ways of dealing with a scheme."""
    return [
        ("individual", _("个人申请，县级部门办理")),
        ("household", _("家庭申请，乡镇受理")),
        ("school_batch", _("学校受理，逐级办理")),
        ("training", _("培训补贴")),
        ("loan", _("贷款贴息")),
        ("institution", _("单位申请")),
        ("agency_contract", _("代销合同")),
        ("licence", _("转办或许可")),
    ]


class CalculationForm(DraftForm):
    """One of the calculations the system knows."""

    calculation = ChoiceRadioField(
        label=gettext_lazy("金额怎样算"),
        choices=(),
        help_text=gettext_lazy("保存时，缺少的问题和政策参数会自动添加，之后可以修改文字。"),
    )

    def put_in(self) -> None:
        """Those whose facts can be asked, and the present one."""
        present = self.package.own.get("calculation", "no_amount")
        self.fields["calculation"].choices = [
            (code, words) for code, words in choices_of("calculation") if can_be_asked(code) or code == present
        ]
        self.initial = {"calculation": "no_amount"} | self.initial
