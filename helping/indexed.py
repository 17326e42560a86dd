"""The keyed hashes of this room: whom visits, students, rosters, matches and invitations are about.

What was forgotten (a visit that came to nothing, a student who had a case) keeps what it has: nobody looks for it.
"""

from typing import Any

from django.db.models import QuerySet

from applications import answers
from applications.models import Application
from helping.counter import visiting
from helping.invites import inviting, matching, rosters
from helping.models import CounterVisit, FactRow, Invitation, Match, Student
from helping.schools import bringing
from people import indexing, vault


def _visits() -> QuerySet[CounterVisit]:
    return CounterVisit.objects.select_related("data_key", "application__data_key")


def _students() -> QuerySet[Student]:
    return Student.objects.select_related("batch__data_key", "application__data_key")


def _fact_rows() -> QuerySet[FactRow]:
    return FactRow.objects.select_related("roster__data_key")


def _matches() -> QuerySet[Match]:
    return Match.objects.select_related("matching__data_key")


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("data_key", "application__data_key")


def _index(told: dict[str, Any]) -> str:
    if not told.get("id_number"):
        raise vault.KeyDestroyed("forgotten")
    return vault.blind_index("id", told["id_number"])


def _of(application: Application | None) -> dict[str, Any]:
    return answers.read(application) if application is not None else {}


def _student(row: Student) -> str:
    if row.answers:
        return _index(vault.decrypt_json(row.batch.data_key, bytes(row.answers), bringing.ANSWERS))
    return _index(_of(row.application))


def _fact_row(row: FactRow) -> str:
    return _index(vault.decrypt_json(row.roster.data_key, bytes(row.sealed), rosters.FACTS))


indexing.register(
    indexing.Column(_visits, "id_index", lambda row: _index(visiting.said_at(row) or _of(row.application))),
    indexing.Column(_students, "id_index", _student),
    indexing.Column(_fact_rows, "id_index", _fact_row),
    indexing.Column(_matches, "id_index", lambda row: _index(matching.told_of(row, row.matching.data_key))),
    indexing.Column(_invitations, "id_index", lambda row: _index(inviting.told_of(row) or _of(row.application))),
)
