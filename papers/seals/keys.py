"""Keys and certificates as the signing needs them: read once a process."""

from datetime import datetime

from asn1crypto import pem, x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from papers.seals.faults import SealKeyMissing
from papers.seals.signing import KeyInMemory


def certificates(text: str) -> list[x509.Certificate]:
    """The certificates of a PEM text, the seal's own first."""
    return [x509.Certificate.load(der) for _kind, _headers, der in pem.unarmor(text.encode(), multiple=True)]


def signer(key: RSAPrivateKey, certificate: str) -> KeyInMemory:
    """What signs with this key under this certificate (PEM, its issuers after it).

    Raises SealKeyMissing when they do not belong together.
    """
    own, *issuers = certificates(certificate)
    if own.public_key.dump() != key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo):
        raise SealKeyMissing
    return KeyInMemory(key, own, issuers)


def begins(certificate: str) -> datetime:
    """From when a certificate (PEM, its issuers after it) is valid."""
    return certificates(certificate)[0].not_valid_before


def serial_of(certificate: x509.Certificate) -> str:
    """The serial number as the register keeps it: hexadecimal."""
    return f"{certificate.serial_number:x}"
