"""A school brings in a file of graduates: read and checked as a whole, and kept sealed until somebody confirms it."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import own
from applications.models import Application
from applications.offers import published
from audit import chain
from helping.models import SchoolBatch, Student
from helping.sheets.columns import SheetRow, rows_of
from people import vault
from people.finding import one_of
from people.models import Office, User
from people.posts import posts_of
from people.refusals import Conflict, NotFound
from people.tables import table_of
from schemes.definition import APPLICANT, Question, SchemeDefinition
from schemes.models import SchemeVersion

ROLE = "clerk"
LEASE = timedelta(minutes=2)  # how long a worker has a batch; renewed with every student
MOST_STUDENTS, AT_ONCE = 2000, 500
ANSWERS = "student.answers"
State, Result = SchoolBatch.State, Student.Result


def schools_of(user: User, at: datetime) -> list[Office]:
    """The schools for which the user brings in graduates, by their own posts."""
    held = [post.office for post in posts_of(user, at) if post.role == ROLE]
    return [office for office in held if office.function == Office.Function.SCHOOL]


def school_of(user: User, pk: int, at: datetime) -> Office:
    """One of them. Raises NotFound."""
    found = next((office for office in schools_of(user, at) if office.pk == pk), None)
    if found is None:
        raise NotFound()
    return found


def schemes() -> list[SchemeVersion]:
    """What is applied for through schools: the case is placed by the school."""
    return [version for version in published() if version.definition.can_be_filed and by_school(version.definition)]


def by_school(definition: SchemeDefinition) -> bool:
    """Whether the school places the case."""
    return bool(definition.case_division) and definition.question(definition.case_division).kind == "school"


def scheme_with(code: str) -> SchemeVersion:
    """One of them by its code. Raises NotFound."""
    found = next((version for version in schemes() if version.scheme_id == code), None)
    if found is None:
        raise NotFound()
    return found


def questions_of(definition: SchemeDefinition) -> list[Question]:
    """What a file of students answers; the school answers for itself."""
    return [question for question in definition.questions(APPLICANT) if question.kind != "school"]


def bring(user: User, office: Office, code: str, content: bytes, at: datetime) -> tuple[SchoolBatch, bool]:
    """Take a file in; False where these very bytes are a batch already, which is then given.

    Raises NotFound, Invalid for a file that is none, FaultyFile naming each fault.
    """
    school_of(user, office.pk, at)
    version = scheme_with(code)
    digest = vault.blind_index("school_batch", hashlib.sha256(content).hexdigest())
    same = SchoolBatch.objects.filter(office=office, scheme_version=version, digest=digest)
    same = same.exclude(state=State.DROPPED)
    known = same.first()
    if known is not None:
        return known, False
    questions = questions_of(version.definition)
    rows = rows_of(table_of(content), questions, timezone.localdate(at), MOST_STUDENTS)
    try:
        return _keep(user, office, version, digest, rows, at), True
    except IntegrityError:
        # Somebody brought in the same bytes between our look and our write.
        return same.get(), False


@transaction.atomic
def _keep(
    user: User, office: Office, version: SchemeVersion, digest: str, rows: list[SheetRow], at: datetime
) -> SchoolBatch:
    key = vault.new_data_key()
    key.save()
    batch = SchoolBatch.objects.create(
        office=office,
        scheme_version=version,
        data_key=key,
        digest=digest,
        rows=len(rows),
        brought_by=user,
        brought_at=at,
    )
    Student.objects.bulk_create(_students(batch, rows), batch_size=AT_ONCE)
    record(batch, "brought", user.username, at, rows=len(rows))
    return batch


def _students(batch: SchoolBatch, rows: list[SheetRow]) -> Iterator[Student]:
    place = batch.scheme_version.definition.case_division
    for one in rows:
        answers = {**one.answers, "name": one.name, "id_number": one.number, place: batch.office_id}
        sealed = vault.encrypt_json(batch.data_key, answers, ANSWERS)
        yield Student(batch=batch, row=one.row, id_index=one.index, answers=sealed)


def batches_of(user: User, at: datetime) -> QuerySet[SchoolBatch]:
    """The batches of the user's schools, newest first."""
    rows = SchoolBatch.objects.filter(office__in=schools_of(user, at))
    return rows.select_related("office__division", "scheme_version", "data_key", "brought_by", "kept_by").order_by(
        "-pk"
    )


def batch_of(user: User, pk: int, at: datetime) -> SchoolBatch:
    """One of them. Raises NotFound."""
    return one_of(batches_of(user, at), pk=pk)


def locked(user: User, pk: int, at: datetime) -> SchoolBatch:
    """One of them, locked."""
    batch_of(user, pk, at)
    rows = SchoolBatch.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("office", "scheme_version", "data_key", "brought_by", "kept_by").get(pk=pk)


def cases_of(user: User, batch: SchoolBatch, at: datetime) -> QuerySet[Application]:
    """The cases of a batch that are still the school's, as this colleague may see them.

    Of a student who told the school to stop, or took the case over, the school's pages show neither state nor papers.
    """
    return own.not_hidden(Application.objects.filter(student__batch=batch, for_other=True), user, at)


def check_keeper(user: User, batch: SchoolBatch) -> None:
    """The drafts are in the name of one colleague at a time, and nobody files in another's name."""
    if batch.keeper != user:
        text = _("这个批次现在由%(who)s办理。要由您办理的，请先在批次页上选“由我接着办”。")
        raise Conflict(text % {"who": batch.keeper}, code="not_yours")


def drop(user: User, pk: int, at: datetime) -> None:
    """Give a file up before anything was made of it; what it held is forgotten."""
    with transaction.atomic():
        batch = locked(user, pk, at)
        if batch.state != State.CHECKED:
            raise Conflict(_("这个批次已经确认，不能放弃。"), code="confirmed")
        batch.students.update(result=Result.DROPPED, answers=b"")
        batch.state = State.DROPPED
        batch.save(update_fields=["state"])
        vault.destroy(batch.data_key, at)
        record(batch, "dropped", user.username, at)


def record(batch: SchoolBatch, step: str, actor: str, at: datetime, **data: object) -> None:
    """Append to the batch's story; counts and codes only."""
    told = {"office": batch.office_id, "scheme": batch.scheme_version.scheme_id, **data}
    chain.append(f"school:{batch.pk}", f"school.{step}", actor=actor, at=at, subject=f"school-{batch.pk}", data=told)
