"""What the public pages about papers have in common."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from papers.models import Paper
from people import throttle
from people.day_words import day_in_words

MINUTE = 60
NOT_FOR_SEARCH_ENGINES = "noindex, nofollow, noarchive"


def too_many(request: HttpRequest, act: str, most: int) -> HttpResponse | None:
    """A page that asks to wait, for a visitor who did this more than `most` times in a minute; else None."""
    if throttle.allowed(request, act, most, MINUTE):
        return None
    return render(request, "papers/too_many.html", status=429)


def form(request: HttpRequest, typed: str = "", fault: str = "", file_fault: str = "") -> HttpResponse:
    """Both ways to check a paper: by its code, by its file; what is wrong stands at its field."""
    faults = [("code", fault), ("file", file_fault)]
    errors = [{"message": message, "target": target} for target, message in faults if message]
    context = {"typed": typed[:40], "fault": fault, "file_fault": file_fault, "errors": errors}
    return render(request, "papers/verify.html", context, status=422 if errors else 200)


def rows(paper: Paper) -> list[dict[str, str]]:
    """What the public may know of a paper: enough to compare it with the one in hand."""
    told = [
        (_("文书种类"), paper.get_kind_display()),
        (_("事项"), paper.public_title),
        (_("发文机关"), paper.office.label),
        (_("发文字号"), paper.number),
        (_("成文日期"), day_in_words(timezone.localdate(paper.issued_at))),
        (_("收件人"), paper.addressee_masked),
        *_followers(paper),
    ]
    return [{"key": key, "value": value} for key, value in told if value]


def _followers(paper: Paper) -> list[tuple[str, str]]:
    """The papers that came after this one and say something about it: nothing follows one that is simply valid."""
    told: list[tuple[str, str]] = []
    if paper.status == Paper.Status.VALID:
        return told
    if hasattr(paper, "superseded_by"):
        revoked = paper.status == Paper.Status.REVOKED
        told.append((_("撤销它的文书") if revoked else _("替代它的文书"), paper.superseded_by.number))
    return told + [(_("更正它的文书"), later.number) for later in paper.corrections.order_by("pk")]
