"""A person is forgotten when the last case that needs them is destroyed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from applications.models import Application, CaseActor
from archives.erasing import law_holds
from archives.models import Volume
from people import vault
from people.masking import masked_name
from people.models import Person

FORGOTTEN = "已删除"
# What may still point at a person who is forgotten: it tells nothing once the row is empty. Anything else, of whatever
# room, keeps the person.
TELLS_NOTHING = frozenset(
    {
        "applications", "paid_applications", "volumes", "memberships", "headed_household", "consents", "legal_holds",
        "dues", "grants", "services", "recoveries", "entitlements",
    }
)  # fmt: skip


def forget(persons: Iterable[int], at: datetime) -> int:
    """Forget those of these persons whom nothing needs; how many."""
    rows = Person.objects.filter(pk__in=persons).select_related("data_key").order_by("pk")
    count = 0
    for person in rows.select_for_update(of=("self",), no_key=True):
        if not is_needed(person, at):
            _empty(person, at)
            count += 1
    return count


def parties_of(application: Application) -> set[int]:
    """The persons a case names."""
    named = application.actors.filter(who__startswith="person:", capacity=CaseActor.Capacity.PARTY)
    found = {int(who.removeprefix("person:")) for who in named.values_list("who", flat=True)}
    return (found | {application.subject_id, application.payee_id}) - {None}


def mask_name(volume: Volume) -> None:
    """Leave of a destroyed file's name what the register 销毁清册 needs. Masking it again changes nothing."""
    volume.name = masked_name(volume.name)
    volume.save(update_fields=["name"])


def is_needed(person: Person, at: datetime) -> bool:
    """Whether an account, a case that can still be read, a hold or anything else rests on the person."""
    if person.data_key.destroyed_at or law_holds.is_held(person, timezone.localdate(at)):
        return True
    who = CaseActor.objects.filter(who=f"person:{person.pk}").values("application")
    cases = Application.objects.filter(Q(subject=person) | Q(payee=person) | Q(pk__in=who))
    return cases.filter(data_key__destroyed_at__isnull=True).exists() or _is_named_elsewhere(person)


def _is_named_elsewhere(person: Person) -> bool:
    relations = [one for one in Person._meta.related_objects if one.get_accessor_name() not in TELLS_NOTHING]
    return any(one.related_model._base_manager.filter(**{one.field.name: person}).exists() for one in relations)


def _empty(person: Person, at: datetime) -> None:
    vault.destroy(person.data_key, at)
    person.name, person.bank = FORGOTTEN, ""
    person.id_index = f"erased:{uuid4().hex}"
    person.id_number = person.certificate = person.phone = person.account = b""
    person.certificate_index = person.phone_index = person.account_index = ""
    person.save()
