"""Going to the identity service and coming back; not found where none is set up."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
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
from project.sign_in import identity
from project.sign_in.identity import PROVIDER, IdentityAdapter


@never_cache
@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the service. Raises NotFound when none is set up.

    Who is signed in would link the account to an identity: that asks for the password first.
    """
    _check(provider_id)
    if request.user.is_authenticated:
        raise_if_reauthentication_required(request, app="socialaccount")
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
    if identity.unlink(request.user, timezone.now()):
        messages.success(request, _("已取消绑定。"))
    return redirect("sign_in_where")


def _check(provider_id: str) -> None:
    if provider_id != PROVIDER or not settings.OIDC_SERVER_URL:
        raise NotFound()


def _through(view: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    _check(provider_id)
    adapter = IdentityAdapter(request, provider_id)
    try:
        return view.adapter_view(adapter)(request)
    except (RequestException, KeyError, ValueError):
        return render_authentication_error(request, adapter.get_provider())
