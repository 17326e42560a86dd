"""A letter that replaces whoever acted before: an office hands on what it knows of, and nothing of other offices."""

import pytest

from applications import own
from helping.models import OrganisationLetter
from helping.organisations import standing
from telling.models import Notice
from tests import institution, world
from tests.helping.authorised import AT, confirmed, filed
from tests.stages import office
from workflows.models import Queue, WorkItem

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE, NEW = "applicant", "helper", "applicant2"


@pytest.fixture
def cases(peopled):
    """One before the federation of Mengzi, and one, filed by another account, that only its labour bureau ever had."""
    institution.publish()
    here, elsewhere = filed(), institution.case(by=ELSEWHERE).submit()
    queue, _new = Queue.objects.get_or_create(office=office("hrss"), role="clerk")
    WorkItem.objects.filter(case_id=elsewhere.application.pk).update(queue=queue)
    return here, elsewhere


def test_the_cases_of_who_acted_here_are_handed_on(cases):
    confirmed(NEW, replaces=True)
    assert [case.public_id for case in own.cases_of(world.user(NEW), AT)] == [cases[0].public_id]


def test_whoever_acted_before_other_offices_alone_keeps_theirs(cases):
    letter = elsewhere_letter(cases)
    confirmed(NEW, replaces=True)
    assert own.cases_of(world.user(ELSEWHERE), AT).get().public_id == cases[1].public_id
    assert standing.may_act(world.user(ELSEWHERE), letter.organisation, AT)


def test_they_are_told_of_one_more_and_the_other_of_being_replaced(cases):
    confirmed(NEW, replaces=True)
    told = {name: set(notices_of(name)) for name in (HERE, ELSEWHERE)}
    assert "letter_replaced" in told[HERE]
    assert told[ELSEWHERE] & {"letter_replaced", "letter_added"} == {"letter_added"}


def elsewhere_letter(cases) -> OrganisationLetter:
    """A letter of the one who acts before the other office, confirmed there: here beside the one of who acts here."""
    confirmed(HERE)
    return confirmed(ELSEWHERE)


def notices_of(name):
    return Notice.objects.filter(user=world.user(name)).values_list("kind", flat=True)
