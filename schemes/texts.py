"""Texts that live in data, shown in the language of the reader."""

from django.utils.translation import get_language

from schemes.rules.texts import Bilingual


class LocalText(Bilingual):
    """Words in both languages; as a string, those of the reader's language."""

    def __str__(self) -> str:
        return self.in_language(get_language() or "")
