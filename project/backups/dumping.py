"""The database as bytes and back: pg_dump and pg_restore, or SQLite's own copy of its file."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from project.backups.manifest import BadBackup


def dump(into: IO[bytes]) -> None:
    """Write the database as it is at one moment; the site may go on. Raises BadBackup when the tool fails."""
    if connection.vendor == "sqlite":
        return _dump_sqlite(into)
    with tempfile.TemporaryFile() as said:
        command = [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", *_where()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=_environment()) as run:
            shutil.copyfileobj(run.stdout, into, 1 << 20)
        _demand(run.returncode, "pg_dump", said)
    return None


def load(pieces: Iterable[bytes]) -> None:
    """Fill the empty database with a dump, in one transaction. Raises BadBackup when the tool fails."""
    if connection.vendor == "sqlite":
        return _load_sqlite(pieces)
    connection.close()
    with tempfile.TemporaryFile() as said:
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        command = [_tool("pg_restore"), *options, *_where()]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=said, env=_environment()) as run:
            for piece in pieces:
                run.stdin.write(piece)
            run.stdin.close()
        _demand(run.returncode, "pg_restore", said)
    return None


def is_empty() -> bool:
    """Whether the database holds no table yet."""
    return not connection.introspection.table_names()


def _dump_sqlite(into: IO[bytes]) -> None:
    """VACUUM INTO copies the file in one read transaction."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as place:
        copy = Path(place) / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        with copy.open("rb") as file:
            shutil.copyfileobj(file, into, 1 << 20)


def _load_sqlite(pieces: Iterable[bytes]) -> None:
    target = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as copy:
        for piece in pieces:
            copy.write(piece)
    for ending in ("-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    os.replace(copy.name, target)


def _tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise BadBackup(f"{name} is not installed: it comes with PostgreSQL's client programs")
    return found


def _where() -> list[str]:
    known = connection.settings_dict
    words = {"--host": known["HOST"], "--port": known["PORT"], "--username": known["USER"], "--dbname": known["NAME"]}
    return [f"{option}={value}" for option, value in words.items() if value]


def _environment() -> dict[str, str]:
    """The password goes by the environment: a command line can be read by everybody on the machine."""
    password = str(connection.settings_dict["PASSWORD"] or "")
    return os.environ | ({"PGPASSWORD": password} if password else {})


def _demand(code: int, tool: str, said: IO[bytes]) -> None:
    if code:
        said.seek(0)
        raise BadBackup(f"{tool} ended with {code}: {said.read().decode(errors='replace').strip()[-2000:]}")
