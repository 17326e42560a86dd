"""The embedded database under test is a file of its own."""

import sqlite3

import pytest

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]


def test_the_site_runs_on_its_own_sqlite_file(embedded_site):
    embedded_site("verify_audit")
    with sqlite3.connect(embedded_site.database) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_a_command_that_fails_is_not_overlooked(embedded_site):
    with pytest.raises(AssertionError, match="no_such_command"):
        embedded_site("no_such_command")
