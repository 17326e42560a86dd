"""The same household and month, and the same contract, are given once."""

from datetime import timedelta

import pytest

from applications.models import Application
from people import vault
from people.refusals import Conflict, Invalid
from project.demo import answers
from tests import world

pytestmark = pytest.mark.django_db


def before_decision(n, **changes):
    case = world.phase_out(n, **changes).submit().say("accept", entries=answers.determination(world.START.date()))
    return case.end_notice().say("agree", entries={"phase_out_months": 6})


def test_a_household_has_one_phase_out_at_a_time_whoever_files():
    first = before_decision(0).say("grant")
    household = world.answers_of(first)["household"]
    head = household[1]
    again = before_decision(2, household=household, name=head["name"], id_number=head["id_number"])
    with pytest.raises(Conflict) as refused:
        again.say("grant")
    assert refused.value.code == "given_already"
    assert again.application.state == "in_review"


def test_a_contract_has_its_deposit_waived_once():
    first = world.waiver(0).submit().say("accept").say("agree").say("agree").say("grant")
    same = world.answers_of(first)
    again = world.waiver(2, **{name: same[name] for name in ("name", "id_number", "disability_certificate")})
    world.change(again, contract_number=f" {same['contract_number'].lower()}")
    again.submit().say("accept").say("agree").say("agree")
    with pytest.raises(Conflict) as refused:
        again.say("grant")
    assert refused.value.code == "given_already"


def test_where_another_case_of_the_same_person_cannot_be_read_the_grant_is_refused_in_words():
    first = before_decision(0).say("grant")
    again = before_decision(2, household=world.answers_of(first)["household"], **head_of(first))
    Application.objects.filter(pk=first.application.pk).update(answers=b"x")
    with pytest.raises(Conflict) as refused:
        again.say("grant")
    assert refused.value.code == "unreadable"
    assert first.application.number in str(refused.value.message)


def test_a_case_whose_file_was_erased_when_its_time_was_over_stands_in_nobody_s_way():
    first = before_decision(0).say("grant")
    again = before_decision(2, household=world.answers_of(first)["household"], **head_of(first))
    vault.destroy(first.application.data_key, again.later())
    assert again.say("grant").application.state == "granted"


def head_of(case):
    head = world.answers_of(case)["household"][1]
    return {"name": head["name"], "id_number": head["id_number"]}


@pytest.mark.parametrize("days", [-40, 3])
def test_the_day_of_the_determination_is_not_picked_at_will(days):
    case = world.phase_out(0).submit()
    day = (world.START + timedelta(days=days)).date()
    with pytest.raises(Invalid) as refused:
        case.say("accept", entries=answers.determination(day))
    assert set(refused.value.errors) == {"determined_on"}


def test_a_production_site_grants_nothing_on_assumed_figures(settings):
    case = world.at_decision()
    settings.DEMO = False
    with pytest.raises(Invalid) as refused:
        case.say("grant")
    assert refused.value.code == "unconfirmed"
