"""Whom a thing is told, where they are reached, and what they want of it."""

from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q

from people import vault
from people.models import Person, User
from telling import gateways, kinds
from telling.contexts import ADDRESS
from telling.models import Address, Notice, Wish

# The account that filed a case, and the person it is about.
Followed = tuple[int, int | None]


@dataclass(frozen=True)
class Recipient:
    """One person who is told. `addresses` holds, by channel, where they are reached off the site.

    `opens`: whether they may open the case, which its filer may.
    """

    who: str
    user: User | None = None
    language: str = kinds.CHINESE
    shared: bool = True
    addresses: dict[str, str] = field(default_factory=dict)
    opens: bool = False


def followers(cases: Iterable[Followed]) -> dict[Followed, list[Recipient]]:
    """Who follows each of many cases: the account that filed it, and the person it is about, by account or telephone.

    A few questions, however many cases.
    """
    cases = set(cases)
    subjects = {subject for _filer, subject in cases if subject is not None}
    known = {user.pk: user for user in _accounts(Q(pk__in={filer for filer, _s in cases}) | Q(person__in=subjects))}
    of_person = {user.person_id: user for user in known.values() if user.person_id}
    others = _by_telephone(subjects - set(of_person))
    found = {}
    for filer, subject in cases:
        own = {user.pk: user for user in (known.get(filer), of_person.get(subject)) if user}
        told = [replace(_account(user), opens=pk == filer) for pk, user in own.items()]
        found[filer, subject] = told + ([others[subject]] if subject in others else [])
    return found


def account(user_id: int) -> list[Recipient]:
    """One account."""
    return accounts([user_id])


def accounts(user_ids: Iterable[int]) -> list[Recipient]:
    """Several accounts, in a few questions."""
    return [_account(user) for user in _accounts(Q(pk__in=list(user_ids)))]


def person(person_id: int) -> list[Recipient]:
    """A person: by their account, or, without one, by the telephone on record."""
    found = _accounts(Q(person=person_id))
    return [_account(user) for user in found] or list(_by_telephone({person_id}).values())


def _accounts(wanted: Q) -> list[User]:
    found = User.objects.filter(wanted, is_active=True).select_related("person__data_key", "wish__data_key")
    return list(found.prefetch_related("wish__addresses").order_by("pk"))


def _account(user: User) -> Recipient:
    wish = getattr(user, "wish", None)
    language, shared = (wish.language, wish.shared) if wish else (kinds.CHINESE, True)
    return Recipient(f"user:{user.pk}", user, language, shared, _addresses(user, wish))


def _addresses(user: User, wish: Wish | None) -> dict[str, str]:
    """Addresses proved by a code; else, for text messages, the number on record. Officials are told on the site."""
    there = gateways.channels()
    if not there or user.staff_of_id is not None:
        return {}
    wanted = wanted_channels(wish) & there
    proved = proved_addresses(wish, wanted) if wish else {}
    on_record = phone_of(user.person) if Notice.Channel.SMS in wanted and user.person_id else ""
    return ({Notice.Channel.SMS.value: on_record} if on_record else {}) | proved


def wanted_channels(wish: Wish | None) -> frozenset[str]:
    """The channels somebody wants besides the site; without a word of theirs, text messages."""
    if wish is None:
        return frozenset({Notice.Channel.SMS.value})
    wished = {Notice.Channel.SMS.value: wish.by_sms, Notice.Channel.EMAIL.value: wish.by_email}
    return frozenset(channel for channel, on in wished.items() if on)


def proved_addresses(wish: Wish, channels: Container[str]) -> dict[str, str]:
    """The addresses of an account that a code came back from, in clear."""
    rows = [row for row in wish.addresses.all() if row.channel in channels and row.verified_at is not None]
    return {row.channel: value for row in rows if (value := _readable(wish, row))}


def _readable(wish: Wish, row: Address) -> str:
    try:
        return vault.decrypt(wish.data_key, bytes(row.value), ADDRESS)
    except vault.VaultError:
        return ""


def phone_of(known: Person) -> str:
    """The telephone on record; "" where there is none, or none that can be read."""
    if not known.phone:
        return ""
    try:
        return vault.decrypt(known.data_key, bytes(known.phone), "phone")
    except vault.VaultError:
        return ""


def _by_telephone(persons: Collection[int]) -> dict[int, Recipient]:
    """People without an account: by text message only, if at all."""
    if not persons or Notice.Channel.SMS not in gateways.channels():
        return {}
    known = {row.pk: phone_of(row) for row in Person.objects.select_related("data_key").filter(pk__in=persons)}
    sms = Notice.Channel.SMS.value
    return {pk: Recipient(f"person:{pk}", addresses={sms: phone}) for pk, phone in known.items() if phone}
