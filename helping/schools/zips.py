"""A ZIP of papers as a school sends it: nothing in it is trusted. Sizes are bounded before and while it is unpacked,
and no name in it is ever a path on a disk.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from people.refusals import Invalid

MOST_FILES, MOST_UNPACKED = 60, 60 * 1024 * 1024
MEGABYTE = 1024 * 1024
HEADING = b"PK\x01\x02"  # each file's entry in the list at the end of a ZIP begins with it
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED, UTF8 = 0x1, 0x800
# What computers put beside the files somebody chose.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Packed:
    """One file of it: its name as it was given, and where its bytes are."""

    name: str
    _zip: zipfile.ZipFile
    _entry: zipfile.ZipInfo

    def read(self) -> bytes:
        """At most one byte more than a paper may have. Raises Invalid for what cannot be unpacked."""
        try:
            with self._zip.open(self._entry) as opened:
                return opened.read(settings.UPLOAD_MAX_BYTES + 1)
        except UNREADABLE as error:
            raise Invalid(
                _("压缩包里的这个文件打不开，可能已经损坏。请重新压缩后再上传。"), code="unreadable"
            ) from error


def files_in(content: bytes) -> list[Packed]:
    """The files somebody packed, in their order; nothing is unpacked yet. Raises Invalid for what is no such ZIP."""
    if len(content) > settings.UPLOAD_MAX_BYTES:
        text = _("压缩包超过%(limit)s兆。请分成几个压缩包上传。") % {"limit": settings.UPLOAD_MAX_BYTES // MEGABYTE}
        raise Invalid(text, code="too_large")
    if content.count(HEADING) > 4 * MOST_FILES:
        raise _too_many()
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except UNREADABLE as error:
        text = _("这个文件不是ZIP压缩包，或者已经损坏。请重新压缩后再上传。")
        raise Invalid(text, code="unreadable") from error
    entries = [entry for entry in opened.infolist() if not entry.is_dir() and not _is_litter(entry.filename)]
    _check(entries, len(content))
    return [Packed(_name(entry), opened, entry) for entry in entries]


def _check(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Files that lie over one another, or unpack to more than anybody needs, are what a bomb is made of."""
    if not entries:
        raise Invalid(_("这个压缩包里没有文件。"), code="empty")
    if len(entries) > MOST_FILES:
        raise _too_many()
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Invalid(_("这个压缩包加了密码。请去掉密码后再上传。"), code="encrypted")
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if unpacked > MOST_UNPACKED or packed > size or any(entry.compress_type not in PACKINGS for entry in entries):
        text = _("这个压缩包不能安全地解开，或者解开后超过%(limit)s兆。请用系统自带的压缩功能，分成几个压缩包上传。")
        raise Invalid(text % {"limit": MOST_UNPACKED // MEGABYTE}, code="bomb")


def _too_many() -> Invalid:
    return Invalid(_("压缩包里超过%(most)s个文件。请分成几个压缩包上传。") % {"most": MOST_FILES}, code="too_many")


def _is_litter(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name in LITTER


def _name(entry: zipfile.ZipInfo) -> str:
    """Names are UTF-8, whether they say so or not, or as Chinese Windows writes them."""
    if entry.flag_bits & UTF8:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename
