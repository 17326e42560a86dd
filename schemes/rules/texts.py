"""Words in the two languages of the site."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value read from data: never changed after it was checked, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Frozen):
    """The same words in Simplified Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The words for a language code such as "zh-hans" or "en"; Chinese unless English is asked for."""
        return self.en if language.startswith("en") else self.zh
