"""One true row of what is kept of signing in."""

from datetime import timedelta

from people import vault
from people.models import KeptForm, LostFactor, Office, OldPassword, PasswordCode, SignIn, SignInLock
from tests import world


def sign_in() -> SignIn:
    """Somebody signed in, somewhere."""
    return SignIn.objects.create(
        user=world.user("applicant"), key="k" * 32, began_at=world.START, seen_at=world.START + timedelta(minutes=1)
    )


def lock() -> SignInLock:
    """An account locked for half an hour."""
    until = world.START + timedelta(minutes=30)
    return SignInLock.objects.create(user=world.user("county-clerk"), locked_at=world.START, until=until)


def lifted() -> SignInLock:
    """One that was lifted."""
    row = lock()
    row.lifted_at, row.lifted_by = world.START, world.user("admin")
    row.save()
    return row


def old_password() -> OldPassword:
    """The hash of a password from before."""
    user = world.user("applicant")
    return OldPassword.objects.create(user=user, encoded=user.password, kept_at=world.START)


def kept_form() -> KeptForm:
    """A form that came too late."""
    key = vault.new_data_key()
    key.save()
    return KeptForm.objects.create(
        user=world.user("applicant"),
        data_key=key,
        path="/apply/",
        page="/apply/",
        sealed=b"x",
        entries=1,
        kept_at=world.START,
    )


def password_code() -> PasswordCode:
    """A code that was sent to whoever forgot a password."""
    until = world.START + timedelta(minutes=15)
    return PasswordCode.objects.create(
        user=world.user("applicant"), channel="sms", digest="d" * 64, asked_at=world.START, until=until
    )


def used_password_code() -> PasswordCode:
    """One that came back."""
    row = password_code()
    row.used_at = world.START
    row.save()
    return row


def lost_factor() -> LostFactor:
    """A second step that an applicant lost, put down at a counter."""
    return LostFactor.objects.create(
        user=world.user("applicant"),
        by=world.user("county-clerk"),
        office=Office.objects.get(function="government", division_id="532503"),
        reason="lost",
        paper="id_card",
        asked_at=world.START,
        until=world.START + timedelta(days=1),
    )


def lost_factor_of_official() -> LostFactor:
    """One that an official lost, put down by an administrator."""
    until = world.START + timedelta(days=3)
    given = {"reason": "lost", "asked_at": world.START, "until": until}
    return LostFactor.objects.create(user=world.user("county-reviewer"), by=world.user("admin"), **given)
