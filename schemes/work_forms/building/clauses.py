"""Clauses of a split document: which are about a scheme, how strong they are; and where a package begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import BaseForm, ChoiceRadioField
from schemes.building.package import SELF
from schemes.building.splitting import Clause
from schemes.building.strength import strength_of
from schemes.models import PolicyClause
from schemes.publication.proposal_checks import stands_in
from schemes.work_forms.building.base import DraftForm, clean

BY_WORDS = ""


class TickedForm(BaseForm):
    """The clauses that were ticked, tied to one scheme."""

    scheme = forms.ChoiceField(label=gettext_lazy("勾选的条款是关于哪个事项的"))
    strength = forms.ChoiceField(
        label=gettext_lazy("措辞"), required=False, help_text=gettext_lazy("保存后可以逐条修改。")
    )
    responsible = forms.CharField(
        label=gettext_lazy("责任单位"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("不填的，取条文里写明的责任单位。"),
    )

    def __init__(self, *args: Any, clauses: list[Clause], schemes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clauses = clauses
        self.fields["scheme"].choices = schemes
        by_words = (BY_WORDS, _("按条文的措辞判断"))
        self.fields["strength"].choices = [by_words, *PolicyClause.Strength.choices]

    @property
    def ticked(self) -> list[int]:
        """The places that were ticked."""
        sent = self.data.getlist("pick") if hasattr(self.data, "getlist") else []
        return [place for place in range(len(self.clauses)) if str(place) in sent]

    def clean(self) -> dict[str, Any]:
        """At least one."""
        cleaned = super().clean() or self.cleaned_data
        if not self.ticked:
            self.add_error(None, _("请至少勾选一条条款。"))
        return cleaned

    def content(self) -> list[dict[str, Any]]:
        """The ticked clauses as a draft holds them."""
        return [self._clause(self.clauses[place]) for place in self.ticked]

    def _clause(self, clause: Clause) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "scheme": found["scheme"],
            "clause": clause.place,
            "text": clause.text,
            "strength": found["strength"] or strength_of(clause.text),
            "responsible": found["responsible"] or clause.responsible[:300],
            "target": "",
            "note": "",
            "offered_as": "",
        }


class PackageClauseForm(DraftForm):
    """One clause of a package's document."""

    clause = forms.CharField(
        label=gettext_lazy("条款"), max_length=40, help_text=gettext_lazy("原文的编号，例如 三(二)。")
    )
    text = forms.CharField(label=gettext_lazy("条文"), widget=forms.Textarea({"rows": 6, "lang": "zh-Hans"}))
    strength = ChoiceRadioField(label=gettext_lazy("措辞"), choices=PolicyClause.Strength.choices)
    offered_as = ChoiceRadioField(
        label=gettext_lazy("能不能据此申请"),
        required=False,
        choices=[("", gettext_lazy("可以申请")), ("inform", gettext_lazy("不能，只是目标或者打算"))],
    )
    responsible = forms.CharField(label=gettext_lazy("责任单位"), max_length=300, required=False)
    target = forms.CharField(label=gettext_lazy("任务目标"), max_length=200, required=False)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)

    def clean_text(self) -> str:
        """Word for word as in the document."""
        text = clean(self.cleaned_data["text"])
        if not stands_in(text, (self.package.document or {}).get("text", "")):
            raise forms.ValidationError(_("条文与全文不一致，请逐字核对。"))
        return text

    def content(self) -> dict[str, Any]:
        """All keys a clause has; it is about this scheme."""
        return {"scheme": self.entry.get("scheme", SELF)} | {name: self.cleaned_data[name] for name in self.fields}


class StartForm(BaseForm):
    """Where a package begins: a place, a scheme, a document on record."""

    division = forms.ChoiceField(label=gettext_lazy("适用地区"))
    scheme = forms.ChoiceField(label=gettext_lazy("做什么"), required=False)
    document = forms.ChoiceField(
        label=gettext_lazy("依据的政策文件"),
        required=False,
        widget=forms.Select({"lang": "zh-Hans"}),
        help_text=gettext_lazy("新文件请先用“粘贴政策文件”录入。只改事项、不改依据的，可以不选。"),
    )

    def __init__(
        self,
        *args: Any,
        places: list[tuple[str, str]],
        schemes: list[tuple[str, str]],
        documents: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = places
        new = ("", _("做一个新事项"))
        change = [(code, _("修改已有事项：%(title)s") % {"title": title}) for code, title in schemes]
        self.fields["scheme"].choices = [new, *change]
        self.fields["document"].choices = [("", _("不选")), *documents]

    def clean(self) -> dict[str, Any]:
        """A new scheme rests on a document."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("scheme") and not cleaned.get("document") and not self.errors:
            self.add_error("document", _("新事项要有依据。请选择文件，或者先粘贴政策文件。"))
        return cleaned
