"""Filing the drafts of a batch: each by itself, with the student's consent, and with a reason where it is not done."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications import actions
from applications import answers as answers_of
from applications.models import Application
from applications.papers_due import lacking_papers
from applications.states import State
from helping.models import SchoolBatch, Student
from helping.schools import lease
from helping.standing import APPLY
from helping.standing.asking import mandates
from people import vault
from people.models import Person, User
from people.refusals import Refused

log = logging.getLogger(__name__)
CONSENT, ANSWERS, PAPERS, ERASED, FAULT = "no_consent", "no_answers", "no_papers", "erased", "fault"
WORDS: dict[str, Promise] = {
    CONSENT: _("学生还没有同意"),
    ANSWERS: _("还有必答的问题没有填写"),
    PAPERS: _("还有材料没有上传"),
    ERASED: _("草稿放得太久，已经删除，请重新申请"),
    FAULT: _("系统出错，请再试一次；仍然不行请联系管理员"),
    "no_mandate": _("学生还没有同意"),
    "beyond_mandate": _("学生的同意里没有这一项"),
    "once_for_life": _("这名学生已经申请过"),
    "not_open": _("不在申报期内，或者名额已满"),
    "invalid": _("填写的内容不正确，请打开核对"),
    "not_found": _("学生已经停止由学校办理"),
}


def words_of(code: str) -> str:
    """Why a draft was not filed; "" where it was not tried."""
    return str(WORDS.get(code, WORDS["invalid"])) if code else ""


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


def file_chosen(batch: SchoolBatch) -> None:
    """File what was chosen, one transaction a student."""
    chosen = Student.objects.filter(batch=batch, chosen=True).order_by("row")
    for pk in list(chosen.values_list("pk", flat=True)):
        file_one(batch.brought_by, pk, timezone.now())
        lease.renew(batch)


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
    if not consented(user, [student.id_index], at):
        return CONSENT
    lacks = gap(student.application, at)
    if not lacks:
        actions.submit(user, student.application.public_id, at)
    return lacks


def person_of(student: Student) -> Person | None:
    """The student's record, where there is one."""
    return Person.objects.select_related("data_key").filter(id_index=student.id_index).first()
