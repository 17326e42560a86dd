"""Files of policy documents: looked at, cleaned, sealed and opened again. The bytes decide what a file is."""

import hashlib
from datetime import datetime
from pathlib import PurePosixPath, PureWindowsPath

import magic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from people import sealed_files, vault
from people.pdf_cleaning import BrokenPdf, LockedPdf, cleaned_pdf
from people.refusals import Invalid
from schemes.models import OriginalFile

FOLDER = "policy"
PDF, TXT = "application/pdf", "text/plain"
ENDINGS = {PDF: ".pdf", TXT: ".txt"}
NAME_LENGTH = 80
SNIFFED_BYTES = 8192
MEGABYTE = 1024 * 1024


def keep(upload: UploadedFile, *, by: str, at: datetime) -> OriginalFile:
    """Store a file; the same bytes are stored once. Raises Invalid with what to do."""
    kind, content = _clean(upload.read(settings.UPLOAD_MAX_BYTES + 1))
    mark = hashlib.sha256(content).hexdigest()
    known = OriginalFile.objects.filter(sha256=mark).first()
    if known is not None:
        return known
    row = OriginalFile(
        name=_name(upload.name or "", kind), content_type=kind, size=len(content), sha256=mark, added_by=by, added_at=at
    )
    with transaction.atomic():
        row.data_key = vault.new_data_key()
        row.data_key.save()
        row.stored = sealed_files.put(FOLDER, row.data_key, content, _context(row))
        row.save()
    return row


def content_of(row: OriginalFile) -> bytes:
    """The bytes of a stored file."""
    return sealed_files.get(row.stored, row.data_key, _context(row))


def text_of(row: OriginalFile) -> str:
    """The text of a TXT file; nothing for any other."""
    return content_of(row).decode("utf-8-sig").replace("\r\n", "\n") if row.content_type == TXT else ""


def _context(row: OriginalFile) -> str:
    return f"policy-file:{row.sha256}"


def _clean(content: bytes) -> tuple[str, bytes]:
    if not content:
        raise _refused(_("这个文件是空的。请重新选择。"))
    if len(content) > settings.UPLOAD_MAX_BYTES:
        text = _("文件超过%(limit)s兆。请压缩后再上传。") % {"limit": settings.UPLOAD_MAX_BYTES // MEGABYTE}
        raise _refused(text)
    kind = magic.from_buffer(content[:SNIFFED_BYTES], mime=True)
    if kind == PDF:
        return PDF, _clean_pdf(content)
    if kind == TXT:
        return TXT, _utf8(content)
    raise _refused(_("只能上传PDF或TXT文件。Word文件请先另存为PDF。"))


def _clean_pdf(content: bytes) -> bytes:
    try:
        return cleaned_pdf(content)[0]
    except LockedPdf as error:
        raise _refused(_("这个PDF文件加了密码或限制。请去掉密码后再上传。")) from error
    except BrokenPdf as error:
        raise _refused(_("这个PDF文件打不开，可能没有传完整。请重新导出后再上传。")) from error


def _utf8(content: bytes) -> bytes:
    """Chinese texts come in two encodings; they are kept in one."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    raise _refused(_("这个TXT文件的编码认不出来。请另存为UTF-8后再上传。"))


def _refused(message: str) -> Invalid:
    return Invalid(message, errors={"upload": message})


def _name(name: str, kind: str) -> str:
    """The last part of the name with the ending that is true."""
    stem = PurePosixPath(PurePosixPath(PureWindowsPath(name).name).name).stem
    plain = "".join(letter for letter in stem if letter.isprintable()).strip(" .")
    return (plain or _("政策文件"))[:NAME_LENGTH] + ENDINGS[kind]
