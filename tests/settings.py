"""Settings of a test run: production's kind of database, a house of its own, jobs at once, cheap passwords."""

import os

from tests import postgres, rundir

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
ON_SQLITE = os.environ.get("TEST_DATABASE") == "sqlite"
HOUSE = rundir.path() / WORKER
SQLITE_FILE = HOUSE / "test.sqlite3"
(HOUSE / "static").mkdir(parents=True, exist_ok=True)

os.environ |= {
    "DEMO": "1",
    "VAR_DIR": str(HOUSE),
    "DATABASE_URL": f"sqlite:///{SQLITE_FILE}" if ON_SQLITE else postgres.url(),
    "LOG_LEVEL": "CRITICAL",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # playwright's loop runs in the thread that asks the database
}

from project.settings import *  # noqa: E402, F403
from project.settings import DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
if ON_SQLITE:
    DATABASES["default"]["TEST"] = {"NAME": str(SQLITE_FILE)}

# Tests move the clock by hours between two pages of one person; the tests of signing in set the minutes themselves.
IDLE_MINUTES_STAFF = IDLE_MINUTES_APPLICANTS = 240
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "tests.jobs.InlineBackend", "QUEUES": []}}
PAPER_RENDERER = "papers.engine.inside.InProcess"
TELL_GATEWAYS = {"email": "telling.gateways.recorder.Recorder"}
