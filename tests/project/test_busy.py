"""Who waits too long for what others hold is told so: nothing is saved, and they can try again."""

import sqlite3
from contextlib import closing
from threading import Event as Flag

import pytest
from django.db import OperationalError, connection, transaction

from applications.models import Application
from project.busy import is_busy
from tests import world
from tests.applications.pages import text_of
from tests.approvals.desk import address, form_of, sign_in


@pytest.mark.postgres_threads
def test_an_official_who_waits_too_long_for_a_case_is_told_to_try_again(race, peopled, plain_papers, clock):
    case = world.at_decision()
    clock.move_to(case.later())
    held, answered, desk = Flag(), Flag(), sign_in("prefecture-approver")

    def holds():
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=case.application.pk)
            held.set()
            answered.wait(timeout=60)

    def decides():
        held.wait(timeout=60)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        try:
            return desk.post(address(case), form_of(case, outcome="grant", text="同意。"))
        finally:
            answered.set()

    _held, page = race(holds, decides)
    assert page.status_code == 503
    assert "您的操作没有保存" in text_of(page)
    assert case.application.state == "in_review"


def test_a_locked_file_of_sqlite_is_busy_and_another_fault_is_none(tmp_path):
    file = tmp_path / "x.sqlite3"
    with closing(sqlite3.connect(file)) as one, closing(sqlite3.connect(file, timeout=0)) as other:
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as locked:
            other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as unknown:
            other.execute("SELECT * FROM nothing")
    assert is_busy(wrapped(locked.value))
    assert not is_busy(wrapped(unknown.value))
    assert not is_busy(ValueError())


def wrapped(cause):
    """As Django raises it."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error
