"""恢复帮办: after a stop the helper's word is not enough; a colleague who has read the signed paper gives theirs."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from applications.uploads import CleanFile
from audit import chain
from helping.models import Mandate, MandateEnd, Renewal
from helping.standing import asking, scans
from helping.standing.naming import person_known
from helping.standing.recording import Terms, record_consent, used_before
from people import finding, sealed_files, vault
from people.models import Office, Person, User
from people.posts import posts_of
from people.refusals import Conflict, Invalid, NotFound, Refused

FOLDER = "renewals"
KIND, WAY, State = Mandate.Kind, Mandate.Way, Renewal.State


@dataclass(frozen=True)
class Brought:
    """Whose consent an official brings in: name and citizen ID as on the paper, the paper's number and its scan."""

    office: int
    name: str
    id_number: str
    document: str
    scan: CleanFile


def of_offices(user: User, at: datetime) -> QuerySet[Renewal]:
    """Those of the offices in whose name the user helps people."""
    related = ("person__data_key", "helper", "office__division", "decided_by")
    return Renewal.objects.filter(office__in=asking.bodies_of(user, at)).select_related(*related)


def to_decide(user: User, at: datetime) -> QuerySet[Renewal]:
    """Those that wait for the user, as `why_not` has it; all that wait besides, wait for a colleague."""
    told = asking.stops_of(user, None, user, at).filter(mandate__person=OuterRef("person"))
    waiting = of_offices(user, at).filter(state=State.WAITING).exclude(helper=user)
    close = user.kin.filter(Q(relative=OuterRef("person")) | Q(relative=OuterRef("helper__person")))
    return waiting.exclude(person=user.person_id).exclude(Exists(told)).exclude(Exists(close))


def one_of(user: User, public_id: uuid.UUID, at: datetime) -> Renewal:
    """One of them. Raises NotFound."""
    return finding.one_of(of_offices(user, at), public_id=public_id)


def ask(user: User, brought: Brought, at: datetime) -> Renewal:
    """Bring in a signed consent for one's own help.

    Raises NotFound for an office that is not theirs, Invalid for who cannot be, Conflict where nothing was stopped, the
    paper was used before the stop, it waits already, or the office was told to stop as a whole.
    """
    office = next((one for one in asking.bodies_of(user, at) if one.pk == brought.office), None)
    if office is None:
        raise NotFound()
    person = person_known(brought.name, brought.id_number)
    if person is None or not asking.stopped(user, office, person, user, at) or asking.may_help(user, person, at):
        raise Conflict(_("本人没有要求您停止帮办，或者已经恢复，不用在这里登记。"), code="not_stopped")
    if _office_stopped(office, person):
        text = _("本人要求停止的是整个单位的帮办，只能由本人在自己的账号里同意以后恢复。")
        raise Conflict(text, code="office_stopped")
    if used_before(person, brought.scan.content):
        text = _("这份同意书已经用过。请让本人重新签字，上传新的同意书。")
        raise Invalid(errors={"scan": text}, code="used_before")
    row = Renewal(person=person, helper=user, office=office, kind=_kind(user, office, at), asked_at=at)
    row.details = vault.encrypt_json(person.data_key, {"document": brought.document.strip()}, _details(row))
    scans.keep(row, brought.scan, FOLDER, _scan(row))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _record(row, "asked", user, at)
    except BaseException as error:
        sealed_files.remove(row.stored)
        if isinstance(error, IntegrityError):
            raise Conflict(_("这个人的同意书已经登记，正在等同事核对。"), code="waits") from error
        raise
    return row


def _office_stopped(office: Office, person: Person) -> bool:
    ends = MandateEnd.objects.filter(mandate__helper__isnull=True, mandate__office=office, mandate__person=person)
    return ends.exclude(by=MandateEnd.By.HELPER).exists()


def _kind(user: User, office: Office, at: datetime) -> str:
    """In what capacity the official helps."""
    if office.function == Office.Function.SCHOOL:
        return KIND.SCHOOL.value
    roles = {post.role for post in posts_of(user, at) if post.office_id == office.pk}
    return (KIND.VILLAGE if "village_clerk" in roles else KIND.COUNTER).value


