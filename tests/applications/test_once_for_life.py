"""Once for life: one person, one grant, whatever the school, the county, the year or the name of the scheme."""

import pytest

from applications import actions
from applications import answers as answers_of
from people.refusals import Conflict
from people.synthetic import synthetic_person
from project.demo.clerks import Case
from schemes.models import PolicyClause, Scheme, SchemeVersion
from tests import stages, world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
PERSON = synthetic_person(77, "532503", (2000, 2003))
KNOWN = {"name": PERSON.name, "id_number": PERSON.id_number, "disability_certificate": PERSON.certificate}


def another_draft(n=4, **changes):
    """The same person's next draft; n chooses the school."""
    return world.grant(n, **KNOWN, **changes)


def submit(case):
    return actions.submit(case.user, case.public_id, case.later(1), with_papers=False)


def renamed_scheme(code="grad-starting-work"):
    """The same grant, offered under its other name on the same clause and values."""
    version = SchemeVersion.objects.filter(scheme_id="grad-jobseeking").latest("number")
    Scheme.objects.create(code=code)
    version.pk, version.scheme_id, version.content = None, code, {**version.content, "code": code}
    version.save(force_insert=True)
    for clause in PolicyClause.objects.filter(scheme_id="grad-jobseeking", document__division="532500"):
        values = list(clause.values.all())
        clause.pk, clause.scheme_id = None, code
        clause.save(force_insert=True)
        for value in values:
            value.pk, value.scheme_id, value.clause = None, code, clause
            value.save(force_insert=True)
    return code


REACHED = {
    "submitted": lambda case: case.submit(),
    "returned_for_correction": lambda case: case.submit().ask_to_correct(),
    "accepted": lambda case: case.submit().say("accept"),
    "in_review": lambda case: case.submit().say("accept").claim(),
    "noticed": lambda case: case.submit().say("accept").say("agree"),
    "granted": lambda case: case.submit().say("accept").say("agree").end_notice().say("grant"),
}
OVER = {
    "not_accepted": lambda case: case.submit().say("not_accept", text=stages.TEXT),
    "refused": lambda case: case.submit().say("accept").say("agree").end_notice().say(
        "refuse", text=stages.TEXT, reasons=("no_evidence",)
    ),
    "lapsed": lambda case: lapsed(case.submit().ask_to_correct()),
    "withdrawn": lambda case: case.submit().withdraw(),
}  # fmt: skip


def lapsed(case):
    case.at = case.application.correction_due
    actions.lapse(case.public_id, case.later(1))
    return case


@pytest.mark.parametrize("state", REACHED)
def test_while_a_case_lives_or_was_granted_no_other_is_filed(state):
    first = REACHED[state](world.grant(2, **KNOWN))
    assert first.application.state == state
    second = another_draft()
    with refused(Conflict, "once_for_life"):
        submit(second)


@pytest.mark.parametrize("state", OVER)
def test_after_a_case_that_came_to_nothing_another_may_be_filed(state):
    first = OVER[state](world.grant(2, **KNOWN))
    assert first.application.state == state
    assert submit(another_draft()).state == "submitted"


def test_drafts_do_not_count():
    world.grant(2, **KNOWN)
    assert submit(another_draft()).state == "submitted"


def test_another_county_does_not_help():
    world.grant(2, **KNOWN).submit()
    elsewhere = world.cast(4, county="532502")
    case = world.stories.grant_case(elsewhere, **KNOWN)
    with refused(Conflict, "once_for_life"):
        submit(case)


def test_another_account_does_not_help():
    world.grant(2, **KNOWN).submit()
    case = world.stories.grant_case(world.cast(4, account="helper"), **KNOWN)
    with refused(Conflict, "once_for_life"):
        submit(case)


def test_another_year_does_not_help():
    REACHED["granted"](world.grant(2, **KNOWN))
    later = world.cast(4, at=world.year_later(world.START))
    case = world.stories.grant_case(later, **KNOWN)
    with refused(Conflict, "once_for_life"):
        submit(case)


def test_another_name_on_the_form_does_not_help():
    world.grant(2, **KNOWN).submit()
    second = world.grant(4, **{**KNOWN, "name": "李别名"})
    with refused(Conflict, "once_for_life"):
        submit(second)


def test_the_other_name_of_the_grant_does_not_help():
    first = world.grant(2, **KNOWN).submit()
    case = Case(first.user, renamed_scheme(), answers_of.read(first.application), first.at)
    with refused(Conflict, "once_for_life"):
        submit(case)


def test_another_scheme_is_free():
    world.grant(2, **KNOWN).submit()
    assert submit(world.waiver(0, **KNOWN)).state == "submitted"


def test_a_scheme_without_the_rule_can_be_had_twice():
    submit(world.waiver(0, **KNOWN))
    assert submit(world.waiver(2, **KNOWN)).state == "submitted"


def test_a_correction_cannot_turn_a_case_into_that_of_somebody_who_has_one():
    world.grant(2, **KNOWN).submit()
    case = world.grant(4).submit()
    asked = tuple(("question", name, "与身份证不一致，请更正。") for name in KNOWN)
    case.say("correction", points=asked)
    actions.save_answers(case.user, case.public_id, KNOWN, case.later())
    with refused(Conflict, "once_for_life"):
        actions.resubmit(case.user, case.public_id, case.later())


def test_who_said_they_received_it_before_does_not_qualify():
    assert submit(another_draft(received_before=True)).eligible is False
