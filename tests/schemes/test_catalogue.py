"""The schemes as their files describe them; the three named ones in detail."""

import re

import pytest

from schemes.definition import GRANTING_LETTER, fill
from schemes.files.catalogue_files import read_policies, read_schemes
from schemes.files.parts import laid_over
from schemes.letters import LETTER_VARIABLES, REMEDY_VARIABLES

SCHEMES = {scheme.code: scheme for scheme in read_schemes()}
FILED = {code: scheme for code, scheme in SCHEMES.items() if scheme.can_be_filed}
ROUTES = {
    "grad-jobseeking": [
        ("accept", "accept", "school", "subject_office", "clerk", 5, "working"),
        ("county_review", "review", "hrss", "county", "reviewer", 10, "working"),
        ("notice", "notice", "hrss", "prefecture", None, 5, "working"),
        ("decide", "decide", "hrss", "prefecture", "approver", 5, "working"),
    ],
    "lottery-deposit-waiver": [
        ("accept", "accept", "civil_affairs", "county", "clerk", 5, "working"),
        ("dpf_opinion", "review", "dpf", "county", "reviewer", 5, "working"),
        ("county_review", "review", "civil_affairs", "county", "reviewer", 5, "working"),
        ("decide", "decide", "civil_affairs", "prefecture", "approver", 5, "working"),
        ("confirm", "confirm", "welfare_lottery", "prefecture", "clerk", 10, "working"),
    ],
    "dibao-phase-out": [
        ("accept", "accept", "township", "township", "clerk", 10, "working"),
        ("notice", "notice", "township", "township", None, 7, "natural"),
        ("county_review", "review", "civil_affairs", "county", "reviewer", 5, "working"),
        ("decide", "decide", "civil_affairs", "county", "approver", 5, "working"),
        ("file", "file", "civil_affairs", "prefecture", "reviewer", 10, "working"),
    ],
}
FACTS = {
    "grad-jobseeking": {
        "id_number", "disability_certificate", "school_division", "study_mode", "graduation_date", "seeks_work",
        "contract_signed", "received_before",
    },
    "lottery-deposit-waiver": {
        "id_number", "disability_certificate", "lottery_kind", "outlet_division", "contract_number", "deposit_due",
        "deposit_paid", "operates_in_person",
    },
    "dibao-phase-out": {
        "household", "benefit_monthly", "supplement_monthly", "determined_on", "property_ok", "phase_out_months",
    },
}  # fmt: skip


def all_texts(tree):
    """Every text in both languages of a definition."""
    if isinstance(tree, dict):
        if set(tree) == {"zh", "en"}:
            yield tree
        for branch in tree.values():
            yield from all_texts(branch)
    elif isinstance(tree, (list, tuple)):
        for branch in tree:
            yield from all_texts(branch)


@pytest.mark.parametrize("code", ROUTES)
def test_the_route(code):
    route = [
        (s.code, s.kind, s.office_function({"lottery_kind": "welfare"}), s.level, s.role, s.days, s.day_kind)
        for s in SCHEMES[code].stages
    ]
    assert route == ROUTES[code]


@pytest.mark.parametrize("code", FACTS)
def test_the_facts_are_those_of_the_contract(code):
    assert {question.as_fact for question in SCHEMES[code].facts()} == FACTS[code]


def test_only_schools_run_by_a_county_pass_the_county():
    stage = SCHEMES["grad-jobseeking"].stage("county_review")
    assert [stage.applies({"run_by": by}) for by in ("county", "prefecture", "province")] == [True, False, False]


def test_the_sports_lottery_goes_its_own_way():
    scheme = SCHEMES["lottery-deposit-waiver"]
    functions = {stage.code: stage.office_function({"lottery_kind": "sports"}) for stage in scheme.stages}
    assert functions == {
        "accept": "education_sports",
        "dpf_opinion": "dpf",
        "county_review": "education_sports",
        "decide": "education_sports",
        "confirm": "sports_lottery",
    }


def test_the_grant_is_once_for_life_under_both_its_names():
    scheme = SCHEMES["grad-jobseeking"]
    assert (scheme.once, scheme.once_group) == ("life", "grad-jobseeking")


def test_officials_enter_what_only_they_can_know():
    asked = {
        stage: [q.name for q in SCHEMES["dibao-phase-out"].questions(stage)] for stage in ("accept", "county_review")
    }
    assert asked == {
        "accept": ["determined_on", "property_ok", "benefit_monthly", "supplement_monthly"],
        "county_review": ["phase_out_months"],
    }


