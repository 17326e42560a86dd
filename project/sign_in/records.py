"""What happens around signing in is on record: one stream an account, one for names that are nobody's."""

from datetime import datetime
from typing import Any

from audit import chain
from audit.models import Event
from people.models import User

# Attempts with names that are no account. The name itself is not kept: people type passwords there.
NOBODY = "sign-in:nobody"


def stream_of(user: User) -> str:
    """The account's stream."""
    return f"user:{user.pk}"


def record(user: User, action: str, at: datetime, *, by: User | None = None, **data: Any) -> Event:
    """Append an event about an account; `by`: who did it, when not the account itself. Codes and counts only."""
    return record_by((by or user).username, user, action, at, **data)


def record_by(actor: str, user: User, action: str, at: datetime, **data: Any) -> Event:
    """As `record`, by whoever the name stands for: an account's, or the clock's."""
    return chain.append(stream_of(user), action, actor=actor, at=at, data=data)


def record_nobody(action: str, at: datetime) -> None:
    """Append an event about a name that is no account."""
    chain.append(NOBODY, action, actor="", at=at)
