"""更正: somebody says that the record has something about them wrong, with proof; the office that has or had the case
decides. Only the record of the person changes: what was filed and decided stays as it was, and is corrected by its own
remedies.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import door, own, uploads
from applications.models import Application
from applications.states import State
from archives import access
from archives.models import DataRequest
from people import sealed_files, vault
from people.identity import IdentityError, check_certificate, check_name, check_phone
from people.models import Office, Person, User
from people.refusals import Conflict, Invalid, NotFound
from workflows.models import WorkItem

FOLDER = "data-requests"
DETAILS, PROOF, ANSWER, BEFORE, AFTER = (f"data-request.{part}" for part in ("details", "proof", "answer", "was", "is"))
LONGEST_WHY, LONGEST_ANSWER = 500, 500
Field, Standing = DataRequest.Field, DataRequest.State


@dataclass(frozen=True)
class Asked:
    """What should be corrected: in which case it is wrong, which field, what is right, why, and the proof."""

    case: str
    field: str
    right: str
    why: str
    proof: UploadedFile


def correctable(user: User, at: datetime) -> list[Application]:
    """The filed cases of an account whose party's record may be corrected."""
    rows = own.cases_of(user, at).exclude(state=State.DRAFT).filter(by_organisation=False)
    return list(rows.filter(data_key__destroyed_at__isnull=True).select_related("scheme_version").order_by("-pk"))


def ask(user: User, asked: Asked, at: datetime) -> DataRequest:
    """Ask for a correction. Raises NotFound for another's case, Invalid, Conflict where the same waits already."""
    right = _checked(asked.field, asked.right)
    clean = uploads.cleaned("", asked.proof.read(settings.UPLOAD_MAX_BYTES + 1), settings.UPLOAD_MAX_BYTES)
    mine = {application.public_id for application in correctable(user, at)}
    if asked.case not in mine:
        raise NotFound()
    key = vault.new_data_key()
    stored = sealed_files.put(FOLDER, key, clean.content, PROOF)
    try:
        with door.open_case(asked.case, user=user, at=at) as case:
            key.save()
            row = DataRequest.objects.create(
                kind=DataRequest.Kind.CORRECTION,
                user=user,
                application=case.application,
                office=office_for(case.application),
                field=asked.field,
                data_key=key,
                details=vault.encrypt_json(key, {"right": right, "why": asked.why.strip()}, DETAILS),
                stored=stored,
                content_type=clean.content_type,
                sha256=hashlib.sha256(clean.content).hexdigest(),
                asked_at=at,
                state=Standing.OPEN,
            )
            case.record("data.correction_asked", field=asked.field, request=row.pk)
    except BaseException as error:
        sealed_files.remove(stored)
        if isinstance(error, IntegrityError):
            raise Conflict(_("这项内容的更正请求正在处理，请等待答复。"), code="asked_already") from error
        raise
    return row


def office_for(application: Application) -> Office:
    """The office that has, or last had, the case. Raises Conflict where none ever had it."""
    items = WorkItem.objects.filter(case_id=application.pk).select_related("queue__office")
    item = items.order_by("closed_at").filter(closed_at__isnull=True).first() or items.order_by("-pk").first()
    if item is None:
        raise Conflict(_("这份申请没有机关办理过，请打电话询问。"), code="no_office")
    return item.queue.office


def requests_at(user: User, at: datetime) -> QuerySet[DataRequest]:
    """The corrections asked of the user's offices."""
    related = ("application__subject__data_key", "application__data_key", "office", "data_key", "answered_by", "user")
    mine = DataRequest.objects.filter(kind=DataRequest.Kind.CORRECTION, office__in=access.offices_of(user, at))
    return mine.select_related(*related)


def request_for(user: User, pk: int, at: datetime) -> DataRequest:
    """One of them. Raises NotFound, Refused for who is close to the case."""
    row = requests_at(user, at).filter(pk=pk).first()
    if row is None:
        raise NotFound()
    access.check_not_close(user, [row.application_id])
    return row


def accept(user: User, pk: int, answer: str, at: datetime) -> DataRequest:
    """Correct the record of the person, keeping what it said before. Raises NotFound, Refused, Invalid, Conflict."""
    return _answer(user, pk, answer, at, Standing.ACCEPTED)


def refuse(user: User, pk: int, answer: str, at: datetime) -> DataRequest:
    """Leave it as it is, and say why. Raises NotFound, Refused, Invalid, Conflict."""
    return _answer(user, pk, answer, at, Standing.REFUSED)


def details_of(row: DataRequest) -> dict[str, str]:
    """What is said to be right, and why. Raises a VaultError."""
    return vault.decrypt_json(row.data_key, bytes(row.details), DETAILS)


def answer_of(row: DataRequest) -> str:
    """The office's answer, "" before there is one. Raises a VaultError."""
    return vault.decrypt(row.data_key, bytes(row.answer), ANSWER) if row.answer else ""


def proof_of(row: DataRequest) -> bytes:
    """The proof as it was handed in. Raises a VaultError or FileNotFoundError."""
    return sealed_files.get(row.stored, row.data_key, PROOF)


def value_now(row: DataRequest) -> str:
    """What the record says now; "" for nothing."""
    person = row.application.subject
    if row.field == Field.NAME:
        return person.name
    sealed = bytes(getattr(person, row.field))
    return vault.decrypt(person.data_key, sealed, row.field) if sealed else ""


def _answer(user: User, pk: int, answer: str, at: datetime, state: str) -> DataRequest:
    words = answer.strip()
    if not words or len(words) > LONGEST_ANSWER:
        raise Invalid(errors={"answer": _("请写明答复，最多%(most)s字。") % {"most": LONGEST_ANSWER}})
    found = request_for(user, pk, at)
    with door.open_case(found.application.public_id, user=user, at=at) as case:
        row = DataRequest.objects.select_for_update(of=("self",), no_key=True).select_related("data_key").get(pk=pk)
        if row.state != Standing.OPEN:
            raise Conflict(_("这个请求已经由同事答复。请刷新后查看。"), code="stale")
        row.application, row.user = case.application, found.user
        if row.user_id == user.pk:
            raise Conflict(_("这是您自己的请求，须由其他工作人员答复。"), code="own")
        if state == Standing.ACCEPTED:
            _correct(row)
        row.state, row.answered_by, row.answered_at = state, user, at
        row.answer = vault.encrypt(row.data_key, words, ANSWER)
        row.save()
        done = "data.corrected" if state == Standing.ACCEPTED else "data.correction_refused"
        case.record(done, field=row.field, request=row.pk)
    return row


def _correct(row: DataRequest) -> None:
    """Write what is right over what was wrong, in the record of the person alone."""
    right = details_of(row)["right"]
    row.before = vault.encrypt(row.data_key, value_now(row), BEFORE)
    row.after = vault.encrypt(row.data_key, right, AFTER)
    person = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=row.application.subject_id)
    if row.field == Field.NAME:
        person.name = right
        person.save(update_fields=["name"])
        return
    setattr(person, row.field, vault.encrypt(person.data_key, right, row.field))
    setattr(person, f"{row.field}_index", vault.blind_index(row.field, right))
    person.save(update_fields=[row.field, f"{row.field}_index"])


def _checked(field: str, text: str) -> str:
    """What is said to be right, as it is stored. Raises Invalid."""
    try:
        if field == Field.NAME:
            return check_name(text)
        return check_phone(text) if field == Field.PHONE else check_certificate(text, None).number
    except IdentityError as error:
        raise Invalid(errors={"right": str(error.message)}) from error
