"""What a drafted text of a letter must be: whole in both languages, with the variables it needs and no others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from people.joining import aside, listed
from people.refusals import Invalid
from schemes import printing
from schemes.letter_book.standard import paragraphs_of
from schemes.letter_book.subjects import Subject, Text, subject_of
from schemes.letter_book.vocabulary import meaning_of
from schemes.letters import variables_of
from schemes.models import Proposal
from schemes.texts import LocalText

LONGEST_TITLE, LONGEST_BODY = {"zh": 60, "en": 160}, 6000


@dataclass(frozen=True)
class Fault:
    """What is wrong with one part of a text: `title` or `body` in `language`, in which paragraph where it is in one."""

    part: str
    language: str
    message: str
    paragraph: int | None = None

    @property
    def field(self) -> str:
        """The name of the part, as errors are keyed."""
        return f"{self.part}_{self.language}"


def check_letter(proposal: Proposal) -> None:
    """Raise Invalid for a letter there is not, a withdrawal of nothing, and a text with faults."""
    content, scheme = proposal.content, str(proposal.scheme_id or "")
    subject = subject_of(content["code"], scheme)
    if subject is None:
        raise Invalid(_("没有这种文书。请从文书列表里选择。"))
    if content["withdraws"]:
        _check_withdrawal(subject, str(proposal.division_id))
        return
    found = {fault.field: fault.message for fault in faults(subject, text_of(content))}
    if found:
        raise Invalid(_("文书文本还不能用，请按提示修改。"), errors=found)


def text_of(content: dict[str, Any]) -> Text:
    """The text in a proposal's content."""
    return Text(LocalText(**content["title"]), LocalText(**content["body"]))


def _check_withdrawal(subject: Subject, division: str) -> None:
    own = [row for row in subject.rows() if row.division_id == division]
    if not own or own[-1].withdraws:
        raise Invalid(_("这个地区没有自己的文本，没有可以撤下的。"))


def faults(subject: Subject, text: Text) -> Iterator[Fault]:
    """Everything that is wrong with a text, in the order in which it is read."""
    found = [*_part_faults(subject, "title", text.title), *_part_faults(subject, "body", text.body)]
    yield from found
    if not found:
        yield from list(_missing(subject, text)) or _uneven(subject, text)


def _part_faults(subject: Subject, part: str, words: LocalText) -> Iterator[Fault]:
    for language, text in (("zh", words.zh), ("en", words.en)):
        longest = LONGEST_TITLE[language] if part == "title" else LONGEST_BODY
        if not text.strip():
            yield Fault(part, language, _("两种语言都要写，请补上。"))
        elif len(text) > longest:
            yield Fault(part, language, _("文字太长，最多%(most)s个字符，请缩短。") % {"most": longest})
        pieces = [(None, text)] if part == "title" else enumerate(paragraphs_of(text))
        for place, piece in pieces:
            for message in _piece_faults(subject, piece):
                yield Fault(part, language, message, place)


def _piece_faults(subject: Subject, piece: str) -> Iterator[str]:
    character = printing.unprintable(piece)
    if character:
        told = {"character": character if character.isprintable() else "", "code": f"U+{ord(character):04X}"}
        yield _("字库里没有这个字：%(character)s（%(code)s）。请换一种写法。") % told
    try:
        unknown = variables_of(LocalText(zh=piece, en="")) - subject.allowed
    except ValueError:
        yield _("花括号里只能写变量名，例如 {name}，并且要成对。")
        return
    if unknown:
        names = listed(f"{{{name}}}" for name in sorted(unknown))  # nobody knows what an unknown one means
        yield _("这种文书没有这些变量：%(names)s。请从可以用的变量里选。") % {"names": names}


def _missing(subject: Subject, text: Text) -> Iterator[Fault]:
    """What the letter must tell and this text does not, in either language."""
    for language, title, body in (("zh", text.title.zh, text.body.zh), ("en", text.title.en, text.body.en)):
        lacking = _kept(subject, language) - _names(title, body)
        if lacking:
            yield Fault("body", language, _("不能去掉这些变量：%(names)s。请写回正文。") % {"names": _listed(lacking)})


def _uneven(subject: Subject, text: Text) -> Iterator[Fault]:
    """Both languages tell the same, but for what the first text tells in one alone."""
    chinese, english = _names(text.title.zh, text.body.zh), _names(text.title.en, text.body.en)
    one_sided = _first(subject, "zh") ^ _first(subject, "en")
    for language, lacking in (("zh", english - chinese - one_sided), ("en", chinese - english - one_sided)):
        if lacking:
            text_told = _("另一种语言用了这些变量，这里没有：%(names)s。两种语言要一致。")
            yield Fault("body", language, text_told % {"names": _listed(lacking)})


def _kept(subject: Subject, language: str) -> set[str]:
    """The needed variables that the first text has in a language: an amount in capitals stands in the Chinese alone."""
    return _first(subject, language) & subject.needed


def _first(subject: Subject, language: str) -> set[str]:
    return _names(subject.first.title.in_language(language), subject.first.body.in_language(language))


def _names(*texts: str) -> set[str]:
    return set().union(*(variables_of(LocalText(zh=text, en="")) for text in texts))


def _listed(names: set[str]) -> str:
    return listed(f"{{{name}}}{aside(meaning_of(name))}" for name in sorted(names))
