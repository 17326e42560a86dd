"""Looking into a file somebody hands in for checking. Run as a program of its own: python -m papers.seals.inspection

Nothing of a stranger's file is opened where the site runs: this process has limits of its own, and whatever becomes of
it, the site goes on. It reads one line of trusted certificates (JSON, PEM texts), then the file, and writes one line of
JSON: the verification codes that stand in the file, and what is to be said of its signature. It knows no database.
"""

import io
import json
import logging
import re
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass

import pikepdf
import pypdfium2
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

MEGABYTE = 1024 * 1024
MOST_MEMORY, MOST_SECONDS = 1024 * MEGABYTE, 10
MOST_PAGES, MOST_CODES, MOST_ATTACHED = 60, 8, MEGABYTE
ADDRESS = re.compile(r"/verify/([2-9A-HJ-NP-Z]{12})\b")
PRINTED = re.compile(r"\b([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})\b")
NONE, GOOD, CHANGED, STRANGE = "none", "good", "changed", "strange"


@dataclass(frozen=True)
class Findings:
    """What was found. `codes`: verification codes of papers that stand in the file, as it itself says.

    `signature`: none; good (by a trusted certificate, over the whole file, nothing changed); changed (the file is not
    what was signed); strange (signed by somebody we do not trust). `signer` and `serial` tell whose certificate it is.
    """

    codes: tuple[str, ...] = ()
    signature: str = NONE
    signer: str = ""
    serial: str = ""


def main() -> None:
    """Read, look, write."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    roots = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(asdict(found(sys.stdin.buffer.read(), roots))) + "\n")


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
    status = validate_pdf_signature(signature, context)
    if not (status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE):
        return CHANGED, *whose
    return (GOOD if status.trusted and status.bottom_line else STRANGE), *whose


def _certificates(texts: list[str]) -> list[x509.Certificate]:
    found = [der for text in texts for *_head, der in pem.unarmor(text.encode(), multiple=True)]
    return [x509.Certificate.load(der) for der in found]


if __name__ == "__main__":
    main()
