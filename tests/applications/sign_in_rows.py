"""One true row of what is kept of signing in, and how each rule of its tables is broken from it."""

from datetime import timedelta

from django.db.models import F

from people import vault
from people.models import KeptForm, LostFactor, Office, OldPassword, PasswordCode, SignIn, SignInLock
from tests import world
from tests.applications.broken import Broken

AT, LATER = world.START, world.START + timedelta(hours=2)


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


CHECKS: dict[str, Broken] = {
    "sign_in_ends_for_a_reason": Broken(sign_in, {"why": "idle"}),
    "sign_in_seen_after_it_began": Broken(sign_in, {"began_at": LATER}),
    "lock_ends_after_it_began": Broken(lock, {"until": AT}),
    "lock_lifted_by_somebody": Broken(lock, {"lifted_at": AT}),
    "lock_not_lifted_by_oneself": Broken(lifted, {"lifted_by": F("user")}),
    "old_password_is_a_hash": Broken(old_password, {"encoded": ""}),
    "kept_form_goes_to_this_site": Broken(kept_form, {"path": "https://example.com/"}),
    "password_code_ends_after_asked": Broken(password_code, {"until": F("asked_at")}),
    "password_code_sent_to_somebody": Broken(password_code, {"user": None}),
    "password_code_used_was_sent": Broken(used_password_code, {"digest": ""}),
    "password_code_few_tries": Broken(password_code, {"tries": 6}),
    "lost_factor_waits": Broken(lost_factor, {"until": F("asked_at")}),
    "lost_factor_ends_somehow": Broken(lost_factor, {"ended_at": LATER}),
    "lost_factor_not_by_oneself": Broken(lost_factor, {"by": F("user")}),
    "lost_factor_second_is_another": Broken(lost_factor_of_official, {"second": F("by")}),
    "lost_factor_counter_sees_a_paper": Broken(lost_factor, {"paper": ""}),
    "lost_factor_taken_after_wait_or_by_two": Broken(lost_factor, {"how": "taken", "ended_at": AT}),
}
