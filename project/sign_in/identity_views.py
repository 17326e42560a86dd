"""Going to the identity service and coming back; not found where none is set up."""

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from people.access import applicant_required
from people.refusals import NotFound, Refused
from project.sign_in import records
from project.sign_in.identity import PROVIDER, IdentityAdapter


@never_cache
@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the service. Raises NotFound when none is set up."""
    return _through(OAuth2LoginView, request, provider_id)


@never_cache
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the service: signed in, linked, or told what went wrong. Raises NotFound when none is set up."""
    return _through(OAuth2CallbackView, request, provider_id)


@applicant_required
@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """The identity no longer opens the account. Raises Refused when nothing else would."""
    if not request.user.has_usable_password():
        raise Refused(_("这个账号只能用统一身份认证登录，不能取消绑定。"), code="only_way_in")
    removed, _by_table = request.user.socialaccount_set.all().delete()
    if removed:
        records.record(request.user, "identity.unlinked", timezone.now())
        messages.success(request, _("已取消绑定。"))
    return redirect("sign_in_where")


def _through(view: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    if provider_id != PROVIDER or not settings.OIDC_SERVER_URL:
        raise NotFound()
    adapter = IdentityAdapter(request, provider_id)
    try:
        return view.adapter_view(adapter)(request)
    except (RequestException, KeyError, ValueError):
        return render_authentication_error(request, adapter.get_provider())
