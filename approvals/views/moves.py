"""The page of the moves an official may make in a case, and making one."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from applications.models import Application
from approvals import review, scope
from approvals.forms.moves import MoveForm
from approvals.models import Move
from approvals.moves import copying, handing, offers, recusing, seating, taking_back, urging
from approvals.moves.offers import Offer
from approvals.moves.record import readable_words
from audit import chain
from people.access import official_required
from people.models import User
from people.posts import roles_of
from people.refusals import Conflict, Invalid
from people.roles import CASE_ROLES, DESK_ROLES
from workflows.models import WorkItem

Kind = Move.Kind
TITLES: dict[str, Promise] = {
    Kind.HAND_OVER: gettext_lazy("转办给同事"),
    Kind.DELEGATE: gettext_lazy("委托同事提意见"),
    Kind.DELEGATE_BACK: gettext_lazy("交回受托意见"),
    Kind.CALL_BACK: gettext_lazy("收回委托的件"),
    Kind.ADD_SEAT: gettext_lazy("加签请人提意见"),
    Kind.DROP_SEAT: gettext_lazy("减去这一席位"),
    Kind.COPY: gettext_lazy("抄送给他人"),
    Kind.URGE: gettext_lazy("催促办理"),
    Kind.TAKE_BACK: gettext_lazy("撤回我的意见"),
    Kind.REASSIGN: gettext_lazy("改派给他人"),
    Kind.RECUSE: gettext_lazy("申请回避"),
}
# What each move is for, in a sentence.
HINTS: dict[str, Promise] = {
    Kind.HAND_OVER: gettext_lazy("交给同岗位的同事办理，以后由对方负责。"),
    Kind.DELEGATE: gettext_lazy("请同岗位的同事先提出意见，意见回来以后仍由您办理。"),
    Kind.DELEGATE_BACK: gettext_lazy("写明您的意见，此件回到委托人手中。您从此算作本环节的经办人。"),
    Kind.CALL_BACK: gettext_lazy("不再等对方的意见，由您自己继续办理。"),
    Kind.ADD_SEAT: gettext_lazy("请本县市或上级机关的审核人员在本环节提出意见。不延长办理期限。"),
    Kind.DROP_SEAT: gettext_lazy("不再等这一席位的意见。对方已经提出意见的不能减签。"),
    Kind.COPY: gettext_lazy("让其他工作人员查看本案；对方只能看，不能办。"),
    Kind.URGE: gettext_lazy("提醒现在的办理人尽快办理。三个工作日内只能催一次。"),
    Kind.TAKE_BACK: gettext_lazy("下一环节还没有签收或办理时，收回您的意见，重新办理。原意见留在记录里。"),
    Kind.REASSIGN: gettext_lazy("由督办人员把此件交给另一位工作人员。"),
    Kind.RECUSE: gettext_lazy("您与本案有利害关系时申请回避。回避以后不能再参与本案，不能撤销。"),
}
DONE: dict[str, Promise] = {
    Kind.HAND_OVER: gettext_lazy("已转办。"),
    Kind.DELEGATE: gettext_lazy("已委托，等待对方提出意见。"),
    Kind.DELEGATE_BACK: gettext_lazy("意见已交回委托人。"),
    Kind.CALL_BACK: gettext_lazy("已收回委托，由您继续办理。"),
    Kind.ADD_SEAT: gettext_lazy("已加签。"),
    Kind.DROP_SEAT: gettext_lazy("已减签。"),
    Kind.COPY: gettext_lazy("已抄送。"),
    Kind.URGE: gettext_lazy("已催办。"),
    Kind.TAKE_BACK: gettext_lazy("已撤回，请重新办理。"),
    Kind.REASSIGN: gettext_lazy("已改派。"),
    Kind.RECUSE: gettext_lazy("已回避，此件由其他工作人员办理。"),
}
Act = Callable[[User, Application, Offer, dict[str, Any], datetime], object]


def _with_item(service: Callable[..., object], *names: str) -> Act:
    """A service that takes the item, these fields of the form, the words and the time."""

    def act(user: User, _application: Application, offer: Offer, given: dict[str, Any], at: datetime) -> object:
        return service(user, offer.item.pk, *(given[name] for name in names), given["text"], at)

    return act


def _add_seat(user: User, _application: Application, offer: Offer, given: dict[str, Any], at: datetime) -> object:
    office, placement, text = given["office"], given["placement"], given["text"]
    return seating.add_seat(user, offer.item.pk, office, placement, text, at, named=given["named"])


def _copy(user: User, application: Application, _offer: Offer, given: dict[str, Any], at: datetime) -> object:
    return copying.copy(user, application, given["to_users"], given["text"], at)


ACTS: dict[str, Act] = {
    Kind.HAND_OVER: _with_item(handing.hand_over, "to_user"),
    Kind.DELEGATE: _with_item(handing.delegate, "to_user"),
    Kind.DELEGATE_BACK: _with_item(handing.delegate_back),
    Kind.CALL_BACK: _with_item(handing.call_back),
    Kind.ADD_SEAT: _add_seat,
    Kind.DROP_SEAT: _with_item(seating.drop_seat),
    Kind.COPY: _copy,
    Kind.URGE: _with_item(urging.urge),
    Kind.TAKE_BACK: _with_item(taking_back.take_back),
    Kind.REASSIGN: _with_item(handing.reassign, "to_user"),
    Kind.RECUSE: _with_item(recusing.recuse),
}


@official_required(*DESK_ROLES)
@never_cache
@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The moves open to the official in this case, each a small form. The read is recorded before anything is sent."""
    application = review.case_for(request.user, public_id, timezone.now())
    return _page(request, application)


