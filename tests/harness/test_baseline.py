"""Tests that commit leave the database as migrate left it."""

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, IntegrityError

from audit import chain, triggers
from audit.models import Event
from people.models import Division
from tests import baseline


def commit_an_event(at):
    chain.append("policy", "published", actor="somebody", at=at)


@pytest.mark.django_db(transaction=True)
def test_what_a_test_committed_is_gone_after_it(monday):
    commit_an_event(monday)
    baseline.restore()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_migrate_wrote_is_still_there():
    before = set(Permission.objects.values_list("pk", "codename"))
    Permission.objects.filter(codename__startswith="view").delete()
    baseline.restore()
    assert set(Permission.objects.values_list("pk", "codename")) == before
    assert before


@pytest.mark.django_db(transaction=True)
def test_append_only_tables_refuse_again_after_a_restore(monday):
    baseline.restore()
    commit_an_event(monday)
    assert triggers.missing() == []
    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.update(actor="somebody else")


@pytest.mark.django_db(transaction=True)
def test_the_founded_database_is_itself_again_after_a_test_that_commits(founded):
    before = set(Division.objects.values_list("pk", "name"))
    Division.objects.filter(pk="532503").update(name="elsewhere")
    Division.objects.create(pk="999999", name="nowhere", level="county")
    baseline.restore()
    assert set(Division.objects.values_list("pk", "name")) == before
    assert ("532503", "蒙自市") in before


@pytest.mark.django_db
def test_a_test_that_asks_for_nothing_finds_an_empty_database():
    assert not Division.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_foreign_keys_hold_again_after_a_restore():
    baseline.restore()
    with pytest.raises(IntegrityError):
        Division.objects.create(pk="999999", name="nowhere", level="county", parent_id="000001")
