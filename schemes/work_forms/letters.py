"""The text of a letter as it is typed in: a title, and paragraph by paragraph the Chinese beside the English."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm, DatePartsField, FilterForm
from schemes.letter_book.checking import LONGEST_TITLE, Fault, faults
from schemes.letter_book.standard import BREAK, paragraphs_of
from schemes.letter_book.subjects import Subject, Text
from schemes.texts import LocalText

MOST_PARAGRAPHS = 40
LANG = {"zh": "zh-Hans", "en": "en"}
LABELS = {"zh": _("第%(place)s段，中文"), "en": _("第%(place)s段，英文")}


class LetterPlaceForm(FilterForm):
    """Whose letters, and of which place."""

    scheme = forms.ChoiceField(label=_("事项"), required=False)
    division = forms.ChoiceField(label=_("地区"), error_messages={"invalid_choice": _("请从列表中选择地区。")})

    def __init__(self, *args, schemes: list[tuple[str, str]], places: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [("", _("各事项共用的标准文书")), *schemes]
        self.fields["division"].choices = places


class LetterTextForm(BaseForm):
    """Title, paragraphs and the first day. One pair of boxes more than there are paragraphs, to add one; a paragraph
    that is emptied in both languages is left out.
    """

    mark_optional = False

    title_zh = forms.CharField(label=_("标题（中文）"), max_length=LONGEST_TITLE["zh"])
    title_en = forms.CharField(label=_("标题（英文）"), max_length=LONGEST_TITLE["en"])
    in_force_from = DatePartsField(
        label=_("从哪天起使用"), help_text=_("发布得晚的，从发布当天起使用。已经发出的文书不变。")
    )

    def __init__(self, *args: Any, subject: Subject, text: Text, begins: date, **kwargs: Any) -> None:
        self.subject = subject
        pairs = list(zip_longest(paragraphs_of(text.body.zh), paragraphs_of(text.body.en), fillvalue=""))
        initial = {"title_zh": text.title.zh, "title_en": text.title.en, "in_force_from": begins}
        for place, pair in enumerate(pairs):
            initial |= {_name(place, language): words for language, words in zip(LANG, pair, strict=True)}
        super().__init__(*args, initial=initial, **kwargs)
        count = max(len(pairs) + 1, _sent(self.data) if self.is_bound else 0)
        self.count = min(count, MOST_PARAGRAPHS)
        self.fields |= {_name(place, code): _box(place, code) for place in range(self.count) for code in LANG}
        for name in ("title_zh", "title_en"):
            self.fields[name].widget.attrs["lang"] = LANG[name[-2:]]

    def paragraphs(self) -> Iterator[list[forms.BoundField]]:
        """The boxes of each paragraph, Chinese and English."""
        for place in range(self.count):
            yield [self[_name(place, language)] for language in LANG]

    def text(self) -> Text:
        """What was typed."""
        body = {code: BREAK.join(one for _place, one in self._typed(code)) for code in LANG}
        cleaned = self.cleaned_data
        title = LocalText(zh=cleaned.get("title_zh", "").strip(), en=cleaned.get("title_en", "").strip())
        return Text(title, LocalText(**body))

    def clean(self) -> dict[str, Any]:
        """Every paragraph in both languages, and the variables as the letter needs them."""
        cleaned = super().clean() or self.cleaned_data
        for place in range(self.count):
            typed = {code: cleaned.get(_name(place, code), "").strip() for code in LANG}
            for code in LANG:
                if any(typed.values()) and not typed[code]:
                    self.add_error(_name(place, code), _("请把这一段用两种语言写全，或者两边都清空。"))
        if not self.errors:
            self.show(faults(self.subject, self.text()))
        return cleaned

    def show(self, found: Iterable[Fault]) -> None:
        """Put faults beside the paragraph they are in; those of the whole body beside the first."""
        for fault in found:
            self.add_error(self._field(fault), fault.message)

    def _field(self, fault: Fault) -> str:
        if fault.part == "title":
            return fault.field
        places = [place for place, _text in self._typed(fault.language)]
        place = places[fault.paragraph] if fault.paragraph is not None and places else 0
        return _name(place, fault.language)

    def _typed(self, language: str) -> Iterator[tuple[int, str]]:
        """Each paragraph with the box it was typed in; a box may hold several."""
        for place in range(self.count):
            text = self.cleaned_data.get(_name(place, language), "").replace("\r\n", "\n")
            yield from ((place, one) for one in paragraphs_of(text))


def _name(place: int, language: str) -> str:
    return f"p{place}_{language}"


def _sent(data: Mapping[str, Any]) -> int:
    """How many paragraphs were sent."""
    return next((place for place in range(MOST_PARAGRAPHS) if _name(place, "zh") not in data), MOST_PARAGRAPHS)


def _box(place: int, language: str) -> forms.CharField:
    area = forms.Textarea({"rows": 4, "lang": LANG[language]})
    return forms.CharField(label=LABELS[language] % {"place": place + 1}, required=False, widget=area)
