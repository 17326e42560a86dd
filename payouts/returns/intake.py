"""A return file comes in: read and checked as a whole, kept encrypted, and confirmed by somebody else.

Nothing changes before it is confirmed.
Locks: file → cases of what came back → dues → batches → envelopes → stream heads.
"""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit import chain
from payouts import hands, scope
from payouts.models import ReturnFile
from payouts.returns import booking
from payouts.returns.checking import Checked, check
from payouts.returns.reading import lines_of
from people import sealed_files, vault
from people.finding import one_of
from people.models import Office, User
from people.refusals import Conflict, Invalid, Refused
from people.tables import kind_of, table_of

SEALED = "return_file"


def upload(user: User, office: Office, content: bytes, at: datetime) -> tuple[ReturnFile, bool]:
    """Check a file as a whole and keep it until it is confirmed; False where these very bytes were kept before.

    Raises Invalid for a file with faults, and for one whose lines are all known.
    """
    scope.finance_office(user, office.pk, at)
    sha256 = hashlib.sha256(content).hexdigest()
    known = ReturnFile.objects.filter(office=office, sha256=sha256).first()
    if known is not None:
        return known, False
    checked = check(office, lines_of(table_of(content)), at)
    if not checked.news:
        raise Invalid(_("这个文件的每一行结果都已经登记过，没有任何变化。"), code="nothing_new")
    try:
        return _keep(user, office, content, at), True
    except IntegrityError:
        # Somebody kept the same bytes between our look and our write.
        return ReturnFile.objects.get(office=office, sha256=sha256), False


@transaction.atomic
def _keep(user: User, office: Office, content: bytes, at: datetime) -> ReturnFile:
    key = vault.new_data_key()
    key.save()
    file = ReturnFile.objects.create(
        office=office,
        data_key=key,
        stored=sealed_files.put("returns", key, content, SEALED),
        sha256=hashlib.sha256(content).hexdigest(),
        kind=kind_of(content),
        uploaded_by=user,
        uploaded_at=at,
    )
    chain.append(
        file.stream, "return.uploaded", actor=user.username, at=at, subject=file.reference, data={"sha256": file.sha256}
    )
    return file


def content_of(file: ReturnFile) -> bytes:
    """The bytes as they came. Raises Conflict where they are no longer those."""
    try:
        content = sealed_files.get(file.stored, file.data_key, SEALED)
    except (FileNotFoundError, vault.VaultError) as error:
        raise _changed() from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise _changed()
    return content


def checked_now(file: ReturnFile, at: datetime) -> Checked:
    """What confirming it now would do. Raises Invalid where it can no longer be confirmed."""
    return check(file.office, lines_of(table_of(content_of(file))), at)


def file_of(user: User, pk: int, at: datetime) -> ReturnFile:
    """A file of one of the user's bureaus. Raises NotFound."""
    offices = scope.finance_offices(user, at)
    related = ("office", "data_key", "uploaded_by", "confirmed_by")
    return one_of(ReturnFile.objects.select_related(*related), pk=pk, office__in=offices)


def confirm(user: User, pk: int, at: datetime) -> ReturnFile:
    """Write down what the file says, all of it or nothing; by somebody else than who brought it in, with clean hands.

    Raises Conflict where it was confirmed already, Refused for who may not, Invalid where it no longer fits.
    """
    file_of(user, pk, at)
    with transaction.atomic():
        file = ReturnFile.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=pk)
        if file.confirmed_at is not None:
            raise Conflict(_("这个回单已经确认登记，没有再登记一次。"), code="confirmed")
        if file.uploaded_by_id == user.pk:
            raise Refused(_("回单须由上传人以外的工作人员确认。"), code="uploader_confirms")
        booking.lock(checked_now(file, at))
        checked = checked_now(file, at)
        if hands.took_part(user, booking.cases_of(checked)):
            raise Refused(_("您参与办理过其中的申请，或者是当事人、近亲属，不能确认这个回单。"), code="four_eyes")
        booking.book(file, checked, user, at)
    return file


def _changed() -> Conflict:
    return Conflict(_("回单文件与上传时不一致，已停止办理。请立即联系管理员。"), code="file_changed")
