"""Sign-in, registration, passwords and second factors in our own forms."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SignupForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm
from project.sign_in import passwords, records

LONGEST_NAME = 60


class SignInForm(BaseForm, LoginForm):
    """Sign-in. What to do about a forgotten password stands below it, on a page of its own (resetting_views.py)."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class RegistrationForm(BaseForm, SignupForm):
    """A new account for an applicant or a helper."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = passwords.told(passwords.rules_for(None))


class PasswordForm(BaseForm, ChangePasswordForm):
    """A new password; from then on nobody else knows it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = passwords.told(passwords.rules_for(self.user))

    def save(self) -> None:
        """Keep it, remember the old one's hash, and open the site to an account that an administrator had made."""
        at, before = timezone.now(), self.user.password
        super().save()
        passwords.changed(self.user, before, at)
        records.record(self.user, "password.changed", at)


class PasswordAgainForm(BaseForm, ReauthenticateForm):
    """The password once more. The way back in for who forgot it stands on the sign-in page."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class CodeForm(BaseForm, AuthenticateForm):
    """The code of the generator, or a recovery code, at sign-in."""

    code = forms.CharField(label=_("验证码"), widget=forms.TextInput({"autocomplete": "one-time-code"}), max_length=20)


class CodeAgainForm(BaseForm, ReauthenticateByCodeForm):
    """The code once more."""

    code = forms.CharField(label=_("验证码"), widget=forms.TextInput({"autocomplete": "one-time-code"}), max_length=20)


class GeneratorForm(BaseForm, ActivateTOTPForm):
    """The first code of a new generator."""


class _Answer(BaseForm):
    """What a key said comes from the browser and may be anything: what is no answer of a key is a wrong one."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        """The key that answered. Raises ValidationError for everything else."""
        if not isinstance(self.cleaned_data["credential"], dict):
            raise get_adapter().validation_error("incorrect_code")
        try:
            return super().clean_credential()
        except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class KeySignInForm(_Answer, LoginWebAuthnForm):
    """Sign-in by a passkey alone."""


class KeyCheckForm(_Answer, AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class KeyAgainForm(_Answer, ReauthenticateWebAuthnForm):
    """A passkey once more."""


class NewKeyForm(BaseForm, AddWebAuthnForm):
    """A new passkey and what it is called. It always serves to sign in by itself."""

    mark_optional = False
    name = forms.CharField(
        label=_("给这把通行密钥起个名字"),
        help_text=_("例如“办公室电脑”“我的手机”，以后换设备时好辨认。"),
        required=False,
        max_length=LONGEST_NAME,
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": _("还没有做成通行密钥。请按“添加通行密钥”，按设备的提示做完。")},
    )
    passwordless = None

    def clean(self) -> dict:
        """Check the key. Raises ValidationError for what is no answer of a key."""
        credential = self.cleaned_data.get("credential")
        if credential is not None and not isinstance(credential, dict):
            raise get_adapter().validation_error("incorrect_code")
        try:
            return super().clean()
        except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class KeyNameForm(BaseForm, EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("名字"), max_length=LONGEST_NAME)
