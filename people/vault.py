"""Encryption of personal data and keyed indexes for finding it.

Every case and every person has a data key; the master key (settings.VAULT_MASTER_KEYS, by version) only
wraps data keys. AES-256-GCM throughout; the caller's `context` (for example "person:<uuid>:id_number") is
authenticated, so a value copied into another row or column does not open. A stored value is one format
byte, a 12-byte nonce, the ciphertext and its tag.
"""

import base64
import hashlib
import hmac
import json
import os
import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder

from people.identity.characters import compact
from people.masking import masked_account, masked_id, masked_name, masked_phone

if TYPE_CHECKING:
    from people.models import DataKey

__all__ = [
    "KeyDestroyed",
    "Undecipherable",
    "VaultError",
    "blind_index",
    "blind_indexes",
    "decrypt",
    "decrypt_bytes",
    "decrypt_json",
    "destroy",
    "encrypt",
    "encrypt_bytes",
    "encrypt_json",
    "masked_account",
    "masked_id",
    "masked_name",
    "masked_phone",
    "new_data_key",
    "rewrap",
    "wrap_anew",
]

FORMAT = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
KIND = re.compile(r"[a-z][a-z_]*")


class VaultError(Exception):
    """Personal data that cannot be read. Messages hold no personal data."""


class KeyDestroyed(VaultError):
    """The data key was destroyed: what it protected is erased for good."""


class Undecipherable(VaultError):
    """The value is damaged, belongs to another key or stands in another place than it was written for."""


def new_data_key(pk: UUID | None = None) -> "DataKey":
    """A fresh data key wrapped by the current master key, not yet saved; under a given primary key where one stands."""
    key = apps.get_model("people", "DataKey")(**({"pk": pk} if pk else {}))
    _wrap(key, os.urandom(KEY_BYTES))
    return key


def rewrap(data_key: "DataKey") -> bool:
    """Wrap the key with the current master key (rotation) and save it; stored values stay as they are.

    Returns whether anything changed: a key already current, or destroyed (be it a moment ago), is left alone.
    """
    if data_key.destroyed_at or data_key.master_version == settings.VAULT_MASTER_VERSION:
        return False
    unchanged = type(data_key).objects.filter(
        pk=data_key.pk, master_version=data_key.master_version, destroyed_at__isnull=True
    )
    wrap_anew(data_key)
    return bool(unchanged.update(wrapped=data_key.wrapped, master_version=data_key.master_version))


def wrap_anew(data_key: "DataKey") -> None:
    """Wrap the key with the current master key without saving it. Raises KeyDestroyed, Undecipherable."""
    _wrap(data_key, _unwrap(data_key))


def destroy(data_key: "DataKey", at: datetime) -> None:
    """Erase the key, and with it all it protects, and save that. Repeating it keeps the first time.

    Backups made before still hold the wrapped key; their retention ends the erasure.
    """
    if data_key.destroyed_at:
        return
    data_key.wrapped = b""
    data_key.destroyed_at = at
    data_key.save(update_fields=["wrapped", "destroyed_at"])


def encrypt_bytes(data_key: "DataKey", plain: bytes, context: str) -> bytes:
    """Seal bytes for one place, named by `context`."""
    return _seal(_unwrap(data_key), plain, context.encode())


def decrypt_bytes(data_key: "DataKey", blob: bytes, context: str) -> bytes:
    """Open what encrypt_bytes sealed. Raises KeyDestroyed or Undecipherable."""
    return _open(_unwrap(data_key), blob, context.encode())


def encrypt(data_key: "DataKey", text: str, context: str) -> bytes:
    """Seal a text for one place."""
    return encrypt_bytes(data_key, text.encode(), context)


def decrypt(data_key: "DataKey", blob: bytes, context: str) -> str:
    """Open a text. Raises KeyDestroyed or Undecipherable."""
    return decrypt_bytes(data_key, blob, context).decode()


