"""The province's identity service 统一身份认证 by OpenID Connect: who somebody is, and which account that opens.

Off unless OIDC_SERVER_URL is set. An account is found in this order, and never by e-mail, telephone or name:
1. the one this identity was linked to before;
2. the one whose owner is signed in and asks for the link;
3. the one that belongs to the person with the citizen ID the service vouches for (OIDC_ID_CLAIM);
4. a new one.
Accounts of officials are linked by the second way alone, so that whoever runs the service opens no official's account.
What the service says is not stored: the subject as a keyed hash, the ID as the person's blind index.
"""

from datetime import datetime
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from people import vault
from people.identity import IdentityError, check_id, normalise_name
from people.models import Person, User
from people.recording import person_with
from project.sign_in import records

PROVIDER = "province"
# The service signs with a key pair; a shared secret or no signature at all is refused.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LONGEST_NAME = 100


class IdentityAdapter(OpenIDConnectOAuth2Adapter):
    """As allauth's, but the signature of the ID token is checked in every case."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict:
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("no token") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("algorithm refused")
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


class IdentityProvider(OpenIDConnectProvider):
    """Takes what is needed from the claims and lets the rest go."""

    oauth2_adapter_class = IdentityAdapter

    def extract_uid(self, data: dict) -> str:
        """The subject as a keyed hash: some services use the citizen ID itself. Raises OAuth2Error without one."""
        said = {str(part["sub"]) for part in (data.get("id_token"), data.get("userinfo")) if part and part.get("sub")}
        if len(said) != 1:
            raise OAuth2Error("no subject, or two")
        return vault.blind_index("identity_subject", said.pop())

    def extract_extra_data(self, data: dict) -> dict:
        """Nothing is stored."""
        return {}

    def extract_email_addresses(self, data: dict) -> list:
        """No account is found or made by e-mail."""
        return []

    def extract_common_fields(self, data: dict) -> dict:
        """The name, and the citizen ID for as long as this sign-in takes."""
        claims = _claims(data)
        number = claims.get(settings.OIDC_ID_CLAIM, "") if settings.OIDC_ID_CLAIM else ""
        return {"name": str(claims.get("name", ""))[:LONGEST_NAME], "citizen_id": str(number)}


class IdentityAccountAdapter(DefaultSocialAccountAdapter):
    """Which account an identity opens."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict) -> User:
        """A user that is not there yet: named by the service, with a name to sign in that tells nothing."""
        user = sociallogin.user
        user.username = f"id-{get_random_string(12, 'abcdefghjkmnpqrstuvwxyz23456789')}"
        user.full_name = normalise_name(data.get("name", ""))
        user.citizen_id = data.get("citizen_id", "")
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An identity not linked yet: the account of the person it vouches for, unless it is an official's.

        What the service would let us ask in the person's name, nobody needs: its tokens are forgotten at once.
        """
        sociallogin.token = None
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        owner = _owner(getattr(sociallogin.user, "citizen_id", ""))
        if owner is not None:
            sociallogin.connect(request, owner)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """A new account, of the person the service vouches for."""
        number, name = getattr(sociallogin.user, "citizen_id", ""), sociallogin.user.full_name
        with transaction.atomic():
            user = super().save_user(request, sociallogin, form)
            if _is_id(number) and name:
                _take_person(user, person_with(number, name))
            records.record(user, "identity.registered", timezone.now())
        return user

    def on_authentication_error(self, request: HttpRequest, provider: Any, error: Any = None, **context: Any) -> None:
        """Back to where one came from, with a message; what the service said is not shown."""
        cancelled = error == AuthError.CANCELLED
        messages.error(
            request,
            _("没有用统一身份认证登录。") if cancelled else _("统一身份认证没有成功。请稍后再试，或者用账号登录。"),
        )
        raise ImmediateHttpResponse(redirect("sign_in_where" if request.user.is_authenticated else "account_login"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """Where the link was asked for."""
        return reverse("sign_in_where")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Everybody whom the province knows may file."""
        return True

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Accounts have no e-mail; what was linked is on record."""


def unlink(user: User, at: datetime, by: User | None = None) -> bool:
    """No identity opens the account any more; whether one did. `by`: who did it, when not the account itself."""
    removed, _by_table = user.socialaccount_set.all().delete()
    if removed:
        records.record(user, "identity.unlinked", at, by=by)
    return bool(removed)


def _claims(data: dict) -> dict:
    """What is said of the person; the signed token counts over what was merely fetched."""
    return (data.get("userinfo") or {}) | (data.get("id_token") or {})


def _is_id(number: str) -> bool:
    try:
        check_id(number)
    except IdentityError:
        return False
    return True


def _owner(number: str) -> User | None:
    """The active account of the person with this number; none of somebody who holds or held a post."""
    if not _is_id(number):
        return None
    person = Person.objects.filter(id_index=vault.blind_index("id", number)).first()
    user = User.objects.filter(person=person, is_active=True).first() if person else None
    if user is None or user.staff_of_id or user.posts.exists():
        return None
    return user


def _take_person(user: User, person: Person) -> None:
    """One person, one account: who has one keeps it."""
    if not User.objects.filter(person=person).exists():
        user.person = person
        user.save(update_fields=["person"])
