"""The master key is rotated: beside a running site, killed and run again; then the old one is thrown away."""

import base64
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import connection

from people import key_rotation, vault
from people.models import DataKey
from tests import postgres

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 40
# A run that stops for ever in its second batch, and says so in a file.
STUCK = """
import sys, time, django
django.setup()
from django.core.management import call_command
from people import key_rotation, vault
real, seen = vault.wrap_anew, []
def stuck(key):
    seen.append(key)
    if len(seen) == 4:
        open(sys.argv[1], "w").close()
        time.sleep(600)
    real(key)
vault.wrap_anew = stuck
call_command("rotate_keys", batch=2)
"""


@pytest.fixture
def sealed(settings):
    """Five values, each under a key of its own, wrapped with the first master key; the second is the newest now."""
    settings.VAULT_MASTER_KEYS, settings.VAULT_MASTER_VERSION = {1: OLD}, 1
    keys = [vault.new_data_key() for _number in range(5)]
    DataKey.objects.bulk_create(keys)
    blobs = [(key.pk, vault.encrypt(key, f"text {number}", "here")) for number, key in enumerate(keys)]
    settings.VAULT_MASTER_KEYS, settings.VAULT_MASTER_VERSION = {1: OLD, 2: NEW}, 2
    return blobs


def texts(sealed):
    return [vault.decrypt(DataKey.objects.get(pk=pk), blob, "here") for pk, blob in sealed]


def checked():
    """What --check ends with."""
    try:
        call_command("rotate_keys", check=True)
    except SystemExit as end:
        return end.code
    return 0


def test_afterwards_everything_is_read_without_the_old_key(sealed, settings, capsys):
    call_command("rotate_keys", batch=2)
    assert "5 of 5" in capsys.readouterr().out
    settings.VAULT_MASTER_KEYS = {2: NEW}
    assert texts(sealed) == [f"text {number}" for number in range(5)]
    assert checked() == 0


def test_before_it_what_the_old_key_wraps_is_read_too(sealed):
    assert texts(sealed) == [f"text {number}" for number in range(5)]


def test_the_check_counts_versions_and_fails_while_one_is_behind(sealed, capsys):
    vault.rewrap(DataKey.objects.get(pk=sealed[0][0]))
    assert checked() == 1
    assert capsys.readouterr().out == "version 1: 4 keys\nversion 2 (newest): 1 keys\n"


def test_the_check_names_a_master_key_that_is_gone(sealed, settings, capsys):
    settings.VAULT_MASTER_KEYS = {2: NEW}
    assert checked() == 1
    assert "version 1: 5 keys - NO SUCH MASTER KEY" in capsys.readouterr().out
    assert key_rotation.lost_versions() == [1]


def test_run_again_it_changes_nothing(sealed):
    call_command("rotate_keys")
    before = list(DataKey.objects.order_by("pk").values_list("wrapped", flat=True))
    call_command("rotate_keys")
    assert list(DataKey.objects.order_by("pk").values_list("wrapped", flat=True)) == before


def test_a_destroyed_key_stays_destroyed(sealed):
    gone = DataKey.objects.get(pk=sealed[2][0])
    vault.destroy(gone, AT)
    call_command("rotate_keys")
    gone.refresh_from_db()
    assert (bytes(gone.wrapped), gone.destroyed_at, gone.master_version) == (b"", AT, 1)
    assert checked() == 0


def test_a_key_destroyed_between_look_and_write_is_not_brought_back(sealed):
    stale = DataKey.objects.get(pk=sealed[0][0])
    vault.destroy(DataKey.objects.get(pk=stale.pk), AT)
    assert not vault.rewrap(stale)
    assert bytes(DataKey.objects.get(pk=stale.pk).wrapped) == b""


def test_a_key_that_cannot_be_opened_is_told_and_does_not_stop_the_others(sealed, capsys):
    DataKey.objects.filter(pk=sealed[1][0]).update(wrapped=b"damaged")
    with pytest.raises(SystemExit):
        call_command("rotate_keys", batch=1)
    told = capsys.readouterr()
    assert str(sealed[1][0]) in told.err
    assert key_rotation.standing() == {1: 1, 2: 4}


@pytest.mark.postgres_threads
def test_two_runs_at_once_wrap_each_key_once_and_harm_none(sealed, race):
    quiet = lambda done, of: None  # noqa: E731
    results = race(lambda: key_rotation.rotate(quiet, 1), lambda: key_rotation.rotate(quiet, 2))
    assert sum(result.done for result in results) == 5
    assert texts(sealed) == [f"text {number}" for number in range(5)]


@pytest.mark.slow
@pytest.mark.postgres_threads
def test_killed_in_the_middle_it_goes_on_where_it_stopped(sealed, tmp_path):
    sign = tmp_path / "stuck"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "DATABASE_URL": postgres.url(connection.settings_dict["NAME"]),
        "VAR_DIR": str(site.VAR_DIR),
        "DEMO": "1",
        "VAULT_MASTER_VERSION": "2",
        "VAULT_MASTER_KEY": NEW,
        "VAULT_OLD_MASTER_KEYS": f"1={OLD}",
    }
    with subprocess.Popen([sys.executable, "-c", STUCK, str(sign)], cwd=ROOT, env=environment) as process:
        until = time.monotonic() + SECONDS
        while not sign.exists():
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        process.kill()
    assert key_rotation.standing() == {1: 3, 2: 2}
    assert texts(sealed) == [f"text {number}" for number in range(5)]
    call_command("rotate_keys", batch=2)
    assert key_rotation.standing() == {2: 5}
    assert texts(sealed) == [f"text {number}" for number in range(5)]