@official_required(*DESK_ROLES)
@never_cache
@require_POST
def make(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Make one move. What is wrong comes back beside the field; who was first, as a page of its own."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    try:
        offer = offers.offer_for(kind, request.user, application, _item(request), at)
        form = MoveForm(offer, request.POST)
        if not form.is_valid():
            return _page(request, application, form)
        ACTS[kind](request.user, application, offer, form.cleaned_data, at)
    except Invalid as refused:
        form.add_refused(refused.errors, str(refused.message))
        return _page(request, application, form)
    except Conflict as conflict:
        return _conflict(request, application, conflict)
    messages.success(request, DONE[kind])
    return redirect(_after(request.user, application))


@official_required(*DESK_ROLES)
@require_POST
def acknowledge(request: HttpRequest, public_id: str) -> HttpResponse:
    """已阅: the official has read what was copied to them."""
    at = timezone.now()
    application = review.case_for(request.user, public_id, at)
    copying.mark_read(request.user, application, at)
    messages.success(request, _("已阅。"))
    return redirect(_after(request.user, application))


def _item(request: HttpRequest) -> int | None:
    text = request.POST.get("item") or ""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _after(user: User, application: Application) -> str:
    """The case, where they may still see it and read it; else the list."""
    sees = scope.visible_cases(user, timezone.now()).filter(pk=application.pk).exists()
    if sees and roles_of(user) & CASE_ROLES:
        return reverse("approvals:review", args=[application.public_id])
    return reverse("approvals:inbox")


def _page(request: HttpRequest, application: Application, sent: MoveForm | None = None) -> HttpResponse:
    """The page; a form that was sent and refused stands in its place, open, with what was typed."""
    found = offers.offers_of(request.user, application, timezone.now())
    if sent is not None and sent.offer.key not in {offer.key for offer in found}:
        found.insert(0, sent.offer)
    chain.record_read(request.user.username, "case.read", subject=application.public_id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent is not None else HTTPStatus.OK
    context = {
        "application": application,
        "moves": [_shown(offer, application, sent) for offer in found],
        "copies": [(one, readable_words(one)) for one in offers.unread_copies(request.user, application)],
        "form": sent,
        "back_url": _after(request.user, application),
    }
    return render(request, "approvals/moves/page.html", context, status=status)


def _shown(offer: Offer, application: Application, sent: MoveForm | None) -> dict[str, Any]:
    mine = sent is not None and sent.offer.key == offer.key
    return {
        "key": offer.key,
        "title": TITLES[offer.kind],
        "what": _what(offer.item, application) if offer.item else "",
        "hint": HINTS[offer.kind],
        "form": sent if mine else MoveForm(offer),
        "open": mine,
        "url": reverse("approvals:move", args=[application.public_id, offer.kind]),
    }


def _what(item: WorkItem, application: Application) -> str:
    """Which item a move is about: stage, office, who has it."""
    stage = str(application.definition.stage(item.stage).label)
    if item.placement:
        stage = _("%(name)s（%(more)s）") % {"name": stage, "more": item.get_placement_display()}
    who = f" · {item.owner}" if item.owner else ""
    return f"{stage} · {item.queue.office.label}{who}"


def _conflict(request: HttpRequest, application: Application, conflict: Conflict) -> HttpResponse:
    """What happened meanwhile, and the words that were not sent, to be copied."""
    context = {
        "application": application,
        "message": conflict.message,
        "latest": application.opinions.select_related("official", "office").order_by("-pk").first(),
        "typed": request.POST.get("text", ""),
        "again_url": reverse("approvals:moves", args=[application.public_id]),
        "inbox_url": reverse("approvals:inbox"),
    }
    return render(request, "approvals/conflict.html", context, status=HTTPStatus.CONFLICT)
