"""A form over one part of a package; texts stand in it in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import BaseForm
from schemes.building.package import Package
from schemes.words.version_labels import CODES

Entry = Mapping[str, Any]
CODE_HINT = gettext_lazy("小写英文字母、数字和连接号，例如 course-fee。保存后显示在导出文件里，公众看不到。")


@dataclass(frozen=True)
class Pair:
    """A text asked for in Chinese and in English; `rows` of a text area, 0 for a line."""

    name: str
    label: Promise
    required: bool = True
    rows: int = 0
    limit: int = 300
    hint: Promise | str = ""

    def fields(self) -> dict[str, forms.Field]:
        """The two fields."""
        chinese = self._field(_("中文"), self.hint)
        chinese.widget.attrs["lang"] = "zh-Hans"
        return {f"{self.name}_zh": chinese, f"{self.name}_en": self._field(_("英文"), "")}

    def _field(self, language: str, hint: Promise | str) -> forms.Field:
        label = _("%(what)s（%(language)s）") % {"what": self.label, "language": language}
        more = {"widget": forms.Textarea({"rows": self.rows})} if self.rows else {}
        return forms.CharField(label=label, max_length=self.limit, required=self.required, help_text=hint, **more)


class DraftForm(BaseForm):
    """Reads an entry of the package, and gives what was typed as an entry; keys it does not show are kept."""

    pairs: tuple[Pair, ...] = ()
    # Names of fields and pairs in the order asked.
    asked: tuple[str, ...] = ()

    def __init__(self, *args: Any, package: Package, entry: Entry | None = None, **kwargs: Any) -> None:
        self.package, self.entry = package, dict(entry or {})
        kwargs["initial"] = self.initial_of(self.entry) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.put_in()
        for pair in self.pairs:
            self.fields |= pair.fields()
        self._in_order()
        self.say_what_is_missing()

    def put_in(self) -> None:
        """Fields and choices that depend on the package."""

    def initial_of(self, entry: Entry) -> dict[str, Any]:
        """What the fields begin with."""
        found = {name: value for name, value in entry.items() if not isinstance(value, Mapping)}
        for pair in self.pairs:
            found |= spread(pair.name, entry.get(pair.name))
        return found

    def content(self) -> dict[str, Any]:
        """The entry as typed; optional texts that are empty are left out."""
        plain = {name: value for name, value in self.cleaned_data.items() if name in type(self).base_fields}
        texts = {pair.name: self.text(pair.name) for pair in self.pairs}
        kept = {name: value for name, value in self.entry.items() if name not in {*plain, *texts}}
        return kept | {name: value for name, value in {**plain, **texts}.items() if value not in (None, "")}

    def text(self, name: str) -> dict[str, str] | None:
        """A text in both languages; None when neither was written."""
        found = {language: clean(self.cleaned_data.get(f"{name}_{language}")) for language in ("zh", "en")}
        return found if any(found.values()) else None

    def clean(self) -> dict[str, Any]:
        """An optional text is written in both languages or in none."""
        cleaned = super().clean() or self.cleaned_data
        for pair in self.pairs:
            zh, en = cleaned.get(f"{pair.name}_zh"), cleaned.get(f"{pair.name}_en")
            if bool(zh) != bool(en) and not {f"{pair.name}_zh", f"{pair.name}_en"} & set(self.errors):
                empty = "en" if zh else "zh"
                self.add_error(f"{pair.name}_{empty}", _("中文和英文都要写，或者都不写。"))
        return cleaned

    def _in_order(self) -> None:
        names = {pair.name: (f"{pair.name}_zh", f"{pair.name}_en") for pair in self.pairs}
        self.order_fields([field for name in self.asked for field in names.get(name, (name,))])


def spread(name: str, text: Any) -> dict[str, str]:
    """A text in both languages as the initial values of its two fields."""
    found = text if isinstance(text, Mapping) else {}
    return {f"{name}_zh": found.get("zh", ""), f"{name}_en": found.get("en", "")}


def clean(text: Any) -> str:
    """What was typed, with the line ends of data files."""
    return str(text or "").replace("\r\n", "\n").strip()


def choices_of(name: str, *left_out: str) -> list[tuple[str, str]]:
    """The codes a property of a definition may hold, with their words."""
    return [(code, str(words)) for code, words in CODES[name].items() if code not in left_out]


def optional(choices: list[tuple[str, str]], empty: str = "") -> list[tuple[str, str]]:
    """The same with nothing chosen."""
    return [("", empty or _("请选择")), *choices]
