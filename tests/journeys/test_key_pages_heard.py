"""What a screen reader is told of the key pages: the files in heard/ say it, in the words of the page, in its order.

A file names what matters, role and name, in the order it is told, and leaves out the rest: a page may say more between
the lines. What stands between slashes is an expression.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from project.demo.directory import MENGZI
from tests import world
from tests.journeys.everything import client_of
from tests.journeys.windows import window

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HEARD = Path(__file__).parent / "heard"
WIDTH = 1280
GRANT = f"/apply/grad-jobseeking/?division={MENGZI}"


def while_noticed(ask):
    """The answer in the hour after a notice opened."""
    noticed = world.grant(0).submit().say("accept")
    with time_machine.travel(noticed.at + timedelta(hours=1)):
        return ask()


def pages():
    """The name of each file, and the page it is of."""
    draft, filed = world.grant(6), world.grant(7).submit()
    own, mine = f"/applications/{draft.public_id}/", f"/applications/{filed.public_id}/"
    anybody, applicant = client_of("anonymous"), client_of("applicant")
    school = client_of("school")
    yield "front", "/", anybody.get("/")
    yield "sign_in", "/accounts/login/", anybody.get("/accounts/login/")
    yield "schemes", "/apply/", anybody.get("/apply/")
    yield "find", "/apply/find/", anybody.get("/apply/find/")
    yield "notices", "/notices/", while_noticed(lambda: anybody.get("/notices/"))
    yield "guide", GRANT, applicant.get(GRANT)
    yield "question", f"{own}edit/name/", applicant.get(f"{own}edit/name/")
    empty = {"name": "", "version": draft.application.version}
    yield "question_wrong", f"{own}edit/name/", applicant.post(f"{own}edit/name/", empty)
    yield "papers", f"{own}papers/", applicant.get(f"{own}papers/")
    yield "check", f"{own}check/", applicant.get(f"{own}check/")
    yield "receipt", f"{mine}receipt/", applicant.get(f"{mine}receipt/")
    yield "own_case", mine, applicant.get(mine)
    yield "office_case", f"/inbox/{filed.public_id}/", school.get(f"/inbox/{filed.public_id}/")


def lines_of(snapshot):
    """The nodes of a snapshot in the order they are told, without what holds what."""
    return [line.strip().removeprefix("- ").rstrip(":") for line in snapshot.splitlines()]


def pattern_of(line):
    """How a line of a file is found: as it stands, what is between slashes as an expression inside the name or text."""
    before, slash, expression = line.partition("/")
    if not slash:
        return re.compile(re.escape(line))
    begin, end = ("", "") if before.endswith(": ") else ('"', '"')
    return re.compile(f"{re.escape(before)}{begin}.*{expression.rstrip('/')}.*{end}")


def untold(wanted, told):
    """The first line of a file that is not told after those before it; "" where all are."""
    rest = iter(told)
    for line in wanted:
        if not any(pattern_of(line).match(one) for one in rest):
            return line
    return ""


def test_key_pages_tell_a_screen_reader_what_the_files_say(browser):
    wrong = []
    with window(browser) as (shown, _told):
        for name, path, response in pages():
            shown.open(path, response, WIDTH)
            snapshot = shown.page.get_by_role("main").aria_snapshot()
            line = untold(lines_of((HEARD / f"{name}.yml").read_text(encoding="utf-8")), lines_of(snapshot))
            wrong += [f"{name} does not tell: {line}\n{snapshot}"] if line else []
    assert wrong == []
