"""Banks' lists of interest are destroyed when their time is over, unless a hold by law keeps them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from approvals.claims import loan_lists_kept
from archives.erasing import bank_lists, law_holds
from archives.models import LegalHold
from audit.models import Event
from audit.verify import verify
from people import recording, vault
from people.refusals import Erased
from tests import world
from tests.benefits import loan_rows

pytestmark = pytest.mark.django_db(transaction=True)
LAST = datetime(2036, 12, 31, 23, tzinfo=ZoneInfo("Asia/Shanghai"))
OVER = datetime(2037, 1, 1, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
READER = "county-reviewer"


@pytest.fixture
def kept():
    return loan_rows.loan_list()


def held(kept, reach, **target):
    """A hold by law, as somebody of the list's office placed it."""
    key = vault.new_data_key()
    key.save()
    told = {"document": "（2026）云25行初1号", "reason": b"", "starts": date(2026, 9, 1), "placed_at": world.START}
    return LegalHold.objects.create(
        reach=reach, office=kept.office, data_key=key, placed_by=world.user(READER), **told, **target
    )


def test_it_is_kept_ten_years_from_the_year_after_it_came(kept):
    assert bank_lists.kept_until(kept) == date(2037, 1, 1)
    assert bank_lists.erase(LAST) == 0
    assert bank_lists.erase(OVER) == 1
    kept.data_key.refresh_from_db()
    assert kept.data_key.destroyed_at == OVER
    assert not default_storage.exists(kept.stored)
    assert Event.objects.filter(stream=f"loans:{kept.office_id}", action="loans.erased").count() == 1
    assert verify([]).fault is None


def test_what_came_of_its_lines_stays_and_the_page_says_it_is_destroyed(kept, client):
    bank_lists.erase(OVER)
    assert kept.lines.count() == 1
    with pytest.raises(Erased):
        loan_lists_kept.read(world.user(READER), kept.pk, kept.brought_at)


def test_a_hold_on_a_borrower_or_on_the_place_keeps_it(kept):
    person = recording.person_with(loan_rows.ID, "某人")
    for hour, (reach, target) in enumerate(
        [("person", {"person": person}), ("division", {"division_id": kept.office.division_id})]
    ):
        hold = held(kept, reach, **target)
        assert bank_lists.erase(OVER.replace(hour=1 + hour)) == 0
        law_holds.standing(OVER.date()).filter(pk=hold.pk).update(ends=date(2036, 12, 31))
    assert bank_lists.erase(OVER.replace(hour=9)) == 1


def test_after_a_restore_it_is_destroyed_again(kept, tmp_path):
    log = tmp_path / "log"
    log.write_text(f"erased list {kept.data_key_id}\n")
    for _time in "12":
        call_command("erase_again", log)
    kept.data_key.refresh_from_db()
    assert kept.data_key.destroyed_at is not None
    assert not default_storage.exists(kept.stored)
    assert Event.objects.filter(action="loans.erased").count() == 1


def test_what_was_only_begun_is_left_unless_somebody_says_so(kept, tmp_path, capsys):
    log = tmp_path / "log"
    log.write_text(f"erasing list {kept.data_key_id}: {kept.stored}\n")
    call_command("erase_again", log)
    assert str(kept.data_key_id) in capsys.readouterr().out
    assert default_storage.exists(kept.stored)
    call_command("erase_again", log, begun=True)
    kept.data_key.refresh_from_db()
    assert kept.data_key.destroyed_at is not None
    assert not default_storage.exists(kept.stored)


def test_the_file_a_lost_process_left_is_removed(kept, tmp_path, caplog, monkeypatch):
    def lost(*_args):
        raise KeyboardInterrupt

    caplog.set_level("INFO", "archives.erased")
    with monkeypatch.context() as then:
        then.setattr(bank_lists, "_committed", lost)
        with pytest.raises(KeyboardInterrupt):
            bank_lists.erase(OVER)
    assert default_storage.exists(kept.stored)
    log = tmp_path / "log"
    log.write_text("\n".join(caplog.messages))
    call_command("erase_again", log)
    assert not default_storage.exists(kept.stored)
