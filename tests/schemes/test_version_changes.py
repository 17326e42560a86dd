"""What differs between two versions of a scheme, as people read it."""

import pytest
from django.utils import translation

from schemes.definition import SchemeDefinition
from schemes.files.catalogue_files import read_schemes
from schemes.models.versions import content_of
from schemes.words.condition_words import condition_words
from schemes.words.version_changes import changes_between


@pytest.fixture(scope="module")
def grant():
    return next(scheme for scheme in read_schemes() if scheme.code == "grad-jobseeking")


def changed(scheme, change):
    content = content_of(scheme)
    change(content)
    return SchemeDefinition.model_validate(content)


def told(scheme, change):
    """section, kind, label, and the properties with both sides."""
    return [
        (section.code, entry.kind, entry.label, [(one.label, one.before, one.after) for one in entry.details])
        for section in changes_between(scheme, changed(scheme, change))
        for entry in section.entries
    ]


def test_a_version_does_not_differ_from_itself(grant):
    assert changes_between(grant, grant) == []


def test_a_removed_condition_is_told_by_its_label(grant):
    def change(content):
        content["requirements"] = [one for one in content["requirements"] if one["code"] != "study_mode"]
        content["refusal_reasons"] = [
            one for one in content["refusal_reasons"] if "study_mode" not in one.get("lines", [])
        ]

    assert ("requirements", "removed", "全日制学习", []) in told(grant, change)


def test_a_changed_condition_is_told_in_the_words_of_question_and_answers(grant):
    def change(content):
        rule = next(one for one in content["requirements"] if one["code"] == "study_mode")
        rule["condition"] = {"field": "study_mode", "op": "in", "value": ["full_time", "adult"]}

    [(section, kind, label, [(name, before, after)])] = told(grant, change)
    assert (section, kind, label, name) == ("requirements", "changed", "全日制学习", "条件")
    assert before == "学习形式 是 全日制"
    assert after.startswith("学习形式 是其中之一：全日制、")


def test_days_of_a_stage_are_told_with_both_figures(grant):
    def change(content):
        content["stages"][0]["days"] = 9

    assert told(grant, change) == [("stages", "changed", "学校受理", [("时限（天）", "5", "9")])]


def test_a_new_paper_is_told_with_what_it_says(grant):
    def change(content):
        paper = {"code": "extra", "label": {"zh": "就业登记表", "en": "Form"}, "hint": {"zh": "一份", "en": "One"}}
        content["papers_asked"].append(paper)

    [(section, kind, label, details)] = told(grant, change)
    assert (section, kind, label) == ("papers", "added", "就业登记表")
    assert ("提示", "", "一份") in details


def test_the_text_of_a_letter_is_told_by_the_name_of_the_letter(grant):
    def change(content):
        content["letters"]["grant"]["title"]["zh"] = "新标题"

    assert told(grant, change) == [
        ("letters", "changed", "批准决定书", [("名称", str(grant.letters["grant"].title), "新标题")])
    ]


def test_a_change_of_the_other_language_alone_is_shown_in_that_language(grant):
    def change(content):
        content["summary"]["en"] = "New words."

    [(section, _kind, _label, [(name, before, after)])] = told(grant, change)
    assert (section, name, after) == ("general", "简介", "New words.")
    assert before == grant.summary.en


def test_an_english_reader_reads_labels_of_the_scheme_in_english(grant):
    def change(content):
        content["stages"][0]["days"] = 9

    with translation.override("en"):
        [(_section, _kind, label, _details)] = told(grant, change)
    assert label == grant.stages[0].label.en


def test_every_condition_of_the_catalogue_has_words():
    for scheme in read_schemes():
        for rule in scheme.requirements:
            assert condition_words(scheme, rule.condition)


def test_no_property_of_any_scheme_is_told_by_its_code_alone(grant):
    """Every scheme compared with every other names all its properties in Chinese."""
    schemes = read_schemes()
    unnamed = {
        detail.label
        for scheme in schemes
        for section in changes_between(grant, scheme)
        for entry in section.entries
        for detail in entry.details
        if detail.label.isascii()
    }
    assert unnamed == set()
