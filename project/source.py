"""The licence promises every visitor the source of the version that serves them; this page keeps the promise."""

import shutil
import subprocess
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

UNKNOWN = ""
GIT = shutil.which("git")


def _git(*arguments: str) -> list[str]:
    """The command line of a read-only git call on this source tree."""
    return [GIT or "git", "-C", str(settings.BASE_DIR), *arguments]


@lru_cache(maxsize=1)
def running_version() -> str:
    """The commit this process was started from; empty where the source tree is no repository."""
    if GIT is None:
        return UNKNOWN
    asked = subprocess.run(_git("rev-parse", "HEAD"), capture_output=True, text=True, timeout=10, check=False)
    return asked.stdout.strip() if asked.returncode == 0 else UNKNOWN


def source(request: HttpRequest) -> HttpResponse:
    """Name the licence and link to the source of the running version."""
    return render(request, "source.html", {"source_url": settings.SOURCE_URL, "version": running_version()})


def licence(request: HttpRequest) -> HttpResponse:
    """The licence text itself."""
    return HttpResponse((settings.BASE_DIR / "LICENSE").read_bytes(), content_type="text/plain; charset=utf-8")


def archive(request: HttpRequest) -> FileResponse:
    """The source of the running version as one archive."""
    version = running_version()
    if not version:
        raise Http404
    packed = subprocess.run(_git("archive", "--format=tar.gz", version), capture_output=True, timeout=60, check=True)
    return FileResponse(BytesIO(packed.stdout), as_attachment=True, filename=f"zhida-{version[:12]}.tar.gz")
