"""人员: an administrator's offices, their posts, appointments and accounts."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import staffing
from people.access import official_required
from people.models import Post
from people.refusals import Invalid, NotFound, Refused
from people.staff_forms import AccountForm, AppointmentForm, EndingForm, OfficeSearch
from people.staffing import ADMINISTRATOR, Appointment

OFFICES_A_PAGE = 50
FORM = ["GET", "HEAD", "POST"]


@official_required(ADMINISTRATOR)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The offices of the area; posts that end soon; accounts without a post."""
    at = timezone.now()
    form = OfficeSearch(request.GET or None)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    held = Count("posts", filter=Q(posts__withdrawn=False))
    offices = staffing.offices_of(request.user, at).select_related("division").annotate(held=held)
    offices = offices.order_by("division_id", "function", "pk")
    if asked:
        offices = offices.filter(Q(name__contains=asked) | Q(name_en__icontains=asked) | Q(division__name=asked))
    page = Paginator(offices, OFFICES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "ending": staffing.ending_soon(request.user, at),
        "without_post": staffing.without_post(request.user, at),
    }
    return render(request, "people/staff/index.html", context)


@official_required(ADMINISTRATOR)
@never_cache
@require_safe
def office(request: HttpRequest, office_id: int) -> HttpResponse:
    """The posts of one office."""
    at = timezone.now()
    found = staffing.office_of(request.user, office_id, at)
    day = timezone.localdate(at)
    held = found.posts.filter(withdrawn=False).exclude(ends__lt=day).select_related("user").order_by("role", "pk")
    rows = [(post, staffing.may_end(request.user, post, at)) for post in held]
    return render(request, "people/staff/office.html", {"office": found, "rows": rows})


@official_required(ADMINISTRATOR)
@never_cache
@require_http_methods(FORM)
def appoint(request: HttpRequest, office_id: int) -> HttpResponse:
    """Give a post."""
    at = timezone.now()
    found = staffing.office_of(request.user, office_id, at)
    initial = {"username": request.GET.get("username", ""), "starts": timezone.localdate(at)}
    form = AppointmentForm(staffing.roles_for(request.user, found, at), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            post = staffing.appoint(request.user, found.pk, Appointment(**form.cleaned_data), at)
        except Refused as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("已任命：%(who)s，%(post)s。") % {"who": post.user, "post": post})
            return redirect("staff:office", found.pk)
    return _form(request, "people/staff/appoint.html", form, office=found)


@official_required(ADMINISTRATOR)
@never_cache
@require_http_methods(FORM)
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    """End a post."""
    at = timezone.now()
    post = Post.objects.select_related("user", "office__division").filter(pk=post_id).first()
    if post is None or not staffing.may_end(request.user, post, at):
        raise NotFound()
    form = EndingForm(request.POST or None, initial={"ends": timezone.localdate(at)})
    if request.method == "POST" and form.is_valid():
        try:
            staffing.end_post(request.user, post.pk, form.cleaned_data["ends"], at)
        except Invalid as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("已结束：%(who)s，%(post)s。") % {"who": post.user, "post": post})
            return redirect("staff:office", post.office_id)
    return _form(request, "people/staff/end.html", form, post=post)


@official_required(ADMINISTRATOR)
@never_cache
@require_http_methods(FORM)
def account(request: HttpRequest, office_id: int) -> HttpResponse:
    """Make an account; its first password is shown once, on the answer to this very form."""
    at = timezone.now()
    found = staffing.office_of(request.user, office_id, at)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = staffing.make_account(request.user, found.pk, at=at, **form.cleaned_data)
        except Invalid as refused:
            _tell(form, refused)
        else:
            context = {"office": found, "account": user, "password": password}
            return render(request, "people/staff/account_made.html", context)
    return _form(request, "people/staff/account.html", form, office=found)


def _tell(form, refused: Refused) -> None:
    """What the service refused, at its field or above the form."""
    errors = getattr(refused, "errors", {})
    for field, message in errors.items():
        form.add_error(field if field in form.fields else None, message)
    if not errors:
        form.add_error(None, str(refused.message))


def _form(request: HttpRequest, template: str, form, **context) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, template, {"form": form, **context}, status=status)
