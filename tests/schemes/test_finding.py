"""For whom each scheme is: the guide is whole, unanswered questions settle nothing, sure failures name their clause."""

import pytest

from schemes.files.catalogue_files import read_schemes
from schemes.finding.guide import meant_for, questions
from schemes.finding.sifting import sift, truth
from schemes.rules.conditions import Condition
from schemes.rules.policy import Policy

STUDENT = Condition(field="doing", op="has", value="student")
RURAL = Condition(field="residence", value="rural")


@pytest.fixture(scope="module")
def catalogue():
    return {definition.code: definition for definition in read_schemes()}


def one(catalogue, code, answers, policies=None):
    return next(iter(sift([catalogue[code]], policies or {}, answers)), None)


def test_the_guide_speaks_of_every_scheme_of_the_catalogue_and_of_no_other(catalogue):
    assert set(meant_for()) == set(catalogue)


def test_the_guide_reads_only_what_is_asked():
    read = {name for condition in meant_for().values() for name in condition.names()}
    assert read <= set(questions())


def values_compared(condition):
    for part in (*condition.all, *condition.any, *((condition.negated,) if condition.negated else ())):
        yield from values_compared(part)
    if condition.field:
        values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        yield from ((condition.field, value) for value in values)


def test_every_value_the_guide_compares_with_can_be_answered():
    known = {(name, choice.value) for name, question in questions().items() for choice in question.choices}
    compared = {pair for condition in meant_for().values() for pair in values_compared(condition)}
    assert compared <= known


def test_organisations_and_persons_see_their_own_schemes(catalogue):
    found = list(sift(catalogue.values(), {}, {"asks_for": "organisation"}))
    assert {match.definition.applicant for match in found} == {"organisation"}
    found = list(sift(catalogue.values(), {}, {"asks_for": "self"}))
    assert {match.definition.applicant for match in found} == {"person", "household"}


@pytest.mark.parametrize(
    "condition, answers, expected",
    [
        (STUDENT, {"doing": ["student"]}, True),
        (STUDENT, {"doing": []}, False),
        (STUDENT, {}, None),
        (Condition(all=[STUDENT, RURAL]), {"doing": ["student"]}, None),
        (Condition(all=[STUDENT, RURAL]), {"residence": "urban"}, False),
        (Condition(any=[STUDENT, RURAL]), {"doing": ["student"]}, True),
        (Condition(any=[STUDENT, RURAL]), {"residence": "urban"}, None),
        (Condition(any=[STUDENT, RURAL]), {"doing": [], "residence": "urban"}, False),
        (Condition(**{"not": RURAL}), {"residence": "urban"}, True),
        (Condition(**{"not": RURAL}), {}, None),
        (Condition(field="doing", op="present"), {}, False),
    ],
)
def test_truth_of_what_is_known(condition, answers, expected):
    assert truth(condition, answers) is expected


def test_a_scheme_whose_conditions_all_hold_fits(catalogue):
    assert one(catalogue, "lottery-deposit-waiver", {"trades": ["lottery"]}).verdict == "fits"


def test_a_scheme_for_others_is_said_to_be_for_others(catalogue):
    assert one(catalogue, "lottery-deposit-waiver", {"trades": ["massage"]}).verdict == "other"


@pytest.mark.parametrize("household", ["unsure", "", None])
def test_an_answer_that_is_none_leaves_the_question_open(catalogue, household):
    answers = {"household": household, "somebody_works": "disabled_member"}
    assert one(catalogue, "dibao-phase-out", answers).verdict == "ask"


def test_a_scheme_the_guide_does_not_know_is_never_left_out(catalogue, monkeypatch):
    monkeypatch.setattr("schemes.finding.sifting.meant_for", dict)
    assert one(catalogue, "grad-jobseeking", {"asks_for": "self"}).verdict == "ask"


LAW = ("彩票管理条例实施细则", "代销者条件")
LOCAL = {"lottery-deposit-waiver": Policy({}, "试行办法", "第三条")}


def test_a_condition_that_is_surely_not_met_bars_and_is_named_with_its_clause(catalogue):
    match = one(catalogue, "lottery-deposit-waiver", {"trades": ["lottery"], "age": 17}, LOCAL)
    assert match.verdict == "barred"
    assert [(line.result, line.document, line.clause) for line in match.lines] == [("fail", *LAW)]


@pytest.mark.parametrize("said", [{"age": 18}, {}])
def test_a_condition_that_is_met_or_not_known_does_not_bar(catalogue, said):
    assert one(catalogue, "lottery-deposit-waiver", {"trades": ["lottery"]} | said, LOCAL).verdict == "fits"
