"""Recording how a paper was served otherwise than online, with a scan or photo that proves it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import door, receiving, uploads
from approvals.issued import access
from papers import reading, serving
from papers.models import Paper, PaperService
from people import sealed_files
from people.models import User
from people.refusals import Conflict, Invalid, Refused

Way = PaperService.Way
# Electronic service is what the person confirms, never what an official records.
RECORDABLE = (Way.HAND, Way.POST, Way.LEFT, Way.SUBSTITUTE, Way.NOTICE)
LONGEST_TRACKING = 40


@dataclass(frozen=True)
class Recorded:
    """What an official enters. `on` is the day it was received, or left; for a public notice the day that began."""

    way: str
    on: date
    upload: UploadedFile | None
    receiver: str = ""
    tracking: str = ""
    witnesses: tuple[str, ...] = ()
    place: str = ""
    note: str = ""


def record(user: User, public_id: str, pk: int, said: Recorded, at: datetime, *, anew: bool = False) -> PaperService:
    """Record a service, or replace the record of one (`anew`), which stays to be read.

    What the person confirmed online is their own word: only who signs for the office replaces it, with a paper and the
    reason as always, and never by an earlier day, which would shorten the time for a remedy. The person is told.

    Raises NotFound, Refused (another office's paper, recusal, no signer), Invalid (what is missing, the file), Conflict
    (served already, void, needs no service).
    """
    access.paper_for(user, public_id, pk, at)
    clean = _cleaned(said.upload) if said.upload else None
    with door.open_case(public_id, user=user, at=at) as case:
        paper = reading.papers_of(public_id).get(pk=pk)
        access.act_for(case, paper)
        if anew and not access.may_amend_service(user, case.application, paper, at):
            raise Refused(_("这份文书由本人在网上确认签收。更正送达登记的，须由签发文书的人员办理。"), code="confirmed")
        _check(paper, said, timezone.localdate(at), anew=anew)
        if not anew and paper.served_on is None and not serving.waits_for_service(paper):
            raise Conflict(code="no_service")
        assert clean is not None  # what has no file was refused above
        return _write(case, paper, said, clean, anew=anew)


def _write(case: door.Case, paper: Paper, said: Recorded, clean: uploads.CleanFile, *, anew: bool) -> PaperService:
    name = sealed_files.put(serving.FOLDER, paper.data_key, clean.content, serving.proof_context(paper))
    proof = serving.Proof(name, clean.content_type, hashlib.sha256(clean.content).hexdigest())
    try:
        written = serving.write(paper, _fact(said, proof), case.user, case.at, anew=anew)
        receiving.record_served(case, paper, written)
    except BaseException:
        sealed_files.remove(name)
        raise
    return written


def _fact(said: Recorded, proof: serving.Proof) -> serving.Fact:
    notice = said.way == Way.NOTICE
    left = said.way == Way.LEFT
    return serving.Fact(
        way=said.way,
        served_on=_served_on(said),
        details=serving.Details(
            receiver=said.receiver.strip(),
            witnesses=tuple(one.strip() for one in said.witnesses if one.strip()) if left else (),
            place=said.place.strip(),
            note=said.note.strip(),
        ),
        tracking=said.tracking.strip() if said.way == Way.POST else "",
        notice_from=said.on if notice else None,
        proof=proof,
    )


def _served_on(said: Recorded) -> date:
    return said.on + timedelta(days=serving.NOTICE_DAYS) if said.way == Way.NOTICE else said.on


def _cleaned(upload: UploadedFile) -> uploads.CleanFile:
    try:
        return uploads.cleaned("", upload.read(settings.UPLOAD_MAX_BYTES + 1), settings.UPLOAD_MAX_BYTES)
    except Invalid as refusal:
        raise Invalid(errors={"proof": str(refusal.message)}) from refusal


def _check(paper: Paper, said: Recorded, today: date, *, anew: bool) -> None:
    errors = _missing(said)
    if said.way not in RECORDABLE:
        errors["way"] = _("请选择送达方式。")
    if said.on > today:
        errors["on"] = _("日期不能晚于今天。")
    elif said.on < timezone.localdate(paper.issued_at):
        errors["on"] = _("日期不能早于文书的成文日期。")
    if anew and not said.note.strip():
        errors["note"] = _("请写明原来的登记哪里有误。")
    confirmed = serving.confirmed_on(paper)
    if anew and confirmed is not None and _served_on(said) < confirmed:
        errors["on"] = _("本人在网上确认的日期是%(day)s，更正后的送达日期不能更早。") % {"day": confirmed.isoformat()}
    if errors:
        raise Invalid(errors=errors)


def _missing(said: Recorded) -> dict[str, str]:
    """What this way of service cannot do without."""
    errors: dict[str, str] = {}
    if said.upload is None:
        errors["proof"] = _("请上传送达回证、邮寄回执或者现场照片。")
    if said.way in (Way.HAND, Way.SUBSTITUTE) and not said.receiver.strip():
        errors["receiver"] = _("请写明谁签收的；代收的，写明与当事人的关系。")
    if said.way == Way.POST and not 0 < len(said.tracking.strip()) <= LONGEST_TRACKING:
        errors["tracking"] = _("请填写邮件号码。")
    if said.way == Way.LEFT and len({one.strip() for one in said.witnesses if one.strip()}) < 2:
        errors["witness_1"] = _("留置送达要有两名见证人，请填写两个人的姓名和单位。")
    if said.way in (Way.LEFT, Way.NOTICE) and not said.place.strip():
        errors["place"] = _("请写明留在哪里、公告登在哪里。")
    return errors
