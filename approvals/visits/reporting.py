"""The report of a visit: once, by one of the two; sent again it changes nothing."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from applications import door
from applications.uploads import CleanFile
from approvals.letters.visits import visit_record
from approvals.models import Visit
from approvals.visits import access, pictures, planning
from people import sealed_files, vault
from people.models import User
from people.refusals import Conflict, Invalid, Refused

# A telephone's clock may run a little ahead of ours.
CLOCK_SKEW = timedelta(minutes=10)
WITH_IMAGE = frozenset({Visit.Signature.DRAWN, Visit.Signature.FINGERPRINT, Visit.Signature.SHEET})


@dataclass(frozen=True)
class Report:
    """What the two officials found. `refusal` is why nothing was signed; `image` the signature or the signed sheet."""

    token: uuid.UUID
    made_at: datetime
    met: str
    findings: str
    agreed: bool | None = None
    signature: str = ""
    refusal: str = ""
    image: UploadedFile | None = None


def report(user: User, pk: int, said: Report, at: datetime) -> Visit:
    """Report a visit. The same token sent twice is one report.

    Raises NotFound, Refused (not one of the two, or kept out of the case since), Invalid (what is missing), Conflict
    (reported or cancelled before).
    """
    visit = access.visit_for(user, pk, at)
    access.require_visitor(user, visit)
    if visit.submission_token == said.token:
        return visit
    _check_said(visit, said, at)
    image = _image_of(said)
    with door.open_locked(visit.application_id, visit.application.process_ref, user=user, at=at) as case:
        visit = _locked(pk)
        if visit.submission_token == said.token:
            return visit
        _check_planned(visit, said)
        planning.take_both(case, (visit.first_official, visit.second_official), visit.stage)
        _write(case, visit, said, image)
        visit_record(case, access.office_of(visit), visit, said.findings, said.refusal if visit.refusal else "")
        case.record("visit.reported", stage=visit.stage, visit=visit.pk, result=visit.state, signature=visit.signature)
    return visit


def cancel(user: User, pk: int, at: datetime) -> Visit:
    """Call a planned visit off, by who may (see access). Raises Refused; Conflict once it was reported or cancelled."""
    visit = access.visit_for(user, pk, at)
    if not access.may_call_off(user, visit, at):
        raise Refused(code="not_visitor")
    with door.open_locked(visit.application_id, visit.application.process_ref, user=user, at=at) as case:
        visit = _locked(pk)
        _check_planned(visit)
        visit.state, visit.ended_at, visit.ended_by = Visit.State.CANCELLED, at, user
        visit.save()
        case.record("visit.cancelled", stage=visit.stage, visit=visit.pk)
    return visit


def _locked(pk: int) -> Visit:
    """The visit as it stands; the lock on its case keeps it so."""
    related = ("first_official", "second_official", "ended_by", "area", "item__queue__office__signs_for")
    return Visit.objects.select_related(*related).get(pk=pk)


def _check_planned(visit: Visit, said: Report | None = None) -> None:
    if visit.state != Visit.State.PLANNED:
        when = date_format(timezone.localtime(visit.ended_at), "Y-m-d H:i")
        text = _("这次核查已由%(who)s于%(when)s办结（%(state)s），您的内容没有提交。")
        known = {"who": visit.ended_by.full_name, "when": when, "state": visit.get_state_display()}
        raise Conflict(text % known, code="already_reported")
    if said and Visit.objects.filter(submission_token=said.token).exists():
        raise Conflict(_("这份报告已经提交给另一次核查。请重新打开页面。"), code="token_used")


def _check_said(visit: Visit, said: Report, at: datetime) -> None:
    errors = {}
    if said.made_at > at + CLOCK_SKEW:
        errors["made_on"] = _("入户时间不能晚于现在。")
    elif timezone.localdate(said.made_at) < timezone.localdate(visit.planned_at):
        errors["made_on"] = _("入户时间不能早于安排这次核查的日期。")
    if not said.findings.strip():
        errors["findings"] = _("请写明看到的情况；没有遇到人的，写明怎样联系过。")
    if said.met not in Visit.Met.values or said.met == Visit.Met.UNKNOWN:
        errors["met"] = _("请选择见到了谁。")
    elif said.met != Visit.Met.NOBODY:
        errors |= _signature_errors(said)
    if errors:
        raise Invalid(errors=errors)


def _signature_errors(said: Report) -> dict[str, str]:
    errors = {}
    if said.agreed is None:
        errors["agreed"] = _("请选择对方是否认可核查情况。")
    if said.signature not in {*WITH_IMAGE, Visit.Signature.REFUSED}:
        errors["signature"] = _("请选择签名方式。")
    elif said.signature in WITH_IMAGE and said.image is None:
        errors["image"] = _("请签名、按手印，或者上传签名单的照片。")
    elif said.signature == Visit.Signature.REFUSED and not said.refusal.strip():
        errors["refusal"] = _("请写明拒绝签名的原因。")
    return errors


def _image_of(said: Report) -> CleanFile | None:
    if said.met == Visit.Met.NOBODY or said.signature not in WITH_IMAGE or said.image is None:
        return None
    try:
        return pictures.cleaned(said.image)
    except Invalid as refusal:
        raise Invalid(errors={"image": str(refusal.message)}) from refusal


def _write(case: door.Case, visit: Visit, said: Report, image: CleanFile | None) -> None:
    key, somebody = case.application.data_key, said.met != Visit.Met.NOBODY
    visit.state = Visit.State.MADE if somebody else Visit.State.MISSED
    visit.met, visit.made_at, visit.submission_token = said.met, said.made_at, said.token
    visit.findings = vault.encrypt(key, said.findings.strip(), _context(visit, "findings"))
    visit.ended_at, visit.ended_by = case.at, case.user
    if somebody:
        visit.agreed, visit.signature = said.agreed, said.signature
    if visit.signature == Visit.Signature.REFUSED:
        visit.refusal = vault.encrypt(key, said.refusal.strip(), _context(visit, "refusal"))
    if image is None:
        visit.save()
        return
    stored = pictures.store(case.application, image, _context(visit, "signature"))
    visit.signature_image, visit.signature_sha256 = stored.name, stored.sha256
    try:
        visit.save()
    except BaseException:
        sealed_files.remove(stored.name)
        raise


def _context(visit: Visit, what: str) -> str:
    return f"visit:{visit.pk}:{what}"


def findings_of(visit: Visit) -> str:
    """What was found, in clear; "" before the report. Raises a VaultError where it cannot be opened."""
    return _opened(visit, bytes(visit.findings), "findings")


def refusal_of(visit: Visit) -> str:
    """Why nothing was signed; "" where something was."""
    return _opened(visit, bytes(visit.refusal), "refusal")


def signature_of(visit: Visit) -> bytes:
    """The picture of the signature. The caller has checked who asks, and records the reading."""
    context = _context(visit, "signature")
    return pictures.opened(visit.application, visit.signature_image, visit.signature_sha256, context)


def _opened(visit: Visit, sealed: bytes, what: str) -> str:
    return vault.decrypt(visit.application.data_key, sealed, _context(visit, what)) if sealed else ""
