"""Finds system packages that are missing and installs them by apt when root; otherwise says what to install.

Usage: python3 scripts/system_packages.py run|dev
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
    "libmagic.so.1": "libmagic1",
}
DEVELOPMENT_LIBRARIES = {"libatomic.so.1": "libatomic1"}  # the browser tests' driver
PROGRAMS = {"msgfmt": "gettext", "fc-cache": "fontconfig"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing(mode: str) -> list[str]:
    """Debian names of what this machine lacks to run the site, or to develop and test it."""
    found = [package for library, package in LIBRARIES.items() if not _loads(library)]
    found += [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if importlib.util.find_spec("ensurepip") is None:
        found.append("python3-venv")
    if mode == "dev":
        found += [package for library, package in DEVELOPMENT_LIBRARIES.items() if not _loads(library)]
        found += [] if any(map(shutil.which, BROWSERS)) else ["chromium"]
        found += [] if _has_postgres() else ["postgresql"]
    return found


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_postgres() -> bool:
    return bool(shutil.which("postgres") or list(Path("/usr/lib/postgresql").glob("*/bin/postgres")))


def install(packages: list[str]) -> None:
    """Install by apt. A failing update is no reason to stop: the lists may be fresh enough."""
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    subprocess.run([*apt, "update"], env=environment, check=False)
    command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    subprocess.run(command, env=environment, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def main(mode: str) -> int:
    """0 when nothing is missing (any more), else 1 after one line that says what to do."""
    lacking = missing(mode)
    if lacking and os.geteuid() == 0 and shutil.which("apt-get"):
        install(lacking)
        lacking = missing(mode)
    if not lacking:
        return 0
    line = f"sudo apt-get install -y --no-install-recommends {' '.join(lacking)}"
    print(f"System packages are missing. Install them, then try again:  {line}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
