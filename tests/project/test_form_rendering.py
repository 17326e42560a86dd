"""How forms are drawn: every control has its name, its hint, its error and the right class."""

import pytest
from bs4 import BeautifulSoup

from project.forms import ZhidaRenderer
from tests.project.gallery import GalleryForm


def drawn(data=None):
    """The gallery form as a tree."""
    return BeautifulSoup(str(GalleryForm(data, renderer=ZhidaRenderer())), "html.parser")


def controls(tree):
    """What a person fills in."""
    return [tag for tag in tree.find_all(["input", "select", "textarea"]) if tag.get("type") != "hidden"]


@pytest.mark.parametrize("data", [None, {}], ids=["empty", "with errors"])
def test_every_control_has_a_label(data):
    tree = drawn(data)
    labelled = {label["for"] for label in tree.find_all("label")}
    assert [tag["name"] for tag in controls(tree) if tag["id"] not in labelled] == []


@pytest.mark.parametrize("data", [None, {}], ids=["empty", "with errors"])
def test_every_description_exists_and_ids_are_unique(data):
    tree = drawn(data)
    ids = [tag["id"] for tag in tree.find_all(id=True)]
    assert len(ids) == len(set(ids))
    described = {
        name for tag in tree.find_all(attrs={"aria-describedby": True}) for name in tag["aria-describedby"].split()
    }
    assert described <= set(ids)


def test_groups_have_a_legend():
    legends = [fieldset.find("legend").get_text(strip=True) for fieldset in drawn().find_all("fieldset")]
    assert legends == ["毕业日期", "改造项目", "正在找工作吗？", "学习形式", "带了哪些材料（选填）"]


def test_hint_and_message_stand_between_label_and_control():
    group = drawn({}).find(id="id_name").find_parent(class_="govuk-form-group")
    assert [tag.get("id") or tag.name for tag in group.find_all(recursive=False)] == [
        "label",
        "id_name_helptext",
        "id_name_error",
        "id_name",
    ]
    assert group.find(id="id_name")["aria-describedby"] == "id_name_helptext id_name_error"


def test_a_message_begins_with_the_word_error_for_those_who_listen():
    message = drawn({}).find(id="id_name_error").find("p")
    assert message.find(class_="govuk-visually-hidden").text == "错误："


def test_invalid_controls_say_so():
    tree = drawn({})
    assert tree.find(id="id_name")["aria-invalid"] == "true"
    assert "govuk-input--error" in tree.find(id="id_name")["class"]
    assert "aria-invalid" not in tree.find(id="id_mode_0").attrs


def test_only_optional_fields_are_marked():
    labels = [tag.get_text(strip=True) for tag in drawn().find_all(["label", "legend"])]
    assert [label for label in labels if "选填" in label] == [
        "家里几口人（选填）",
        "带了哪些材料（选填）",
        "说明（选填）",
        "毕业证照片（选填）",
    ]


@pytest.mark.parametrize(
    "control, style",
    [
        ("id_name", "govuk-input"),
        ("id_wage", "govuk-input"),
        ("id_secret", "govuk-input"),
        ("id_born_0", "govuk-input"),
        ("id_rate", "govuk-input"),
        ("id_parts_1", "govuk-input"),
        ("id_bank", "govuk-select"),
        ("id_reason", "govuk-textarea"),
        ("id_scan", "govuk-file-upload"),
        ("id_mode_0", "govuk-radios__input"),
        ("id_papers_0", "govuk-checkboxes__input"),
        ("id_agree", "govuk-checkboxes__input"),
    ],
)
def test_every_kind_of_control_is_dressed(control, style):
    assert style in drawn().find(id=control)["class"]


def test_the_unit_of_money_is_read_with_the_box():
    tree = drawn()
    assert tree.find(id="id_wage")["aria-describedby"] == "id_wage_unit"
    assert tree.find(id="id_wage_unit").text == "元"
    assert tree.find(id="id_wage")["inputmode"] == "decimal"


def test_each_named_sum_has_its_label_and_its_unit():
    tree = drawn()
    box = tree.find(id="id_parts_1")
    assert tree.find("label", attrs={"for": "id_parts_1"}).text == "卫生间"
    assert (box["name"], box["aria-describedby"]) == ("parts_toilet", "id_parts_1_unit")
    assert tree.find(id="id_parts_1_unit").text == "元"


def test_of_named_sums_only_those_at_fault_are_marked():
    tree = drawn({"parts_ramp": "many", "parts_toilet": "1000"})
    assert tree.find(id="id_parts_0")["aria-invalid"] == "true"
    assert "aria-invalid" not in tree.find(id="id_parts_1").attrs
    assert tree.find(id="id_parts_1")["value"] == "1000"


def test_the_browser_does_not_check_instead_of_us():
    assert [tag for tag in controls(drawn()) if tag.has_attr("required")] == []


def test_a_single_question_is_the_heading_of_its_page():
    class OneQuestion(GalleryForm):
        heading_field = "name"

    tree = BeautifulSoup(str(OneQuestion(renderer=ZhidaRenderer())), "html.parser")
    assert [tag.text.strip() for tag in tree.find_all("h1")] == ["姓名"]
    assert tree.h1.label["for"] == "id_name"


def test_a_single_choice_is_the_heading_of_its_page():
    class OneChoice(GalleryForm):
        heading_field = "mode"

    tree = BeautifulSoup(str(OneChoice(renderer=ZhidaRenderer())), "html.parser")
    assert tree.legend.find_next("h1").text.strip() == "学习形式"
