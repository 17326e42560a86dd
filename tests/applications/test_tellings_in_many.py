"""Telling the people of many cases takes as many statements as telling those of one, whoever filed them for whom."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from applications import own, tellings
from applications.models import Application
from audit.models import Event
from people.models import User
from telling.models import Notice
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def helped():
    """Six drafts, each begun by another account for somebody else."""
    cases = [world.grant(number).application for number in (2, 4, 6, 8, 10, 12)]
    for case in cases:
        filer = User.objects.create(username=f"helper-{case.pk}")
        Application.objects.filter(pk=case.pk).update(filed_by=filer, for_other=True)
    return list(Application.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk"))


def tell(cases):
    """Tell the people of these of an event each; how many statements that took."""
    cases = list(Application.objects.filter(pk__in=[case.pk for case in cases]))
    said = {"action": "draft.warned", "at": world.START, "data": {"days": 30}}
    events = [Event(stream=case.stream, seq=9000, **said) for case in cases]
    with CaptureQueriesContext(connection) as asked:
        tellings.tell({case.stream: case for case in cases}, events)
    return len(asked)


def test_six_helped_cases_take_no_more_statements_than_one(helped):
    one, others = tell(helped[:1]), tell(helped[1:])
    assert others == one
    assert set(Notice.objects.filter(channel="site").values_list("user", flat=True)) == {
        case.filed_by_id for case in helped
    }


def test_more_filers_than_a_statement_takes_are_asked_for_in_several(helped, monkeypatch):
    monkeypatch.setattr(own, "FILERS_AT_ONCE", 4)
    assert own.still_had(helped, world.START) == {case.pk for case in helped}


def test_in_many_as_one_by_one(helped, monkeypatch):
    gone, kept = helped[0], helped[1:]
    rule = type("Rule", (), {"hidden_from": staticmethod(lambda user, at: hidden(user, gone))})
    monkeypatch.setattr(own, "rules", lambda: (rule,))
    assert own.still_had(helped, world.START) == {case.pk for case in kept}
    alone = {case.pk for case in helped if own.cases_of(case.filed_by, world.START).filter(pk=case.pk).exists()}
    assert own.still_had(helped, world.START) == alone


def hidden(user, case):
    """A rule that takes this one case from its filer."""
    return Q(pk=case.pk) & Q(filed_by=user)
