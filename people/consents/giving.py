"""Consents given, and taken back. The caller has checked who acts, and records the event in its own stream."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.models import Consent, ConsentText, ConsentWithdrawal, Person, User
from people.refusals import Conflict, NotFound


def agree(
    texts: Iterable[ConsentText],
    *,
    by: User,
    at: datetime,
    language: str,
    case_ref: str = "",
    person: Person | None = None,
) -> list[Consent]:
    """Somebody agreed to these versions, shown in this language."""
    rows = [
        Consent(text=text, by=by, person=person, case_ref=case_ref, language=language, given_at=at) for text in texts
    ]
    return Consent.objects.bulk_create(rows)


def given_by(user: User) -> QuerySet[Consent]:
    """What an account agreed to, the newest first, each with its text and, if it was taken back, when."""
    return Consent.objects.filter(by=user).select_related("text", "withdrawal").order_by("-id")


def withdraw(user: User, pk: int, at: datetime) -> Consent:
    """Take one's own consent back. Raises NotFound for another's, Conflict for a statement or what is taken back."""
    consent = Consent.objects.select_related("text").filter(pk=pk, by=user).first()
    if consent is None:
        raise NotFound()
    if not consent.text.withdrawable:
        raise Conflict(_("这是对事实的声明，不是同意，不能撤回。内容有错误的，请申请更正。"), code="no_consent")
    try:
        with transaction.atomic():
            ConsentWithdrawal.objects.create(consent=consent, by=user, at=at)
    except IntegrityError as error:
        raise Conflict(_("这项同意已经撤回。"), code="withdrawn_already") from error
    return consent


def cases_taken_back(user: User) -> QuerySet:
    """The cases, by public id, in which an account took a consent back: nothing of them goes into a new one."""
    return Consent.objects.filter(by=user, withdrawal__isnull=False).exclude(case_ref="").values("case_ref")
