"""The keyed hashes of this room: numbers of persons, accounts of organisations."""

from collections.abc import Callable
from functools import partial

from django.db.models import QuerySet

from people import indexing, vault
from people.models import Organisation, Person

# Field, and the kind under which its index is computed.
OF_PERSONS = {"id_number": "id", "certificate": "certificate", "phone": "phone", "account": "account"}


def _with_index(model: type[Person | Organisation], kind: str) -> QuerySet:
    return model.objects.select_related("data_key").exclude(**{f"{kind}_index": ""})


def _index(field: str, kind: str) -> Callable[[Person | Organisation], str]:
    def index_of(row: Person | Organisation) -> str:
        return vault.blind_index(kind, vault.decrypt(row.data_key, bytes(getattr(row, field)), field))

    return index_of


def _column(model: type[Person | Organisation], field: str, kind: str) -> indexing.Column:
    return indexing.Column(partial(_with_index, model, kind), f"{kind}_index", _index(field, kind))


indexing.register(*(_column(Person, field, kind) for field, kind in OF_PERSONS.items()))
indexing.register(_column(Organisation, "account", "account"))
