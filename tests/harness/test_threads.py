"""The race helper really races."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError

pytestmark = pytest.mark.postgres_threads


def test_two_writers_of_one_unique_row_leave_one_winner(race):
    def write():
        return ContentType.objects.create(app_label="race", model="one").pk

    results = race(write, write, write)
    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, IntegrityError) for result in results) == 2


def test_results_come_in_the_order_of_the_actions(race):
    assert race(lambda: 1, lambda: 2) == [1, 2]
