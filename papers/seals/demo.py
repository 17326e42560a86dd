"""Seals of a demonstration: certificates of an authority made for it, in VAR_DIR. Their pictures say 样章.

All demo seals share one key, so that a demonstration with hundreds of offices is made in a moment.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

from papers.models import Seal
from papers.seals import keys, signing
from papers.seals.faults import SealKeyMissing

AUTHORITY = "直达演示证书颁发机构（样章专用）"
BITS, EXPONENT = 2048, 65537
MOST_NAME = 64  # bytes of a common name
SEALS_KEPT = 64
LIFETIME = timedelta(days=30 * 365)


@dataclass(frozen=True)
class Authority:
    """The demonstration's authority, and the key that all its seals share."""

    key: rsa.RSAPrivateKey
    seal_key: rsa.RSAPrivateKey
    certificate: x509.Certificate


class DemoCertificate:
    """Signs with the demonstration's key."""

    def sign(self, pdf: bytes, seal: Seal, said: signing.Statement) -> bytes:
        """See SealProvider."""
        return signing.sign(pdf, _signer(_path(), seal.certificate), said)


def certificate_for(name: str, first: date, last: date) -> str:
    """A certificate for a demo seal, valid on these days, and its issuer's after it (PEM)."""
    authority = made()
    subject = _certificate(name, authority.certificate.subject, authority.seal_key, (first, last), is_authority=False)
    return _pem(subject.sign(authority.key, hashes.SHA256())) + _pem(authority.certificate)


def made() -> Authority:
    """The authority of this site; made when there is none yet. Of two processes that make one, the first wins."""
    path = _path()
    if not path.exists():
        _make(path)
    return _read(path)


def root() -> str:
    """The certificate that demo seals are trusted by (PEM); "" where there is none."""
    path = _path()
    return _pem(_read(path).certificate) if path.exists() else ""


def _path() -> Path:
    return Path(settings.VAR_DIR) / "seals" / "demo.pem"


def _make(path: Path) -> None:
    key, seal_key = (rsa.generate_private_key(EXPONENT, BITS) for _each in range(2))
    name, today = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, AUTHORITY)]), date(2020, 1, 1)
    builder = _certificate(AUTHORITY, name, key, (today, today + LIFETIME), is_authority=True)
    text = _private(key) + _private(seal_key) + _pem(builder.sign(key, hashes.SHA256()))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@lru_cache(1)
def _read(path: Path) -> Authority:
    """What the file holds: the authority's key, the key of its seals, its certificate."""
    key, seal_key, certificate = pem.unarmor(path.read_bytes(), multiple=True)
    return Authority(_key(key[2]), _key(seal_key[2]), x509.load_der_x509_certificate(certificate[2]))


def _key(der: bytes) -> rsa.RSAPrivateKey:
    found = load_der_private_key(der, None)
    if not isinstance(found, rsa.RSAPrivateKey):
        raise SealKeyMissing
    return found


def _private(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _certificate(
    name: str, issuer: x509.Name, key: rsa.RSAPrivateKey, days: tuple[date, date], *, is_authority: bool
) -> x509.CertificateBuilder:
    first, last = (datetime.combine(day, time(), timezone.get_default_timezone()) for day in days)
    usage = {"digital_signature": not is_authority, "content_commitment": not is_authority}
    usage |= {"key_cert_sign": is_authority, "crl_sign": is_authority}
    usage |= dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement"), False)
    usage |= dict.fromkeys(("encipher_only", "decipher_only"), False)
    subject = name.encode()[:MOST_NAME].decode(errors="ignore")
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last + timedelta(days=1, seconds=-1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
    )


def _signer_key(path: Path) -> rsa.RSAPrivateKey:
    if not path.exists():
        raise SealKeyMissing
    return _read(path).seal_key


@lru_cache(SEALS_KEPT)
def _signer(path: Path, certificate: str) -> signing.KeyInMemory:
    return keys.signer(_signer_key(path), certificate)
