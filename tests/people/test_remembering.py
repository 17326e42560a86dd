"""Within a page that only reads, a question goes to the database once; an act asks anew."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from people.posts import roles_of, standings_of
from people.remembering import once, remembering
from project.middleware import RememberingMiddleware
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]


def asked(method):
    """How many statements two questions for one's posts take inside a request of this method."""
    user = world.user("county-reviewer")

    def page(request):
        with CaptureQueriesContext(connection) as found:
            standings_of(user)
            roles_of(user)
        return len(found)

    return RememberingMiddleware(page)(getattr(RequestFactory(), method)("/"))


def test_a_page_asks_for_posts_and_delegations_once():
    assert asked("get") == 2


def test_an_act_asks_each_time():
    assert asked("post") == 4


def test_what_was_found_is_forgotten_at_the_end():
    with remembering():
        assert once("key", lambda: 1) == once("key", lambda: 2) == 1
    assert once("key", lambda: 3) == 3


def test_one_user_s_answer_is_not_another_s():
    with remembering():
        assert roles_of(world.user("county-reviewer")) != roles_of(world.user("auditor"))


def test_who_asks_may_change_the_list_without_changing_the_answer():
    user = world.user("county-reviewer")
    with remembering():
        standings_of(user).clear()
        assert standings_of(user)
