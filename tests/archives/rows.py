"""One true row of each kind of the archive, and rows that would stand beside it."""

from datetime import timedelta

from archives import handing_over, holds
from archives.models import FiledCase, Handover, Hold, Package, Piece, Volume
from archives.packages import asking
from papers.jobs import render_all
from people import vault
from people.models import DataKey, Household, Organisation
from tests import world
from tests.archives.shelves import KEEPER, filed


def new_key() -> DataKey:
    """A key for a second row."""
    key = vault.new_data_key()
    key.save()
    return key


def volume() -> Volume:
    """A file."""
    return filed()[1].volume


def same_number() -> Volume:
    """A file of somebody else under the number of the first."""
    row, row_key = volume(), new_key()
    row.person, row.number, row.data_key = world.granted(4).application.subject, "another", row_key
    return row


def same_person() -> Volume:
    """Another file of the same person and year."""
    row = volume()
    row.number, row.sequence, row.data_key = "another", 99, new_key()
    return row


def same_household() -> Volume:
    """Another file of the same household and year."""
    row = volume()
    household = Household.objects.create(division_id="532503", head=row.person)
    return _of(row, household=household)


def same_organisation() -> Volume:
    """Another file of the same organisation and year."""
    organisation = Organisation.objects.create(uscc="91532503MA6K000001", name="示例公司", data_key=new_key())
    return _of(volume(), organisation=organisation)


def _of(row: Volume, **party: object) -> Volume:
    Volume.objects.filter(pk=row.pk).update(person=None, **party)
    row.refresh_from_db()
    row.number, row.sequence, row.data_key = "another", 99, new_key()
    return row


def case() -> FiledCase:
    """A case in a file."""
    return filed()[1]


def piece() -> Piece:
    """A document in a file."""
    return volume().pieces.order_by("position").first()


def same_position() -> Piece:
    """A second document at the same place."""
    row = piece()
    row.reference = "another"
    return row


def same_document() -> Piece:
    """The same document at another place."""
    row = piece()
    row.position = 99
    return row


def hold() -> Hold:
    """A hold."""
    row = case()
    return holds.place(world.user(KEEPER), row.volume_id, "复议。", row.filed_at)


def handover() -> Handover:
    """A hand-over list."""
    row = case()
    return handing_over.hand_over(
        world.user(KEEPER), row.volume.office_id, row.volume.year, "档案馆", world.year_later(row.filed_at)
    )


def package() -> Package:
    """A package of a file, asked for."""
    row = case()
    return asking.ask_for_volume(world.user(KEEPER), row.volume_id, row.filed_at + timedelta(hours=1))


def same_package() -> Package:
    """The same file asked for once more."""
    row = package()
    row.data_key = new_key()
    return row


def same_package_of_a_list() -> Package:
    """The same list asked for once more."""
    listed = handover()
    render_all()
    row = asking.ask_for_handover(world.user(KEEPER), listed.pk, listed.made_at)
    row.data_key = new_key()
    return row
