"""A one-time password across the counter: for those who forgot theirs and never proved a telephone or a mailbox.

The clerk looks at the identity card; the account must be that person's: tied to them, or what it filed for itself is
about them and nobody else. The password is shown once, signs in once within a day, and must be changed before
anything else opens. Looking, and handing out, are events with the clerk's name, and the owner is told. Never for the
clerk's own account, a relative's or an official's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import State
from audit import chain
from helping.counter import visiting
from people import throttle, vault
from people.identity import normalise_name
from people.models import Kinship, Office, PasswordCode, Person, SignIn, User
from people.refusals import Conflict, Invalid, Refused
from people.staffing import PASSWORD_LENGTH, PASSWORD_LETTERS
from project.sign_in import identity, passwords, records, resetting, sessions, telling_of

# assumed: more than so many a day is no counter's work, and somebody should ask.
A_DAY, MOST_A_DAY = 24 * 60 * 60, 20
LASTS = timedelta(hours=24)  # assumed: as the pages say


@dataclass(frozen=True)
class Shown:
    """What the card says, and the name of the account that is asked for."""

    name: str
    id_number: str
    account: str


def hand_out(by: User, office: Office, shown: Shown, at: datetime) -> tuple[User, str]:
    """A password for once; the account, and the password, which is kept nowhere.

    Raises Invalid where card and account do not belong together, whether or not there are such; Refused for one's own
    account or a relative's; Conflict after too many in a day.
    """
    user = account_of(by, office, shown, "counter-passwords")
    return user, _given(by, office, user, at)


def account_of(by: User, office: Office, shown: Shown, act: str) -> User:
    """The applicant's account that belongs to the card; the look-up is on record, and counts as one `act` of the day.

    Raises Invalid, Refused and Conflict as `hand_out`.
    """
    visiting.seek(by, office, shown.id_number)
    if not throttle.allowed_for(act, str(by.pk), MOST_A_DAY, A_DAY):
        raise Conflict(_("今天办的次数太多。请明天再办，或者请同事办理。"), code="too_often")
    person = visiting.person_with(vault.blind_index("id", shown.id_number))
    user = resetting.applicant_named(shown.account)
    if person is None or user is None or not _is_of(user, person, shown.name):
        text = _("这张身份证和这个账号对不上，不能办理。请核对；确实不是其账号的，请其重新注册。")
        raise Invalid(errors={"account": text})
    if by.person_id == person.pk or Kinship.objects.filter(user=by, relative=person).exists():
        raise Refused(_("自己的或者亲属的账号，请同事办理。"), code="own")
    return user


def _is_of(user: User, person: Person, name: str) -> bool:
    """Whether the account is this person's alone: by its tie, else by what it filed for itself."""
    if normalise_name(name) != person.name:
        return False
    if user.person_id:
        return user.person_id == person.pk
    filed = Application.objects.filter(filed_by=user, by_organisation=False).exclude(state=State.DRAFT)
    return set(filed.values_list("subject_id", "for_other").distinct()) == {(person.pk, False)}


def _given(by: User, office: Office, user: User, at: datetime) -> str:
    password = get_random_string(PASSWORD_LENGTH, PASSWORD_LETTERS)
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if resetting.applicant_named(locked.username) is None:
            raise Conflict(code="stale")  # it became an official's a moment ago
        passwords.keep(locked, locked.password, at)
        locked.password, locked.must_change_password = make_password(password), True
        locked.password_once_until = at + LASTS
        locked.save(update_fields=["password", "must_change_password", "password_once_until"])
        PasswordCode.objects.filter(user=locked, used_at__isnull=True, until__gt=at).delete()
        event = records.record(locked, "password.handed_out", at, by=by, office=office.pk)
        chain.append(f"staff:{office.pk}", event.action, actor=by.username, at=at, data={"user": locked.pk})
        identity.unlink(locked, at, by)
        sessions.end_others(locked, "", SignIn.Why.ELSEWHERE, at)
        telling_of.tell(locked, f"{event.stream}:{event.seq}", "password_handed_out", at)
    return password
