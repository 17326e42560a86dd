"""Facts and reasons in words: for the office that looks for people, and for those who are invited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from applications.explained import FOR_OFFICIALS, ReadLine, in_words
from applications.readback import in_words as answer_in_words
from applications.readback import places_in
from helping.invites import matching
from helping.models import Invitation, Match, Matching
from papers import pictures
from people.forms import group_in_fours
from people.masking import masked_id
from people.refusals import NotFound
from schemes.definition import SchemeDefinition
from schemes.models import SchemeVersion, current_version

PAGE_SIZE = 50


@dataclass(frozen=True)
class ShownMatch:
    """One person a matching found."""

    match: Match
    name: str
    number: str
    reasons: tuple[ReadLine, ...]
    missing: tuple[str, ...]
    may_invite: bool


@dataclass(frozen=True)
class MatchPage:
    """Some of them; `next`: after which the next page begins, None on the last."""

    rows: list[ShownMatch]
    next: int | None


def matches_of(found: Matching, verdict: str, after: int) -> MatchPage:
    """Those with a verdict, a page at a time. The caller records the reading."""
    rows = list(Match.objects.filter(matching=found, verdict=verdict, pk__gt=after).order_by("pk")[: PAGE_SIZE + 1])
    page = rows[:PAGE_SIZE]
    labels = {one.as_fact: str(one.label) for one in found.scheme_version.definition.facts()}
    shown = [_shown(match, matching.told_of(match, found.data_key), labels) for match in page]
    return MatchPage(shown, page[-1].pk if len(rows) > PAGE_SIZE else None)


def _shown(match: Match, told: dict[str, Any], labels: Mapping[str, str]) -> ShownMatch:
    reasons = tuple(line for line in lines_in_words(told["lines"]) if line.result in ("pass", "fail", "amount"))
    missing = tuple(labels.get(name.partition("[")[0], name) for name in told["missing"])
    may_invite = match.verdict in (Match.Verdict.ELIGIBLE, Match.Verdict.UNSURE)
    return ShownMatch(match, told["name"], masked_id(told["id_number"]), reasons, missing, may_invite)


def lines_in_words(lines: Iterable[Mapping[str, Any]]) -> list[ReadLine]:
    """Reasons a reader outside the offices can use."""
    return [in_words(line) for line in lines if line["code"] not in FOR_OFFICIALS]


def facts_in_words(definition: SchemeDefinition, facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """What a roster says of somebody, as rows of a summary."""
    asked = [question for question in definition.questions() if question.name in facts]
    places = places_in(asked, facts)
    return [
        {"key": str(one.label), "value": answer_in_words(one, facts[one.name], places, masked=True)} for one in asked
    ]


def letter_of(invitation: Invitation, told: Mapping[str, Any], address: str) -> dict[str, Any]:
    """What the sheet says. `address` is where it is answered; its QR code carries the short code along."""
    definition = version_of(invitation).definition
    return {
        "invitation": invitation,
        "scheme": definition,
        "name": told["name"],
        "code": group_in_fours(told["code"]).lower(),
        "address": address,
        "qr": pictures.qr(f"{address}?code={told['code']}"),
        "reasons": [line for line in lines_in_words(told["lines"]) if line.result in ("pass", "amount")],
        "sources": told["sources"],
    }


def version_of(invitation: Invitation) -> SchemeVersion:
    """The scheme as it is published now. Raises NotFound where it is no longer."""
    version = current_version(invitation.scheme_code)
    if version is None:
        raise NotFound()
    return version
