"""Moves 流转: what officials did with the case beside giving opinions."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application
from approvals.history.entries import Entry, readable, who
from approvals.models import Move
from approvals.moves.record import WORDS
from schemes.definition import SchemeDefinition


def moves(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    """Every move: what, by whom, for whom, to whom, why."""
    made = application.moves.select_related("by", "on_behalf_of", "to_user", "to_office", "item__queue__office")
    for move in made:
        office = move.item.queue.office.label if move.item and move.by else ""
        text = readable(application.data_key, move.text, WORDS)
        by = who(move.by, move.on_behalf_of, office)
        yield move.round, Entry(move.at, _title(move), by, text, beside=True)


def _title(move: Move) -> str:
    kind, to = move.get_kind_display(), move.to_user or (move.to_office.label if move.to_office else "")
    return _("%(move)s：%(to)s") % {"move": kind, "to": to} if to else str(kind)
