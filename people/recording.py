"""Persons and organisations by their numbers, recorded when new."""

from django.db import IntegrityError, transaction

from people import vault
from people.identity import normalise_name
from people.models import Organisation, Person


def person_with(number: str, name: str) -> Person:
    """The person with this (checked) citizen ID; a new one under this name where none is known.

    What is known of a person is not changed. When another transaction recorded the same one a moment ago, that one.
    """
    known = Person.objects.select_related("data_key").filter(id_index=vault.blind_index("id", number)).first()
    return known or _new_person(number, name)


def _new_person(number: str, name: str) -> Person:
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


def organisation_with(code: str, name: str) -> Organisation:
    """The organisation with this (checked) credit code; a new one under this name where none is known."""
    return Organisation.objects.select_related("data_key").filter(uscc=code).first() or new_organisation(code, name)


def new_organisation(code: str, name: str) -> Organisation:
    """A new organisation; when another transaction recorded the same one a moment ago, that one."""
    try:
        with transaction.atomic():
            key = vault.new_data_key()
            key.save()
            return Organisation.objects.create(uscc=code, name=name, data_key=key)
    except IntegrityError:
        return Organisation.objects.select_related("data_key").get(uscc=code)
