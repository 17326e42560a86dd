"""What the consulted see: the questions put to them, and of the case only what goes with the question."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from applications import answers as answers_of
from applications.attachments import BESIDE
from applications.models import Attachment
from approvals.consulting import who
from approvals.consulting.asking import SEALED
from approvals.due import Due, due_of
from approvals.history.entries import readable
from approvals.models import Consultation
from approvals.review_facts import Fact, facts_on
from people import vault
from people.models import User

PAGE_SIZE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Listed:
    """One page of the questions put to somebody, and the cursor of the next page ("" on the last)."""

    rows: list[Consultation]
    next: str = ""


@dataclass(frozen=True)
class Put:
    """One question as the consulted read it. Once it is answered, or the case is closed, nothing of the case shows.

    `facts` is None where the answers of the case cannot be opened.
    """

    row: Consultation
    text: str
    words: str
    due: Due
    open: bool
    facts: tuple[Fact, ...] | None = ()
    files: tuple[tuple[Attachment, str], ...] = ()


def listed(user: User, at: datetime, *, answered: bool, cursor: str = "") -> Listed:
    """The questions that wait, the most urgent first; or those answered, the latest first. A page by keyset."""
    put = Consultation.objects.filter(who.addressed_to(user, at), withdrawn_at__isnull=True)
    rows = put.filter(answered_at__isnull=False) if answered else put.filter(who.waiting())
    field = "answered_at" if answered else "due_at"
    found = list(_beyond(rows, field, answered, cursor)[: PAGE_SIZE + 1])
    more = len(found) > PAGE_SIZE
    return Listed(found[:PAGE_SIZE], _cursor(found[PAGE_SIZE - 1], field) if more else "")


def count_waiting(user: User, at: datetime) -> int:
    """How many questions wait for an answer of a user or of their office."""
    return Consultation.objects.filter(who.addressed_to(user, at), who.waiting()).count()


def shown(asked: Consultation, at: datetime) -> Put:
    """A question with what may be read of the case now."""
    application, key = asked.application, asked.application.data_key
    still_open = asked.answered_at is None and application.is_open
    return Put(
        row=asked,
        text=readable(key, asked.question, SEALED),
        words=readable(key, asked.words, SEALED),
        due=due_of(asked.due_at, at),
        open=still_open,
        facts=_facts(asked) if still_open else (),
        files=tuple(_files(asked)) if still_open else (),
    )


def file_of(asked: Consultation, public_id: object) -> Attachment | None:
    """The paper that goes with a question that is still open; None for any other."""
    if asked.answered_at is not None or not asked.application.is_open:
        return None
    rows = asked.application.attachments.filter(public_id=public_id, replaced_at__isnull=True)
    return rows.filter(pk__in=asked.files.values("attachment")).select_related("application__data_key").first()


def _facts(asked: Consultation) -> tuple[Fact, ...] | None:
    codes = set(asked.pages.values_list("page", flat=True))
    if not codes:
        return ()
    try:
        return facts_on(asked.application.definition, codes, answers_of.read(asked.application))
    except vault.VaultError:
        return None


def _files(asked: Consultation) -> list[tuple[Attachment, str]]:
    labels = {code: str(label) for code, label in BESIDE.items()}
    labels |= {paper.code: str(paper.label) for paper in asked.application.definition.papers_asked}
    rows = [row.attachment for row in asked.files.select_related("attachment")]
    return [(row, labels.get(row.paper, row.paper)) for row in rows if row.replaced_at is None]


def _beyond(rows: QuerySet[Consultation], field: str, latest_first: bool, cursor: str) -> QuerySet[Consultation]:
    sign, way = ("-", "lt") if latest_first else ("", "gt")
    related = ("application__scheme_version", "by_office", "to_office", "answered_by")
    rows = rows.select_related(*related).order_by(f"{sign}{field}", f"{sign}id")
    place = _read(cursor)
    if place is None:
        return rows
    moment, pk = place
    further = Q(**{f"{field}__{way}": moment}) | Q(**{f"id__{way}": pk})
    return rows.filter(Q(**{f"{field}__{way}e": moment}) & further)


def _cursor(row: Consultation, field: str) -> str:
    return f"{(getattr(row, field) - EPOCH) // MICROSECOND}.{row.pk}"


def _read(cursor: str) -> tuple[datetime, int] | None:
    moment, _dot, pk = cursor.partition(".")
    if not (moment.isdecimal() and pk.isdecimal() and len(pk) < 19):
        return None
    try:
        return EPOCH + int(moment) * MICROSECOND, int(pk)
    except OverflowError:
        return None
