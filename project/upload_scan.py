"""Every uploaded file of every page is shown to the virus scanner, where one is configured, before a page sees it."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from people import virus_scan
from people.access import page_before

log = logging.getLogger(__name__)


class UploadScanMiddleware:
    """One place, so that no door for files can be forgotten."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Refuse a request with an infected file, or one nobody can look at; the file is kept nowhere."""
        if request.method != "POST" or not virus_scan.is_on():
            return None
        try:
            clean = all(_is_clean(file) for _name, files in request.FILES.lists() for file in files)
        except virus_scan.ScannerAway as error:
            log.warning("the virus scanner is away: %s", error)
            text = _("现在不能检查文件是否安全，文件没有保存。请过一会儿再上传；着急的，请打办理电话或者到窗口交。")
            return _refused(request, text, "scanner_away", HTTPStatus.SERVICE_UNAVAILABLE)
        if clean:
            return None
        log.warning("an infected file was refused")
        text = _("文件里发现病毒，没有保存。请换一台设备重新拍照或者扫描，再上传。")
        return _refused(request, text, "infected", HTTPStatus.UNPROCESSABLE_ENTITY)


def _is_clean(file: Any) -> bool:
    content = file.read()
    file.seek(0)
    return virus_scan.is_clean(content)


def _refused(request: HttpRequest, text: str, code: str, status: HTTPStatus) -> HttpResponse:
    context = {"message": text, "code": code, "back": page_before(request)}
    return render(request, "refused.html", context, status=status)
