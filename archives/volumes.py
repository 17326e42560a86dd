"""Files opened, numbered and written into. Locks: case → file → counter → stream head."""

from datetime import datetime

from django.db import IntegrityError, transaction

from archives.models import Piece, Volume
from archives.parties import Party
from archives.retention import expiry_of, longest
from archives.sources.base import Found
from audit import chain
from papers import numbering
from people import vault
from people.models import Office

SERIES = "档"


def open_volume(office: Office, party: Party, year: int, retention: str, actor: str, at: datetime) -> Volume:
    """The party's open file of a year at an office, locked: the one there is, else a new one under the next number.

    Two that open the same file at once: the second's number is taken back, and it writes into the first's.
    """
    mine = Volume.objects.filter(office=office, year=year, handover__isnull=True, **party.columns)
    rows = mine.select_related("data_key").select_for_update(of=("self",), no_key=True)
    volume = rows.first()
    if volume is None:
        try:
            with transaction.atomic():
                return _opened(office, party, year, retention, actor, at)
        except IntegrityError:
            volume = rows.get()
    return volume


def _opened(office: Office, party: Party, year: int, retention: str, actor: str, at: datetime) -> Volume:
    sequence = numbering.take(f"volume:{office.pk}:{year}")
    key = vault.new_data_key()
    key.save()
    volume = Volume.objects.create(
        office=office,
        year=year,
        sequence=sequence,
        number=numbering.written(office, SERIES, year, sequence),
        name=party.name,
        data_key=key,
        retention=retention,
        expires_on=expiry_of(retention, year),
        opened_at=at,
        **party.columns,
    )
    note(volume, actor, "archive.opened", at, number=volume.number)
    return volume


def keep_as_long(volume: Volume, retention: str) -> None:
    """A file is kept as long as what is kept longest in it."""
    wanted = longest([volume.retention, retention])
    if wanted != volume.retention:
        volume.retention, volume.expires_on = wanted, expiry_of(wanted, volume.year)
        volume.save(update_fields=["retention", "expires_on"])


def add_pieces(volume: Volume, application_id: int, found: list[tuple[str, Found]]) -> int:
    """Write pieces at the end of the catalogue; how many. Those that lie in a file already are left out."""
    known = set(Piece.objects.filter(application=application_id).values_list("kind", "reference"))
    fresh = [(kind, one) for kind, one in found if (kind, one.reference) not in known]
    first = volume.pieces.count() + 1
    rows = [
        Piece(volume=volume, application_id=application_id, position=position, kind=kind, **vars(one))
        for position, (kind, one) in enumerate(fresh, first)
    ]
    return len(Piece.objects.bulk_create(rows))


def note(volume: Volume, actor: str, action: str, at: datetime, **data: object) -> None:
    """An event in the file's own stream: codes, counts and hashes only."""
    chain.append(volume.stream, action, actor=actor, at=at, subject=f"archive-{volume.pk}", data=data)


def locked(pk: int) -> Volume:
    """A file, locked until the transaction ends."""
    related = Volume.objects.select_related("office__division", "data_key", "handover")
    return related.select_for_update(of=("self",), no_key=True).get(pk=pk)
