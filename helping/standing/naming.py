"""The person somebody names by name and citizen ID, without telling who a number belongs to."""

from django.utils.translation import gettext as _

from people import recording, vault
from people.identity import IdentityError, check_id, check_name, normalise_name
from people.models import Person
from people.refusals import Invalid


def person_named(name: str, number: str) -> Person:
    """The person with this number, recorded if new. Raises Invalid for what can be neither, and for a number that is on
    record under another name: who knows a number learns no name by it.
    """
    known, checked_name, checked_number = _looked_up(name, number)
    return known or recording.person_with(checked_number, checked_name)


def person_known(name: str, number: str) -> Person | None:
    """The person with this number, None where nobody is on record under it; records nobody. Raises as person_named."""
    return _looked_up(name, number)[0]


def _looked_up(name: str, number: str) -> tuple[Person | None, str, str]:
    errors, checked = {}, {}
    for field, check, text in (("name", check_name, name), ("id_number", lambda one: check_id(one).number, number)):
        try:
            checked[field] = check(text)
        except IdentityError as error:
            errors[field] = str(error.message)
    if errors:
        raise Invalid(errors=errors, code="person")
    index = vault.blind_index("id", checked["id_number"])
    known = Person.objects.select_related("data_key").filter(id_index=index).first()
    text = _("这个身份证号码登记的是另一个姓名。请核对姓名和号码；本人改过名的，请到窗口办理。")
    check_same_name(known, checked["name"], text)
    return known, checked["name"], checked["id_number"]


def check_same_name(known: Person | None, name: str, text: str) -> None:
    """Raise Invalid with this text for a number that is on record under another name."""
    if known is not None and normalise_name(known.name) != normalise_name(name):
        raise Invalid(errors={"id_number": text}, code="other_name")
