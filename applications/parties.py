"""From answers to persons: whom a case is about, who is named in it, who is paid."""

from typing import Any

from applications.models import Application, CaseActor
from applications.states import LIVE
from people import recording, vault
from people.identity import IdentityError, check_id, normalise_name
from people.models import Person
from people.refusals import Invalid

CONTACT_FIELDS = {"disability_certificate": "certificate", "phone": "phone", "account": "account"}
# Where an organisation applies, the account is the organisation's.
OF_THE_ORGANISATION = frozenset({"account"})


def person_for(number: str, name: str, case: Application, details: dict[str, str]) -> Person:
    """The person with this (checked) citizen ID, recorded if new.

    What a case says of a person replaces what was known, unless another live case rests on that: whoever knows a
    citizen ID cannot rename the person, or redirect what is known of them, by filing something else.
    """
    person = recording.person_with(number, name)
    if _rests_elsewhere(person, case):
        return person
    person.name = normalise_name(name)
    for field, value in details.items():
        _write_detail(person, field, value)
    person.save()
    return person


def _rests_elsewhere(person: Person, case: Application) -> bool:
    live = Application.objects.filter(state__in=LIVE).exclude(pk=case.pk)
    named = CaseActor.objects.filter(who=f"person:{person.pk}", capacity=CaseActor.Capacity.PARTY, application__in=live)
    return named.exists()


def _write_detail(person: Person, field: str, value: str) -> None:
    setattr(person, field, vault.encrypt(person.data_key, value, field))
    setattr(person, f"{field}_index", vault.blind_index(field, value))


def named_in(case: Application, answers: dict[str, Any]) -> list[Person]:
    """Everybody a case names: the subject first (of a household, its head), then the members of the household.

    Their rows are written in one order whatever the case, so that two filings that name the same people cannot block
    each other.
    """
    said = _said_of(answers, OF_THE_ORGANISATION if case.by_organisation else frozenset())
    order = sorted(said, key=lambda number: vault.blind_index("id", number))
    persons = {number: person_for(number, said[number][0], case, said[number][1]) for number in order}
    return [persons[number] for number in said]


def _said_of(answers: dict[str, Any], left_out: frozenset[str]) -> dict[str, tuple[str, dict[str, str]]]:
    """Name and details by citizen ID, the subject's first. Raises Invalid naming the answer that cannot be an ID."""
    told = {name: field for name, field in CONTACT_FIELDS.items() if answers.get(name) and name not in left_out}
    if answers.get("certificate_holder", "self") != "self":
        told.pop("disability_certificate", None)  # it is that of a member of the family
    details = {field: answers[name] for name, field in told.items()}
    said = {_number(answers["id_number"], "id_number"): (answers["name"], details)}
    for place, member in enumerate(answers.get("household", [])):
        said.setdefault(_number(member["id_number"], f"household[{place}].id_number"), (member["name"], {}))
    return said


def _number(text: str, field: str) -> str:
    try:
        return check_id(text).number
    except IdentityError as error:
        raise Invalid(errors={field: str(error.message)}) from error
