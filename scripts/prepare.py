"""Brings the site's data up to date: migrate, load, collect; a second run with nothing changed only looks.

Usage: .venv/bin/python scripts/prepare.py [--seed] [--no-static]
"""

import argparse
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path
from uuid import uuid4

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (".py", ".toml", ".csv", ".json", ".css", ".js", ".svg", ".txt", ".env")
UNUSED_STATIC = ["viewflow", "guardian", "django_tasks"]  # pages of theirs are not mounted
PASSED_OVER = {".git", ".venv", "var", "tests", "docs", "scripts", "__pycache__", "node_modules"}


def main() -> None:
    """Do what is not yet done for these sources and this database."""
    options = arguments()
    stamp = var_directory() / ".prepared"
    done = stamp.read_text().split() if stamp.exists() else []
    if {fingerprint(), *wanted(options)} <= set(done):
        return
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"The site is not configured: {error}")
    prepare(static=options.static)
    if options.seed:
        seed()
    stamp.write_text(" ".join([fingerprint(), *wanted(options)]))


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", action="store_true", help="demo data when the database is empty and DEMO=1")
    parser.add_argument("--no-static", dest="static", action="store_false", help="leave static files alone")
    return parser.parse_args()


def wanted(options: argparse.Namespace) -> list[str]:
    """What is to be done besides the loading, as the stamp names it."""
    return [name for name in ("seed", "static") if getattr(options, name)]


def prepare(*, static: bool) -> None:
    """Every step may be repeated: each adds only what is missing."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_divisions")
    if not settings.PRACTICE:  # a practice site has the calendar and the rules of the real one
        call_command("load_calendar", *(["--assumed"] if settings.DEMO else []))
        load_catalogue()
    if static:
        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED_STATIC)


def load_catalogue() -> None:
    """Load schemes and policies; of the report everything is said but each thing that was added."""
    report = StringIO()
    call_command("load_catalogue", stdout=report)
    print("\n".join(line for line in report.getvalue().splitlines() if not line.startswith("added:")), flush=True)


def seed() -> None:
    """Demo data, but never into a database that people use; who can sign in is noted for the start of the site."""
    note = var_directory() / "demo-accounts.txt"
    note.unlink(missing_ok=True)
    if not settings.DEMO:
        return
    if not get_user_model().objects.exists():
        print("Making demo data…", flush=True)
        call_command("seed_demo")
    note.write_text(accounts_table(), encoding="utf-8")


def accounts_table() -> str:
    """Names and posts of the demo accounts; empty when this is not a demo database."""
    accounts = import_module("project.demo.accounts")
    names = dict(get_user_model().objects.filter(username__in=accounts.PRINTED).values_list("username", "full_name"))
    rows = [f"  {username:<22}{names[username]}" for username in accounts.PRINTED if username in names]
    return "\n".join([f"\nDemo accounts, password of all: {accounts.PASSWORD}", *rows, ""]) if rows else ""


def var_directory() -> Path:
    """Where this site keeps its files; the same rule as in the settings."""
    directory = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def fingerprint() -> str:
    """What a run sees: sources, DEMO and the database file. Never the same twice when a server holds the database."""
    database = var_directory() / "zhida.sqlite3"
    if os.environ.get("DATABASE_URL") or elsewhere() or not database.exists():
        return uuid4().hex
    seen = hashlib.sha256(f"{os.environ.get('DEMO')} {database.stat().st_ino} {sys.version}".encode())
    for path in sources(ROOT):
        state = path.stat()
        seen.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def elsewhere() -> bool:
    """Whether .env keeps the data in another place than var."""
    env = ROOT / ".env"
    return env.exists() and bool(re.search(r"^(DATABASE_URL|VAR_DIR)=.", env.read_text(encoding="utf-8"), re.MULTILINE))


def sources(directory: Path) -> Iterator[Path]:
    """Files whose change may change the database or the static files."""
    for entry in sorted(os.scandir(directory), key=lambda entry: entry.name):
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in PASSED_OVER:
                yield from sources(Path(entry.path))
        elif entry.name.endswith(SOURCES):
            yield Path(entry.path)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    main()
