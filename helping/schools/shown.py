"""What the pages show of a batch: students with consent, state and result, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.states import State as CaseState
from audit.models import Event
from helping.models import SchoolBatch, Student
from helping.schools import bringing, filing, handing
from helping.schools.words import words_of
from people import vault
from people.masking import masked_id
from people.models import User

PAGE_SIZE = 50
CONSENTS_AT_ONCE = 500
State = SchoolBatch.State


@dataclass(frozen=True)
class Shown:
    """One student. `consent`: whether there is one in force; `why`: the reason it was not filed. `gone`: the case is
    the school's no more, and nothing is told of it.
    """

    student: Student
    name: str
    number: str
    consent: bool
    status: str
    is_draft: bool
    why: str
    gone: bool = False


@dataclass(frozen=True)
class Page:
    """Some students; `next`: the row after which the next page begins, None on the last."""

    rows: list[Shown]
    next: int | None


@dataclass(frozen=True)
class Progress:
    """How many students a run has done with, and how many are left."""

    done: int
    left: int


# By what a batch is in: the step that began it, and how many students it has left.
LEFT: dict[str, tuple[str, Callable[[SchoolBatch, datetime], int]]] = {
    State.MAKING: ("confirmed", lambda batch, _at: batch.students.filter(result=Student.Result.WAITING).count()),
    State.FILING: ("filing", lambda batch, _at: batch.students.filter(chosen=True).count()),
    State.HANDING: ("taken_on", lambda batch, at: handing.untried(batch.keeper, batch, at)),
}


def students_of(user: User, batch: SchoolBatch, after: int, at: datetime) -> Page:
    """The students after a row, with what is known of each."""
    rows = Student.objects.filter(batch=batch, row__gt=after).order_by("row")
    found = list(rows.select_related("application__data_key", "application__scheme_version")[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    agreed = filing.consented(user, [one.id_index for one in page], at)
    ours = set(bringing.cases_of(user, batch, at).filter(student__in=page).values_list("pk", flat=True))
    shown = [_shown(batch, one, one.id_index in agreed, ours) for one in page]
    return Page(shown, page[-1].row if len(found) > PAGE_SIZE else None)


def student_shown(user: User, student: Student, at: datetime) -> Shown:
    """One of them, whose case is the school's."""
    agreed = filing.consented(user, [student.id_index], at)
    shown = _shown(student.batch, student, bool(agreed), {student.application_id})
    lacks = filing.gap(student.application, at) if shown.is_draft else ""
    return shown if not lacks else _with_why(shown, words_of(lacks))


def counts_of(user: User, batch: SchoolBatch, at: datetime) -> dict[str, int]:
    """How many: waiting, known, drafts, those of them agreed to, filed, refused, and no more the school's."""
    rows = Student.objects.filter(batch=batch)
    ours = rows.filter(application__in=bringing.cases_of(user, batch, at))
    drafts = list(ours.filter(application__state=CaseState.DRAFT).values_list("id_index", flat=True))
    parts = [drafts[start : start + CONSENTS_AT_ONCE] for start in range(0, len(drafts), CONSENTS_AT_ONCE)]
    return {
        "waiting": rows.filter(result=Student.Result.WAITING).count(),
        "known": rows.filter(result=Student.Result.KNOWN).count(),
        "drafts": len(drafts),
        "agreed": sum(len(filing.consented(user, part, at)) for part in parts),
        "filed": ours.exclude(application__state=CaseState.DRAFT).count(),
        "gone": rows.filter(result=Student.Result.MADE).count() - ours.count(),
        "refused": rows.exclude(code="").count(),
    }


def progress_of(batch: SchoolBatch, at: datetime) -> Progress | None:
    """How far the run is that works on a batch; None where none does."""
    if batch.state not in LEFT:
        return None
    begun, left = LEFT[State(batch.state)]
    event = Event.objects.filter(stream=f"school:{batch.pk}", action=f"school.{begun}").order_by("-seq").first()
    waiting = left(batch, at)
    return Progress(max(0, event.data.get("students", 0) - waiting) if event else 0, waiting)


def _shown(batch: SchoolBatch, student: Student, consent: bool, ours: set[int]) -> Shown:
    application = student.application
    if application is not None and application.pk not in ours:
        return Shown(student, "", "", False, _("不再由学校办理"), False, "", gone=True)
    told = _answers(batch, student)
    return Shown(
        student=student,
        name=told.get("name", ""),
        number=masked_id(told["id_number"]) if told.get("id_number") else "",
        consent=consent,
        status=application.applicant_label if application else student.get_result_display(),
        is_draft=application is not None and application.state == CaseState.DRAFT,
        why=words_of(student.code),
    )


def _answers(batch: SchoolBatch, student: Student) -> dict[str, str]:
    """What the file or the draft says; nothing of a student whose case is elsewhere, or whose key is gone."""
    try:
        if student.application is not None:
            return answers_of.read(student.application)
        if student.answers:
            return vault.decrypt_json(batch.data_key, bytes(student.answers), bringing.ANSWERS)
    except vault.KeyDestroyed:
        return {"name": _("已删除")}
    return {}


def _with_why(shown: Shown, why: str) -> Shown:
    return Shown(**{**vars(shown), "why": why})
