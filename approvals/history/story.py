"""The story of a case, round by round. What happens beside it joins by one line in SOURCES."""

from collections.abc import Callable, Iterable, Iterator

from applications.models import Application
from applications.states import FINAL
from approvals.history.entries import Entry, RoundHistory
from approvals.history.filings import filings
from approvals.history.issued import issued
from approvals.history.moves import moves
from approvals.history.notices import notices
from approvals.history.sayings import sayings
from approvals.history.service import service
from schemes.definition import SchemeDefinition

Source = Callable[[Application, SchemeDefinition], Iterator[tuple[int, Entry]]]


def ending(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    """How the case was closed."""
    if application.state in FINAL and application.closed_at:
        yield application.round, Entry(application.closed_at, application.official_label)


SOURCES: tuple[Source, ...] = (filings, sayings, moves, notices, issued, service, ending)


def history_of(
    application: Application, definition: SchemeDefinition, beside: Iterable[tuple[int, Entry]] = ()
) -> list[RoundHistory]:
    """The rounds, the latest first. `beside`: what this reader may see that not everybody does, by round."""
    entries: dict[int, list[Entry]] = {}
    for number, entry in beside:
        entries.setdefault(number, []).append(entry)
    for source in SOURCES:
        for number, entry in source(application, definition):
            entries.setdefault(number, []).append(entry)
    return [RoundHistory(number, _latest_first(entries[number])) for number in sorted(entries, reverse=True)]


def _latest_first(entries: list[Entry]) -> tuple[Entry, ...]:
    """By time; what one act brought about stands above the act itself."""
    in_order = sorted(entries, key=lambda entry: entry.at)
    return tuple(in_order[::-1])
