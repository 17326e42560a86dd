"""Filing scans of papers sealed by hand: by their QR codes, or by the number where those cannot be read."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from applications import uploads
from approvals.sealing import desk
from audit import chain
from papers import reading
from papers.models import Paper, Scan, Seal
from papers.seals import aside, register, scans
from people import sealed_files, vault
from people.joining import labelled
from people.models import Office, User
from people.refusals import Invalid

DOTS_AN_INCH = 200


@dataclass(frozen=True)
class Found:
    """A part of what was scanned, and the paper that it is."""

    paper: Paper
    seal: Seal
    pdf: bytes
    pages: int


def file(user: User, sent: Iterable[UploadedFile], number: str, at: datetime) -> list[Scan]:
    """File all that was scanned, or nothing; the scans that are new. `number` only where a code cannot be read.

    Raises Invalid with what to do: a file of the wrong kind, a page without code, a paper of another office.
    """
    offices = desk.offices_of(user, at)
    found = [part for upload in sent for part in _parts(offices, upload, number.strip(), at)]
    if not found:
        raise _refused("files", _("请选择扫描好的文件。"))
    _check_once(found)
    kept: list[Scan] = []
    try:
        with transaction.atomic():
            for part in found:
                kept += filter(None, [scans.keep(part.paper, part.pdf, part.pages, part.seal, user, at)])
            _record(user, kept, at)
    except BaseException:
        for scan in kept:
            sealed_files.remove(scan.file)
        raise
    return kept


def _parts(offices: list[Office], upload: UploadedFile, number: str, at: datetime) -> list[Found]:
    pdf = _as_pdf(upload)
    try:
        codes = scans.codes_on(pdf)
    except aside.NoAnswer as error:
        raise _refused("files", _("%(name)s 无法读取。请重新扫描后再上传。") % {"name": upload.name}) from error
    if number:
        return [_by_number(offices, pdf, codes, number, at)]
    return [_by_code(offices, upload, pdf, part, at) for part in scans.divided(codes)]


def _as_pdf(upload: UploadedFile) -> bytes:
    """A clean PDF; a picture becomes one page of it. Raises Invalid."""
    try:
        most = settings.UPLOAD_MAX_BYTES
        clean = uploads.cleaned(upload.name or "", upload.read(most + 1), most)
    except Invalid as refusal:
        raise _refused("files", labelled(upload.name, refusal.message)) from refusal
    if clean.content_type == uploads.PDF:
        return clean.content
    target = io.BytesIO()
    with Image.open(io.BytesIO(clean.content)) as picture:
        picture.convert("RGB").save(target, "PDF", resolution=DOTS_AN_INCH)
    return target.getvalue()


def _by_code(offices: list[Office], upload: UploadedFile, pdf: bytes, part: scans.Part, at: datetime) -> Found:
    where = {"name": upload.name, "first": part.first, "last": part.last}
    if not part.code:
        text = _("%(name)s 第%(first)s页到第%(last)s页没有读出二维码。请单独上传这几页，并填写文书上的发文字号。")
        if part.first == part.last:
            text = _("%(name)s 第%(last)s页没有读出二维码。请单独上传这一页，并填写文书上的发文字号。")
        raise _refused("number", text % where)
    paper = desk.papers_of(offices).filter(verify_code=part.code).select_related("office", "data_key").first()
    if paper is None:
        text = _("%(name)s 第%(last)s页的二维码，不是您所在机关需要人工盖章的文书。请核对后再上传。")
        raise _refused("files", text % where)
    return _whole(paper, scans.cut(pdf, part), part.last - part.first + 1, at)


def _by_number(offices: list[Office], pdf: bytes, codes: list[list[str]], number: str, at: datetime) -> Found:
    paper = desk.papers_of(offices).filter(number=number).select_related("office", "data_key").first()
    if paper is None:
        text = _("您所在机关需要人工盖章的文书里没有这个发文字号。请照文书逐字填写，例如：%(example)s。")
        raise _refused("number", text % {"example": "屏民决〔2026〕1号"})
    if any(code != paper.verify_code for page in codes for code in page):
        raise _refused("number", _("文件里的二维码属于另一份文书，同填写的发文字号不一致。请核对后再上传。"))
    return _whole(paper, pdf, len(codes), at)


def _whole(paper: Paper, pdf: bytes, pages: int, at: datetime) -> Found:
    """The part, if no page of the paper is missing and its office has a seal to enter. Raises Invalid."""
    seal = register.hand_seal_for(paper.kind, paper.office, timezone.localdate(at))
    if seal is None:
        raise _refused("files", _("本机关没有登记在用的实物印章，不能归档盖章件。请先由系统管理员登记印章。"))
    try:
        expected = scans.pages_of(paper)
    except (vault.VaultError, reading.Altered, FileNotFoundError) as error:
        text = _("%(number)s 的原件无法打开，不能归档。请联系管理员。")
        raise _refused("files", text % {"number": paper.number}) from error
    if pages < expected:
        text = _("%(number)s 共%(expected)s页，扫描件只有%(pages)s页。请把全部页面扫描后再上传。")
        raise _refused("files", text % {"number": paper.number, "expected": expected, "pages": pages})
    return Found(paper, seal, pdf, pages)


def _check_once(found: list[Found]) -> None:
    seen: set[int] = set()
    for part in found:
        if part.paper.pk in seen:
            text = _("%(number)s 在这次上传里有两份。一份文书只上传一份扫描件。")
            raise _refused("files", text % {"number": part.paper.number})
        seen.add(part.paper.pk)


def _record(user: User, kept: list[Scan], at: datetime) -> None:
    for scan in kept:
        data = {"paper": scan.paper.number, "sha256": scan.sha256, "pages": scan.pages, "seal": scan.use.seal_id}
        stream = f"papers:{scan.paper.office_id}"
        chain.append(stream, "seal.used", actor=user.username, at=at, subject=scan.paper.case_ref, data=data)


def _refused(field: str, message: str) -> Invalid:
    return Invalid(message, errors={field: message})
