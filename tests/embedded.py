"""The embedded default, SQLite, driven as a person at a terminal would: manage.py in a process of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = "zhida.sqlite3"


@dataclass(frozen=True)
class Site:
    """A site whose data lie in one directory."""

    house: Path

    @classmethod
    def copied(cls, template: "Site", house: Path) -> "Site":
        """A site that begins as the template did."""
        shutil.copytree(template.house, house / "var")
        return cls(house / "var")

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.house / FILE

    def __call__(self, *words: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py words…`; raise with what it printed when it fails and `check` is on."""
        run = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self._environment() | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or run.returncode == 0, f"{words} ended {run.returncode}\n{run.stdout}\n{run.stderr}"
        return run

    def _environment(self) -> dict[str, str]:
        own = {"VAR_DIR": str(self.house), "DATABASE_URL": f"sqlite:///{self.database}", "DEMO": "1"}
        return os.environ | own | {"DJANGO_SETTINGS_MODULE": "project.settings"}


def migrated(house: Path) -> Site:
    """A site after migrate, nothing loaded."""
    site = Site(house)
    site("migrate", "-v0")
    return site
