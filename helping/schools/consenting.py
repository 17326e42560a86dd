"""A student's consent: on paper or aloud at the school, or in their own account."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications import door
from applications.door import Case
from applications.states import State
from helping.models import HelpedCase, Mandate, Student
from helping.schools import bringing
from helping.standing import Terms, record_consent
from helping.standing.limits import link_draft
from helping.standing.naming import person_named
from people.models import User
from people.refusals import Conflict, NotFound


def student_of(user: User, batch: int, pk: int, at: datetime) -> Student:
    """A student of one of the user's batches whose case, if any, is the school's. Raises NotFound."""
    found = bringing.batch_of(user, batch, at)
    related = ("batch__office", "application__data_key", "application__scheme_version")
    ours = Q(application__isnull=True) | Q(application__in=bringing.cases_of(user, found, at))
    student = Student.objects.select_related(*related).filter(ours, batch=found, pk=pk).first()
    if student is None:
        raise NotFound()
    return student


def consent_at_school(user: User, student: Student, said: dict[str, object], at: datetime) -> Mandate:
    """Record what the student signed or said at the school, and bind the draft to it.

    Raises Conflict for a student without a draft, Invalid for a number on record under another name, and as
    record_consent and the door do.
    """
    with _draft(user, student, at) as case:
        answers = answers_of.read(case.application)
        person = person_named(answers["name"], answers["id_number"])
        if person.id_index != student.id_index:
            raise Conflict(_("申请里的身份证号码已经改过，和名单不一致。请核对。"), code="other_person")
        terms = Terms(kind=Mandate.Kind.SCHOOL, office=student.batch.office, **said)
        mandate = record_consent(user, person, terms, at)
        _bind(case, mandate)
    return mandate


def asked_of(user: User) -> QuerySet[Student]:
    """The drafts that schools made for the user themselves and that wait for their word."""
    if user.person_id is None:
        return Student.objects.none()
    mine = Student.objects.filter(id_index=user.person.id_index, result=Student.Result.MADE)
    waiting = mine.filter(application__state=State.DRAFT, application__helped__isnull=True)
    return waiting.select_related("batch__office", "application__scheme_version").order_by("pk")


def consent_myself(user: User, pk: int, at: datetime) -> Mandate:
    """Let the school apply, in one's own account. Raises NotFound for what is not asked of the user."""
    student = asked_of(user).filter(pk=pk).first()
    if student is None:
        raise NotFound()
    with _draft(user, student, at) as case:
        terms = Terms(kind=Mandate.Kind.SCHOOL, office=student.batch.office, way=Mandate.Way.OWN_ACCOUNT)
        mandate = record_consent(user, user.person, terms, at)
        _bind(case, mandate)
    return mandate


@contextmanager
def _draft(user: User, student: Student, at: datetime) -> Iterator[Case]:
    """The student's draft, opened in the name of who really acts: the student, or a colleague of the keeper's."""
    no_draft = Conflict(_("这名学生现在没有等待提交的申请。"), code="no_draft")
    draft = student.application
    if draft is None:
        raise no_draft
    with door.open_current(draft.pk, draft.process_ref, user=user, at=at) as case:
        if case.application.state != State.DRAFT or case.application.data_key.destroyed_at is not None:
            raise no_draft
        yield case


def _bind(case: Case, mandate: Mandate) -> None:
    if not HelpedCase.objects.filter(application=case.application).exists():
        link_draft(case, mandate)
    case.record("case.consent_recorded", kind=mandate.kind, way=mandate.way)
