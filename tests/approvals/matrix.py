"""Permission matrices: tables of + (allowed), . (refused) and - (nothing there), and what the site answers to them."""

from contextlib import contextmanager

from django.db import transaction

REFUSED_STATUS = {403, 404, 409}


def read(table):
    """A table as {(account, action): mark}; - where there is nothing to open."""
    actions, *rows = [line.split() for line in table.strip().splitlines()]
    return {(who, action): mark for who, *marks in rows for action, mark in zip(actions, marks, strict=True)}


def verdict(response):
    """+ or ., whatever form the refusal takes."""
    login = response.status_code == 302 and "/accounts/login/" in response["Location"]
    return "." if login or response.status_code in REFUSED_STATUS else "+"


def differing(table, answered):
    """What the site answers other than the table says, as the table would say it."""
    found = {key: answered(*key) for key in read(table)}
    return {key: mark for key, mark in found.items() if mark != read(table)[key]}


@contextmanager
def undone():
    """Whatever is written inside is taken back. A read event has a transaction of its own, and is let have it."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)
