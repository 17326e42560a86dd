"""Races on PostgreSQL: two that file, two that ask, one that hands over meanwhile."""

from datetime import timedelta

import pytest

from archives import filing, handing_over
from archives.models import FiledCase, Handover, Package, Volume
from archives.packages import asking
from people.refusals import Conflict
from tests import world
from tests.archives.shelves import KEEPER, filed, office, printed, refused

pytestmark = pytest.mark.postgres_threads


def test_the_same_case_filed_at_once_lies_in_one_file_once(race):
    case = printed(refused())
    at = case.at + timedelta(hours=1)
    rows = race(*[lambda: filing.file_case(world.user(KEEPER), case.public_id, at)] * 4)
    assert len({row.pk for row in rows}) == 1
    assert FiledCase.objects.count() == Volume.objects.count() == 1


def test_two_cases_of_one_party_filed_at_once_share_a_file_and_no_number_is_lost(race):
    first = printed(refused(2))
    second = printed(refused(2))
    third = printed(refused(4))
    at = third.at + timedelta(days=40)
    cases = [first, second, third]
    rows = race(*(lambda case=case: filing.file_case(world.user(KEEPER), case.public_id, at) for case in cases))
    assert not [row for row in rows if isinstance(row, Exception)]
    assert rows[0].volume_id == rows[1].volume_id != rows[2].volume_id
    assert sorted(Volume.objects.values_list("sequence", flat=True)) == [1, 2]
    positions = list(rows[0].volume.pieces.values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_a_year_handed_over_twice_at_once_is_on_one_list(race):
    _case, row = filed()
    at = world.year_later(row.filed_at)
    acts = [lambda: handing_over.hand_over(world.user(KEEPER), office().pk, row.volume.year, "档案馆", at)] * 3
    results = race(*acts)
    assert sum(isinstance(one, Conflict) for one in results) == 2
    assert Handover.objects.count() == 1


def test_a_package_asked_for_at_once_is_made_once(race):
    _case, row = filed()
    asked = race(*[lambda: asking.ask_for_volume(world.user(KEEPER), row.volume_id, row.filed_at)] * 4)
    assert len({package.pk for package in asked}) == 1
    assert Package.objects.count() == 1
