"""allauth's adapter for second factors: what a device or a code generator is called, and its secret sealed."""

import base64
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import vault
from people.models import DataKey

SEALED = "sealed:"
CONTEXT = "second_factor"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets stand sealed in the database, each under a data key of its own, which rotation wraps anew."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("验证没有通过。请核对后再试。"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        key = vault.new_data_key()
        key.save()
        return f"{SEALED}{key.pk}:{base64.b64encode(vault.encrypt(key, text, CONTEXT)).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        """Open one; a secret from before it was sealed is read as it stands. Raises VaultError."""
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        pk, _colon, sealed = encrypted_text.removeprefix(SEALED).partition(":")
        return vault.decrypt(DataKey.objects.get(pk=UUID(pk)), base64.b64decode(sealed), CONTEXT)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """A name to begin with: 通行密钥 1, 2, …"""
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("通行密钥%(number)s") % {"number": known + 1}

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER


def take_all(user: AbstractBaseUser) -> list[str]:
    """Delete every second factor of an account, with its secret; their types, none where there was none."""
    found = list(Authenticator.objects.filter(user_id=user.pk).order_by("type"))
    for factor in found:
        factor.delete()
        forget_secret(factor)
    return [str(one.type) for one in found]


def forget_secret(authenticator: Authenticator) -> None:
    """Destroy the keys of a factor's sealed secrets."""
    for text in authenticator.data.values():
        if isinstance(text, str) and text.startswith(SEALED):
            key = DataKey.objects.filter(pk=UUID(text.removeprefix(SEALED).partition(":")[0])).first()
            if key is not None:
                vault.destroy(key, timezone.now())
