"""Writing a move down: the row that lists and timelines read, and the event that proves it."""

from applications.door import Case
from approvals.models import CaseCopy, Move
from people import vault
from people.models import Office, User
from workflows.models import WorkItem

WORDS = "move"


def note_move(
    case: Case,
    kind: str,
    *,
    item: WorkItem | None = None,
    to_user: User | None = None,
    to_office: Office | None = None,
    text: str = "",
    on_behalf_of: User | None = None,
) -> Move:
    """Append a move of the case and its event. The words are kept encrypted; the event holds codes only."""
    application, words = case.application, text.strip()
    move = Move.objects.create(
        application=application,
        item=item,
        kind=kind,
        round=application.round,
        by=case.user,
        on_behalf_of=on_behalf_of or case.on_behalf_of,
        to_user=to_user,
        to_office=to_office,
        text=vault.encrypt(application.data_key, words, WORDS) if words else b"",
        at=case.at,
    )
    stage = item.stage if item else ""
    to = {"to": to_user.username} if to_user else {"office": to_office.pk} if to_office else {}
    case.record(f"official.{kind}", stage=stage, move=move.pk, **to)
    return move


def words_of(move: Move) -> str:
    """What was said with a move. Raises VaultError where it cannot be opened."""
    return vault.decrypt(move.application.data_key, bytes(move.text), WORDS) if move.text else ""


def readable_words(kept: Move | CaseCopy) -> str:
    """The same, for lists: "" where it cannot be opened, so that one bad row does not hide the others."""
    try:
        return vault.decrypt(kept.application.data_key, bytes(kept.text), WORDS) if kept.text else ""
    except vault.VaultError:
        return ""
