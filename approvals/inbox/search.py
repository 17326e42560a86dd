"""Finding cases by number, name, credit code or citizen ID. An ID is looked for by its keyed hash alone."""

import re
from datetime import date

from django.db.models import Q

from people import vault
from people.identity import (
    IdentityError,
    check_id,
    check_uscc,
    normalise_id,
    normalise_name,
    normalise_organisation,
)
from people.models import Organisation, Person

MOST_ORGANISATIONS = 100
ID_LIKE = re.compile(r"[0-9]{15,20}|[0-9]{17}X")


def looks_like_id(text: str) -> bool:
    """Whether somebody typed a citizen ID, perhaps with a mistake in it, rather than a name, number or code."""
    return bool(ID_LIKE.fullmatch(normalise_id(text))) and not _is_credit_code(text)


def person_hash(text: str, today: date) -> str:
    """The keyed hash of a citizen ID. Raises IdentityError, in words that do not repeat it, for one that is none."""
    return vault.blind_index("id", check_id(text, today=today).number)


def matching(search: str, person: str) -> Q:
    """The cases looked for; every case where nothing is."""
    found = _worded(search) if search else Q()
    return found & _of_person(person) if person else found


def _of_person(index: str) -> Q:
    """The person is looked up first: a condition on one number reads one index."""
    known = Person.objects.filter(id_index=index).values_list("pk", flat=True).first()
    return Q(subject=known) if known else Q(pk=None)


def _worded(text: str) -> Q:
    """Cases whose number, organisation's code, or name of person or organisation begins with a text.

    A number and a code have Latin letters and digits only.
    """
    run = "".join(text.split()).upper()
    number = Q(number__startswith=run)
    if run.isascii() and any(letter.isdigit() for letter in run):
        return number | _of_organisations(Q(uscc__startswith=run) | Q(name__startswith=normalise_organisation(text)))
    try:
        name = Q(subject__name__startswith=normalise_name(text))
    except IdentityError:
        return Q(pk=None)
    name |= _of_organisations(Q(name__startswith=normalise_organisation(text)))
    return number | name if run.isascii() else name


def _of_organisations(found: Q) -> Q:
    """Cases of the organisations found: looked up first, so that a search for a person reads no second name."""
    keys = Organisation.objects.filter(found).order_by("name", "pk").values_list("pk", flat=True)[:MOST_ORGANISATIONS]
    return Q(organisation__in=list(keys))


def _is_credit_code(text: str) -> bool:
    try:
        return bool(check_uscc(text))
    except IdentityError:
        return False
