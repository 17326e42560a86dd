"""Looking into a file somebody hands in for checking. Run as a program of its own: python -m papers.seals.inspection

It is asked with the trusted certificates (PEM texts), and answers which verification codes stand in the file and what
is to be said of its signature.
"""

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

import pikepdf
import pypdfium2
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from papers.seals import limits

MOST_PAGES, MOST_CODES, MOST_ATTACHED = 60, 8, limits.MEGABYTE
ADDRESS = re.compile(r"/verify/([2-9A-HJ-NP-Z]{12})\b")
PRINTED = re.compile(r"\b([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})\b")
NONE, GOOD, CHANGED, STRANGE, UNKNOWN = "none", "good", "changed", "strange", "unknown"


@dataclass(frozen=True)
class Findings:
    """What was found. `codes`: verification codes of papers that stand in the file, as it itself says.

    `signature`: none; good (by a trusted certificate, over the whole file, nothing changed); changed (the file is not
    what was signed); strange (signed by somebody we do not trust); unknown (nobody could look).
    `signer` and `serial` tell whose certificate it is.
    """

    codes: tuple[str, ...] = ()
    signature: str = NONE
    signer: str = ""
    serial: str = ""


def main() -> None:
    """Read, look, write."""
    limits.keep()
    roots, content = limits.asked()
    limits.answer(asdict(found(content, roots)))


def found(pdf: bytes, roots: list[str]) -> Findings:
    """Everything that can be found in a file, however broken."""
    codes = _without_fault(_codes_attached, pdf) + _without_fault(_codes_printed, pdf)
    return Findings(tuple(dict.fromkeys(codes))[:MOST_CODES], *_signature(pdf, roots))


def _without_fault(look: Callable[[bytes], list[str]], pdf: bytes) -> list[str]:
    """What one way of looking finds; libraries throw all kinds of errors at broken files."""
    try:
        return look(pdf)
    except Exception:  # noqa: BLE001 - whatever it is, this way finds nothing
        return []


def _codes_attached(pdf: bytes) -> list[str]:
    """The code in the data that each of our papers carries, and in the addresses of its links."""
    codes = []
    with pikepdf.open(io.BytesIO(pdf)) as book:
        for attached in list(book.attachments.values())[:MOST_CODES]:
            text = attached.get_file().read_bytes()[:MOST_ATTACHED].decode("utf-8", "replace")
            codes += ADDRESS.findall(text)
        for page in list(book.pages)[:MOST_PAGES]:
            for note in page.get("/Annots", []):
                codes += ADDRESS.findall(str(note.get("/A", {}).get("/URI", "")))
    return codes


def _codes_printed(pdf: bytes) -> list[str]:
    """The codes that people read on the pages."""
    codes = []
    book = pypdfium2.PdfDocument(pdf)
    for number in range(min(len(book), MOST_PAGES)):
        text = book[number].get_textpage().get_text_bounded()
        codes += ADDRESS.findall(text) + [code.replace("-", "") for code in PRINTED.findall(text)]
    return codes


def _signature(pdf: bytes, roots: list[str]) -> tuple[str, str, str]:
    try:
        signatures = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
        return _judged(signatures[0], roots) if signatures else (NONE, "", "")
    except Exception:  # noqa: BLE001 - a signature that cannot be read proves nothing
        return (CHANGED if b"/ByteRange" in pdf else NONE), "", ""


def _judged(signature: EmbeddedPdfSignature, roots: list[str]) -> tuple[str, str, str]:
    """The first signature: ours is the only one on a paper, and nothing may follow it."""
    certificate = signature.signer_cert
    whose = certificate.subject.native.get("common_name", ""), f"{certificate.serial_number:x}"
    # Judged as of when it was made: a paper outlives the certificate it was signed with.
    moment = signature.self_reported_timestamp
    context = ValidationContext(
        trust_roots=_certificates(roots), allow_fetching=False, moment=moment, revocation_mode="soft-fail"
    )
    status = _apart(lambda: validate_pdf_signature(signature, context))
    if not (status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE):
        return CHANGED, *whose
    return (GOOD if status.trusted and status.bottom_line else STRANGE), *whose


def _apart(judge: Callable[[], PdfSignatureStatus]) -> PdfSignatureStatus:
    """In a thread of its own: the library runs an event loop, and one may be running already where it is called."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(judge).result()


def _certificates(texts: list[str]) -> list[x509.Certificate]:
    found = [der for text in texts for *_head, der in pem.unarmor(text.encode(), multiple=True)]
    return [x509.Certificate.load(der) for der in found]


if __name__ == "__main__":
    main()