def encrypt_json(data_key: "DataKey", value: Any, context: str) -> bytes:
    """Seal lists, dicts and plain values; dates and Decimals become strings. Raises TypeError for a float."""
    _refuse_floats(value)
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return encrypt(data_key, text, context)


def decrypt_json(data_key: "DataKey", blob: bytes, context: str) -> Any:
    """Open what encrypt_json sealed; dates and Decimals come back as strings."""
    return json.loads(decrypt(data_key, blob, context), parse_float=Decimal)


def blind_index(kind: str, value: str) -> str:
    """The keyed hash (hex HMAC-SHA256) by which an equal value is found without being stored in clear.

    `kind` separates the namespaces ("id", "account", "phone", "certificate"): equal numbers of different
    kinds do not match. Grouping, width and case of the value do not matter.
    """
    return _index("VAULT_INDEX_KEY", settings.VAULT_INDEX_KEY, kind, value)


def blind_indexes(kind: str, value: str) -> list[str]:
    """What an equal value may stand under: its index now, then those of VAULT_OLD_INDEX_KEYS, newest first.

    Only for values that are kept nowhere (codes handed out), whose indexes nobody can compute anew.
    """
    old = [_index("VAULT_OLD_INDEX_KEYS", key, kind, value) for key in settings.VAULT_OLD_INDEX_KEYS]
    return [blind_index(kind, value), *old]


def _index(name: str, encoded: str, kind: str, value: str) -> str:
    if not KIND.fullmatch(kind):
        raise ValueError(f"not a kind of index: {kind!r}")
    kind_key = hmac.digest(_key_material(name, encoded), kind.encode(), hashlib.sha256)
    return hmac.new(kind_key, compact(value).encode(), hashlib.sha256).hexdigest()


def _wrap(data_key: "DataKey", raw: bytes) -> None:
    """Put the raw key into the row, sealed by the current master key."""
    version = settings.VAULT_MASTER_VERSION
    data_key.wrapped = _seal(_master_key(version), raw, _wrapping_context(data_key))
    data_key.master_version = version


def _unwrap(data_key: "DataKey") -> bytes:
    """The raw key of a row. Raises KeyDestroyed, or Undecipherable under a wrong master key."""
    if data_key.destroyed_at or not data_key.wrapped:
        raise KeyDestroyed(f"data key {data_key.pk} was destroyed")
    return _open(_master_key(data_key.master_version), data_key.wrapped, _wrapping_context(data_key))


def _wrapping_context(data_key: "DataKey") -> bytes:
    """A wrapped key opens only in its own row."""
    return b"data-key:" + data_key.pk.bytes


def _master_key(version: int) -> bytes:
    """The master key of a version; a version without a key is a fault of the settings."""
    encoded = settings.VAULT_MASTER_KEYS.get(version)
    if encoded is None:
        raise ImproperlyConfigured(f"VAULT_MASTER_KEYS has no master key of version {version}")
    return _key_material(f"VAULT_MASTER_KEYS[{version}]", encoded)


def _key_material(name: str, encoded: str) -> bytes:
    """The 32 bytes of a key kept in base64 in the settings."""
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not base64") from error
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} must be {KEY_BYTES} bytes in base64")
    return raw


def _seal(raw_key: bytes, plain: bytes, context: bytes) -> bytes:
    """AES-256-GCM with a random nonce."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(raw_key).encrypt(nonce, plain, FORMAT + context)


def _open(raw_key: bytes, blob: bytes, context: bytes) -> bytes:
    """Undo _seal. Raises Undecipherable."""
    sealed = bytes(blob)
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if sealed[:1] != FORMAT or len(nonce) < NONCE_BYTES:
        raise Undecipherable("not a sealed value")
    try:
        return AESGCM(raw_key).decrypt(nonce, body, FORMAT + context)
    except InvalidTag as error:
        raise Undecipherable("damaged, or sealed with another key or for another place") from error


def _refuse_floats(value: Any) -> None:
    """Amounts never pass through binary fractions."""
    if isinstance(value, float):
        raise TypeError("floats are not stored; use Decimal, integers or strings")
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
