"""The database refuses half-states by itself: each constraint of each table is broken once."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests.applications.museum import CHECKS, DOUBLES

pytestmark = pytest.mark.django_db
OURS = [
    "audit", "people", "schemes", "workflows", "papers", "applications", "benefits", "approvals", "payouts", "archives",
    "helping",
    "telling",
]  # fmt: skip


def constraints(kind):
    ours = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {rule.name for model in ours for rule in model._meta.constraints if isinstance(rule, kind)}


@pytest.mark.parametrize("name", CHECKS)
def test_the_database_refuses_a_row_that_breaks_the_rule(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CHECKS[name].force()


@pytest.mark.parametrize("name", DOUBLES)
def test_the_database_refuses_the_second_of_two_rows(name):
    told = name if connection.vendor == "postgresql" else "UNIQUE|append-only"
    with pytest.raises(IntegrityError, match=told), transaction.atomic():
        DOUBLES[name].force()


def test_no_check_is_left_out():
    assert set(CHECKS) == constraints(models.CheckConstraint)


def test_no_unique_constraint_is_left_out_but_those_with_files_of_their_own():
    elsewhere = {"application_once_for_life", "application_once_an_organisation"}
    assert set(DOUBLES) | elsewhere == constraints(models.UniqueConstraint)
