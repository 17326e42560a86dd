"""Documents that end soon or have ended: for which schemes nothing follows. Computed when it is looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from people.models import Division
from schemes.models import PolicyClause, PolicyDocument
from schemes.publication.policy_scope import inside

WARNING_DAYS = 90


@dataclass(frozen=True)
class Ending:
    """A document with its last day; `open_schemes` are those for which no clause is in force on the day after.

    `days` until the last day; negative when it is over.
    """

    document: PolicyDocument
    days: int
    open_schemes: tuple[str, ...]


def endings(divisions: Iterable[Division], on: date, within: int = WARNING_DAYS) -> list[Ending]:
    """Documents of these divisions that end within the days, and ended ones nothing follows; the earliest first."""
    documents = (
        PolicyDocument.objects.filter(inside("division", divisions), in_force_to__lte=on + timedelta(days=within))
        .select_related("division")
        .prefetch_related("clauses")
        .order_by("in_force_to", "pk")
    )
    followers = _Followers()
    found = [
        Ending(document, (document.in_force_to - on).days, followers.missing(document, on)) for document in documents
    ]
    return [ending for ending in found if ending.days >= 0 or ending.open_schemes]


class _Followers:
    """All clauses, asked once: which schemes go on after a document has ended."""

    def __init__(self) -> None:
        rows: QuerySet[PolicyClause] = PolicyClause.objects.select_related("document").defer("text", "document__text")
        self.by_scheme: dict[str, list[PolicyDocument]] = {}
        for clause in rows:
            self.by_scheme.setdefault(clause.scheme_id, []).append(clause.document)

    def missing(self, document: PolicyDocument, on: date) -> tuple[str, ...]:
        """The document's schemes for which nothing holds in its division after it, or today when it is long over."""
        day = max(document.in_force_to + timedelta(days=1), on)
        line = document.division.lineage
        schemes = dict.fromkeys(clause.scheme_id for clause in document.clauses.all())
        return tuple(
            scheme
            for scheme in schemes
            if not any(other.division_id in line and other.in_force(day) for other in self.by_scheme[scheme])
        )
