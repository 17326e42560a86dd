"""What a case asks: by the answers so far, by the policy of the place, and in a correction."""

from datetime import date

import pytest

from applications.asking import Asking, asking_of
from applications.models import Application
from schemes.files.catalogue_files import read_schemes
from tests import world
from tests.applications.pages import answers

SCHEMES = {scheme.code: scheme for scheme in read_schemes()}
DAY = date(2026, 11, 23)


def asking(scheme, given=(), policy=(), **more):
    return Asking(SCHEMES[scheme], dict(given), dict(policy), **more)


def pages(found):
    return [page.code for page in found.pages]


def papers(found):
    return [paper.code for paper in found.papers]


def test_a_question_of_the_policy_is_asked_only_where_the_policy_wants_it():
    wants_seeking = asking("grad-jobseeking", policy={"requires_seeking": True, "requires_contract": False})
    wants_contract = asking("grad-jobseeking", policy={"requires_seeking": False, "requires_contract": True})
    assert ("seeking" in pages(wants_seeking), "contract" in pages(wants_seeking)) == (True, False)
    assert ("seeking" in pages(wants_contract), "contract" in pages(wants_contract)) == (False, True)
    assert "contract-copy" in papers(wants_contract)


def test_before_the_place_is_known_no_question_of_policy_is_asked():
    assert {"seeking", "contract"}.isdisjoint(pages(asking("grad-jobseeking")))


@pytest.mark.parametrize("paid,asked", [("0.00", False), ("0", False), ("0.01", True), ("10000.00", True)])
def test_sums_are_compared_as_sums(paid, asked):
    found = asking("lottery-deposit-waiver", {"deposit_paid": paid})
    assert ("deposit-receipt" in papers(found)) is asked


def test_officials_questions_are_not_asked_of_the_applicant():
    assert {"determination", "present-benefit", "length"}.isdisjoint(pages(asking("dibao-phase-out")))


def test_unanswered_are_the_required_questions_that_are_shown():
    found = asking("grad-jobseeking", {"name": "李晓梅", "received_before": False}, {"requires_seeking": True})
    names = {question.name for question in found.unanswered}
    assert "seeks_work" in names
    assert names.isdisjoint({"name", "received_before", "contract_signed"})


def test_a_correction_asks_only_what_it_names():
    given = {question.name: "x" for question in SCHEMES["grad-jobseeking"].questions() if question.kind != "date"}
    found = asking(
        "grad-jobseeking",
        {**given, "graduation_date": "2027-07-01"},
        named_questions=frozenset({"phone"}),
        named_papers=frozenset({"id-copy"}),
    )
    assert pages(found) == ["phone"]
    assert papers(found) == ["id-copy"]
    assert found.editable == {"phone"}


def test_a_correction_also_asks_what_a_new_answer_calls_for():
    given = {"deposit_due": "100.00"}
    found = asking("lottery-deposit-waiver", given, named_questions=frozenset({"name"}))
    assert "deposit_paid" in found.editable
    assert "deposit_due" not in found.editable


@pytest.mark.django_db
def test_a_placed_case_asks_by_the_policy_of_its_place():
    case = world.grant()
    found = asking_of(Application.objects.get(public_id=case.public_id), answers(case), DAY)
    assert found.policy["requires_seeking"] is True
    assert "seeking" in pages(found)


@pytest.mark.django_db
def test_a_returned_case_asks_by_its_open_request():
    case = world.grant().submit().say("correction", points=(("question", "phone", "打不通"),))
    found = asking_of(Application.objects.get(public_id=case.public_id), answers(case), DAY)
    assert found.editable == {"phone"}
    assert papers(found) == []


@pytest.mark.parametrize("policy,asked", [({"paid_to_bank": True}, False), ({"paid_to_bank": False}, True), ({}, True)])
def test_a_borrower_is_asked_for_an_account_only_where_the_bank_is_not_paid(policy, asked):
    found = asking("startup-guarantee-loan", policy=policy)
    assert ("account" in pages(found)) is asked
    assert ({"account", "bank"} <= {question.name for question in found.unanswered}) is asked


@pytest.mark.parametrize("code", sorted(SCHEMES))
def test_nobody_is_asked_for_an_account_by_a_scheme_that_pays_no_money(code):
    kinds = {question.kind for question in SCHEMES[code].questions()}
    assert SCHEMES[code].pays_money or not kinds & {"account", "bank"}
