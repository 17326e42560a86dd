"""Bringing a letter of authority: by whom it names, in their own account; withdrawing it, and giving it up."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.uploads import CleanFile
from audit import chain
from helping.models import LetterEnd, OrganisationLetter
from helping.organisations import standing
from people import recording, sealed_files, throttle
from people.finding import one_of
from people.identity import IdentityError, check_organisation, check_uscc
from people.models import Organisation, User
from people.refusals import Conflict, Invalid

FOLDER = "letters"
MOST_WAITING = 5
# assumed: nobody acts for so many organisations that they bring more letters than this in a day.
A_DAY, MOST_A_DAY = 24 * 60 * 60, 10


@dataclass(frozen=True)
class Brought:
    """What a letter says. `replaces`: its holder takes the place of whoever acted for the organisation before."""

    uscc: str
    name: str
    starts: date
    ends: date
    scan: CleanFile
    replaces: bool = False


def bring(user: User, brought: Brought, at: datetime) -> OrganisationLetter:
    """Put a letter before the office. Raises Invalid for what cannot be right, Conflict while one waits already, and
    for more in a day than anybody needs.

    Whether the site knows the organisation is not told: an unknown one is recorded under the name given.
    """
    code, name = _checked(brought, timezone.localdate(at))
    if not throttle.allowed_for("letters-day", str(user.pk), MOST_A_DAY, A_DAY):
        raise Conflict(_("您今天上传的委托书太多。请明天再上传。"), code="too_often")
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # letters of one holder are counted in turn
        organisation = recording.organisation_with(code, name)
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        _check_waiting(user, organisation, timezone.localdate(at))
        letter = _row(user, organisation, brought, at)
        try:
            letter.save(force_insert=True)
            record("organisation.letter_brought", letter, user, at)
        except BaseException:
            sealed_files.remove(letter.stored)
            raise
    return letter


def give_up(user: User, public_id: uuid.UUID, at: datetime) -> LetterEnd:
    """The holder no longer acts for the organisation. Raises NotFound, Conflict where it does not run."""
    letter = _own(user, public_id)
    with transaction.atomic():
        return end_of_holder(letter, LetterEnd.How.GIVEN_UP, user, at)


def withdraw(user: User, public_id: uuid.UUID, at: datetime) -> LetterEnd:
    """The holder takes a letter back that nobody has looked at yet; they may bring another at once.

    Raises NotFound, Conflict where the office has had its word, or it was withdrawn before.
    """
    letter = _own(user, public_id)
    with transaction.atomic():
        lock(letter)
        if not standing.waiting().filter(pk=letter.pk).exists():
            raise Conflict(_("这份授权委托书已经核对，或者已经撤回。请刷新后核对。"), code="not_waiting")
        ended = LetterEnd.objects.create(letter=letter, how=LetterEnd.How.GIVEN_UP, ended_by=user, at=at)
        record("organisation.letter_withdrawn", letter, user, at)
    return ended


def end_of_holder(letter: OrganisationLetter, how: str, by: User, at: datetime) -> LetterEnd:
    """End a letter and every other one by which its holder acts, or once acted, for the organisation.

    One that merely ran out would let them see its cases again. Inside a transaction; raises as `end` does.
    """
    lock(letter)
    ended = end(letter, how, by, at)
    for one in standing.confirmed().filter(
        organisation=letter.organisation_id, holder=letter.holder_id, end__isnull=True
    ):
        end(one, how, by, at)
    return ended


def lock(letter: OrganisationLetter) -> None:
    """Whatever changes who acts for an organisation is done one after the other; inside a transaction."""
    Organisation.objects.select_for_update(no_key=True).get(pk=letter.organisation_id)


def end(letter: OrganisationLetter, how: str, by: User, at: datetime) -> LetterEnd:
    """End a letter; inside a transaction. Raises Conflict where it was never confirmed, or ended before."""
    locked = OrganisationLetter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
    if not standing.confirmed().filter(pk=locked.pk, end__isnull=True).exists():
        raise Conflict(_("这份授权委托书现在没有生效，不用停止。请刷新后核对。"), code="not_running")
    ended = LetterEnd.objects.create(letter=locked, how=how, ended_by=by, at=at)
    record("organisation.letter_ended", locked, by, at, how=str(how))
    return ended


def record(action: str, letter: OrganisationLetter, by: User, at: datetime, **data: object) -> None:
    """Append an event to the story of who acts for the organisation, codes only."""
    told = {"letter": str(letter.public_id), "holder": letter.holder.username}
    stream = f"organisation:{letter.organisation.public_id}"
    chain.append(stream, action, actor=by.username, at=at, data={**told, **data})


def scan_of(letter: OrganisationLetter) -> bytes:
    """The bytes of the scan. The caller has checked who asks and records the reading."""
    return sealed_files.get(letter.stored, letter.organisation.data_key, _context(letter))


def _checked(brought: Brought, today: date) -> tuple[str, str]:
    errors, said = {}, {}
    for field, check, text in (("uscc", check_uscc, brought.uscc), ("name", check_organisation, brought.name)):
        try:
            said[field] = check(text)
        except IdentityError as error:
            errors[field] = str(error.message)
    if brought.ends < brought.starts:
        errors["ends"] = _("委托书的最后一天不能早于第一天。")
    elif brought.ends < today:
        errors["ends"] = _("这份委托书已经到期。请让单位另出一份。")
    if errors:
        raise Invalid(errors=errors, code="letter")
    return said["uscc"], said["name"]


def _own(user: User, public_id: uuid.UUID) -> OrganisationLetter:
    return one_of(OrganisationLetter.objects, public_id=public_id, holder=user)


def _check_waiting(user: User, organisation: Organisation, today: date) -> None:
    waiting = standing.waiting().filter(holder=user, ends__gte=today)
    if waiting.filter(organisation=organisation).exists():
        text = _("您为这个单位上传的委托书正在等办理机关核对，不用再次上传。填错了的，请先撤回原来的一份。")
        raise Conflict(text, code="waiting")
    if waiting.count() >= MOST_WAITING:
        text = _("您上传的委托书还有几份没有核对。请等核对以后再上传，或者先撤回不要的。")
        raise Conflict(text, code="too_many")


def _row(user: User, organisation: Organisation, brought: Brought, at: datetime) -> OrganisationLetter:
    letter = OrganisationLetter(
        public_id=uuid.uuid4(),
        organisation=organisation,
        holder=user,
        replaces=brought.replaces,
        starts=brought.starts,
        ends=brought.ends,
        content_type=brought.scan.content_type,
        size=len(brought.scan.content),
        sha256=hashlib.sha256(brought.scan.content).hexdigest(),
        brought_at=at,
    )
    letter.stored = sealed_files.put(FOLDER, organisation.data_key, brought.scan.content, _context(letter))
    return letter


def _context(letter: OrganisationLetter) -> str:
    return f"letter:{letter.public_id}"
