"""Bank profiles: data in a room of files, and what is said of a file that is wrong."""

from datetime import date, timedelta

import pytest

from payouts.columns import HEADINGS
from payouts.profiles import CONTRACT, ProfileFault, offered, profile_of, read_profiles
from payouts.profiles.checks import check_profiles
from payouts.profiles.room import ROOM
from payouts.profiles.usual import usual_profile
from people.refusals import Invalid
from tests import world
from tests.payouts.bank import NARROW, ON, WIDE, open_batch, sealed_batch

GOOD = (ROOM / "gb18030-csv.toml").read_text(encoding="utf-8")


@pytest.fixture
def room(tmp_path):
    """A room of its own, with CONTRACT's file in it."""
    (tmp_path / "contract.toml").write_text((ROOM / "contract.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def faults(room, text, name="mine.toml"):
    """What is said of a file put into the room."""
    (room / name).write_text(text, encoding="utf-8")
    with pytest.raises(ProfileFault) as fault:
        read_profiles(room)
    return fault.value.faults


def line_of(text, word):
    return next(number for number, line in enumerate(text.splitlines(), start=1) if word in line)


def test_the_contract_s_columns_are_those_of_its_profile():
    columns = read_profiles()[CONTRACT].columns
    assert tuple(column.heading for column in columns) == HEADINGS


def test_the_contract_s_profile_comes_first():
    assert next(iter(read_profiles())) == CONTRACT


def test_every_file_of_the_room_is_offered():
    assert {profile.code for profile in offered(ON)} == {path.stem for path in ROOM.glob("*.toml")}


def test_a_site_starts_with_the_room_as_it_is():
    assert check_profiles() == []


def test_a_new_file_is_a_new_profile(room):
    (room / "another-bank.toml").write_text(GOOD, encoding="utf-8")
    assert read_profiles(room)["another-bank"].rows_per_file == 2000


@pytest.mark.parametrize(
    "old, new, told",
    [
        ('encoding = "gb18030"', 'encoding = "big5"', "encoding"),
        ('delimiter = ","', 'delimiter = "，"', "delimiter"),
        ("rows_per_file = 2000", "rows_per_file = -1", "rows_per_file"),
        ('amount = "yuan"', 'amount = "jiao"', "amount"),
        ('line_end = "crlf"', 'line_end = "cr"', "line_end"),
        ('day = "YYYY-MM-DD"', 'day = "DD.MM.YYYY"', "day"),
        ("header = true", 'header = "sometimes"', "header"),
    ],
)
def test_a_wrong_value_is_told_with_file_and_line(room, old, new, told):
    text = GOOD.replace(old, new)
    [fault] = faults(room, text)
    assert fault.startswith(f"mine.toml:{line_of(text, new)}: {told}")


def test_a_word_nobody_knows_is_told_with_its_line(room):
    text = GOOD.replace("header = true", "header = true\nfooter = true")
    [fault] = faults(room, text)
    assert fault.startswith(f"mine.toml:{line_of(text, 'footer')}: footer")


def test_a_missing_value_is_told(room):
    [fault] = faults(room, GOOD.replace("header = true\n", ""))
    assert "header" in fault


@pytest.mark.parametrize("field", ["account", "name", "amount"])
def test_a_file_nobody_can_be_paid_with_is_refused(room, field):
    text = GOOD.replace(f'field = "{field}"', 'fixed = "x"')
    assert any(f"'{field}'" in fault and "nobody can be paid" in fault for fault in faults(room, text))


def test_a_field_no_line_has_is_refused(room):
    text = GOOD.replace('field = "bank"', 'field = "swift"')
    assert any(fault.startswith(f"mine.toml:{line_of(text, 'swift')}:") for fault in faults(room, text))


@pytest.mark.parametrize("column", ["", 'field = "bank"\nfixed = "x"'])
def test_a_column_has_a_field_or_a_fixed_text(room, column):
    text = GOOD.replace('field = "note"', column)
    assert any("either `field` or `fixed`" in fault for fault in faults(room, text))


def test_a_heading_the_encoding_cannot_carry_is_refused(room):
    text = GOOD.replace('encoding = "gb18030"', 'encoding = "gbk"').replace('heading = "附言"', 'heading = "𬱖"')
    assert any("cannot be written in gbk" in fault for fault in faults(room, text))


def test_a_heading_that_holds_the_delimiter_is_refused(room):
    assert any("delimiter" in fault for fault in faults(room, GOOD.replace('heading = "附言"', 'heading = "附,言"')))


def test_an_end_before_the_beginning_is_refused(room):
    text = GOOD.replace("header = true", "header = true\nsince = 2027-01-01\nuntil = 2026-01-01")
    assert any("until: lies before since" in fault for fault in faults(room, text))


def test_a_file_that_is_no_toml_is_told(room):
    [fault] = faults(room, "title = = 1")
    assert fault.startswith("mine.toml: ")
    assert "line 1" in fault
    assert "correct the TOML" in fault


def test_a_file_that_is_no_utf_8_is_told(room):
    (room / "mine.toml").write_bytes('title = "代发"'.encode("gbk"))
    with pytest.raises(ProfileFault, match="save it as UTF-8"):
        read_profiles(room)


def test_a_code_inside_the_file_is_refused(room):
    assert "name of its file" in faults(room, f'code = "other"\n{GOOD}')[0]


def test_mistakes_of_several_files_are_told_together(room):
    (room / "one.toml").write_text(GOOD.replace('"gb18030"', '"big5"'), encoding="utf-8")
    told = faults(room, GOOD.replace('"yuan"', '"jiao"'))
    assert {fault.split(":")[0] for fault in told} == {"one.toml", "mine.toml"}


def test_a_room_without_the_contract_s_file_is_refused(tmp_path):
    with pytest.raises(ProfileFault, match="put it back"):
        read_profiles(tmp_path)


def test_a_profile_is_in_force_from_its_first_to_its_last_day():
    since, until = date(2026, 11, 1), date(2026, 11, 30)
    dated = read_profiles()[WIDE].model_copy(update={"since": since, "until": until})
    day = timedelta(days=1)
    assert [dated.in_force(on) for on in (since - day, since, until, until + day)] == [False, True, True, False]


def test_an_unknown_profile_is_refused():
    with pytest.raises(Invalid) as refusal:
        profile_of("no-such-bank", ON)
    assert refusal.value.code == "no_profile"


@pytest.mark.django_db
class TestWhatABureauUsuallyWants:
    def test_at_first_the_contract_s(self):
        assert usual_profile(world.finance(), ON) == CONTRACT

    def test_then_what_it_used_last(self):
        batch = sealed_batch(WIDE)
        assert usual_profile(batch.office, ON) == WIDE

    def test_but_not_one_that_is_over(self):
        batch = sealed_batch(WIDE)
        type(batch).objects.filter(pk=batch.pk).update(profile="gone")
        assert usual_profile(batch.office, ON) == CONTRACT

    def test_an_open_batch_says_nothing(self):
        batch, _cases = open_batch()
        assert batch.profile == ""
        assert usual_profile(batch.office, ON) == CONTRACT


def test_the_narrow_profile_lacks_what_the_wide_one_has():
    assert read_profiles()[NARROW].codec == "gbk"
    assert read_profiles()[WIDE].codec == "gb18030"
