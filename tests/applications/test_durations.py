"""How long cases really take: median and nine in ten, per scheme and place, of enough cases to tell."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from applications.durations import FEWEST_CASES, count_durations, duration_for, share_within
from applications.models import Duration
from people.models import Division
from tests import world
from tests.stages import POINT
from workflows import calendar

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
GRANT = "grad-jobseeking"


def between(filed, decided):
    return calendar.working_days_between(timezone.localdate(filed), timezone.localdate(decided))


def known(at, scheme=GRANT, county="532503"):
    count_durations(at)
    return duration_for(scheme, Division.objects.get(pk=county))


def measured(cases, place="532503", half=7, most=15):
    row = {"cases": cases, "half": half, "nine_tenths": most, "counted_on": world.START.date()}
    return Duration.objects.create(scheme_code=GRANT, division_id=place, **row)


@pytest.mark.parametrize(
    "days, half, most", [([4], 4, 4), ([1, 2, 3, 4], 2, 4), (list(range(1, 11)), 5, 9), (list(range(1, 101)), 50, 90)]
)
def test_so_many_were_decided_within(days, half, most):
    assert (share_within(days, 50), share_within(days, 90)) == (half, most)


def test_days_run_from_filing_to_decision():
    case = world.granted()
    application = case.application
    count_durations(case.later())
    row = Duration.objects.get(division="532503")
    assert (row.cases, row.half) == (1, between(application.submitted_at, application.decided_at))


def test_the_applicants_days_are_not_the_offices():
    case = world.grant().submit().say("correction", points=(POINT,))
    asked = case.at
    case.later(24 * 9)
    case.resubmit()
    answered = case.at
    case.say("accept").say("agree").end_notice().say("grant")
    application = case.application
    count_durations(case.later())
    expected = between(application.submitted_at, application.decided_at) - between(asked, answered)
    assert Duration.objects.get(division="532503").half == expected


def test_a_case_counts_for_its_county_and_its_prefecture():
    count_durations(world.granted().later())
    assert set(Duration.objects.values_list("division", flat=True)) == {"532503", "532500"}


def test_what_is_not_decided_is_not_counted():
    count_durations(world.at_decision().later())
    assert not Duration.objects.exists()


def test_what_is_older_than_a_year_is_not_counted():
    case = world.granted()
    count_durations(case.at + timedelta(days=400))
    assert not Duration.objects.exists()


def test_it_is_counted_once_a_day_and_anew_the_next():
    at = world.granted().later()
    assert [count_durations(at), count_durations(at), count_durations(at + timedelta(days=1))] == [2, 0, 2]


def test_of_few_cases_nothing_is_told():
    measured(FEWEST_CASES - 1)
    assert duration_for(GRANT, Division.objects.get(pk="532503")) is None


def test_the_countys_own_cases_come_first():
    own = measured(FEWEST_CASES)
    measured(50, place="532500")
    assert duration_for(GRANT, Division.objects.get(pk="532503")) == own


def test_where_the_county_has_few_the_prefecture_stands_in():
    measured(1)
    above = measured(50, place="532500")
    assert duration_for(GRANT, Division.objects.get(pk="532503")) == above


def test_the_guide_tells_it_where_one_lives():
    measured(12)
    page = Client().get(f"/apply/{GRANT}/?division=532503").content.decode()
    assert "最近一年办结12件：一半在7个工作日内作出决定，九成在15个工作日内作出决定" in page


def test_the_guide_tells_nothing_of_few():
    measured(2)
    assert "最近一年办结" not in Client().get(f"/apply/{GRANT}/?division=532503").content.decode()
