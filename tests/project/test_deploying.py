"""What an installation is made of: clean checks, units that load, an environment file that tells everything."""

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
READ = re.compile(r'(?:env\.\w+|_secret)\(\s*"([A-Z_]+)"')
TOLD = re.compile(r"^([A-Z_]+)=", re.MULTILINE)


def production(var):
    """The environment of a site for people."""
    key = base64.b64encode(b"thirty-two bytes of a test's own").decode()
    secrets = dict.fromkeys(("VAULT_MASTER_KEY", "VAULT_INDEX_KEY"), key) | {"SECRET_KEY": key * 2}
    site = {"DEMO": "0", "SITE_URL": "https://zhida.example.gov.cn", "ALLOWED_HOSTS": "zhida.example.gov.cn"}
    unset = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return kept | secrets | site | {"VAR_DIR": str(var), "DATABASE_URL": f"sqlite:///{var / 'zhida.sqlite3'}"}


def manage(var, *words):
    run = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=production(var),
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


@pytest.mark.sqlite
@pytest.mark.slow
def test_the_deploy_check_of_a_migrated_site_is_clean(embedded_site):
    code, said = manage(embedded_site.house, "check", "--deploy", "--fail-level", "WARNING", "--database", "default")
    assert (code, said.strip()) == (0, "System check identified no issues (0 silenced).")


@pytest.mark.parametrize("missing", ["SECRET_KEY", "VAULT_MASTER_KEY", "VAULT_INDEX_KEY"])
def test_a_site_for_people_does_not_start_without_its_secrets(missing, tmp_path):
    environment = production(tmp_path) | {missing: ""}
    command = [sys.executable, "-c", "import project.settings"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert f"{missing} must be set" in run.stderr


def test_the_environment_file_tells_every_setting_and_nothing_else():
    read = set(READ.findall((ROOT / "project" / "settings.py").read_text(encoding="utf-8")))
    told = set(TOLD.findall((ROOT / ".env.example").read_text(encoding="utf-8")))
    assert (read - told, told - read) == (set(), set())


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_command_of_a_unit_is_there(unit):
    for line in re.findall(r"^ExecStart=/opt/zhida/(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
        program, *words = line.split()
        assert (ROOT / program).exists()
        assert "manage.py" not in words or _is_command(words[words.index("manage.py") + 1])


def _is_command(name):
    return name == "db_worker" or list(ROOT.glob(f"*/management/commands/{name}.py"))


def test_the_target_wants_every_unit_that_runs_by_itself_and_each_timer_has_its_service():
    wanted = re.search(r"^Wants=(.+)$", (UNITS[0].parent / "zhida.target").read_text(), re.MULTILINE)[1].split()
    names = {unit.name for unit in UNITS}
    timed = {name.replace(".timer", ".service") for name in names if name.endswith(".timer")}
    assert timed <= names
    assert sorted(wanted) == sorted(names - timed - {"zhida.target"})


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda path: path.name)
def test_a_service_is_nobody_s_but_its_own_user_s_and_writes_in_its_own_place(unit):
    said = unit.read_text(encoding="utf-8").splitlines()
    assert {"User=zhida", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="} <= set(said)
    assert "StateDirectory=zhida" in said


def test_gunicorn_takes_its_settings():
    command = [sys.executable, "-m", "gunicorn", "--check-config", "-c", "deploy/gunicorn.conf.py", "project.wsgi"]
    run = subprocess.run(command, cwd=ROOT, env=os.environ | {"DEMO": "1"}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
