"""The list of everything there is, as people scan it: how one comes to it, then whom it is for."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.offers import Offer
from schemes.definition import SchemeDefinition

PERSON, HOUSEHOLD, ORGANISATION = "person", "household", "organisation"
WHO: dict[str, Promise] = {PERSON: _("个人"), HOUSEHOLD: _("家庭"), ORGANISATION: _("单位")}
APPLY, REFER, INFORM, ELSEWHERE = "apply", "refer", "inform", "elsewhere"
WAYS: dict[str, tuple[Promise, Promise]] = {
    APPLY: (_("可以直接申请"), _("在这里填写、提交，受理的机关作出决定。")),
    REFER: (_("由其他单位办理，我们转交"), _("在这里填写、提交，我们转给有权决定的单位，跟踪结果，把答复告诉您。")),
    INFORM: (_("了解和咨询"), _("不用申请，或者当地文件没有规定怎样申请。这里写明有什么、问谁。")),
    ELSEWHERE: (_("本系统尚未收录当地依据"), _("这不等于当地没有这项政策。请向写明的单位咨询。")),
}


@dataclass(frozen=True)
class Part:
    """What is there for one kind of applicant."""

    who: str
    label: Promise
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Way:
    """Everything one comes to in the same way, by whom it is for."""

    code: str
    title: Promise
    lead: Promise
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many schemes there are."""
        return sum(len(part.offers) for part in self.parts)


def ways_of(offers: Iterable[Offer]) -> list[Way]:
    """The offers by way and applicant, in the order given; what is empty is left out."""
    offers = list(offers)
    found = [(code, tuple(_parts(offer for offer in offers if way_of(offer) == code))) for code in WAYS]
    return [Way(code, *WAYS[code], parts) for code, parts in found if parts]


def way_of(offer: Offer) -> str:
    """How one comes to a scheme where it stands like this."""
    if offer.standing == "no_clause":
        return ELSEWHERE
    if offer.standing == "inform":
        return INFORM
    return REFER if offer.definition.offered_as == "refer" else APPLY


def narrowed(offers: Iterable[Offer], who: str, text: str) -> list[Offer]:
    """The offers for one kind of applicant (any for ""), whose titles or summary hold every word of the text."""
    words = _plain(text).split()
    return [
        offer
        for offer in offers
        if who in ("", offer.definition.applicant) and all(word in _searched(offer.definition) for word in words)
    ]


def _parts(offers: Iterable[Offer]) -> Iterator[Part]:
    by_who: dict[str, list[Offer]] = {}
    for offer in offers:
        by_who.setdefault(offer.definition.applicant, []).append(offer)
    return (Part(who, WHO[who], tuple(by_who[who])) for who in WHO if who in by_who)


def _searched(definition: SchemeDefinition) -> str:
    texts = (definition.title, definition.public_title, definition.summary)
    return _plain("\n".join(part for text in texts for part in (text.zh, text.en)))


def _plain(text: str) -> str:
    """Full-width letters as plain ones, capitals as small ones."""
    return unicodedata.normalize("NFKC", text).casefold()
