"""From answers to persons: whom a case is about, who is named in it, who is paid."""

from typing import Any

from django.db import IntegrityError, transaction

from applications.models import Application
from applications.states import LIVE
from people import vault
from people.identity import check_id, normalise_name
from people.models import Person

CONTACT_FIELDS = {"disability_certificate": "certificate", "phone": "phone", "account": "account"}


def person_for(id_number: str, name: str, case: Application, details: dict[str, str] | None = None) -> Person:
    """The person with this citizen ID, recorded if new.

    What a case says of a person replaces what was known, unless another live case rests on that: whoever knows a
    citizen ID cannot rename the person, or redirect what is known of them, by filing something else.
    """
    number = check_id(id_number).number
    person = _known(number) or _recorded(number, name)
    if _rests_elsewhere(person, case):
        return person
    person.name = normalise_name(name)
    for field, value in (details or {}).items():
        _write_detail(person, field, value)
    person.save()
    return person


def _rests_elsewhere(person: Person, case: Application) -> bool:
    live = Application.objects.filter(state__in=LIVE).exclude(pk=case.pk)
    return live.filter(subject=person).exists() or live.filter(payee=person).exists()


def _known(number: str) -> Person | None:
    return Person.objects.select_related("data_key").filter(id_index=vault.blind_index("id", number)).first()


def _recorded(number: str, name: str) -> Person:
    """A new person; when another transaction recorded the same one a moment ago, that one."""
    try:
        with transaction.atomic():
            key = vault.new_data_key()
            key.save()
            return Person.objects.create(
                name=normalise_name(name),
                data_key=key,
                id_index=vault.blind_index("id", number),
                id_number=vault.encrypt(key, number, "id_number"),
            )
    except IntegrityError:
        return Person.objects.select_related("data_key").get(id_index=vault.blind_index("id", number))


def _write_detail(person: Person, field: str, value: str) -> None:
    setattr(person, field, vault.encrypt(person.data_key, value, field))
    setattr(person, f"{field}_index", vault.blind_index(field, value))


def subject_of(case: Application, answers: dict[str, Any]) -> Person:
    """The person the case is about: the one `id_number` and `name` say (of a household, its head)."""
    details = {field: answers[name] for name, field in CONTACT_FIELDS.items() if answers.get(name)}
    return person_for(answers["id_number"], answers["name"], case, details)


def named_in(case: Application, answers: dict[str, Any]) -> list[Person]:
    """Everybody a case names: the subject first, then the members of the household."""
    members = [person_for(member["id_number"], member["name"], case) for member in answers.get("household", [])]
    return [case.subject, *(member for member in members if member.pk != case.subject_id)]
