"""Seals whose keys lie on this machine: one PKCS#12 file a seal among settings.SEAL_KEYS, the passphrase in a setting.

The files are the site's, not the project's: whoever runs it gets them from a certificate authority.
"""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings

from papers.models import Seal
from papers.seals import keys, signing
from papers.seals.faults import SealKeyMissing

SEALS_KEPT = 64


class Pkcs12:
    """Signs with keys from PKCS#12 files."""

    def sign(self, pdf: bytes, seal: Seal, said: signing.Statement) -> bytes:
        """See SealProvider."""
        return signing.sign(pdf, _signer(seal.key_file, seal.certificate), said)


def opened(name: str) -> tuple[RSAPrivateKey, str]:
    """Key and certificates (PEM, the seal's own first) of a file. Raises SealKeyMissing."""
    path = Path(settings.SEAL_KEYS) / Path(name).name
    try:
        found = pkcs12.load_pkcs12(path.read_bytes(), settings.SEAL_PASSPHRASE.encode() or None)
    except (OSError, ValueError) as error:
        raise SealKeyMissing from error
    if not isinstance(found.key, RSAPrivateKey) or found.cert is None:
        raise SealKeyMissing
    chain = [found.cert, *found.additional_certs]
    return found.key, "".join(each.certificate.public_bytes(Encoding.PEM).decode() for each in chain)


@lru_cache(SEALS_KEPT)
def _signer(name: str, certificate: str) -> signing.KeyInMemory:
    key, _certificates = opened(name)
    return keys.signer(key, certificate)
