"""What the site already knows of the one who applies for themselves, offered for them to check."""

from applications.models import Application
from people import vault
from people.models import Organisation, Person, User

FIELD_OF_QUESTION = {"id_number": "id_number", "disability_certificate": "certificate", "phone": "phone"}


def known_about(user: User) -> dict[str, str]:
    """Answers by question name; empty for an account that belongs to no recorded person."""
    person = Person.objects.select_related("data_key").filter(pk=user.person_id).first() if user.person_id else None
    return known_of(person) if person is not None else {}


def known_of(person: Person) -> dict[str, str]:
    """What is recorded of a person, by question name; the account never: money needs it typed anew.

    The caller has checked who asks, and records the reading where it is not the person.
    """
    stored = {name: bytes(getattr(person, field)) for name, field in FIELD_OF_QUESTION.items()}
    known = {
        name: vault.decrypt(person.data_key, blob, FIELD_OF_QUESTION[name]) for name, blob in stored.items() if blob
    }
    return {"name": person.name, **known}


def organisation_of(user: User) -> dict[str, str]:
    """Answers by question name, where the user has filed for one organisation and for no other; its account never.

    Only what its registration makes public: the record may know the rest from somebody else's case.
    """
    filed = Application.objects.filter(filed_by=user, organisation__isnull=False)
    found = list(Organisation.objects.filter(pk__in=filed.values("organisation"))[:2])
    if len(found) != 1:
        return {}
    only = found[0]
    return {"organisation": only.name, "uscc": only.uscc, "legal_representative": only.legal_representative}
