"""Counting what one visitor does."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from people.throttle import address_of, allowed, allowed_for

PROXY = "10.0.0.1"


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def visit(**headers):
    return RequestFactory().get("/", REMOTE_ADDR=PROXY, **headers)


def test_what_is_over_the_limit_is_refused_until_the_span_is_over(time_machine):
    time_machine.move_to("2026-11-22T02:00:00+00:00", tick=False)
    assert [allowed(visit(), "objections", 2, 3600) for _again in range(3)] == [True, True, False]
    time_machine.shift(50 * 60)
    assert not allowed(visit(), "objections", 2, 3600)
    time_machine.shift(10 * 60)
    assert allowed(visit(), "objections", 2, 3600)


def test_each_act_is_counted_for_itself():
    assert allowed(visit(), "objections", 1, 3600)
    assert allowed(visit(), "verify", 1, 3600)


def test_behind_the_proxy_visitors_are_told_apart(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    one = visit(HTTP_X_FORWARDED_FOR="198.51.100.9, 203.0.113.1")
    assert address_of(one) == "203.0.113.1"
    assert allowed(one, "objections", 1, 3600)
    assert allowed(visit(HTTP_X_FORWARDED_FOR="203.0.113.2"), "objections", 1, 3600)


def test_a_forged_header_counts_for_nothing_without_a_proxy(settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    assert address_of(visit(HTTP_X_FORWARDED_FOR="203.0.113.1")) == PROXY


def test_of_many_who_come_at_once_no_more_are_allowed_than_may(monkeypatch):
    get = cache.get

    def slowly(*given):
        found = get(*given)
        time.sleep(0.01)
        return found

    monkeypatch.setattr("people.throttle.cache.get", slowly)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _n: allowed_for("codes", "somebody", 2, 3600), range(8)))
    assert answers.count(True) == 2
