"""Telling the owner of an account what happened to its password."""

from dataclasses import replace
from datetime import date, datetime

from people import vault
from people.models import DataKey, PasswordCode, User
from schemes.texts import LocalText
from telling import gateways, outbox, recipients
from telling.recipients import Recipient
from telling.wishing import wish_of

NOTHING = LocalText(zh="", en="")
KINDS = {PasswordCode.Channel.SMS.value: "password_code", PasswordCode.Channel.EMAIL.value: "password_link"}


def send_secret(row: PasswordCode, address: str, said: dict[str, str], at: datetime) -> None:
    """Send a code or a link to an address of the account that was proved."""
    wish = wish_of(row.user)
    to = Recipient(f"user:{row.user_id}", row.user, wish.language, wish.shared, {row.channel: address})
    outbox.tell(f"password:{row.pk}", KINDS[row.channel], outbox.About(wish.data_key, NOTHING), [to], at, **said)


def tell(user: User, event: str, kind: str, at: datetime) -> None:
    """Tell the owner, on the site and wherever else they are told things."""
    outbox.tell(event, kind, outbox.About(_key_of(user), NOTHING), recipients.account(user.pk), at)


def tell_everywhere(user: User, event: str, kind: str, at: datetime, day: date | None = None, **said: str) -> None:
    """Tell the owner on the site and at every address they proved, whatever they want to be told otherwise.

    `day`: the day that the text names, where it names one.
    """
    wish = wish_of(user)
    proved = recipients.proved_addresses(wish, gateways.channels()) if wish else {}
    people = [replace(one, addresses=one.addresses | proved) for one in recipients.account(user.pk)]
    outbox.tell(event, kind, outbox.About(_key_of(user), NOTHING, day=day), people, at, **said)


def _key_of(user: User) -> DataKey:
    wish = wish_of(user)
    if wish is not None:
        return wish.data_key
    key = vault.new_data_key()
    key.save()
    return key
