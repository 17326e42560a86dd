"""Fifty at once grant whole cases: opinion, decision, number, benefit, dues, budget; on PostgreSQL and on SQLite."""

from collections.abc import Callable
from time import sleep

import pytest
from django.db import connection

from tests.benefits import grant_race
from tests.benefits.grant_race import AS_IT_SHOULD_BE, ENOUGH_FOR, GRANTED, HANDS, SHORT, standing
from tests.payouts.budget_rows import envelope

pytestmark = pytest.mark.slow


def patiently(act: Callable[[], str], done: list[str]) -> Callable[[], None]:
    """On a slow machine the last of fifty waits for longer than the site lets anybody wait."""

    def hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '60s'")
        try:
            done.append(act())
        except Exception as error:  # noqa: BLE001 - what a hand was told is the result under test
            done.append(repr(error))

    return hand


def lowest(done: list[str]) -> Callable[[], object]:
    """The least that anybody saw free while the others grant."""

    def look() -> object:
        seen = [envelope().free]
        while len(done) < HANDS:
            sleep(0.02)
            seen.append(envelope().free)
        return min(seen)

    return look


@pytest.mark.postgres_threads
def test_fifty_whole_grants_at_once_are_twenty_and_the_others_are_told_that_money_is_short(race):
    acts, done = grant_race.ready(), []
    [least, *_hands] = race(lowest(done), *[patiently(act, done) for act in acts])
    assert sorted(done) == [GRANTED] * ENOUGH_FOR + [SHORT] * (HANDS - ENOUGH_FOR)
    assert standing() == AS_IT_SHOULD_BE
    assert str(least) == AS_IT_SHOULD_BE["free"]


@pytest.mark.sqlite
def test_fifty_whole_grants_at_once_are_twenty_on_sqlite(embedded_site):
    told = embedded_site("shell", "-v0", "-c", "from tests.benefits import grant_race; grant_race.main()")
    assert told.stdout.splitlines()[-2:] == ["True", "True"]
