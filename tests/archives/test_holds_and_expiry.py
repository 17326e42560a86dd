"""How long files are kept: classes as dated data, holds, and what falls due. Nothing is ever destroyed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from archives import holds, volumes
from archives.models import Hold, Volume
from archives.retention import Rule, expiry_of, longest, rule_for
from audit.models import Event
from people.refusals import Conflict, Invalid, NotFound
from tests import world
from tests.archives.shelves import KEEPER, filed

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 18)
FAR = datetime(2037, 1, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def keeper():
    return world.user(KEEPER)


@pytest.mark.parametrize(
    "gives, ended, kept",
    [
        ("grant", "refused", "10"),
        ("grant", "withdrawn", "10"),
        ("grant", "granted", "30"),
        ("phase_out", "revoked", "30"),
        ("service", "granted", "permanent"),
        ("service", "refused", "10"),
        ("referral", "answered", "10"),
    ],
)
def test_what_a_scheme_gives_and_how_a_case_ended_say_how_long_it_is_kept(gives, ended, kept):
    assert rule_for(gives, ended, DAY).retention == kept


def test_no_class_is_called_stated_without_a_document():
    assert rule_for("grant", "granted", DAY).basis == "assumed"
    with pytest.raises(ValidationError, match="names its document"):
        Rule(**{"from": DAY, "class": "10", "basis": "stated"})


def test_before_the_first_rule_there_is_none():
    with pytest.raises(LookupError):
        rule_for("grant", "refused", date(2000, 1, 1))


def test_a_time_begins_with_the_year_after_closing():
    assert expiry_of("10", 2026) == date(2037, 1, 1)
    assert expiry_of("permanent", 2026) is None
    assert longest(["10", "permanent", "30"]) == "permanent"


def test_a_file_is_kept_as_long_as_what_is_kept_longest_in_it():
    _case, row = filed()
    volume = row.volume
    volumes.keep_as_long(volume, "30")
    volumes.keep_as_long(volume, "10")
    volume.refresh_from_db()
    assert (volume.retention, volume.expires_on) == ("30", date(2057, 1, 1))


def test_what_falls_due_is_listed_and_says_what_is_held():
    _case, row = filed()
    assert not holds.due(keeper(), FAR - timedelta(days=1)).exists()
    assert [volume.held for volume in holds.due(keeper(), FAR)] == [False]
    holds.place(keeper(), row.volume_id, "正在复议。", row.filed_at)
    assert [volume.held for volume in holds.due(keeper(), FAR)] == [True]
    assert not holds.due(world.user("other-county"), FAR).exists()
    assert Volume.objects.exists()


def test_a_hold_keeps_its_reason_sealed_and_ends_once():
    _case, row = filed()
    hold = holds.place(keeper(), row.volume_id, " 正在复议。 ", row.filed_at)
    assert holds.reason_of(hold, row.volume) == "正在复议。"
    assert "正在复议".encode() not in bytes(Hold.objects.get().reason)
    assert "正在复议" not in str(list(Event.objects.values_list("data", flat=True)))
    with pytest.raises(Conflict):
        holds.place(keeper(), row.volume_id, "又一个原因。", row.filed_at)
    holds.lift(keeper(), row.volume_id, row.filed_at + timedelta(days=1))
    with pytest.raises(Conflict):
        holds.lift(keeper(), row.volume_id, row.filed_at + timedelta(days=2))
    assert holds.current(row.volume) is None


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_a_hold_says_why(reason):
    _case, row = filed()
    with pytest.raises(Invalid) as refusal:
        holds.place(keeper(), row.volume_id, reason, row.filed_at)
    assert set(refusal.value.errors) == {"reason"}


def test_nobody_else_holds_a_file():
    _case, row = filed()
    with pytest.raises(NotFound):
        holds.place(world.user("county-clerk"), row.volume_id, "复议。", row.filed_at)
