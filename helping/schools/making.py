"""From a confirmed file to drafts: student after student, each in a transaction of its own, and nobody's twice."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from applications import actions, leases
from applications.door import Case
from applications.models import Application
from applications.states import LIVE, State
from helping.models import SchoolBatch, Student
from helping.schools import bringing
from helping.schools.bringing import LEASE
from helping.schools.words import FAULT, INVALID, NOT_MADE, WORDS
from helping.standing import APPLY
from helping.standing.asking import mandate_for
from helping.standing.limits import link_draft
from people import vault
from people.models import Office, Person
from people.refusals import Refused

log = logging.getLogger(__name__)
Result = Student.Result


def make(batch: SchoolBatch) -> bool:
    """Make what is still to be made; a student for whom it fails stops nobody else.

    False where another worker has taken the batch over.
    """
    waiting = Student.objects.filter(batch=batch, result=Result.WAITING).order_by("row")
    for pk in list(waiting.values_list("pk", flat=True)):
        code = _tried(batch, pk, timezone.now())
        Student.objects.filter(pk=pk, result=Result.WAITING).exclude(code=code).update(code=code)
        if not leases.renew(batch, LEASE):
            return False
    return True


def _tried(batch: SchoolBatch, pk: int, at: datetime) -> str:
    """The code of why there is no draft, "" where one was made or is not needed."""
    try:
        _make_one(batch, pk, at)
    except Refused as refusal:
        return refusal.code if refusal.code in WORDS and refusal.code != INVALID else NOT_MADE
    except Exception:
        log.exception("no draft could be made for student %s", pk)
        return FAULT
    return ""


@transaction.atomic
def _make_one(batch: SchoolBatch, pk: int, at: datetime) -> None:
    """One draft, under the lock of the school: two batches that name the same student make one."""
    Office.objects.select_for_update(no_key=True).get(pk=batch.office_id)
    student = Student.objects.select_for_update(no_key=True).get(pk=pk)
    if student.result != Result.WAITING:
        return
    if has_case(batch, student):
        student.result = Result.KNOWN
    else:
        student.application = _draft(batch, student, at)
        student.result = Result.MADE
    student.answers, student.code = b"", ""
    student.save(update_fields=["result", "application", "answers", "code"])


def has_case(batch: SchoolBatch, student: Student) -> bool:
    """Whether the student has a draft of this school, or a live case of anybody's, for the same thing."""
    group = batch.scheme_version.definition.once_group
    live = Application.objects.filter(subject__id_index=student.id_index, state__in=LIVE)
    same = live.filter(scheme_code=batch.scheme_version.scheme_id)
    if same.exists() or (group and live.filter(once_group__startswith=group).exists()):
        return True
    others = Student.objects.filter(id_index=student.id_index, batch__office=batch.office, result=Result.MADE)
    alive = others.filter(application__data_key__destroyed_at__isnull=True)
    scheme = batch.scheme_version.scheme_id
    return alive.filter(batch__scheme_version__scheme=scheme, application__state__in=[State.DRAFT, *LIVE]).exists()


def _draft(batch: SchoolBatch, student: Student, at: datetime) -> Application:
    user = batch.keeper
    answers = vault.decrypt_json(batch.data_key, bytes(student.answers), bringing.ANSWERS)
    draft = actions.begin(user, batch.scheme_version.scheme_id, at, for_other=True)
    person = Person.objects.filter(id_index=student.id_index).first()
    mandate = mandate_for(user, person, at, APPLY) if person else None
    if mandate is not None:
        link_draft(Case(draft, None, user, at), mandate)
    return actions.save_answers(user, draft.public_id, answers, at)