def confirm(user: User, public_id: uuid.UUID, at: datetime) -> Renewal:
    """The signed paper is the person's: the help is in force again. Raises as `_open` and record_consent do, Conflict
    where the person agreed in the meantime, or told the helper to stop once more.
    """
    with transaction.atomic():
        row = _open(user, public_id, at)
        _check_still_meant(row, at)
        clean = CleanFile("consent", row.content_type, scan_of(row))
        terms = Terms(
            kind=row.kind, way=WAY.SIGNED, helper=row.helper, office=row.office, document=document_of(row), scan=clean
        )
        row.mandate = record_consent(user, row.person, terms, at)
        _decided(row, State.CONFIRMED, user, at)
    return row


def refuse(user: User, public_id: uuid.UUID, why: str, at: datetime) -> Renewal:
    """It is not, or cannot be told. Raises as `_open` does, and Invalid for a reason that is none."""
    if why not in Renewal.Why.values:
        raise Invalid(errors={"why": _("请选择没有通过的原因。")})
    with transaction.atomic():
        row = _open(user, public_id, at)
        row.why = why
        _decided(row, State.REFUSED, user, at)
    return row


def why_not(user: User, row: Renewal, at: datetime) -> str:
    """Why a user may not decide; "" when they may."""
    if row.state != State.WAITING:
        return _("这份同意书已经核对过。")
    if user.pk == row.helper_id:
        return _("这份同意书是您登记的，须由本单位另一位工作人员核对。")
    if user.person_id == row.person_id:
        return _("这份同意书是您本人的，须由其他工作人员核对。您也可以在自己的账号里同意。")
    if asking.stopped(user, row.office, row.person, user, at):
        return _("本人也要求过您停止帮办，须由其他工作人员核对。")
    if user.kin.filter(relative__in={row.person_id, row.helper.person_id} - {None}).exists():
        return _("这份同意书是您近亲属的，或者由您近亲属登记，须由其他工作人员核对。")
    return ""


def _open(user: User, public_id: uuid.UUID, at: datetime) -> Renewal:
    """Locked. Raises NotFound outside the office, Refused for who brought it in, Conflict where it was decided."""
    found = one_of(user, public_id, at)
    row = Renewal.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    if row.state != State.WAITING:
        raise Conflict(_("这份同意书已由同事核对，您的操作没有保存。"), code="decided")
    refused = why_not(user, row, at)
    if refused:
        raise Refused(refused, code="four_eyes")
    return row


def _check_still_meant(row: Renewal, at: datetime) -> None:
    """The paper is of the day it was brought in: what the person said since counts for more.

    Their mandates are locked: a stop of one that still runs comes before this, or after it.
    """
    list(Mandate.objects.filter(person=row.person_id).order_by("pk").select_for_update(of=("self",), no_key=True))
    stops = asking.stops_of(row.helper, row.office, row.helper, at).filter(mandate__person=row.person_id)
    if stops.filter(at__gt=row.asked_at).exists():
        text = _("登记这份同意书以后，本人又要求停止帮办，不能凭它恢复。请选择“不用再核对”。")
        raise Conflict(text, code="stopped_since")
    if asking.in_force(at).filter(person=row.person_id, helper=row.helper, office=row.office).exists():
        text = _("本人已经同意由这位帮办人办理，不用再凭这份同意书恢复。请选择“不用再核对”。")
        raise Conflict(text, code="agreed_since")


def _decided(row: Renewal, state: State, user: User, at: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state.value, user, at
    row.save(update_fields=["state", "why", "decided_by", "decided_at", "mandate"])
    _record(row, state.value, user, at)


def _record(row: Renewal, step: str, user: User, at: datetime) -> None:
    """Append to the story of who helps the person; codes only."""
    told = {"renewal": str(row.public_id), "kind": row.kind, "helper": row.helper.username, "office": row.office_id}
    chain.append(f"help:{row.person.public_id}", f"renewal.{step}", actor=user.username, at=at, data=told)


def _details(row: Renewal) -> str:
    return f"renewal:{row.public_id}"


def _scan(row: Renewal) -> str:
    return f"renewal:{row.public_id}:scan"


def document_of(row: Renewal) -> str:
    """The number of the paper. The caller has checked who asks and records the reading."""
    return vault.decrypt_json(row.person.data_key, bytes(row.details), _details(row))["document"]


def scan_of(row: Renewal) -> bytes:
    """The bytes of the scan. The caller has checked who asks and records the reading."""
    return sealed_files.get(row.stored, row.person.data_key, _scan(row))
