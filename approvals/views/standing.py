"""我的岗位: one's posts, delegations given and received, relatives and organisations; for supervisors the office's."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.forms.standing import DelegationForm, OrganisationForm, RelativeForm, scheme_titles
from people import delegating, kin
from people.access import official_required
from people.forms import BaseForm
from people.models import Delegation, Post, User
from people.posts import posts_of
from people.refusals import Invalid, NotFound

EVERY_OFFICIAL = Post.Role.values
SUPERVISOR = delegating.SUPERVISOR
FORM = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Row:
    """One delegation as listed: for which schemes in words, and whether the reader may take it back."""

    delegation: Delegation
    schemes: list[str]
    revocable: bool


@official_required(*EVERY_OFFICIAL)
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """One's own posts and what hangs on them."""
    at, user = timezone.now(), request.user
    current = _current(at)
    context = {
        "posts": posts_of(user, at),
        "lendable": delegating.lendable(user.posts.all(), at),
        "given": _rows(user, current.filter(lender=user), at),
        "received": _rows(user, current.filter(to=user), at),
        "relatives": kin.relatives_of(user),
        "organisations": kin.organisations_of(user),
        "supervises": bool(delegating.supervised_offices(user, at)),
    }
    return render(request, "approvals/standing/me.html", context)


@official_required(SUPERVISOR)
@never_cache
@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    """The delegations of the offices one supervises, and the posts that can be lent for somebody on leave."""
    at, user = timezone.now(), request.user
    offices = delegating.supervised_offices(user, at)
    context = {
        "offices": offices,
        "rows": _rows(user, _current(at).filter(post__office__in=offices), at),
        "lendable": delegating.lendable(Post.objects.filter(office__in=offices), at),
    }
    return render(request, "approvals/standing/cover.html", context)


@official_required(*EVERY_OFFICIAL)
@never_cache
@require_http_methods(FORM)
def lend(request: HttpRequest, post_id: int) -> HttpResponse:
    """Lend a post: one's own, or as supervisor for somebody on leave."""
    at = timezone.now()
    post = _post_of(request.user, post_id, at)
    colleagues = [
        one for one in delegating.receivers([post.office], at) if one.pk not in (post.user_id, request.user.pk)
    ]
    initial = {"starts": timezone.localdate(at)}
    form = DelegationForm(colleagues, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = delegating.lend(request.user, post.pk, form.terms(), at)
        except Invalid as refused:
            _tell(form, refused)
        else:
            told = _("%(who)s从%(starts)s到%(ends)s代理%(whom)s。")
            days = {"starts": made.starts.isoformat(), "ends": made.ends.isoformat()}
            messages.success(request, told % {"who": made.to, "whom": made.lender, **days})
            return redirect(_home_of(request.user, post))
    context = {"form": form, "post": post, "own": post.user_id == request.user.pk}
    return render(request, "approvals/standing/lend.html", context, status=_status(request))


@official_required(*EVERY_OFFICIAL)
@require_POST
def revoke(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """Take a delegation back, at once."""
    delegation = delegating.revoke(request.user, delegation_id, timezone.now())
    messages.success(request, _("代理已收回，立即失效。"))
    mine = request.user.pk in (delegation.lender_id, delegation.to_id)
    return redirect("standing:me" if mine else "standing:cover")


@official_required(*EVERY_OFFICIAL)
@never_cache
@require_http_methods(FORM)
def relative(request: HttpRequest) -> HttpResponse:
    """Register a relative."""
    form = RelativeForm(request.POST or None)
    return _register(request, form, "approvals/standing/relative.html", _add_relative)


@official_required(*EVERY_OFFICIAL)
@never_cache
@require_http_methods(FORM)
def organisation(request: HttpRequest) -> HttpResponse:
    """Register an organisation."""
    form = OrganisationForm(request.POST or None)
    return _register(request, form, "approvals/standing/organisation.html", _add_organisation)


def _add_relative(user: User, said: dict, at: datetime) -> None:
    kin.add_relative(user, said["name"], said["id_number"], said["relation"], at)


def _add_organisation(user: User, said: dict, at: datetime) -> None:
    kin.add_organisation(user, said["name"], said["uscc"], said["relation"], at)


def _register(request: HttpRequest, form: BaseForm, template: str, add) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            add(request.user, form.cleaned_data, timezone.now())
        except Invalid as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("已登记。今后遇到相关申请，系统自动让您回避。"))
            return redirect("standing:me")
    return render(request, template, {"form": form}, status=_status(request))


def _post_of(user: User, post_id: int, at: datetime) -> Post:
    """A post the user may lend, if it is one that is lent at all. Raises NotFound."""
    offices = delegating.supervised_offices(user, at)
    posts = Post.objects.filter(Q(user=user) | Q(office__in=offices), pk=post_id)
    found = delegating.lendable(posts, at)
    if not found:
        raise NotFound()
    return found[0]


def _current(at: datetime) -> QuerySet[Delegation]:
    """Delegations that are in force or will be."""
    rows = Delegation.objects.filter(revoked_at__isnull=True, ends__gte=timezone.localdate(at), post__withdrawn=False)
    return rows.select_related("post__office", "lender", "to", "made_by").order_by("starts", "pk")


def _rows(user: User, delegations: QuerySet[Delegation], at: datetime) -> list[Row]:
    found = list(delegations)
    titles = scheme_titles() if any(one.schemes for one in found) else {}
    return [
        Row(one, [titles.get(code, code) for code in one.schemes], delegating.may_revoke(user, one, at))
        for one in found
    ]


def _home_of(user: User, post: Post) -> str:
    return "standing:me" if post.user_id == user.pk else "standing:cover"


def _tell(form: BaseForm, refused: Invalid) -> None:
    for field, message in refused.errors.items():
        form.add_error(field if field in form.fields else None, message)


def _status(request: HttpRequest) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
