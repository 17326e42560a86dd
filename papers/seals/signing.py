"""PAdES-B-B signatures that keep PDF/A and PDF/UA, and are the same bytes in every process.

The signature is one update appended to the file: the unsigned file is the beginning of the signed one, byte for byte.
Nothing in it comes from a clock or from chance: RSA with PKCS#1 v1.5 padding, the time of signing given by the caller,
the file's identifier from its hash. So a second worker that signs the same paper makes the same file.
"""

import hashlib
import io
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from asn1crypto.cms import CMSAttributes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.signers import cms_embedder, pdf_cms
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko_certvalidator.registry import SimpleCertificateStore

from papers.seals import widget

DIGEST = "sha256"
BYTES_FOR_SIGNATURE = 16 * 1024  # hexadecimal digits: two certificates of RSA-4096 and the signature fit in


class QuietWriter(IncrementalPdfFileWriter):
    """Appends to a file and leaves its metadata as they are: rewritten, they would no longer name both standards."""

    def _update_meta(self) -> None:
        """Nothing."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        """The identifier of the paper, and one of this version that comes from its bytes."""
        prev.stream.seek(0)
        version = hashlib.sha256(prev.stream.read()).digest()[:16]
        return generic.ArrayObject([prev.trailer["/ID"][0], generic.ByteStringObject(version)])


class KeyInMemory(pdf_cms.Signer):
    """Signs with a key that was read once: pyHanko's own signer reads and tests it anew for each signature."""

    def __init__(self, key: RSAPrivateKey, certificate: x509.Certificate, chain: list[x509.Certificate]) -> None:
        store = SimpleCertificateStore.from_certs([certificate, *chain])
        super().__init__(signing_cert=certificate, cert_registry=store)
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature of attributes; always the same for the same data."""
        return self.key.sign(data, PKCS1v15(), SHA256())

    async def signed_attrs(self, data_digest: bytes, digest_algorithm: str, *args: Any, **kwargs: Any) -> CMSAttributes:
        """What PAdES asks for, and no more: the kind of content, its hash, and which certificate signs."""
        attributes = {
            "content_type": "data",
            "message_digest": data_digest,
            "signing_certificate_v2": as_signing_certificate_v2(self.signing_cert, digest_algorithm),
        }
        return CMSAttributes([simple_cms_attribute(kind, value) for kind, value in attributes.items()])

    async def unsigned_attrs(self, *args: Any, **kwargs: Any) -> None:
        """None: no time-stamp service is asked."""


@dataclass(frozen=True)
class Statement:
    """What a signature says besides the file: whose it is, when and why it was made."""

    title: str
    at: datetime
    reason: str


def sign(pdf: bytes, signer: KeyInMemory, said: Statement) -> bytes:
    """The signed file. Raises pyHanko's errors when it is no PDF of ours."""
    source = io.BytesIO(pdf)
    writer = QuietWriter(source)
    widget.add(writer, said.title)
    steps = cms_embedder.PdfCMSEmbedder().write_cms(widget.FIELD, writer, existing_fields_only=True)
    next(steps)
    signature = SignatureObject(
        timestamp=said.at,
        subfilter=SigSeedSubFilter.PADES,
        name=said.title,
        reason=said.reason,
        bytes_reserved=BYTES_FOR_SIGNATURE,
    )
    nothing_may_change = cms_embedder.SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    steps.send(cms_embedder.SigObjSetup(signature, mdp_setup=nothing_may_change))
    digest, output = steps.send(cms_embedder.SigIOSetup(DIGEST))
    steps.send(_at_once(signer.async_sign(digest.document_digest, DIGEST, use_pades=True)))
    return output.getvalue()


def _at_once(work: Coroutine[Any, Any, Any]) -> Any:
    """Run what never waits for anything: an event loop a paper would cost time, and fail where one runs already."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    raise RuntimeError("signing with a key in memory waits for nothing")
