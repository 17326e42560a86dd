"""Putting a mandate on record: who helps, what they may do, and how the person agreed."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications.uploads import CleanFile
from audit import chain
from helping.models import Mandate
from helping.standing import asking, scans, texts
from helping.standing.scopes import EVERYTHING, columns, scopes_of
from people import sealed_files, vault
from people.models import Office, Person, User
from people.refusals import Conflict, Invalid, Refused
from schemes.texts import LocalText
from telling import outbox, recipients

FOLDER = "mandates"
LONGEST = 200
# What the person is told of each event: nobody acts for them, or stops, without their hearing of it.
TOLD = {"mandate.recorded": "helper_named", "mandate.ended": "helper_ended"}
NOTHING = LocalText(zh="", en="")
# Of an office: who works there helps in its name.
OF_OFFICES = frozenset({Mandate.Kind.VILLAGE, Mandate.Kind.SCHOOL, Mandate.Kind.COUNTER})
WAY, KIND = Mandate.Way, Mandate.Kind


@dataclass(frozen=True)
class Terms:
    """What is agreed. `helper`, `office`: see Mandate. `document`: the number or name of the paper that proves it;
    `scan`: that paper, cleaned. `witness` and `how`: who was there and how the person said so. `starts`: today if None.
    """

    kind: str
    way: str
    helper: User | None = None
    office: Office | None = None
    scopes: frozenset[str] = EVERYTHING
    document: str = ""
    scan: CleanFile | None = None
    witness: str = ""
    how: str = ""
    starts: date | None = None
    ends: date | None = None


def record_consent(by: User, person: Person, terms: Terms, at: datetime) -> Mandate:
    """Record that a person lets somebody act for them. `by`: who enters it: the person, the helper, or the office.

    Raises Invalid naming what is missing, Conflict where the same is on record, Refused for somebody else's consent,
    and where the person told this helper to stop and it is the helper who says they agreed again.
    """
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        _check_who(by, person, terms, at)
        _check_terms(terms, timezone.localdate(at))
        _check_new(by, person, terms, at)
        mandate = _row(by, person, terms, at)
        try:
            mandate.save(force_insert=True)
            record("mandate.recorded", mandate, by, at, way=mandate.way, scopes=scopes_of(mandate))
        except BaseException:
            if mandate.stored:
                sealed_files.remove(mandate.stored)
            raise
    return mandate


def record(action: str, mandate: Mandate, by: User, at: datetime, **data: object) -> None:
    """Append an event to the story of who helps the person, codes only, and tell the person of it."""
    helper = mandate.helper.username if mandate.helper else ""
    told = {"mandate": str(mandate.public_id), "kind": mandate.kind, "helper": helper, "office": mandate.office_id}
    stream = f"help:{mandate.person.public_id}"
    chain.append(stream, action, actor=by.username, at=at, data={**told, **data})
    about = outbox.About(mandate.person.data_key, NOTHING)
    people = recipients.person(mandate.person_id)
    outbox.tell(f"{action}:{mandate.public_id}", TOLD[action], about, people, at)
    if action == "mandate.ended" and mandate.helper_id and mandate.helper_id != by.pk:
        outbox.tell(
            f"{action}:{mandate.public_id}", "helper_dismissed", about, recipients.account(mandate.helper_id), at
        )


def _check_who(by: User, person: Person, terms: Terms, at: datetime) -> None:
    """The person themselves in their own account; otherwise the helper, or somebody of the office that helps."""
    if terms.helper is not None and terms.helper.person_id == person.pk:
        raise Invalid(_("不能登记自己帮自己办理。自己的事请直接申请。"), code="own")
    if by.person_id == person.pk:
        return
    if terms.way == WAY.OWN_ACCOUNT:
        raise Refused(_("只有本人登录自己的账号才能这样同意。"), code="not_the_person")
    offices = {office.pk for office in asking.bodies_of(by, at)}
    of_mine = terms.office is not None and terms.office.pk in offices
    if not (of_mine or (terms.office is None and (by == terms.helper or offices))):
        raise Refused(code="not_the_helper")


def _check_terms(terms: Terms, today: date) -> None:
    errors = {}
    if (terms.kind in OF_OFFICES) != (terms.office is not None):
        errors["kind"] = _("请核对帮办人和本人的关系：单位帮办要写明单位，个人帮办不写单位。")
    if not terms.scopes:
        errors["scopes"] = _("请至少选择一项帮办范围。")
    if terms.way == WAY.BY_LAW and terms.kind != KIND.GUARDIAN:
        errors["way"] = _("只有监护人可以依法代理。请选择本人同意的方式。")
    if terms.way in (WAY.SIGNED, WAY.BY_LAW) and not (terms.document.strip() or terms.scan):
        errors["document"] = _("请上传本人签字的同意书或者证明监护的材料，或者填写文书名称和编号。")
    if terms.way == WAY.ORAL and not terms.witness.strip():
        errors["witness"] = _("口头同意须有见证人在场。请填写见证人的姓名。")
    if terms.way == WAY.ORAL and not terms.how.strip():
        errors["how"] = _("请写明什么时候、在哪里、怎样告诉本人的。")
    errors |= {name: _("请不要超过%(most)s个字。") % {"most": LONGEST} for name in _too_long(terms)}
    if terms.starts is not None and terms.starts > today:
        errors["starts"] = _("帮办的第一天不能晚于今天。")
    if terms.ends is not None and terms.ends < (terms.starts or today):
        errors["ends"] = _("帮办的最后一天不能早于第一天。")
    if errors:
        raise Invalid(errors=errors, code="mandate")


def _too_long(terms: Terms) -> list[str]:
    return [name for name in ("document", "witness", "how") if len(getattr(terms, name)) > LONGEST]


def _check_new(by: User, person: Person, terms: Terms, at: datetime) -> None:
    same = asking.in_force(at).filter(person=person, helper=terms.helper, office=terms.office)
    if same.exists():
        raise Conflict(_("这位帮办人的授权已经登记，仍然有效。要更改的，请先停止原来的授权。"), code="mandate_there")
    if by.person_id == person.pk or not asking.stopped(terms.helper, terms.office, person, by, at):
        return
    if by == terms.helper or terms.helper is None or terms.way != WAY.SIGNED or terms.scan is None:
        text = _(
            "本人已经要求停止由这位帮办人办理。要恢复，须由本人在自己的账号里同意；"
            "工作人员可以在“恢复帮办”里上传本人重新签字的同意书，由本单位另一位工作人员核对。"
        )
        raise Refused(text, code="stopped")
    if used_before(person, terms.scan.content):
        text = _("这份同意书已经用过。请让本人重新签字，上传新的同意书。")
        raise Refused(text, code="used_before")


def used_before(person: Person, content: bytes) -> bool:
    """Whether a signed paper stands behind a mandate of the person already: a stop is stronger than it."""
    return Mandate.objects.filter(person=person, sha256=hashlib.sha256(content).hexdigest()).exists()


def _row(by: User, person: Person, terms: Terms, at: datetime) -> Mandate:
    mandate = Mandate(
        public_id=uuid.uuid4(),
        person=person,
        helper=terms.helper,
        office=terms.office,
        kind=terms.kind,
        way=terms.way,
        text_version=texts.version_on(timezone.localdate(at)),
        has_document=bool(terms.document.strip()),
        has_witness=bool(terms.witness.strip()),
        starts=terms.starts or timezone.localdate(at),
        ends=terms.ends,
        recorded_by=by,
        recorded_at=at,
        **columns(terms.scopes),
    )
    said = {name: getattr(terms, name).strip() for name in ("document", "witness", "how")}
    mandate.details = vault.encrypt_json(person.data_key, said, details_context(mandate))
    if terms.scan is not None:
        scans.keep(mandate, terms.scan, FOLDER, scan_context(mandate))
    return mandate


def details_context(mandate: Mandate) -> str:
    """Where the words of a mandate stand, for the vault."""
    return f"mandate:{mandate.public_id}"


def scan_context(mandate: Mandate) -> str:
    """Where the scan of a mandate stands, for the vault."""
    return f"mandate:{mandate.public_id}:scan"


def details_of(mandate: Mandate) -> dict[str, str]:
    """Document, witness and how it came about. The caller has checked who asks and records the reading."""
    return vault.decrypt_json(mandate.person.data_key, bytes(mandate.details), details_context(mandate))


def scan_of(mandate: Mandate) -> bytes:
    """The bytes of the scan. The caller has checked who asks and records the reading."""
    return sealed_files.get(mandate.stored, mandate.person.data_key, scan_context(mandate))
