"""What every test stands on: the private database server, a clean house, a clock, a browser."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis.database import DirectoryBasedExampleDatabase

from tests import baseline, embedded, founding, postgres, threads

VAR = Path(__file__).resolve().parent.parent / "var"
PEOPLED_ROOMS = {"applications", "approvals", "benefits", "payouts", "archives", "helping", "telling", "journeys"}
ROOMS_OF_REAL_PAPERS = {"papers", "journeys"}
hypothesis.settings.register_profile(
    "zhida",
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    database=DirectoryBasedExampleDatabase(VAR / "cache" / "hypothesis"),
)
hypothesis.settings.load_profile("zhida")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def pytest_configure(config):
    """The process that owns the run starts the server; it gets ready while tests are collected."""
    config.keeper = None
    owns = not hasattr(config, "workerinput")
    if owns and not config.option.collectonly and connection.vendor == "postgresql":
        config.keeper = postgres.start()


def pytest_unconfigure(config):
    """The owner ends the server."""
    if config.keeper:
        postgres.stop(config.keeper)


def pytest_collection_modifyitems(config, items):
    """Row locks between threads are PostgreSQL's: the optional run on SQLite leaves those tests out."""
    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("postgres_threads")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The whole server is thrown away, so no database is dropped one by one."""
    return connection.vendor == "postgresql"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The first moment the server is needed."""
    if connection.vendor == "postgresql":
        postgres.wait()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After migrate: remember what a fresh database holds, and restore it after tests that commit."""
    with django_db_blocker.unblock():
        baseline.remember()
        connection.close()  # once a browser has started, this thread would not see this connection again
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: baseline.restore())
        yield


def room_of(request):
    """The folder under tests/ that a test lies in."""
    return request.path.relative_to(request.config.rootpath / "tests").parts[0]


@pytest.fixture
def _database_of_choice(request, django_db_setup, django_db_blocker):
    """An empty database, or the one a test asks for; tests of the upper rooms find the peopled one."""
    room = room_of(request)
    asked = [kind for kind in founding.FILL if kind in request.fixturenames]
    kind = "peopled" if room in PEOPLED_ROOMS else "".join(asked[-1:])
    if not kind:
        yield
        return
    with django_db_blocker.unblock(), founding.database(kind):
        yield


@pytest.fixture
def _django_db_helper(_database_of_choice, _django_db_helper):
    """pytest-django's own fixture, on the database of choice."""


@pytest.fixture
def founded(db):
    """The database holds what `make setup` loads: divisions, working days to 2027, the published catalogue."""


@pytest.fixture
def peopled(db):
    """The database holds the world of `tests/world.py`: what `make setup` loads, offices, officials, accounts."""


@pytest.fixture
def plain_papers(monkeypatch):
    """A paper takes a second to render: a stand-in writes its content behind a PDF's first bytes."""
    from papers import content

    monkeypatch.setattr("papers.rendering.render", lambda paper: b"%PDF-1.7\n" + content.canonical(paper).encode())
    monkeypatch.setattr("papers.seals.signing.sign", lambda pdf, signer, said: pdf + b"%signed")


@pytest.fixture(autouse=True)
def _renderer_of_choice(request):
    """The stand-in for tests on the peopled database, but in the rooms that look at papers."""
    room = room_of(request)
    if room not in ROOMS_OF_REAL_PAPERS and (room in PEOPLED_ROOMS or "peopled" in request.fixturenames):
        request.getfixturevalue("plain_papers")


@pytest.fixture(autouse=True)
def _clean_process():
    """No cached answer and no chosen language passes from one test to the next."""
    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture
def monday():
    """A Monday morning in November 2026, Beijing time, when offices are open."""
    return MONDAY


@pytest.fixture
def clock(monday):
    """Time stands still on that Monday; `clock.shift(seconds)` and `clock.move_to(time)` move it."""
    with time_machine.travel(monday, tick=False) as traveller:
        yield traveller


@pytest.fixture
def race(transactional_db):
    """`race(*actions)` runs the actions in threads released together, each on its own connection."""
    return threads.race


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once a worker."""
    from tests.browser import launch_browser

    with launch_browser() as browser:
        yield browser


@pytest.fixture
def page(browser, live_server):
    """A new browser window on the live server. Script errors and refused content (CSP) fail the test."""
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai")
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
    yield page
    context.close()
    assert faults == []


def is_fault(message):
    """An error of the page itself; a status that the test asked for (403, 404, 409) is none."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


@pytest.fixture(scope="session")
def _embedded_template(tmp_path_factory):
    """A migrated SQLite file, made once a worker."""
    return embedded.migrated(tmp_path_factory.mktemp("embedded"))


@pytest.fixture
def embedded_site(_embedded_template, tmp_path):
    """A site on SQLite in a process of its own: `embedded_site("run_due", "--on", "2026-12-01")`."""
    return embedded.Site.copied(_embedded_template, tmp_path)


@pytest.fixture
def run_command(capsys):
    """`run_command("load_catalogue", "--check")` returns what the command printed."""

    def run(name, *arguments, **options):
        call_command(name, *arguments, **options)
        return capsys.readouterr().out

    return run
