"""What allauth and Django tell of: sign-ins, sign-outs and second factors go on record."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed
from allauth.account.signals import user_logged_in as signed_in
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import SignIn, User
from project.sign_in import kept, lost_factor, records, sessions
from project.sign_in.second_factor import forget_secret


@receiver(user_logged_in, dispatch_uid="sign_in_marked")
def on_session(request: HttpRequest, user: User, **kwargs) -> None:
    """Whoever makes a session of a user: it knows when it began."""
    sessions.mark(request.session, user, timezone.now())


@receiver(signed_in, dispatch_uid="sign_in_begun")
def on_signed_in(request: HttpRequest, user: User, **kwargs) -> None:
    """Somebody has signed in, every step done."""
    at = timezone.now()
    means = _means(request, user)
    records.record(user, "signin.in", at, by_means_of=means)
    if lost_factor.SHOWN & set(means) and lost_factor.keep(user, at):
        messages.info(request, _("您用第二步登录成功，所以停用第二步登录的登记已经取消。"))
    ended = sessions.begin(request, user, at)
    if ended:
        messages.warning(request, _("这个账号在别处的%(count)s个登录已经结束。") % {"count": ended})
    if kept.kept_for(user, at):
        request.session[kept.MARK] = True


@receiver(user_logged_out, dispatch_uid="sign_in_ended")
def on_signed_out(request: HttpRequest, user: User | None, **kwargs) -> None:
    """Somebody has signed out; what was ended for another reason has been put down already."""
    if user is not None and request.session.session_key:
        sessions.end(request.session.session_key, SignIn.Why.SIGNED_OUT, timezone.now())


@receiver(password_changed, dispatch_uid="password_changed")
def on_password_changed(request: HttpRequest, user: User, **kwargs) -> None:
    """Every other sign-in ended with the old password; the rows say so."""
    sessions.follow(request.session)
    sessions.end_others(user, request.session.session_key or "", SignIn.Why.ELSEWHERE, timezone.now())


@receiver(social_account_added, dispatch_uid="identity_linked")
def on_linked(sociallogin: SocialLogin, **kwargs) -> None:
    """An identity of the province opens an account from now on."""
    records.record(sociallogin.user, "identity.linked", timezone.now())


@receiver(factors.authenticator_added, dispatch_uid="factor_added")
def on_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs) -> None:
    """A second factor more."""
    records.record(user, "factor.added", timezone.now(), type=str(authenticator.type))


@receiver(factors.authenticator_removed, dispatch_uid="factor_removed")
def on_removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs) -> None:
    """A second factor less; the key of its secret goes with it."""
    records.record(user, "factor.removed", timezone.now(), type=str(authenticator.type))
    forget_secret(authenticator)


@receiver(factors.authenticator_reset, dispatch_uid="factor_renewed")
def on_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs) -> None:
    """New recovery codes."""
    records.record(user, "factor.renewed", timezone.now(), type=str(authenticator.type))


@receiver(factors.authentication_failed, dispatch_uid="factor_failed")
def on_factor_failed(user: User, **kwargs) -> None:
    """A wrong code at the second step."""
    records.record(user, "factor.failed", timezone.now())


def _means(request: HttpRequest, user: User) -> list[str]:
    """By what somebody has shown who they are: password, totp, webauthn, recovery_codes, socialaccount."""
    return [str(one.get("type") or one.get("method")) for one in get_authentication_records(request, user)]
