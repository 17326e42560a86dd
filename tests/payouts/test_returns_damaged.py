"""Return files that were cut, damaged, mixed up or sent again: bringing one in changes nothing, whatever its bytes."""

import random
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benefits.models import Budget
from payouts.models import Batch, Payout, ReturnFile, ReturnResult
from payouts.returns import intake
from payouts.returns.reading import HEADINGS, lines_of
from people.refusals import Invalid
from people.tables import table_of
from tests import world
from tests.payouts.returned import after, as_csv, as_xlsx, row, sent

ROWS = [["PC53250020260001", str(line), "成功", "", "2026-12-01"] for line in range(1, 9)]
ROWS[3][2:] = ["失败", "账号不存在", ""]
REAL = {"csv": as_csv(ROWS), "gb18030": as_csv(ROWS, "gb18030"), "xlsx": as_xlsx(ROWS)}
SAID = {line.place: (line.paid, line.reason, line.on) for line in lines_of(table_of(REAL["csv"]))}


@st.composite
def damage(draw, content):
    """The bytes of a real file, cut, overwritten, with bytes put in or taken out, or a stretch of them moved."""
    place = draw(st.integers(0, len(content) - 1))
    stray = draw(st.binary(min_size=1, max_size=12))
    other = draw(st.integers(0, len(content) - 1))
    first, last = sorted((place, other))
    return draw(
        st.sampled_from(
            [
                content[:place],
                content[place:],
                content[:place] + stray + content[place:],
                content[:place] + stray + content[place + len(stray) :],
                content[:first] + content[last:],
                content[last:] + content[:last],
                content[:first] + content[first:last][::-1] + content[last:],
                content + content,
            ]
        )
    )


@pytest.mark.parametrize("kind", REAL)
def test_a_damaged_file_is_read_or_refused_and_never_breaks_the_reader(kind):
    @settings(max_examples=150)
    @given(damage(REAL[kind]))
    def holds(content):
        try:
            lines = lines_of(table_of(content))
        except Invalid:
            return
        assert len({line.place for line in lines}) == len(lines)

    holds()


@given(st.integers(0, len(REAL["xlsx"]) - 1), st.binary(min_size=1, max_size=4))
def test_a_spreadsheet_whose_bytes_were_changed_never_says_anything_else(place, stray):
    """Its parts carry check sums: it is refused, or what changed was no part of any cell."""
    content = REAL["xlsx"][:place] + stray + REAL["xlsx"][place + len(stray) :]
    try:
        lines = lines_of(table_of(content))
    except Invalid:
        return
    assert {line.place: (line.paid, line.reason, line.on) for line in lines} == SAID


@given(st.permutations(ROWS), st.permutations(range(len(HEADINGS))))
def test_rows_and_columns_in_any_order_say_the_same(rows, order):
    table = [[line[place] for place in order] for line in [list(HEADINGS), *rows]]
    assert {line.place: (line.paid, line.reason, line.on) for line in lines_of(table)} == SAID


@given(st.integers(1, len(ROWS)), st.integers(0, len(ROWS) - 1))
def test_a_line_that_comes_twice_refuses_the_file(count, again):
    with pytest.raises(Invalid):
        lines_of([list(HEADINGS), *ROWS[:count], ROWS[min(again, count - 1)]])


@pytest.mark.django_db
@pytest.mark.parametrize("as_file", [as_csv, as_xlsx])
def test_bringing_in_any_bytes_at_all_moves_no_money(as_file):
    batch, _cases = sent(0, 5)
    content, at, maker = (
        as_file([row(batch, 1), row(batch, 2, "失败", "销户")]),
        after(batch),
        world.user("finance-maker"),
    )
    before = books()

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(damage(content))
    def holds(damaged):
        with suppress(Invalid):
            intake.upload(maker, world.finance(), damaged, at)
        assert books() == before

    holds()
    assert not ReturnResult.objects.exists()
    assert not ReturnFile.objects.filter(confirmed_at__isnull=False).exists()


@pytest.mark.django_db
def test_the_same_file_sent_again_after_it_was_confirmed_changes_nothing():
    batch, _cases = sent(0, 5)
    rows = [row(batch, 1), row(batch, 2, "失败", "销户")]
    maker, checker, at = world.user("finance-maker"), world.user("finance-checker"), after(batch)
    file, _new = intake.upload(maker, world.finance(), as_csv(rows), at)
    intake.confirm(checker, file.pk, at)
    told = books()
    random.Random(7).shuffle(rows)
    for content in (as_csv(rows), as_csv(rows, "gb18030"), as_xlsx(rows)):
        known = content == as_csv([row(batch, 1), row(batch, 2, "失败", "销户")])
        if known:
            assert intake.upload(maker, world.finance(), content, at) == (file, False)
        else:
            with pytest.raises(Invalid):
                intake.upload(maker, world.finance(), content, at)
    assert books() == told


def books():
    """How far every line, batch and envelope is."""
    payouts = Payout.objects.order_by("pk").values_list("pk", "state", "paid_on", "paid_at", "returned_at", "amount")
    batches = Batch.objects.order_by("pk").values_list("pk", "state", "total")
    return list(payouts), list(batches), list(Budget.objects.order_by("pk").values_list("pk", "reserved", "committed"))
