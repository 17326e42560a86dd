"""文号 under real threads on real row locks: unique and without a gap, also where some acts are rolled back."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.db import transaction

from papers import numbering
from papers.issuing import issue
from papers.models import Counter, Paper
from people import vault
from tests.papers import samples

pytestmark = pytest.mark.postgres_threads
THREADS, TURNS = 8, 5


class Undone(Exception):
    """Thrown to roll back."""


@pytest.fixture
def act(transactional_db, office, monday):
    """One act: a paper is issued; `fails` then rolls everything back."""

    def issue_one(fails):
        with transaction.atomic():
            key = vault.new_data_key()
            key.save()
            content = replace(samples.ACCEPTANCE, number="", verify_code="", verify_url="")
            paper = issue(
                kind="grant",
                office=office,
                content=content,
                data_key=key,
                case_ref="case",
                public_title="补贴",
                at=monday,
            )
            if fails:
                raise Undone
        return paper.sequence

    return issue_one


def turns(act, thread):
    """What one thread does: every third act fails."""
    taken = []
    for turn in range(TURNS):
        try:
            taken.append(act((thread + turn) % 3 == 0))
        except Undone:
            continue
    return taken


@pytest.fixture
def without_renderer(monkeypatch):
    monkeypatch.setattr("papers.issuing.render_paper", SimpleNamespace(enqueue=lambda _pk: None))


@pytest.mark.usefixtures("without_renderer")
def test_numbers_have_no_gap_and_no_double_though_a_third_of_the_acts_is_undone(race, act):
    results = race(*[lambda thread=thread: turns(act, thread) for thread in range(THREADS)])
    numbers = sorted(number for taken in results for number in taken)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > THREADS
    assert sorted(Paper.objects.values_list("sequence", flat=True)) == numbers


def test_the_first_number_is_given_once_though_all_ask_for_it_at_once(race):
    taken = race(*[lambda: numbering.take("paper:first") for _thread in range(THREADS)])
    assert sorted(taken) == list(range(1, THREADS + 1))


def test_a_counter_that_only_failed_acts_asked_for_stands_at_nothing(race, transactional_db):
    def fail():
        with transaction.atomic():
            numbering.take("paper:failed")
            raise Undone

    results = race(*[fail for _thread in range(THREADS)])
    assert all(isinstance(result, Undone) for result in results)
    assert not Counter.objects.filter(pk="paper:failed").exists()
    assert numbering.take("paper:failed") == 1
