"""One issued paper before officials: how it was served, what became of it, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from applications import papers_shown, receiving
from applications.models import Application
from applications.views.files import file_response
from approvals import review
from approvals.forms.issued import IssuedForm, ServiceForm, SlipForm, VoidForm
from approvals.history.entries import readable
from approvals.issued import access, correcting, recording, voiding
from approvals.models import PaperCorrection
from audit import chain
from papers import reading, serving
from papers import voiding as void_rules
from papers.forms_of_reading import shown
from papers.models import Paper, PaperService
from people import vault
from people.access import official_required
from people.refusals import Conflict, Invalid, NotFound
from people.roles import DESK_ROLES

FORMS: dict[str, type[IssuedForm]] = {
    "serve": ServiceForm,
    "amend": ServiceForm,
    "propose": SlipForm,
    "void": VoidForm,
}
TITLES: dict[str, Promise] = {
    "serve": _("登记送达"),
    "amend": _("更正送达登记"),
    "propose": _("提出更正"),
    "void": _("作废"),
}
DONE: dict[str, Promise] = {
    "serve": _("已登记送达，申请人会看到。"),
    "amend": _("已更正送达登记，原登记保留。"),
    "propose": _("已提出更正，等待另一名工作人员签发。"),
    "sign": _("已签发更正决定书，原文书不变。"),
    "drop": _("已作不予更正处理。"),
    "void": _("已作废，文号保留在登记簿里。"),
}
FILE_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@official_required(*DESK_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The paper (GET), and one act on it (POST): serve, amend, propose, sign, drop, void."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    paper = access.paper_for(request.user, public_id, pk, at)
    if request.method != "POST":
        return _page(request, application, paper, at)
    act = request.POST.get("act", "")
    if act in ("sign", "drop"):
        _close(request, public_id, act, at)
    else:
        form = _form(act, request.POST, request.FILES) if act in FORMS else VoidForm({})
        if act not in FORMS or not form.is_valid():
            return _page(request, application, paper, at, (act, form))
        try:
            _do(request, public_id, pk, act, form, at)
        except Invalid as refused:
            form.add_refused(refused.errors, str(refused.message))
            return _page(request, application, paper, at, (act, form))
    messages.success(request, DONE[act])
    return redirect("approvals:paper", public_id, pk)


def _close(request: HttpRequest, public_id: str, act: str, at: datetime) -> None:
    given = request.POST.get("correction", "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0
    closing = correcting.sign if act == "sign" else correcting.drop
    closing(request.user, public_id, number, at)


def _do(request: HttpRequest, public_id: str, pk: int, act: str, form: IssuedForm, at: datetime) -> None:
    user = request.user
    acts: dict[str, Callable[[], object]] = {
        "serve": lambda: recording.record(user, public_id, pk, form.recorded(), at),
        "amend": lambda: recording.record(user, public_id, pk, form.recorded(), at, anew=True),
        "propose": lambda: correcting.propose(user, public_id, pk, form.slip(), at),
        "void": lambda: voiding.void(user, public_id, pk, form.cleaned_data["reason"], at),
    }
    acts[act]()


def _form(act: str, *data: Any) -> IssuedForm:
    """A form whose fields have ids of their own: several stand on the page."""
    return FORMS[act](*data, auto_id=f"{act}-%s")


def _page(
    request: HttpRequest,
    application: Application,
    paper: Paper,
    at: datetime,
    sent: tuple[str, IssuedForm] | None = None,
) -> HttpResponse:
    today = timezone.localdate(at)
    opened = receiving.first_opened(application.public_id, [paper]).get(paper.pk)
    chain.record_read(request.user.username, "paper.read", subject=application.public_id, data={"paper": paper.number})
    context = {
        "application": application,
        "paper": paper,
        "title": paper.label,
        "content": reading.content(paper),
        "standing": papers_shown.standing_of(paper, today, opened),
        "services": [_told(service) for service in paper.services.select_related("recorded_by").order_by("-pk")],
        "voided": _voided(paper),
        "corrections": [_correction(request, one, at) for one in _slips(paper)],
        "acts": [
            (act, TITLES[act], sent[1] if sent and sent[0] == act else _form(act), bool(sent and sent[0] == act))
            for act in _offered(request, application, paper, at)
        ],
        "form": sent[1] if sent else None,
        "forms": shown.forms_of(paper, application.filed_by),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return render(request, "approvals/issued/paper.html", context, status=status)


def _offered(request: HttpRequest, application: Application, paper: Paper, at: datetime) -> list[str]:
    """What this official can do with the paper now; the services check again."""
    offered = []
    if access.office_standing(request.user, application, paper, at) is not None:
        offered += ["serve"] if serving.waits_for_service(paper) else []
        amendable = paper.served_on and paper.status != Paper.Status.VOID
        offered += ["amend"] if amendable and access.may_amend_service(request.user, application, paper, at) else []
        waits = paper.slips.filter(state=PaperCorrection.State.PROPOSED).exists()
        offered += ["propose"] if not correcting.why_not(paper) and not waits else []
    if not void_rules.why_not(paper) and access.may_void(request.user, application, paper, at):
        offered.append("void")
    return offered


def _slips(paper: Paper) -> list[PaperCorrection]:
    related = ("application__data_key", "proposed_by", "closed_by", "corrigendum", "paper__office")
    return list(paper.slips.select_related(*related).order_by("-pk"))


def _correction(request: HttpRequest, proposal: PaperCorrection, at: datetime) -> dict[str, Any]:
    user, application, waits = request.user, proposal.application, proposal.state == PaperCorrection.State.PROPOSED
    mine = user.pk == proposal.proposed_by_id
    signs = access.may_sign(user, application, proposal.paper, at) if waits else False
    key = application.data_key
    return {
        "proposal": proposal,
        "wrong": readable(key, proposal.wrong, correcting.WRONG),
        "right": readable(key, proposal.right, correcting.RIGHT),
        "reason": readable(key, proposal.reason, correcting.REASON),
        "may_sign": waits and signs and not mine,
        "may_drop": waits and (signs or mine),
    }


def _told(service: PaperService) -> tuple[PaperService, serving.Details | None]:
    """A service with its details; None where they cannot be opened."""
    try:
        return service, serving.details_of(service)
    except vault.VaultError:
        return service, None


def _voided(paper: Paper) -> tuple[Any, str] | None:
    if paper.status != Paper.Status.VOID:
        return None
    return paper.voiding, readable(paper.data_key, paper.voiding.reason, void_rules.reason_context(paper))


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def proof(request: HttpRequest, public_id: str, pk: int, service: int) -> HttpResponse:
    """The scan or photo of a service, as a download; opening it is recorded."""
    paper = access.paper_for(request.user, public_id, pk, timezone.now())
    found = paper.services.filter(pk=service).exclude(proof="").first()
    if found is None:
        raise NotFound()
    chain.record_read(
        request.user.username, "paper.proof_read", subject=public_id, data={"paper": paper.number, "service": found.pk}
    )
    try:
        content = serving.proof_bytes(found)
    except (vault.VaultError, FileNotFoundError, reading.Altered) as error:
        raise Conflict(_("这份材料无法打开，可能已经损坏。请联系管理员。"), code="unreadable") from error
    name = f"{paper.verify_code}-{found.pk}.{FILE_ENDINGS[found.proof_type]}"
    return file_response(content, found.proof_type, name)
