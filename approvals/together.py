"""协同: what officials keep beside a case, gathered once for the review page. A party of the case sees none of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from approvals.consulting import who
from approvals.consulting.asking import SEALED as ASKED_SEAL
from approvals.due import Due, due_of
from approvals.history.entries import Entry, readable
from approvals.history.entries import who as named
from approvals.models import CaseLabel, Consultation, Label, Note
from approvals.notes import fields
from approvals.notes.beside import desk_offices
from approvals.notes.fields import Filled
from approvals.notes.notes import SEALED as NOTE_SEAL
from approvals.seats import Seat
from people.models import User


@dataclass(frozen=True)
class Asked:
    """One opinion asked, as an official of the case reads it. `words` is "" while it is open or not theirs to read."""

    row: Consultation
    to: str
    due: Due | None
    answer: str
    words: str
    hidden: bool
    may_withdraw: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return self.due is not None


@dataclass(frozen=True)
class Noted:
    """A note in clear."""

    row: Note
    text: str


@dataclass(frozen=True)
class Together:
    """Everything beside a case. `recused`: the reader is a party or stands too near, and sees nothing.

    `labels` are on the case, `choices` could be put on. `unread`: messages of the applicant that the office has not
    read.
    """

    recused: bool = False
    may_ask: bool = False
    asked: tuple[Asked, ...] = ()
    notes: tuple[Noted, ...] = ()
    labels: tuple[Label, ...] = ()
    choices: tuple[Label, ...] = ()
    fields: tuple[Filled, ...] = ()
    messages: int = 0
    unread: int = 0
    entries: tuple[tuple[int, Entry], ...] = field(default=())

    @property
    def open_questions(self) -> int:
        """How many opinions asked have not come back."""
        return sum(one.is_open for one in self.asked)

    @property
    def latest_notes(self) -> tuple[Noted, ...]:
        """The last few, the latest first."""
        return self.notes[:-4:-1]


def load(user: User, application: Application, seat: Seat, at: datetime) -> Together:
    """Gather it: a bounded number of questions to the database, however much there is."""
    if door.recused(application, user):
        return Together(recused=True)
    offices = desk_offices(user, at)
    asked = tuple(_asked(row, user.pk, set(offices), at) for row in _consultations(application))
    noted = notes_of(application)
    kept = _labels(application, offices)
    unread, written = _messages(application)
    return Together(
        may_ask=who.may_ask(seat),
        asked=asked,
        notes=noted,
        labels=tuple(label for label in kept if label.on_case),
        choices=tuple(label for label in kept if not label.on_case and not label.retired_at),
        fields=tuple(fields.filled(application, offices)),
        messages=written,
        unread=unread,
        entries=(*_answers(asked), *_notes(noted)),
    )


def for_audit(application: Application, at: datetime) -> Iterator[tuple[int, Entry]]:
    """What was kept beside a case, by round, as an auditor reads it: confidential answers too."""
    rows = _consultations(application)
    yield from _answers(tuple(_asked(row, None, {row.by_office_id}, at) for row in rows))
    yield from _notes(notes_of(application))


def notes_of(application: Application) -> tuple[Noted, ...]:
    """The notes of a case, the oldest first."""
    rows = application.notes.select_related("by", "office")
    return tuple(Noted(row, readable(application.data_key, row.text, NOTE_SEAL)) for row in rows)


def _consultations(application: Application) -> list[Consultation]:
    related = ("to_office", "to_user", "by_office", "asked_by", "answered_by")
    rows = list(application.consultations.select_related(*related))
    for row in rows:
        row.application = application
    return rows


def _asked(row: Consultation, reader: int | None, offices: set[int], at: datetime) -> Asked:
    waits = row.answered_at is None and row.withdrawn_at is None and row.application.is_open
    theirs = who.may_read_answer(row, offices) or reader == row.answered_by_id
    answered = row.answered_at is not None
    return Asked(
        row=row,
        to=row.to_office.label if row.to_office else str(row.to_user),
        due=due_of(row.due_at, at) if waits else None,
        answer=str(row.get_answer_display()) if answered and theirs and row.answer else "",
        words=readable(row.application.data_key, row.words, ASKED_SEAL) if theirs else "",
        hidden=answered and not theirs,
        may_withdraw=waits and row.asked_by_id == reader,
    )


def _labels(application: Application, offices: Iterable[int]) -> list[Label]:
    """The labels of these offices; `on_case`: whether the case bears it."""
    on = CaseLabel.objects.filter(application=application, label=OuterRef("pk"), removed_at__isnull=True)
    return list(Label.objects.filter(office_id__in=list(offices)).annotate(on_case=Exists(on)).order_by("name", "pk"))


def _messages(application: Application) -> tuple[int, int]:
    """How many messages the applicant wrote that nobody has read, and how many there are."""
    rows = list(application.messages.values_list("from_official", "read_at"))
    return sum(not official and read is None for official, read in rows), len(rows)


def _answers(asked: tuple[Asked, ...]) -> Iterator[tuple[int, Entry]]:
    """Answers and withdrawals; that something was asked is told by its move."""
    for one in asked:
        row = one.row
        if row.withdrawn_at:
            title = _("撤回征求意见：%(to)s") % {"to": one.to}
            yield row.round, Entry(row.withdrawn_at, title, named(row.asked_by, None, row.by_office.label), beside=True)
        elif row.answered_at:
            by = named(row.answered_by, None, row.to_office.label if row.to_office else _("外聘专家"))
            text = _("（答复保密，只有征求意见的单位看得到）") if one.hidden else one.words
            yield row.round, Entry(row.answered_at, _answer_title(one), by, text)


def _answer_title(one: Asked) -> str:
    asker = one.row.by_office.label
    if one.answer:
        return _("答复%(office)s的征求意见：%(answer)s") % {"office": asker, "answer": one.answer}
    return _("答复%(office)s的征求意见") % {"office": asker}


def _notes(noted: tuple[Noted, ...]) -> Iterator[tuple[int, Entry]]:
    for one in noted:
        by = named(one.row.by, None, one.row.office.label)
        yield one.row.round, Entry(one.row.at, _("内部备注"), by, one.text, beside=True)
