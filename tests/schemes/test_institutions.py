"""The schemes organisations apply for: whom they ask, how they address them, what stands before money is given."""

import pytest

from schemes.files.catalogue_files import read_schemes

INSTITUTIONS = {scheme.code: scheme for scheme in read_schemes() if scheme.offered_as == "institution"}
PAYING = {code: scheme for code, scheme in INSTITUTIONS.items() if scheme.pays_money}
STATUS_ONLY = {"quota-certification", "concentrated-employer-recognition"}


def kinds_of(scheme):
    return {question.name: question.kind for question in scheme.questions("applicant")}


def texts_to_the_organisation(scheme):
    yield from (letter.body for letter in scheme.letters.values())
    yield from (reason.text for reason in scheme.refusal_reasons)
    yield from (remedy.text for remedy in scheme.remedies.values())


def test_two_of_them_give_a_status_and_the_rest_money():
    assert set(INSTITUTIONS) - set(PAYING) == STATUS_ONLY


@pytest.mark.parametrize("code", INSTITUTIONS)
def test_an_organisation_is_named_by_its_code_and_files_through_a_person(code):
    asked = kinds_of(INSTITUTIONS[code])
    assert asked["uscc"] == "uscc"
    assert {"organisation", "legal_representative", "name", "id_number", "phone"} <= set(asked)
    papers = {paper.code for paper in INSTITUTIONS[code].papers_asked}
    assert {"licence-copy", "authorisation-letter"} <= papers


@pytest.mark.parametrize("code", INSTITUTIONS)
def test_the_account_is_asked_where_money_is_paid_and_nowhere_else(code):
    assert ("account" in kinds_of(INSTITUTIONS[code])) == (code in PAYING)


@pytest.mark.parametrize("code", INSTITUTIONS)
def test_no_answer_is_taken_for_the_certificate_of_the_person_who_files(code):
    assert "disability_certificate" not in kinds_of(INSTITUTIONS[code])


@pytest.mark.parametrize("code", INSTITUTIONS)
def test_papers_address_the_organisation(code):
    for text in texts_to_the_organisation(INSTITUTIONS[code]):
        assert "您" not in text.zh


@pytest.mark.parametrize("code", PAYING)
def test_money_stands_on_notice_for_five_working_days(code):
    notices = [stage for stage in PAYING[code].stages if stage.kind == "notice"]
    assert [(stage.days, stage.day_kind) for stage in notices] == [(5, "working")]


@pytest.mark.parametrize("code", INSTITUTIONS)
def test_what_a_visit_found_is_entered_by_those_who_went(code):
    scheme = INSTITUTIONS[code]
    visited = any(stage.code == "site_check" for stage in scheme.stages)
    assert visited == ("site_confirmed" in {question.name for question in scheme.questions("site_check")})
    assert visited == ("site_confirmed" in {rule.code for rule in scheme.requirements})


@pytest.mark.parametrize("code", PAYING)
def test_a_sum_no_text_states_is_an_example_that_says_so(code):
    scheme = PAYING[code]
    examples = {example.name: example.note for example in scheme.examples}
    assert set(examples) == set(scheme.policy_values)


def test_nobody_is_asked_where_staff_is_registered():
    certification = INSTITUTIONS["quota-certification"]
    for question in certification.questions():
        assert "户籍" not in question.label.zh
    assert all("户籍" not in rule.label.zh for rule in certification.requirements)


def test_a_massage_institution_is_not_supported_twice():
    excluded = INSTITUTIONS["blind-massage-institution"].excludes
    assert [(one.scheme, one.within) for one in excluded] == [("aux-employment-institution", "year")]


@pytest.mark.parametrize("code", INSTITUTIONS)
def test_the_guide_tells_how_long_it_takes(code):
    scheme = INSTITUTIONS[code]
    days = sum(stage.days for stage in scheme.stages)
    assert f"各环节合计{days}个工作日" in scheme.guide.zh
    assert f"{days} working days" in scheme.guide.en
