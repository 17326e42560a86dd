"""Files with personal data: encrypted bytes in the default storage, under random names."""

import re
import secrets
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from people import vault

if TYPE_CHECKING:
    from people.models import DataKey

PREFIX = re.compile(r"[a-z][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*")


def put(prefix: str, data_key: "DataKey", plain: bytes, context: str) -> str:
    """Seal bytes and store them; returns the stored name, which never tells the clear one.

    `prefix` is a folder of our own naming, such as "attachments". `context` should be unique to the file's
    row, so that two files cannot be exchanged. Raises KeyDestroyed.
    """
    name = new_name(prefix)
    return default_storage.save(name, ContentFile(vault.encrypt_bytes(data_key, plain, context)))


def new_name(prefix: str) -> str:
    """A name nobody can guess, in a folder of our own naming. Raises ValueError for what is no such folder."""
    if not PREFIX.fullmatch(prefix):
        raise ValueError(f"not a folder for sealed files: {prefix!r}")
    token = secrets.token_hex(16)
    return f"{prefix}/{token[:2]}/{token}.sealed"


def get(name: str, data_key: "DataKey", context: str) -> bytes:
    """The clear bytes of a stored file. Raises FileNotFoundError, KeyDestroyed or Undecipherable."""
    with default_storage.open(name, "rb") as stored:
        return vault.decrypt_bytes(data_key, stored.read(), context)


def remove(name: str) -> None:
    """Delete a stored file; one already gone is no error."""
    default_storage.delete(name)
