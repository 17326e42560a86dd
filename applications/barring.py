"""The parties of cases, and the officials whom a connection to one of them keeps out: written for many at once."""

from collections.abc import Iterable, Sequence

from applications.four_eyes import identity_of
from applications.models import Application, CaseActor
from people.models import Affiliation, Person, User

AT_ONCE = 500
Capacity = CaseActor.Capacity
# A case, and the accounts that file it, or filed it before.
Filed = tuple[Application, Sequence[User]]


def name_each(filed: Iterable[Filed], persons: Sequence[Person]) -> None:
    """Name the filers, the `persons` and the organisation of each case as its parties, and bar the officials who
    registered one of them as a relative or as their own. A few statements, however many cases.
    """
    filed = list(filed)
    relatives = {identity_of(user) for user in User.objects.filter(kin__relative__in=persons).distinct()}
    connected = _connected({case.organisation_id for case, _filers in filed} - {None})
    rows, alike = [], {}
    for case, filers in filed:
        parties = _parties(case, filers, persons)
        alike.setdefault(parties, []).append(case.pk)
        barred = (relatives | connected.get(case.organisation_id, set())) - parties
        rows += [CaseActor(application=case, who=who, capacity=Capacity.PARTY) for who in sorted(parties)]
        rows += [CaseActor(application=case, who=who, capacity=Capacity.RELATIVE) for who in sorted(barred)]
    CaseActor.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    for parties, cases in alike.items():
        # An official or relative whom a correction names is a party from then on, and out of the case.
        named = CaseActor.objects.filter(application__in=cases, who__in=parties)
        named.exclude(capacity=Capacity.PARTY).update(capacity=Capacity.PARTY, stage="")


def _parties(case: Application, filers: Sequence[User], persons: Sequence[Person]) -> frozenset[str]:
    organisation = [f"organisation:{case.organisation_id}"] if case.organisation_id else []
    return frozenset([*(f"person:{one.pk}" for one in persons), *(identity_of(one) for one in filers), *organisation])


def _connected(organisations: set[int]) -> dict[int, set[str]]:
    """The officials connected to each of these organisations."""
    found: dict[int, set[str]] = {}
    if organisations:
        for row in Affiliation.objects.filter(organisation__in=organisations).select_related("user"):
            found.setdefault(row.organisation_id, set()).add(identity_of(row.user))
    return found
