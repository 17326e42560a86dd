"""Whether a number belongs to somebody on record: examples and tests must not use those of real people."""

from django.db.models import Q

from people import vault
from people.identity import normalise_id
from people.models import Person


def belongs_to_somebody(number: str) -> bool:
    """Whether an ID or certificate number is that of a person on record. The number itself is kept nowhere."""
    plain = normalise_id(number)
    if not plain:
        return False
    known = Q(id_index=vault.blind_index("id", plain)) | Q(certificate_index=vault.blind_index("certificate", plain))
    return Person.objects.filter(known | Q(id_index=vault.blind_index("id", plain[:18]))).exists()
