"""Whether the database gave up on an act because others held what it needs: the reader is asked to try again."""

from django.db import OperationalError

# PostgreSQL: a lock that was waited for too long, and a deadlock it ended.
WAITED_TOO_LONG = frozenset({"55P03", "40P01"})
SQLITE_BUSY = "SQLITE_BUSY"


def is_busy(error: Exception) -> bool:
    """Whether it is that and no other fault of the database."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) in WAITED_TOO_LONG:
        return True
    return str(getattr(cause, "sqlite_errorname", "")).startswith(SQLITE_BUSY)
