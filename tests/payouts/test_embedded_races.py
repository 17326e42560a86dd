"""Money paths on SQLite with many at once: nothing is given twice, nobody is turned away by a locked file."""

import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]


def test_thirty_at_once_take_a_place_each_and_one_has_the_message(embedded_site):
    told = embedded_site("shell", "-v0", "-c", "from tests.payouts import embedded_race; embedded_race.main()")
    assert told.stdout.splitlines() == ["True", "1 1"]


def test_two_clocks_at_once_both_end_well(embedded_site):
    def clock(_n: int) -> subprocess.CompletedProcess[str]:
        return embedded_site("run_due")

    with ThreadPoolExecutor(2) as pool:
        for run in pool.map(clock, range(2)):
            assert " -1" not in run.stdout
