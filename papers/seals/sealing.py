"""Sealing a rendered paper: with which seal, what the signature says, and what is kept of it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from papers.content import PaperContent
from papers.models import Paper, Seal
from papers.seals import keys, register
from papers.seals.providers import provider_of
from papers.seals.signing import Statement
from people.models import Office

REASON = "签发公文"


@dataclass(frozen=True)
class Sealed:
    """A file ready to be kept. `seal` is None, and `unsigned_sha256` empty, where it was not signed."""

    pdf: bytes
    seal: Seal | None = None
    unsigned_sha256: str = ""

    @property
    def columns(self) -> dict[str, object]:
        """What the paper's row keeps of it."""
        sha256 = hashlib.sha256(self.pdf).hexdigest()
        return {"pdf_sha256": sha256, "unsigned_sha256": self.unsigned_sha256, "seal": self.seal}


def drawn(content: PaperContent, seal: Seal | None, office: Office) -> PaperContent:
    """The content with the seal drawn where it is signed, and its place free where it is sealed by hand."""
    if seal is not None:
        return replace(content, sealed=True)
    by_hand = register.sealed_by_hand(office, timezone.localdate())
    return replace(content, seal_note="") if by_hand else content


def seal(paper: Paper, pdf: bytes) -> Sealed:
    """The file as it is kept: signed where the paper has an electronic seal. Raises SealFault.

    The same paper and seal give the same bytes, whoever signs and when: the time it states is that of issue, or when
    the certificate began where that was later.
    """
    if paper.seal is None:
        return Sealed(pdf)
    used = register.usable(paper.seal, timezone.localdate())
    said = Statement(used.name, max(paper.issued_at, keys.begins(used.certificate)), REASON)
    return Sealed(provider_of(used).sign(pdf, used, said), used, hashlib.sha256(pdf).hexdigest())


def enter(paper: Paper, sealed: Sealed, at: datetime) -> None:
    """Enter into the register what was signed; the caller's transaction has just kept the file."""
    if sealed.seal is not None:
        register.enter_signature(paper, sealed.seal, at)
