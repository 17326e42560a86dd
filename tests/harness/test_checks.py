"""The house checks see what they are for."""

from pathlib import Path

import pytest

from scripts import check_leftovers, check_sizes, system_packages


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_function_of_41_lines_is_too_long(here):
    Path("room.py").write_text("def long():\n" + "    pass\n" * 40)
    assert list(check_sizes.too_long(Path("room.py"))) == ["room.py:1: long has 41 lines, 40 at most"]


def test_a_function_of_40_lines_is_not(here):
    Path("room.py").write_text("def long():\n" + "    pass\n" * 39)
    assert list(check_sizes.too_long(Path("room.py"))) == []


def test_a_file_of_301_lines_is_too_long_but_a_test_file_is_not(here):
    Path("tests").mkdir()
    for name in ("room.py", "tests/room.py"):
        Path(name).write_text("x = 1\n" * 301)
    assert list(check_sizes.too_long(Path("room.py"))) == ["room.py: 301 lines, 300 at most"]
    assert list(check_sizes.too_long(Path("tests/room.py"))) == []


@pytest.mark.parametrize(
    "line", ["# TO" + "DO later", "raise NotImplemented" + "Error", "/ro" + "ot/file", "https://pypi" + ".org/simple"]
)
def test_leftovers_are_seen(here, line):
    Path("room.py").write_text(f"{line}\n")
    assert len(list(check_leftovers.leftovers("room.py"))) == 1


def test_float_is_seen_only_near_money(here):
    for room in ("payouts", "papers"):
        Path(room).mkdir()
        Path(f"{room}/x.py").write_text("y = float(z)\n")
    assert len(list(check_leftovers.leftovers("payouts/x.py"))) == 1
    assert list(check_leftovers.leftovers("papers/x.py")) == []


def test_who_may_not_install_is_told_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(system_packages, "missing", lambda mode: ["gettext", "libmagic1"])
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert system_packages.main("run") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "sudo apt-get install -y --no-install-recommends gettext libmagic1" in said


def test_development_needs_a_browser_and_a_database_server(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(system_packages, "_has_postgres", lambda: False)
    assert {"chromium", "postgresql"} <= set(system_packages.missing("dev"))
    assert not {"chromium", "postgresql"} & set(system_packages.missing("run"))
