"""The worked example of docs/policy-authoring.md: the files are valid, load, and come out as their cases say."""

import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from schemes.assessing import assess
from schemes.building.case_files import cases_toml
from schemes.files.catalogue_files import ROOM, read_policies, read_schemes
from schemes.management.commands import load_catalogue
from tests import casebooks
from tests.schemes.packages import CODE, cases

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "new-scheme"
BOOK = tomllib.loads((EXAMPLE / "cases" / "course-grant.toml").read_text(encoding="utf-8"))


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A catalogue with the shared texts and the example, and the command that reads it."""
    shutil.copytree(ROOM / "archetypes", tmp_path / "archetypes")
    for name in ("catalogue", "policies", "documents"):
        shutil.copytree(EXAMPLE / name, tmp_path / name)
    monkeypatch.setattr(load_catalogue, "read_schemes", lambda: read_schemes(tmp_path))
    monkeypatch.setattr(load_catalogue, "read_policies", lambda: read_policies(tmp_path))
    return tmp_path


def test_the_check_finds_nothing_wrong_and_writes_nothing(divisions, room, capsys):
    call_command("load_catalogue", check=True)
    assert "1 schemes and 1 policy files are valid" in capsys.readouterr().out


def test_the_check_names_file_line_and_what_to_do(divisions, room):
    path = room / "catalogue" / "course-grant.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('kind = "yes_no"', 'kind = "yesno"'), encoding="utf-8")
    with pytest.raises(CommandError, match=r"course-grant.toml:\d+: .*; choose one of the words listed"):
        call_command("load_catalogue", check=True)


@pytest.mark.parametrize("case", [casebooks.read_case(BOOK, case) for case in BOOK["case"]], ids=lambda case: case.name)
def test_each_case_comes_out_as_written(divisions, room, case):
    call_command("load_catalogue", verbosity=0)
    found = assess(CODE, case.division, case.on, case.facts).as_json()
    found |= {"eligible": "unknown" if found["eligible"] is None else found["eligible"]}
    found |= {"fails": [line["code"] for line in found["lines"] if line["result"] == "fail"]}
    assert {name: found[name] for name in case.expect} == case.expect


def test_cases_of_a_package_are_written_as_a_book_that_reads_the_same():
    book = tomllib.loads(cases_toml(CODE, cases()))
    read = [casebooks.read_case(book, case) for case in book["case"]]
    kept = [(case["name"], case["division"], date.fromisoformat(case["on"]), case["facts"]) for case in cases()]
    assert [(one.name, one.division, one.on, one.facts) for one in read] == kept
    assert [one.expect for one in read] == [case["expect"] for case in cases()]
