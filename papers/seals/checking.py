"""Whether a file somebody holds is a paper of ours, byte for byte; nothing of the file is kept."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import magic
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from papers.models import Paper, Seal
from papers.seals import aside, demo
from papers.seals.inspection import GOOD, STRANGE, UNKNOWN, Findings
from people.refusals import Invalid

PDF = "application/pdf"
SNIFFED_BYTES = 8192
MEGABYTE = 1024 * 1024
GENUINE, ALTERED, NOT_OURS = "genuine", "altered", "not_ours"
WHOLE, BEFORE_SIGNING, SCANNED, LARGE = "whole", "before_signing", "scanned", "large"
PROGRAM = "papers.seals.inspection"


@dataclass(frozen=True)
class Verdict:
    """`outcome`: genuine (a file of ours, unchanged), altered (it names a paper of ours but is not its file), not_ours.

    `copy`: which of the files kept of a paper it is: whole, before_signing, scanned or
    large (the large print); "" for no file of ours.
    """

    outcome: str
    paper: Paper | None
    copy: str
    findings: Findings


def check(content: bytes) -> Verdict:
    """The verdict on a file. Raises Invalid, with what to do, when it is no PDF that can be looked at."""
    _sniffed(content)
    findings, known = inspected(content), _kept(hashlib.sha256(content).hexdigest())
    if known is not None:
        return Verdict(GENUINE, *known, findings)
    findings = _trusted_still(findings)
    named = Paper.objects.filter(verify_code__in=findings.codes).select_related("office", "superseded_by").first()
    return Verdict(ALTERED if named else NOT_OURS, named, "", findings)


def inspected(content: bytes) -> Findings:
    """What a process of its own finds in the file; nothing where it came to no end."""
    try:
        found = aside.ask(PROGRAM, list(trusted()), content)
    except aside.NoAnswer:
        return Findings(signature=UNKNOWN)
    return _by_a_seal_of_ours(Findings(**found | {"codes": tuple(found["codes"])}))


def trusted() -> Iterator[str]:
    """The certificates (PEM) of the authorities by which this site trusts seals."""
    path = Path(settings.SEAL_ROOTS)
    if path.exists():
        yield path.read_text()
    if settings.DEMO and (own := demo.root()):
        yield own


def _by_a_seal_of_ours(findings: Findings) -> Findings:
    """A good signature is one by a seal of the register: an authority certifies others too."""
    return _unless(Seal.objects.filter(serial=findings.serial), findings)


def _trusted_still(findings: Findings) -> Findings:
    """Of a file we never kept, the time of signing is what the signer says: by a withdrawn seal it proves nothing."""
    return _unless(Seal.objects.filter(serial=findings.serial, withdrawn_at__isnull=True), findings)


def _unless(seals: QuerySet[Seal], findings: Findings) -> Findings:
    """The findings; a good signature by none of the seals is a stranger's."""
    if findings.signature != GOOD or seals.exists():
        return findings
    return replace(findings, signature=STRANGE)


def _sniffed(content: bytes) -> None:
    if not content:
        raise _refused(_("请选择要核验的PDF文件。文件不能是空的。"))
    if len(content) > settings.UPLOAD_MAX_BYTES:
        text = _("文件超过%(limit)s兆，本站的文书没有这么大。请改用核验码核验。")
        raise _refused(text % {"limit": settings.UPLOAD_MAX_BYTES // MEGABYTE})
    if magic.from_buffer(content[:SNIFFED_BYTES], mime=True) != PDF:
        raise _refused(_("这里只能核验PDF文件。照片或者纸质文书请用核验码或者二维码核验。"))


def _refused(message: str) -> Invalid:
    return Invalid(message, errors={"file": message})


def _kept(sha256: str) -> tuple[Paper, str] | None:
    """The paper of which these are the bytes of a file, and of which."""
    ways = {
        WHOLE: Q(pdf_sha256=sha256),
        BEFORE_SIGNING: Q(unsigned_sha256=sha256),
        SCANNED: Q(scans__sha256=sha256),
        LARGE: Q(renditions__pdf_sha256=sha256),
    }
    for copy, condition in ways.items():
        paper = Paper.objects.filter(condition).select_related("office", "superseded_by").first()
        if paper is not None:
            return paper, copy
    return None
