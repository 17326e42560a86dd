"""渐退期即将结束告知书: some thirty days before the end, once, however late the clock is and however often it runs."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from audit.models import Event
from benefits.clock import end_phase_outs
from benefits.models import PhaseOutWarning
from benefits.phase_out.clock import last_month_to_warn, warn_of_ends
from papers import reading
from papers.models import Paper
from tests import world
from tests.benefits import changed

ZONE = ZoneInfo("Asia/Shanghai")
IN_TIME = datetime(2027, 3, 1, 0, 1, tzinfo=ZONE)


def warned():
    return Paper.objects.filter(phase_out_warning__isnull=False)


@pytest.mark.parametrize(
    "today, last",
    [
        (date(2027, 2, 28), date(2027, 2, 1)),
        (date(2027, 3, 1), date(2027, 3, 1)),
        (date(2027, 3, 30), date(2027, 3, 1)),
        (date(2027, 3, 31), date(2027, 4, 1)),
        (date(2028, 1, 29), date(2028, 1, 1)),
        (date(2028, 1, 30), date(2028, 2, 1)),
        (date(2027, 12, 2), date(2027, 12, 1)),
    ],
)
def test_thirty_days_before_the_last_day_of_the_last_month(today, last):
    assert last_month_to_warn(today) == last


@pytest.mark.django_db
class TestWarning:
    """October to March."""

    @pytest.fixture
    def case(self):
        return world.phase_out_granted(months=6)

    def test_nobody_is_warned_earlier(self, case):
        assert warn_of_ends(IN_TIME.replace(month=2, day=28)) == 0
        assert not warned().exists()

    def test_the_family_is_told_when_it_ends_and_what_it_can_do(self, case):
        assert warn_of_ends(IN_TIME) == 1
        content = reading.content(warned().get())
        text = "".join(words for _field, words in content.texts())
        assert content.title == "渐退期即将结束告知书"
        assert "2027年3月发放后期满" in text
        assert "申请再次纳入保障范围" in text

    def test_it_is_told_once(self, case):
        warn_of_ends(IN_TIME)
        assert warn_of_ends(IN_TIME) == warn_of_ends(IN_TIME.replace(day=20)) == 0
        assert warned().count() == Event.objects.filter(action="phase_out.warned").count() == 1

    def test_a_clock_that_is_late_by_days_tells_it_still(self, case):
        assert warn_of_ends(IN_TIME.replace(day=31)) == 1

    def test_after_the_end_there_is_nothing_to_warn_of(self, case):
        assert warn_of_ends(IN_TIME.replace(month=4)) == 0

    def test_the_end_is_told_all_the_same(self, case):
        warn_of_ends(IN_TIME)
        end_phase_outs(IN_TIME.replace(month=4))
        titles = set(
            Paper.objects.filter(case_ref=case.public_id, kind="phase_out_end").values_list("title", flat=True)
        )
        assert titles == {"渐退期即将结束告知书", "渐退期结束告知书"}

    def test_one_that_is_suspended_is_warned_when_it_goes_on(self, case):
        change = changed.report(case, changed.told(on=date(2027, 3, 1)), suspend=True, at=IN_TIME)
        assert warn_of_ends(IN_TIME) == 0
        changed.settle(case, change, changed.members(case))
        assert warn_of_ends(IN_TIME.replace(day=5)) == 1

    def test_a_name_no_font_has_is_warned_of_once_without_a_paper(self, case, monkeypatch):
        monkeypatch.setattr("benefits.phase_out.letters._values", lambda *_given: dict.fromkeys(NAMES, "\U000300f1"))
        assert (warn_of_ends(IN_TIME), warn_of_ends(IN_TIME)) == (1, 0)
        assert PhaseOutWarning.objects.get().paper is None


NAMES = ("name", "decision", "months", "first_month", "last_month", "organ", "scheme", "case_number")


@pytest.mark.postgres_threads
def test_two_clocks_at_once_warn_once(race):
    world.phase_out_granted(months=6)
    results = race(lambda: warn_of_ends(IN_TIME), lambda: warn_of_ends(IN_TIME))
    assert sorted(results) == [0, 1]
    assert PhaseOutWarning.objects.count() == 1
