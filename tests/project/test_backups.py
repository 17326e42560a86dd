"""A backup holds database and files, tells nothing without the master key, and restores a site that proves itself."""

import base64
import json
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.db import connection

from applications import answers as answers_of
from applications import attachments
from applications.models import Application, Attachment
from approvals.models import Decision
from audit.models import Event
from project.backups import dumping
from project.backups.making import keep_newest, make
from project.backups.manifest import DATABASE, FILE, FILES, BadBackup
from tests import world
from tests.applications.pages import photo

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
KEY = base64.b64encode(b"another key of thirty-two bytes!").decode()


@contextmanager
def empty_site(place):
    """Inside the block the site has an empty database and no file."""
    name, media, empty = connection.settings_dict["NAME"], site_settings.MEDIA_ROOT, f"{world.__name__}_restored"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{empty}"')
        cursor.execute(f'CREATE DATABASE "{empty}" TEMPLATE template0')
    connection.close()
    connection.settings_dict["NAME"], site_settings.MEDIA_ROOT = empty, place
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"], site_settings.MEDIA_ROOT = name, media


def read(folder):
    return json.loads((folder / FILE).read_text(encoding="utf-8"))


def write(folder, **changes):
    (folder / FILE).write_text(json.dumps(read(folder) | changes), encoding="utf-8")


@pytest.mark.postgres_threads
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("peopled")
class TestPostgres:
    """pg_dump sees what was committed: these tests commit."""

    @pytest.fixture(autouse=True)
    def _lived(self, settings, tmp_path):
        """A granted case with a paper handed in, and the backup made of it."""
        settings.MEDIA_ROOT = tmp_path / "media"
        self.case = world.granted(5)
        held = world.grant()
        attachments.add(held.user, held.public_id, "id-copy", photo(), held.at)
        self.folder = make(tmp_path / "backups", NOON)

    def test_a_restored_site_has_every_case_and_file_and_proves_its_record_and_money(self, tmp_path, run_command):
        before = self.found()
        with empty_site(tmp_path / "elsewhere"):
            said = run_command("restore", str(self.folder))
            assert self.found() == before
        assert said.startswith("restored: made at 2026-11-23T12:00:00+08:00")
        assert f"ok {before['events']} events" in said
        assert "approved 1000.00" in said

    def found(self):
        """What tells whether it is the same site."""
        case = Application.objects.get(public_id=self.case.public_id)
        return {
            "cases": sorted(Application.objects.values_list("public_id", "state")),
            "events": Event.objects.count(),
            "answers": answers_of.read(case),
            "decisions": list(Decision.objects.filter(application=case).values_list("kind", "paper__number")),
            "paper": attachments.content_of(Attachment.objects.get()),
        }

    def test_it_restores_into_an_empty_database_only(self):
        with pytest.raises(CommandError, match="not empty"):
            call_command("restore", str(self.folder))

    def test_it_restores_into_an_empty_folder_only(self, tmp_path):
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "x").touch()
        with empty_site(tmp_path / "elsewhere"):
            with pytest.raises(CommandError, match="not empty"):
                call_command("restore", str(self.folder))
            assert dumping.is_empty()

    def test_one_flipped_byte_is_noticed_before_anything_is_restored(self, tmp_path):
        whole = bytearray((self.folder / DATABASE).read_bytes())
        whole[len(whole) // 2] ^= 1
        (self.folder / DATABASE).write_bytes(whole)
        self.refused(tmp_path, "changed since")

    def test_without_its_manifest_it_is_no_backup(self, tmp_path):
        (self.folder / FILE).unlink()
        self.refused(tmp_path, "no whole backup")

    def test_another_master_key_opens_nothing(self, tmp_path, settings):
        settings.VAULT_MASTER_KEYS = {1: KEY}
        self.refused(tmp_path, "VAULT_MASTER_KEY")

    def test_a_backup_of_a_newer_version_waits_for_that_version(self, tmp_path):
        write(self.folder, migrations=[["audit", "9999_of_tomorrow"]])
        self.refused(tmp_path, "newer version")

    def test_a_backup_of_another_kind_of_database_is_not_for_this_site(self, tmp_path):
        write(self.folder, vendor="sqlite")
        self.refused(tmp_path, "is of sqlite")

    def refused(self, tmp_path, why):
        with empty_site(tmp_path / "elsewhere"):
            with pytest.raises(CommandError, match=why):
                call_command("restore", str(self.folder))
            assert dumping.is_empty()

    def test_names_and_answers_cannot_be_read_in_it(self):
        name = self.case.application.subject.name.encode()
        assert all(name not in (self.folder / part).read_bytes() for part in (DATABASE, FILES, FILE))

    def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(self, tmp_path, monkeypatch):
        monkeypatch.setattr(dumping, "_tool", lambda name: "false")
        with pytest.raises(BadBackup, match="pg_dump ended with 1"):
            make(tmp_path / "other", NOON)
        assert list((tmp_path / "other").iterdir()) == []


def test_the_newest_stay_and_an_unfinished_one_is_not_counted(tmp_path):
    for day in range(4):
        folder = tmp_path / f"zhida-2026112{day}T000000"
        folder.mkdir()
        if day != 3:
            (folder / FILE).touch()
    assert [path.name[6:14] for path in keep_newest(tmp_path, 2)] == ["20261120"]
    assert keep_newest(tmp_path, 0) == []


@pytest.mark.sqlite
@pytest.mark.slow
def test_a_site_on_sqlite_comes_back_too(embedded_site, tmp_path):
    embedded_site("load_divisions", "-v0")
    said = embedded_site("backup", str(tmp_path / "backups"), "--keep", "3").stdout
    folder = Path(said.split("backup: ")[1].strip())
    (tmp_path / "again").mkdir()
    elsewhere = {
        "VAR_DIR": str(tmp_path / "again"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'again' / 'zhida.sqlite3'}",
    }
    assert "restored: " in embedded_site("restore", str(folder), **elsewhere).stdout
    counted = ("shell", "-v0", "-c", "from people.models import Division; print(Division.objects.count())")
    assert embedded_site(*counted, **elsewhere).stdout == embedded_site(*counted).stdout != "0\n"
