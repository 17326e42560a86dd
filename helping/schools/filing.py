"""Filing the drafts of a batch: each by itself, with the student's consent, and with a reason where it is not done."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from applications import actions, leases
from applications import answers as answers_of
from applications.models import Application
from applications.papers_due import lacking_papers
from applications.states import State
from helping.models import SchoolBatch, Student
from helping.schools.bringing import LEASE
from helping.schools.words import ANSWERS, CONSENT, ERASED, FAULT, NOT_YOURS, PAPERS
from helping.standing import APPLY
from helping.standing.asking import mandates
from people import vault
from people.models import Person, User
from people.refusals import Refused

log = logging.getLogger(__name__)


def consented(user: User, indexes: list[str], at: datetime) -> set[str]:
    """Of students by keyed hash, those who let the user, or their school, apply for them then."""
    given = mandates(user, at).filter(**{f"may_{APPLY}": True}, person__id_index__in=indexes)
    return set(given.values_list("person__id_index", flat=True))


def gap(application: Application, at: datetime) -> str:
    """What a draft lacks, as a code; "" for one that can be filed."""
    try:
        answers = answers_of.read(application)
    except vault.KeyDestroyed:
        return ERASED
    if answers_of.missing_answers(application, answers, timezone.localdate(at)):
        return ANSWERS
    return PAPERS if lacking_papers(application, at) else ""


def choose_all(batch: SchoolBatch) -> int:
    """Choose every draft of a (locked) batch that is not filed; how many there are."""
    drafts = batch.students.filter(result=Student.Result.MADE, application__state=State.DRAFT)
    return drafts.update(chosen=True, code="")


def file_chosen(batch: SchoolBatch) -> bool:
    """File what was chosen, one transaction a student; False where another worker has taken the batch over."""
    chosen = Student.objects.filter(batch=batch, chosen=True).order_by("row")
    for pk in list(chosen.values_list("pk", flat=True)):
        file_one(batch.keeper, pk, timezone.now())
        if not leases.renew(batch, LEASE):
            return False
    return True


def file_one(user: User, pk: int, at: datetime) -> str:
    """File one draft; the code of why not, "" where it was filed. What came of it is kept in the student's row."""
    code = _tried(user, pk, at)
    Student.objects.filter(pk=pk).update(chosen=False, code=code[:40])
    return code


def _tried(user: User, pk: int, at: datetime) -> str:
    try:
        with transaction.atomic():
            return _file(user, pk, at)
    except Refused as refusal:
        return refusal.code
    except Exception:
        log.exception("student %s could not be filed", pk)
        return FAULT


def _file(user: User, pk: int, at: datetime) -> str:
    student = (
        Student.objects.select_for_update(of=("self",), no_key=True).select_related("application__data_key").get(pk=pk)
    )
    if student.application is None or student.application.state != State.DRAFT:
        return ""
    if student.application.for_other and student.application.filed_by_id != user.pk:
        return NOT_YOURS
    if not consented(user, [student.id_index], at):
        return CONSENT
    lacks = gap(student.application, at)
    if not lacks:
        actions.submit(user, student.application.public_id, at)
    return lacks


def person_of(student: Student) -> Person | None:
    """The student's record, where there is one."""
    return Person.objects.select_related("data_key").filter(id_index=student.id_index).first()
