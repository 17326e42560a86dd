"""A paper checked by its file. The file is looked at in memory and forgotten."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from papers.models import Seal
from papers.seals import checking
from papers.seals.checking import ALTERED, GENUINE, Verdict
from papers.seals.inspection import CHANGED, GOOD, NONE, UNKNOWN
from papers.views.parts import form, rows, too_many
from people.refusals import Invalid

CHECKS_A_MINUTE = 6


def check(request: HttpRequest) -> HttpResponse:
    """The verdict on the file that was sent; 422 with the form when it cannot be looked at."""
    refused = too_many(request, "verify-file", CHECKS_A_MINUTE)
    if refused is not None:
        return refused
    upload = request.FILES.get("file")
    content = upload.read(settings.UPLOAD_MAX_BYTES + 1) if upload else b""
    try:
        verdict = checking.check(content)
    except Invalid as refusal:
        return form(request, file_fault=refusal.message)
    return render(request, "papers/file_result.html", _told(verdict))


def _told(verdict: Verdict) -> dict[str, object]:
    paper = verdict.paper
    ours = [] if paper is None else rows(paper)
    if verdict.outcome == GENUINE:
        ours += [{"key": _("这个文件"), "value": _copy(verdict)}]
    ours += [{"key": _("电子签名"), "value": _signature(verdict)}]
    return {"paper": paper, "rows": ours, "outcome": verdict.outcome, "altered": verdict.outcome == ALTERED}


def _copy(verdict: Verdict) -> str:
    return {
        checking.WHOLE: _("同本站签发的文件一字不差。"),
        checking.BEFORE_SIGNING: _("内容同本站签发的文件一字不差，但是没有电子签名。"),
        checking.LARGE: _("同本站制作的大字版一字不差。大字版没有电子签名，要有签名的请用标准版。"),
        checking.SCANNED: _("同发文机关存档的盖章扫描件一字不差。"),
    }[verdict.copy]


def _signature(verdict: Verdict) -> str:
    found = verdict.findings
    if found.signature == GOOD:
        said = _("有效。签名人：%(signer)s，证书序列号：%(serial)s。签名后文件没有改动，证书由本站信任的机构颁发。")
        return said % {"signer": _signer(found.serial, found.signer), "serial": found.serial}
    if found.signature == CHANGED:
        return _("无效：签名以后文件被改动过，或者签名已经损坏。")
    if found.signature == NONE:
        return _("这个文件没有电子签名。")
    if found.signature == UNKNOWN:
        return _("这次没有查成。请稍后再核验一次。")
    return _("不可信：签名的证书不属于本站登记的印章。")


def _signer(serial: str, certified: str) -> str:
    """The office as the register names it; else as its certificate does."""
    seal = Seal.objects.filter(serial=serial).select_related("office").first()
    return seal.office.label if seal else certified
