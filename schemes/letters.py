"""Letters: the texts of papers, with a closed set of variables, and the remedies they name."""

from collections.abc import Mapping
from string import Formatter
from typing import Literal, Self

from pydantic import Field, model_validator

from schemes.rules.texts import Frozen
from schemes.texts import LocalText

LetterKind = Literal[
    "acceptance",
    "correction",
    "not_accepted",
    "grant",
    "waiver_grant",
    "phase_out",
    "service",
    "referral",
    "answer",
    "refusal",
    "revocation",
]
LETTER_VARIABLES = frozenset(
    {
        "name",
        "case_number",
        "scheme",
        "submitted_on",
        "accepted_on",
        "amount",
        "amount_capitals",
        "document",
        "clause",
        "reason",
        "due_on",
        "organ",
        "division",
        "months",
        "first_month",
        "last_month",
        "refer_to",
        "answer",
        "paid_to",
    }
)
REMEDY_VARIABLES = frozenset({"organ", "review_organ", "court", "review_days", "suit_months"})
LegalKind = Literal["administrative", "entrusted", "authorised", "mass_organisation", "public_institution", "vertical"]


def variables_of(text: LocalText) -> set[str]:
    """The {variables} of both languages. Raises ValueError on anything but a bare name in braces."""
    found = set()
    for words in (text.zh, text.en):
        for _literal, name, spec, conversion in Formatter().parse(words):
            if name is None:
                continue
            if not name.isidentifier() or spec or conversion:
                raise ValueError(f"only bare variables are allowed, not {{{name}}}")
            found.add(name)
    return found


def fill(text: LocalText, values: Mapping[str, str | LocalText]) -> LocalText:
    """Both languages with the variables filled in, each value in the text's own language where it has two.

    Raises KeyError when a variable has no value.
    """
    return LocalText(zh=text.zh.format_map(_in("zh", values)), en=text.en.format_map(_in("en", values)))


def fill_body(text: LocalText, values: Mapping[str, str | LocalText]) -> LocalText:
    """As `fill`, without the paragraphs that would say nothing: those whose variables are all empty.

    Paragraphs are separated by an empty line.
    """
    said = {language: _said(text.in_language(language), _in(language, values)) for language in ("zh", "en")}
    return fill(LocalText(**said), values)


def _said(words: str, values: Mapping[str, str]) -> str:
    return "\n\n".join(part for part in words.split("\n\n") if not _empty(part, values))


def _empty(paragraph: str, values: Mapping[str, str]) -> bool:
    names = {name for _literal, name, _spec, _conversion in Formatter().parse(paragraph) if name}
    return bool(names) and not any(values[name] for name in names)


def _in(language: str, values: Mapping[str, str | LocalText]) -> dict[str, str]:
    return {name: one.in_language(language) if isinstance(one, LocalText) else one for name, one in values.items()}


class LetterText(Frozen):
    """Title and body of one kind of letter; paragraphs of the body are separated by an empty line."""

    title: LocalText
    body: LocalText

    @model_validator(mode="after")
    def _known_variables(self) -> Self:
        unknown = (variables_of(self.title) | variables_of(self.body)) - LETTER_VARIABLES
        if unknown:
            raise ValueError(f"unknown variables: {', '.join(sorted(unknown))}")
        return self


class Remedy(Frozen):
    """How the applicant may object to an office of this legal kind.

    `review_days` (natural days) and `suit_months` come from the law named in `law`; `basis` is assumed until a
    publisher has checked the articles.
    """

    text: LocalText
    law: str
    review_days: int | None = Field(default=None, gt=0)
    suit_months: int | None = Field(default=None, gt=0)
    basis: Literal["stated", "assumed"] = "assumed"
    note: str = ""

    @model_validator(mode="after")
    def _known_variables(self) -> Self:
        unknown = variables_of(self.text) - REMEDY_VARIABLES
        if unknown:
            raise ValueError(f"unknown variables: {', '.join(sorted(unknown))}")
        return self


class Reason(Frozen):
    """A reason for refusal an official can select; `lines` are the assessment lines whose clause it cites."""

    code: str
    label: LocalText
    text: LocalText
    lines: tuple[str, ...] = ()
