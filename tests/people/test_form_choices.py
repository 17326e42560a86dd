"""Choices, and what a form says about empty fields of any kind."""

import pytest
from django import forms

from people.forms import BaseForm, CheckboxesField, ChoiceRadioField, FilterForm, YesNoField


class Answers(BaseForm):
    """One of each."""

    name = forms.CharField(label="姓名")
    seeks = YesNoField(label="正在找工作吗？")
    mode = ChoiceRadioField(label="学习形式", choices=[("a", "全日制"), ("b", "其他")], hints={"a": "白天上课"})
    papers = CheckboxesField(label="材料", choices=[("id", "身份证"), ("dp", "残疾人证")])
    bank = forms.ChoiceField(label="开户行", choices=[("", "请选择"), ("x", "某银行")])
    scan = forms.FileField(label="照片")
    agree = forms.BooleanField(label="以上属实")


def test_every_empty_field_says_what_to_do_and_where():
    entries = Answers({}).error_entries
    assert [(entry.message, entry.target) for entry in entries] == [
        ("请填写“姓名”", "id_name"),
        ("请选择“是”或“否”", "id_seeks_0"),
        ("请选择“学习形式”", "id_mode_0"),
        ("请选择“材料”", "id_papers_0"),
        ("请选择“开户行”", "id_bank"),
        ("请上传“照片”", "id_scan"),
        ("请勾选“以上属实”", "id_agree"),
    ]


@pytest.mark.parametrize("typed, value", [("yes", True), ("no", False)])
def test_yes_and_no_are_true_and_false(typed, value):
    assert YesNoField().clean(typed) is value


def test_a_stored_answer_chooses_its_option():
    assert [YesNoField().prepare_value(value) for value in (True, False, None)] == ["yes", "no", None]


def test_an_optional_question_may_stay_open():
    assert YesNoField(required=False).clean("") is None


def test_errors_of_the_form_as_a_whole_come_first_without_a_target():
    form = Answers({})
    form.add_error(None, "两次填写的不一致")
    assert (form.error_entries[0].message, form.error_entries[0].target) == ("两次填写的不一致", "")


def test_a_hint_describes_its_option():
    html = str(Answers()["mode"])
    assert 'aria-describedby="id_mode_0_hint"' in html
    assert 'id="id_mode_0_hint"' in html


def test_a_filter_marks_nothing_as_optional():
    assert (BaseForm.mark_optional, FilterForm.mark_optional) == (True, False)
