"""One directory for everything a test run writes; gone when the run ends."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "ZHIDA_TEST_DIR"


def path() -> Path:
    """The directory of this run: the first process makes it, its children are told by the environment."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = _made()
    return Path(os.environ[VARIABLE])


def _made() -> str:
    # Unix sockets allow about 100 characters, so a deep TMPDIR will not do.
    parent = "/tmp" if Path("/tmp").is_dir() else None
    made = tempfile.mkdtemp(prefix="zhida-test-", dir=parent)
    Path(made).chmod(0o711)  # the database server runs as another user
    atexit.register(_remove, made, os.getpid())
    return made


def _remove(made: str, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(made, ignore_errors=True)
