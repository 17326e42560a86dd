"""What can go wrong when facts are assessed; each message stands in both languages."""

from django.utils.translation import get_language

from schemes.rules.texts import Bilingual


class FactsError(ValueError):
    """Facts (or what-if values, named `values.…`) that cannot be used: pairs of a name and what is wrong with it."""

    def __init__(self, errors: tuple[tuple[str, Bilingual], ...]) -> None:
        super().__init__(errors)
        self.errors = errors

    @classmethod
    def of(cls, name: str, zh: str, en: str) -> "FactsError":
        """One error."""
        return cls(((name, Bilingual(zh=zh, en=en)),))

    def __str__(self) -> str:
        return "; ".join(f"{name}: {message.zh} / {message.en}" for name, message in self.errors)

    def in_language(self) -> dict[str, str]:
        """What is wrong with each fact, in the reader's language."""
        return {name: message.in_language(get_language() or "") for name, message in self.errors}


class UnknownScheme(LookupError):
    """No such scheme has been published."""

    def __str__(self) -> str:
        return f"没有这个事项 / unknown scheme: {self.args[0]}"


class UnknownDivision(LookupError):
    """No such division is on record."""

    def __str__(self) -> str:
        return f"没有这个行政区划 / unknown division: {self.args[0]}"
