"""Append-only tables refuse every way of changing a row, on both databases."""

import sqlite3

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction

from audit import chain, triggers
from audit.anchors import anchor_heads
from audit.models import Anchor, AnchoredHead, Event

ROW = "'case:a', 1, 'x', 'y', '', '', '{}', '2026-01-01', '2026-01-01', '', ''"
COLUMNS = "stream, seq, action, actor, on_behalf_of, subject, data, at, recorded_at, previous, hash"


@pytest.fixture
def rows(db, monday):
    chain.append("case:a", "done", actor="a", at=monday)
    anchor_heads(monday)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("model", [Event, Anchor, AnchoredHead])
def test_rows_are_neither_changed_nor_deleted(rows, model):
    for act in (lambda: model.objects.update(hash="x"), lambda: model.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    assert model.objects.exists()


@pytest.mark.postgres_threads
@pytest.mark.parametrize("table", ["audit_event", "audit_anchoredhead"])
def test_tables_are_not_truncated(rows, table):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"TRUNCATE {table} CASCADE")


def test_an_insert_that_turns_into_an_update_is_refused(rows):
    upsert = f"INSERT INTO audit_event ({COLUMNS}) VALUES ({ROW}) ON CONFLICT (stream, seq) DO UPDATE SET actor = 'z'"
    with pytest.raises(DatabaseError, match="append-only"):
        run(upsert)


def test_migrate_leaves_every_trigger_in_place(db):
    assert triggers.missing() == []
    assert {"audit_event", "audit_anchor", "audit_anchoredhead", "benefits_due"} <= set(triggers.protected_tables())


def test_a_lifted_trigger_is_missed_and_comes_back(db):
    with triggers.lifted():
        assert "audit_event_no_row" in triggers.missing() or connection.vendor == "sqlite"
    assert triggers.missing() == []


@pytest.mark.postgres_threads
def test_a_trigger_that_is_switched_off_is_missed(db):
    run("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_row")
    assert triggers.missing() == ["audit_event_no_row"]


@pytest.mark.postgres_threads
def test_a_trigger_that_does_nothing_any_more_is_missed(db):
    body = (
        "CREATE OR REPLACE FUNCTION zhida_append_only() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
    )
    run(body)
    assert "audit_event_no_row" in triggers.missing()
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.postgres_threads
def test_a_trigger_that_watches_less_is_missed(db):
    run("DROP TRIGGER audit_event_no_row ON audit_event")
    run(
        "CREATE TRIGGER audit_event_no_row BEFORE UPDATE ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION zhida_append_only()"
    )
    assert triggers.missing() == ["audit_event_no_row"]


def test_a_site_with_a_missing_trigger_is_not_deployed(db):
    assert [error for error in run_checks(include_deployment_checks=True) if error.id == "audit.E001"] == []
    with triggers.lifted():
        found = {error.id for error in run_checks(include_deployment_checks=True)}
    assert "audit.E001" in found


EVENT = f"INSERT INTO audit_event (id, {COLUMNS}) VALUES (7, {ROW})"


@pytest.fixture
def embedded_events(embedded_site):
    """An SQLite site with one event, as another program would open it."""
    with sqlite3.connect(embedded_site.database) as database:
        database.execute(EVENT)
        database.commit()
        yield database
    database.close()


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor = 'z'",
        "DELETE FROM audit_event",
        f"REPLACE INTO audit_event (id, {COLUMNS}) VALUES (7, {ROW})",
        f"REPLACE INTO audit_event (id, {COLUMNS}) VALUES (8, {ROW})",
        f"INSERT OR REPLACE INTO audit_event (id, {COLUMNS}) VALUES (9, {ROW})",
        f"INSERT OR IGNORE INTO audit_event (id, {COLUMNS}) VALUES (7, {ROW})",
        f"INSERT INTO audit_event (id, {COLUMNS}) VALUES (8, {ROW}) ON CONFLICT DO NOTHING",
        "UPDATE OR REPLACE audit_event SET seq = 1",
    ],
)
def test_sqlite_refuses(embedded_events, statement):
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        embedded_events.execute(statement)
    assert embedded_events.execute("SELECT id, actor FROM audit_event").fetchall() == [(7, "y")]


@pytest.mark.sqlite
@pytest.mark.slow
def test_sqlite_takes_the_next_event(embedded_events):
    embedded_events.execute(EVENT.replace("(7, 'case:a', 1", "(8, 'case:a', 2"))
    assert embedded_events.execute("SELECT count(*) FROM audit_event").fetchone() == (2,)


@pytest.mark.sqlite
@pytest.mark.slow
def test_a_trigger_that_was_dropped_comes_back_with_the_next_migrate(embedded_site):
    with sqlite3.connect(embedded_site.database) as database:
        database.execute("DROP TRIGGER audit_event_no_update")
        database.execute("DROP TRIGGER audit_event_no_delete")
        database.execute("CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT 1; END")
    database.close()
    report = embedded_site("check", "--deploy", "--database", "default", check=False).stderr
    assert "audit_event_no_update" in report
    assert "audit_event_no_delete" in report
    embedded_site("migrate", "-v0")
    assert "audit.E001" not in embedded_site("check", "--deploy", "--database", "default", check=False).stderr


@pytest.mark.sqlite
@pytest.mark.slow
def test_verification_on_sqlite_finds_a_tampered_copy(embedded_site):
    with sqlite3.connect(embedded_site.database) as database:
        database.execute("DROP TRIGGER audit_event_no_replace")
        database.execute(EVENT)
    database.close()
    run = embedded_site("verify_audit", check=False)
    assert run.returncode == 1
    assert run.stdout == "case:a #1: does not follow the event before it\n"
