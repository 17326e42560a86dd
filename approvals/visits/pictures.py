"""Pictures of a visit: sniffed, drawn anew without what cameras hide in them, sealed with the case key."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from applications import uploads
from applications.models import Application
from people import sealed_files
from people.refusals import Invalid

FOLDER = "visits"
PICTURES = frozenset({uploads.JPEG, uploads.PNG})
NOT_A_PICTURE = frozenset({"kind", "encrypted", "pages"})


@dataclass(frozen=True)
class Stored:
    """A sealed picture: its stored name, and what its row tells in clear."""

    name: str
    content_type: str
    sha256: str
    size: int


def cleaned(upload: UploadedFile) -> uploads.CleanFile:
    """A clean JPEG or PNG. Raises Invalid with a message that says what to do."""
    try:
        clean = uploads.cleaned("", upload.read(settings.UPLOAD_MAX_BYTES + 1), settings.UPLOAD_MAX_BYTES)
    except Invalid as refusal:
        if refusal.code in NOT_A_PICTURE:
            raise _only_pictures() from refusal
        raise
    if clean.content_type not in PICTURES:
        raise _only_pictures()
    return clean


def store(application: Application, clean: uploads.CleanFile, context: str) -> Stored:
    """Seal a clean picture. Whoever cannot keep its row removes it again."""
    name = sealed_files.put(FOLDER, application.data_key, clean.content, context)
    return Stored(name, clean.content_type, hashlib.sha256(clean.content).hexdigest(), len(clean.content))


def opened(application: Application, name: str, sha256: str, context: str) -> bytes:
    """The bytes of a picture. Raises FileNotFoundError, or a VaultError; ValueError when it is not what was stored."""
    content = sealed_files.get(name, application.data_key, context)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError("the picture is not the one that was stored")
    return content


def _only_pictures() -> Invalid:
    return Invalid(_("这里只能上传JPG或PNG照片。PDF等文件请拍照后上传。"), code="kind")
