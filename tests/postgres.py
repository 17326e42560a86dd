"""A private PostgreSQL server for one test run: started once, shared by all workers, gone with the run.

A small shell keeps the server. It reads a pipe that only the test run holds open, so the server
stops when the run ends, however it ends; it asks again and again because a server that is just
starting does not listen yet. `python -m tests.postgres COMMAND…` runs any command with
DATABASE_URL set to an empty database on such a server.
"""

import os
import pwd
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from tests import rundir

USER = "zhida"
READY_SECONDS = 60
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0")
FAST += ("jit=off", "shared_buffers=128MB", "max_connections=100", "log_min_messages=fatal")
KEEP = """
"$1/initdb" -D "$2/data" -U "$3" -A trust --encoding=UTF8 --locale=C --no-sync --no-instructions >"$2/log" 2>&1
bin=$1 dir=$2; shift 3
"$bin/postgres" -D "$dir/data" -k "$dir" -h "" "$@" >>"$dir/log" 2>&1 &
server=$!
cat >/dev/null
(while kill -QUIT "$server"; do sleep 0.2; done) 2>/dev/null &
wait "$server"
rm -rf "$dir"
"""


class PostgresMissing(Exception):
    """No server programs on this machine, or they do not start."""


def directory() -> Path:
    """Where the server's socket, data and log are."""
    return rundir.path() / "pg"


def url(name: str = USER) -> str:
    """The DATABASE_URL of one database on the private server."""
    return f"postgres://{USER}@/{directory()}/{name}"


def start() -> subprocess.Popen[bytes]:
    """Start the server and return its keeper at once; `wait` tells when the server answers."""
    directory().mkdir(mode=0o700)
    user = _owner(directory())
    options = [word for setting in FAST for word in ("-c", setting)]
    return subprocess.Popen(
        ["sh", "-c", KEEP, "keeper", _programs(), str(directory()), USER, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd="/",
        **user,
    )


def wait() -> None:
    """Return when the server answers; raise PostgresMissing with its log when it does not."""
    last = time.monotonic() + READY_SECONDS
    while time.monotonic() < last:
        try:
            psycopg.connect(host=str(directory()), user=USER, dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    log = directory() / "log"
    raise PostgresMissing(f"PostgreSQL does not answer: {log.read_text() if log.exists() else 'no log'}")


def stop(keeper: subprocess.Popen[bytes]) -> None:
    """End the server and wait until it is gone."""
    keeper.stdin.close()
    keeper.wait(timeout=30)


def _programs() -> str:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which("postgres")
    if not found:
        raise PostgresMissing("PostgreSQL is not installed: apt-get install postgresql, or run `make test`")
    return str(Path(found).parent)


def _owner(place: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: an unprivileged user owns and runs it then."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(place, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run_with_server(command: list[str]) -> int:
    """Run a command on an empty database of a server made for it; its exit code."""
    keeper = start()
    try:
        wait()
        with psycopg.connect(host=str(directory()), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {USER}")
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url()}, check=False).returncode
    finally:
        stop(keeper)


if __name__ == "__main__":
    sys.exit(run_with_server(sys.argv[1:]))
