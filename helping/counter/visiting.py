"""A visit at the counter: who is there, by whose leave the clerk writes, and how it ends."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import own
from applications.models import Application
from applications.states import LIVE
from audit import chain
from helping.models import CounterVisit, Mandate
from helping.standing import APPLY, Terms, record_consent
from helping.standing.asking import mandate_for
from helping.standing.naming import check_same_name
from people import recording, vault
from people.finding import one_of
from people.identity import check_id
from people.models import DataKey, Office, Person, User
from people.posts import posts_of
from people.refusals import Conflict, NotFound, Refused

ROLE = "clerk"
SAID = "visit.said"


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices at whose counter the user serves, by their own posts: a lent post is not a counter."""
    return list({post.office_id: post.office for post in posts_of(user, at) if post.role == ROLE}.values())


def office_of(user: User, pk: int, at: datetime) -> Office:
    """One of them. Raises NotFound."""
    found = next((office for office in offices_of(user, at) if office.pk == pk), None)
    if found is None:
        raise NotFound()
    return found


def visits_of(user: User, at: datetime) -> QuerySet[CounterVisit]:
    """The user's own visits at counters they still serve, newest first."""
    rows = CounterVisit.objects.filter(clerk=user, office__in=offices_of(user, at))
    related = ("office__division", "data_key", "mandate__person", "application__scheme_version")
    return rows.select_related(*related).order_by("-pk")


def visit_of(user: User, public_id: str, at: datetime) -> CounterVisit:
    """One of them. Raises NotFound: a colleague's visit does not exist."""
    return one_of(visits_of(user, at), public_id=public_id)


def start(user: User, office: Office, name: str, number: str, at: datetime) -> tuple[CounterVisit, bool]:
    """Begin with a person's (checked) name and ID number, or go on with the visit that is open; True where new.

    Raises Refused for the clerk's own matters, Invalid for a number that is on record under another name.
    """
    index = vault.blind_index("id", check_id(number).number)
    if user.person_id and user.person.id_index == index:
        raise Refused(_("自己的事不能在窗口替自己办理，请用自己的账号申请。"), code="own")
    _check_name(person_with(index), name)
    there = CounterVisit.objects.filter(clerk=user, id_index=index, closed_at__isnull=True)
    open_one = there.first()
    if open_one is not None:
        return _gone_on(open_one, name), False
    try:
        return _begun(user, office, (name, number), index, at), True
    except IntegrityError:
        return there.get(), False  # the button was pressed twice


def _check_name(person: Person | None, name: str) -> None:
    """What is on record is not told: not the name, and not whose number it is."""
    text = _("姓名和身份证号码对不上，不能办理。请对照身份证原件重新填写；本人改过姓名的，请先办理个人信息更正。")
    check_same_name(person, name, text)


def seek(user: User, office: Office, number: str) -> None:
    """Put on the clerk's record that this (checked) ID number was looked up, before anything is shown of it."""
    known = person_with(vault.blind_index("id", number))
    data = {"found": known is not None, "office": office.pk}
    chain.record_read(user.username, "counter.sought", subject=str(known.public_id) if known else "", data=data)


def person_with(index: str) -> Person | None:
    """Whoever has this ID number on record."""
    return Person.objects.select_related("data_key").filter(id_index=index).first()


@transaction.atomic
def _begun(user: User, office: Office, said: tuple[str, str], index: str, at: datetime) -> CounterVisit:
    key = vault.new_data_key()
    key.save()
    kept = _sealed(key, *said)
    return CounterVisit.objects.create(
        office=office, clerk=user, id_index=index, data_key=key, said=kept, started_at=at
    )


def _gone_on(visit: CounterVisit, name: str) -> CounterVisit:
    """An open visit, with the name as it was read off the card this time: the first may have been a slip."""
    said = said_at(visit)
    if said and said["name"] != name:
        visit.said = _sealed(visit.data_key, name, said["id_number"])
        CounterVisit.objects.filter(pk=visit.pk).exclude(said=b"").update(said=visit.said)
    return visit


def _sealed(key: DataKey, name: str, number: str) -> bytes:
    return vault.encrypt_json(key, {"name": name, "id_number": number}, SAID)


def said_at(visit: CounterVisit) -> dict[str, str]:
    """Name and ID number as the clerk read them off the card; empty once the draft holds them."""
    return vault.decrypt_json(visit.data_key, bytes(visit.said), SAID) if visit.said else {}


def consent(user: User, public_id: str, terms: Terms, at: datetime) -> Mandate:
    """Record by whose leave the clerk writes, or take what is on record; a person who is new gets their row now.

    Raises NotFound, Conflict for a visit that is over, and what `record_consent` raises.
    """
    with transaction.atomic():
        visit = locked(user, public_id, at)
        person = _person(visit)
        mandate = mandate_for(user, person, at, APPLY) or record_consent(user, person, terms, at)
        visit.mandate = mandate
        visit.save(update_fields=["mandate"])
    return mandate


def _person(visit: CounterVisit) -> Person:
    """Whoever the visit is about, recorded if new. Somebody may have recorded the number since the visit began."""
    said = said_at(visit)
    if not said:
        return Person.objects.get(id_index=visit.id_index)
    person = recording.person_with(said["id_number"], said["name"])
    _check_name(person, said["name"])
    return person


def take_up(user: User, public_id: str, at: datetime) -> bool:
    """Go on under a consent that was given to this clerk or counter before; False where there is none."""
    with transaction.atomic():
        visit = locked(user, public_id, at)
        person = person_with(visit.id_index)
        mandate = mandate_for(user, person, at, APPLY) if person else None
        if mandate is not None:
            visit.mandate = mandate
            visit.save(update_fields=["mandate"])
    return mandate is not None


def locked(user: User, public_id: str, at: datetime) -> CounterVisit:
    """An open visit of the user, locked. Raises NotFound and Conflict."""
    pk = visit_of(user, public_id, at).pk
    rows = CounterVisit.objects.select_for_update(of=("self",), no_key=True)
    visit = rows.select_related("office__division", "data_key", "mandate__person__data_key", "application").get(pk=pk)
    if visit.closed_at is not None:
        raise Conflict(_("这次窗口办理已经结束。请从头开始。"), code="closed")
    return visit


def close(user: User, public_id: str, at: datetime) -> None:
    """The applicant leaves without filing: what was typed of them is forgotten, a draft is opened no more."""
    with transaction.atomic():
        end(locked(user, public_id, at), at)


def end(visit: CounterVisit, at: datetime) -> None:
    """Close a locked visit."""
    visit.closed_at, visit.said = at, b""
    visit.save(update_fields=["closed_at", "said"])


def still_served(user: User, visits: Iterable[CounterVisit], at: datetime) -> set[int]:
    """Of visits, by key, those whose case the user still has: of the others neither state nor papers are shown."""
    mine = own.cases_of(user, at).filter(counter_visit__in=list(visits))
    return set(mine.values_list("counter_visit", flat=True))


def live_cases(person: Person) -> QuerySet[Application]:
    """What the person has under way or was granted, to be told across the counter once they have agreed."""
    rows = Application.objects.filter(subject=person, state__in=LIVE, by_organisation=False)
    return rows.select_related("scheme_version").order_by("-pk")
