"""Uploaded files: what they really are, and a clean copy of them. Pure: no database, no storage.

The bytes decide, never the name or what the browser says. Pictures are drawn anew, which leaves position, camera and
everything else hidden in them behind; PDF files lose scripts and files inside them.
"""

import io
import warnings
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

import magic
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from people.pdf_cleaning import BrokenPdf, LockedPdf, cleaned_pdf
from people.refusals import Invalid

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
EXTENSIONS = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}
HEIC = frozenset({"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence", "image/avif"})
MOST_PIXELS = 40_000_000
MOST_PAGES = 200
JPEG_QUALITY = 88
NAME_LENGTH = 80
SNIFFED_BYTES = 8192
MEGABYTE = 1024 * 1024
# What Windows takes for a device, whatever its ending.
DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10))}


@dataclass(frozen=True)
class CleanFile:
    """A file that may be kept: its bytes, what they are, and a name that fits them."""

    name: str
    content_type: str
    content: bytes


def cleaned(name: str, content: bytes, most_bytes: int) -> CleanFile:
    """A clean copy of an upload. Raises Invalid with a message that says what to do."""
    if not content:
        raise _refused("empty", _("这个文件是空的。请重新拍照或扫描后再上传。"))
    if len(content) > most_bytes:
        text = _("文件超过%(limit)s兆。请用较低的清晰度重拍，或者分成几个文件上传。")
        raise _refused("too_large", text % {"limit": most_bytes // MEGABYTE})
    kind = magic.from_buffer(content[:SNIFFED_BYTES], mime=True)
    if kind in HEIC:
        text = _("这是苹果手机的HEIC照片，这里打不开。请在“设置—相机—格式”里选“兼容性最佳”后重拍，或者截屏后上传。")
        raise _refused("heic", text)
    if kind not in EXTENSIONS:
        raise _refused("kind", _("只能上传JPG或PNG照片，或者PDF文件。Word等文件请先另存为PDF。"))
    content = _clean_pdf(content) if kind == PDF else _clean_picture(content, kind)
    return CleanFile(_fitting_name(name, kind), kind, content)


def _refused(code: str, message: str) -> Invalid:
    return Invalid(message, code=code)


def _fitting_name(name: str, kind: str) -> str:
    """The last part of the name without its old ending, and the ending that is true."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    stem = "".join(letter for letter in PurePosixPath(last).stem if letter.isprintable()).strip(" .")
    taken = "_" if stem.upper() in DEVICES else ""
    return (stem or _("材料"))[:NAME_LENGTH] + taken + EXTENSIONS[kind]


def _clean_picture(content: bytes, kind: str) -> bytes:
    """The picture drawn anew, the right way up, with nothing but its pixels."""
    broken = _refused("broken", _("这张照片打不开，可能没有传完整。请重新拍照后再上传。"))
    # A library that makes papers lets half pictures pass, for the whole process: ours have to be whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
        if picture.width * picture.height > MOST_PIXELS:
            raise _refused("too_many_pixels", _("照片的尺寸太大（超过4000万像素）。请用较低的清晰度重拍。"))
        upright = ImageOps.exif_transpose(picture)
        return _drawn(upright, kind)
    except Image.DecompressionBombError as error:
        raise _refused("too_many_pixels", _("照片的尺寸太大（超过4000万像素）。请用较低的清晰度重拍。")) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise broken from error


def _drawn(picture: Image.Image, kind: str) -> bytes:
    """Encoded again without position, camera, comments, colour profiles or anything else the file carried."""
    transparent = kind == PNG and ("A" in picture.getbands() or "transparency" in picture.info)
    plain = picture.convert("RGBA" if transparent else "RGB")
    plain.info.clear()
    target = io.BytesIO()
    if kind == JPEG:
        plain.save(target, "JPEG", quality=JPEG_QUALITY, optimize=True)
    else:
        plain.save(target, "PNG")
    return target.getvalue()


def _clean_pdf(content: bytes) -> bytes:
    try:
        clean, pages = cleaned_pdf(content)
    except LockedPdf as error:
        raise _refused("encrypted", _("这个PDF文件加了密码或限制。请去掉密码，或者拍照后上传照片。")) from error
    except BrokenPdf as error:
        raise _refused("broken", _("这个PDF文件打不开，可能没有传完整。请重新导出，或者拍照后上传照片。")) from error
    if not 1 <= pages <= MOST_PAGES:
        raise _refused("pages", _("PDF文件应有1到%(most)s页。请分成几个文件上传。") % {"most": MOST_PAGES})
    return clean
