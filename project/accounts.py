"""Sign-in and registration forms in our own words."""

from allauth.account.forms import ChangePasswordForm, LoginForm, SignupForm

from people.forms import BaseForm


class SignInForm(BaseForm, LoginForm):
    """Sign-in. A forgotten password is settled by telephone or at the counter: most applicants have no e-mail."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class RegistrationForm(BaseForm, SignupForm):
    """A new account for an applicant or a helper."""


class PasswordForm(BaseForm, ChangePasswordForm):
    """A new password; from then on nobody else knows it."""

    def save(self) -> None:
        """Keep it, and open the site to an account that an administrator had made."""
        super().save()
        self.user.must_change_password = False
        self.user.save(update_fields=["must_change_password"])
