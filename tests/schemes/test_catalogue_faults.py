"""`load_catalogue --check` names file, line and what to do for every mistake; nothing is loaded."""

import shutil

import pytest
from django.core.management import CommandError, call_command

from schemes.files import catalogue_files
from schemes.files.catalogue_files import ROOM, CatalogueError, read_policies, read_schemes
from schemes.files.toml_lines import Places
from schemes.models import SchemeVersion

SCHEME = "grad-jobseeking.toml"
POLICY = "532500.toml"
LINES = """a = 1

[[pages]]
code = "x"
list = [
  "b = 2",
]
[[pages.questions]]
name = "n"
[[pages]]
code = "y"
long = '''
c = 3
'''
[letters.grant]
title = 1
"""


@pytest.fixture
def room(tmp_path):
    """A copy of the files, to be broken."""
    for folder in ("archetypes", "catalogue", "policies"):
        shutil.copytree(ROOM / folder, tmp_path / folder)
    for path in (tmp_path / "catalogue").glob("*.toml"):
        if path.name != SCHEME:
            path.unlink()
    return tmp_path


def broken(room, old, new, name=SCHEME, folder="catalogue"):
    """Change a file; the line on which the new text begins."""
    path = room / folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def complaint(room):
    with pytest.raises(CatalogueError) as error:
        read_both(room)
    return error.value.faults


def read_both(room):
    read_schemes(room)
    read_policies(room)


def test_an_unknown_field(room):
    line = broken(room, 'once = "life"', 'colour = "red"\nonce = "life"')
    (fault,) = complaint(room)
    assert fault.startswith(f"{SCHEME}:{line}: colour: ")
    assert "no such field here; remove it or correct its name" in fault


def test_a_missing_field_of_a_question(room):
    line = broken(room, 'name = "phone"\n', "")
    assert complaint(room)[0].startswith(f"{SCHEME}:{line - 1}: pages.3.questions.0.name: Field required; add it")


def test_a_word_that_is_none_of_those_listed(room):
    line = broken(room, 'kind = "phone"', 'kind = "telephone"')
    fault = complaint(room)[0]
    assert fault.startswith(f"{SCHEME}:{line}: ")
    assert "choose one of the words listed" in fault


def test_a_name_nobody_defined(room):
    line = broken(room, '{ field = "study_mode", op', '{ field = "way_of_study", op')
    (fault,) = complaint(room)
    told = "requirement on: way_of_study is not defined; define it or correct the name"
    assert fault == f"{SCHEME}:{line}: {told}"


def test_a_condition_nothing_can_meet(room):
    broken(room, 'op = "eq", value = "full_time"', 'op = "eq", value = "day"')
    (fault,) = complaint(room)
    assert "requirement study_mode can never be met: study_mode is never day; choose one of full_time" in fault


def test_a_condition_that_contradicts_itself(room):
    other = '{ field = "study_mode", value = "adult" }'
    one = '{ field = "study_mode", op = "eq", value = "full_time" }'
    broken(room, one, f"{{ all = [{one}, {other}] }}")
    assert "cannot be two things at once" in complaint(room)[0]


def test_a_missing_translation(room):
    broken(room, 'en = "Full-time study"', 'en = "全日制"')
    (fault,) = complaint(room)
    assert "requirements.study_mode.label: the English text is missing; translate it in en" in fault


def test_a_part_nobody_shares(room):
    line = broken(room, "[[pages]]", '[[pages]]\nuse = "moon"\n\n[[pages]]')
    (fault,) = complaint(room)
    assert fault.startswith(f"{SCHEME}:{line + 1}: pages: there is no shared part moon; use one of these")


def test_a_file_that_is_no_toml_says_where(room):
    broken(room, 'once = "life"', "once = ")
    assert "line" in complaint(room)[0]


def test_every_mistake_of_every_file_is_told_at_once(room):
    (room / "catalogue" / "moon.toml").write_text('code = "moon"\n', encoding="utf-8")
    broken(room, 'kind = "phone"', 'kind = "telephone"')
    files = {fault.partition(":")[0] for fault in complaint(room)}
    assert files == {SCHEME, "moon.toml"}


def test_two_values_for_the_same_days(room):
    second = '[[schemes.values]]\nname = "amount"\n'
    first = second + 'value = "1"\nbasis = "stated"\n\n'
    broken(room, second, first + second, POLICY, "policies")
    assert "amount is given twice for the same days" in complaint(room)[0]


def test_a_clause_of_a_document_that_is_not_there(room):
    broken(room, 'document = "honghe-2025-47"', 'document = "honghe-2019-1"', POLICY, "policies")
    assert "document honghe-2019-1 is not in this file" in complaint(room)[0]


def test_the_command_tells_the_mistakes_and_loads_nothing(db, room, monkeypatch):
    line = broken(room, 'kind = "phone"', 'kind = "telephone"')
    monkeypatch.setattr(catalogue_files.read_schemes, "__defaults__", (room,))
    with pytest.raises(CommandError, match=rf"{SCHEME}:{line}"):
        call_command("load_catalogue", "--check")
    assert not SchemeVersion.objects.exists()


def test_lines_of_tables_keys_and_lists():
    places = Places(LINES)
    assert places.line_of(("a",)) == 1
    assert places.line_of(("pages", 0, "code")) == 4
    assert places.line_of(("pages", 0, "list", 0)) == 5
    assert places.line_of(("pages", 0, "questions", 0, "name", "zh")) == 9
    assert places.line_of(("pages", 1, "code")) == 11
    assert places.line_of(("letters", "grant", "title")) == 16
    assert ("b",) not in places.lines
    assert ("c",) not in places.lines