@pytest.mark.parametrize("code", SCHEMES)
def test_what_outsiders_see_does_not_disclose_disability(code):
    shown = SCHEMES[code].public_title
    assert "残" not in shown.zh
    assert "disab" not in shown.en.lower()
    for stage in SCHEMES[code].stages:
        assert not {"disability_certificate", "id_number"} & set(stage.notice_columns)


@pytest.mark.parametrize("code", SCHEMES)
def test_every_text_stands_in_both_languages(code):
    texts = list(all_texts(SCHEMES[code].model_dump()))
    assert texts
    for text in texts:
        assert re.search("[一-鿿]", text["zh"]), text
        assert re.search("[A-Za-z]", text["en"]), text
        assert not re.search("[一-鿿]", text["en"]), text


@pytest.mark.parametrize("code", FILED)
def test_every_letter_can_be_filled(code):
    values = dict.fromkeys(LETTER_VARIABLES, "…")
    for letter in SCHEMES[code].letters.values():
        assert "{" not in fill(letter.body, values).zh
    assert SCHEMES[code].letters[GRANTING_LETTER[SCHEMES[code].benefit_kind]].title.zh


def test_cases_of_two_schemes_are_never_numbered_alike():
    prefixes = [scheme.case_number_prefix for scheme in FILED.values()]
    assert len(set(prefixes)) == len(prefixes)


@pytest.mark.parametrize("code", FILED)
def test_every_legal_kind_of_office_has_its_remedy(code):
    remedies = SCHEMES[code].remedies
    assert set(remedies) == {
        "administrative", "entrusted", "authorised", "vertical", "mass_organisation", "public_institution",
    }  # fmt: skip
    for remedy in remedies.values():
        assert fill(remedy.text, dict.fromkeys(REMEDY_VARIABLES, "…"))
        assert remedy.basis == "assumed"


@pytest.mark.parametrize("code", FILED)
def test_a_refusal_can_cite_every_line_that_fails(code):
    scheme = SCHEMES[code]
    cited = {line for reason in scheme.refusal_reasons for line in reason.lines}
    assert {rule.code for rule in scheme.requirements} <= cited


def test_a_refused_phase_out_can_cite_every_reason_to_stop():
    cited = {line for reason in SCHEMES["dibao-phase-out"].refusal_reasons for line in reason.lines}
    assert {"property", "not_in_benefit", "no_disabled_worker", "other_income", "over_standard"} <= cited


def test_no_account_is_asked_for_where_no_money_is_paid():
    waiver = SCHEMES["lottery-deposit-waiver"]
    assert not waiver.pays_money
    assert "account" not in {question.kind for question in waiver.questions()}


def test_the_lottery_centre_speaks_of_a_civil_contract_others_do_not():
    waiver, grant = SCHEMES["lottery-deposit-waiver"], SCHEMES["grad-jobseeking"]
    assert "民事合同" in waiver.remedies["public_institution"].text.zh
    assert "民事" not in grant.remedies["public_institution"].text.zh


def test_every_value_says_where_it_comes_from():
    for policy in read_policies():
        for offer in policy.schemes:
            assert offer.text
            for value in offer.values:
                assert value.basis == "stated" or value.note


def test_figures_no_text_gives_are_assumed():
    basis = {
        (policy.division, offer.scheme, value.name): value.basis
        for policy in read_policies()
        for offer in policy.schemes
        for value in offer.values
        if offer.scheme in ROUTES
    }
    stated = {key for key, found in basis.items() if found == "stated"}
    assert stated == {
        ("310000", "lottery-deposit-waiver", "covers"),
        ("310000", "dibao-phase-out", "equality"),
        ("350000", "lottery-deposit-waiver", "covers"),
        ("350000", "dibao-phase-out", "phase_out_months"),
        ("350000", "dibao-phase-out", "equality"),
        ("500000", "lottery-deposit-waiver", "covers"),
        ("500000", "dibao-phase-out", "equality"),
        ("532500", "lottery-deposit-waiver", "covers"),
        ("532500", "dibao-phase-out", "phase_out_months"),
        ("532500", "dibao-phase-out", "equality"),
        ("532622", "grad-jobseeking", "requires_contract"),
        ("532622", "dibao-phase-out", "disregard_months"),
        ("532622", "dibao-phase-out", "after_disregard_only"),
        ("532622", "dibao-phase-out", "phase_out_months"),
        ("532622", "dibao-phase-out", "equality"),
    }


def test_tables_are_merged_and_everything_else_is_replaced():
    below = {"letters": {"refusal": 1, "grant": 2}, "codes": [1, 2]}
    above = {"letters": {"grant": 3}, "codes": [4]}
    assert laid_over(below, above) == {"letters": {"refusal": 1, "grant": 3}, "codes": [4]}
