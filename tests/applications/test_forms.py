"""Form fields made from questions: what people type becomes plain JSON, and each error says what to do."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from applications.forms import FieldContext, QuestionsForm
from applications.readback import Places, in_words
from approvals.review_facts import shown
from schemes.definition import Question
from schemes.facts import read_facts
from schemes.rules.policy import Policy

TODAY = date(2026, 11, 23)
ID = "532524199901010017"


def question(kind, name="thing", **more):
    """A question of a kind."""
    return Question.model_validate({"name": name, "kind": kind, "label": {"zh": "某事", "en": "Thing"}, **more})


def form(asked, data, stored=(), **context):
    """The form that asks one question; lists are several values of one name, as a browser sends them."""
    sent = None if data is None else QueryDict(urlencode(data, doseq=True))
    return QuestionsForm([asked], FieldContext(TODAY, **context), dict(stored), sent)


def answer(asked, data, **context):
    """What is stored for what was typed."""
    made = form(asked, data, **context)
    assert made.is_valid(), made.errors
    return made.answers()["thing"]


def fault(asked, data, field="thing", **context):
    """What is said about what was typed."""
    made = form(asked, data, **context)
    assert not made.is_valid()
    return str(made.errors[field][0])


@pytest.mark.parametrize(
    "kind,typed,stored",
    [
        ("text", {"thing": " 人民路1号 "}, "人民路1号"),
        ("name", {"thing": "刀•岩温"}, "刀·岩温"),
        ("phone", {"thing": "１３８ 1234 1234"}, "13812341234"),
        ("bank", {"thing": "云南农信"}, "云南农信"),
        ("id_number", {"thing": "5325 2419 9901 0100 17"}, ID),
        ("certificate", {"thing": f"{ID}43b1"}, f"{ID}43B1"),
        ("yes_no", {"thing": "yes"}, True),
        ("yes_no", {"thing": "no"}, False),
        ("date", {"thing_year": "2027", "thing_month": "3", "thing_day": "9"}, "2027-03-09"),
        ("date", {"thing_year": "2027年3月9日"}, "2027-03-09"),
        ("money", {"thing": "1,000.5"}, "1000.50"),
        ("money", {"thing": "0"}, "0.00"),
        ("integer", {"thing": "６"}, 6),
    ],
)
def test_what_is_typed_is_stored_as_plain_json(kind, typed, stored):
    found = answer(question(kind), typed)
    assert found == stored
    assert type(found) is type(stored)


def test_an_account_is_stored_when_both_fields_agree():
    assert answer(question("account"), {"thing": "6217 0036 0001 2345 672", "thing_again": "6217003600012345672"}) == (
        "6217003600012345672"
    )


def test_two_different_accounts_are_an_error_at_the_second_and_store_nothing():
    made = form(question("account"), {"thing": "6217003600012345672", "thing_again": "6217003600012345673"})
    assert "不一样" in str(made.errors["thing_again"][0])
    assert made.answers() == {}


def test_a_choice_stores_its_value_and_refuses_another():
    asked = question("choice", choices=[{"value": "a", "label": {"zh": "甲", "en": "A"}}])
    assert answer(asked, {"thing": "a"}) == "a"
    assert "某事" in fault(asked, {"thing": "b"})


OFFERED = [{"value": code, "label": {"zh": zh, "en": code}} for code, zh in (("a", "坡道"), ("b", "扶手"))]


def test_several_choices_are_stored_as_a_list():
    asked = question("choices", choices=OFFERED)
    assert answer(asked, {"thing": ["b", "a"]}) == ["b", "a"]
    assert "某事" in fault(asked, {"thing": ["c"]})
    assert "某事" in fault(asked, {})
    assert answer(question("choices", choices=OFFERED, required=False), {}) == []


def test_components_are_stored_as_rows_and_empty_ones_are_not_claimed():
    asked = question("components", choices=OFFERED)
    assert answer(asked, {"thing_a": "1,000", "thing_b": ""}) == [{"component": "a", "cost": "1000.00"}]
    assert "扶手" in fault(asked, {"thing_a": "1", "thing_b": "x"})
    assert "至少填写一项" in fault(asked, {"thing_a": "", "thing_b": ""})
    assert answer(question("components", choices=OFFERED, required=False), {}) == []


def test_a_percent_is_stored_as_text():
    assert answer(question("percent"), {"thing": "４.３５%"}) == "4.35"
    assert "只写数字" in fault(question("percent"), {"thing": "x"})


def test_the_code_of_an_organisation_is_stored_in_its_one_form():
    assert answer(question("uscc"), {"thing": "9135 0100 m000 100y 43"}) == "91350100M000100Y43"
    assert "统一社会信用代码" in fault(question("uscc"), {"thing": "91350100M000100Y44"})


def test_a_long_text_keeps_its_lines_and_has_a_limit():
    assert answer(question("long_text"), {"thing": "一\r\n二"}) == "一\n二"
    assert "4000" in fault(question("long_text"), {"thing": "长" * 4001})


def test_a_whole_number_has_a_largest():
    assert "10000000" in fault(question("integer"), {"thing": "10000001"})


def test_lists_come_back_into_their_boxes():
    asked = [question("choices", "some", choices=OFFERED), question("components", "costs", choices=OFFERED)]
    stored = {"some": ["b"], "costs": [{"component": "b", "cost": "12.50"}]}
    tree = BeautifulSoup(str(QuestionsForm(asked, FieldContext(TODAY), stored)), "html.parser")
    assert [box["value"] for box in tree.find_all("input", checked=True)] == ["b"]
    assert tree.find(id="id_costs_1")["value"] == "12.50"
    assert "value" not in tree.find(id="id_costs_0").attrs


def test_what_was_typed_wrongly_stands_in_its_box_again():
    made = form(question("components", choices=OFFERED), {"thing_a": "x", "thing_b": "5"})
    tree = BeautifulSoup(str(made), "html.parser")
    assert (tree.find(id="id_thing_0")["value"], tree.find(id="id_thing_1")["value"]) == ("x", "5")


def test_what_is_stored_is_what_the_rules_read():
    asked = [
        question("choices", "some", choices=OFFERED, fact=True),
        question("components", "costs", choices=OFFERED, fact=True),
        question("percent", "rate", fact=True),
    ]
    typed = {"some": ["a"], "costs_a": "12.5", "costs_b": "", "rate": "3.5%"}
    made = QuestionsForm(asked, FieldContext(TODAY), {}, QueryDict(urlencode(typed, doseq=True)))
    assert made.is_valid(), made.errors
    read = read_facts(SimpleNamespace(facts=lambda: tuple(asked)), made.answers(), Policy({}), TODAY)
    assert read.missing == ()
    assert read.values["some"] == ("a",)
    assert [(row.component, row.cost) for row in read.values["costs"]] == [("a", Decimal("12.50"))]
    assert read.values["rate"] == Decimal("3.5")


NOWHERE = Places({}, {})


@pytest.mark.parametrize(
    "kind, value, words",
    [
        ("choices", ["a", "b"], "坡道、扶手"),
        ("choices", [], "没有填写"),
        (
            "components",
            [{"component": "a", "cost": "1000.00"}, {"component": "b", "cost": "2.50"}],
            "坡道：1,000.00 元；扶手：2.50 元",
        ),
        ("percent", "4.35", "4.35%"),
        ("long_text", "一\n二", "一\n二"),
    ],
)
def test_answers_are_read_back_in_words(kind, value, words):
    asked = question(kind, choices=OFFERED if kind in ("choices", "components") else [])
    assert in_words(asked, value, NOWHERE) == words
    assert shown(asked, value, NOWHERE).text == words


@pytest.mark.parametrize("kind", ["choices", "components"])
def test_an_answer_that_is_no_list_is_shown_as_it_stands(kind):
    assert shown(question(kind, choices=OFFERED), 7, NOWHERE).text == "7"


def test_a_place_is_one_of_those_offered():
    offered = {"places": lambda _question: [("红河州", [("532503", "蒙自市")])]}
    assert answer(question("division"), {"thing": "532503"}, **offered) == "532503"
    assert "某事" in fault(question("division"), {"thing": "532504"}, **offered)


def test_a_school_is_stored_by_its_number():
    offered = {"places": lambda _question: [("蒙自市", [("7", "某校")])]}
    assert answer(question("school"), {"thing": "7"}, **offered) == 7


@pytest.mark.parametrize(
    "kind,typed,says",
    [
        ("id_number", "532524199901010018", "校验位不符"),
        ("id_number", "53252419990101", "18位"),
        ("certificate", "123", "残疾人证号应为20位"),
        ("phone", "12345", "联系电话应为11位"),
        ("name", "😀", "不能使用的字符"),
        ("money", "一千", "只写数字"),
        ("money", "1.005", "最多写到分"),
    ],
)
def test_each_error_says_what_to_do(kind, typed, says):
    assert says in fault(question(kind), {"thing": typed})


@pytest.mark.parametrize("kind", ["text", "name", "phone", "id_number", "money", "yes_no"])
def test_an_empty_answer_names_its_question(kind):
    assert "某事" in fault(question(kind), {"thing": ""})


def test_a_nullable_question_left_empty_is_answered_with_nothing():
    assert answer(question("date", nullable=True), {"thing_year": "", "thing_month": "", "thing_day": ""}) is None


def test_a_whole_number_stays_within_the_policy():
    asked = question("integer", within_policy="phase_out_months")
    bounds = {"policy": {"phase_out_months": {"min": 6, "max": 12}}}
    assert answer(asked, {"thing": "12"}, **bounds) == 12
    assert "6" in fault(asked, {"thing": "5"}, **bounds)
    assert "12" in fault(asked, {"thing": "13"}, **bounds)


def test_stored_answers_come_back_into_the_fields():
    kinds = {"day": "date", "yes": "yes_no", "id": "id_number", "acc": "account"}
    asked = [question(kind, name) for name, kind in kinds.items()]
    stored = {"day": "2027-03-09", "yes": False, "id": ID, "acc": "6217003600012345672"}
    html = str(QuestionsForm(asked, FieldContext(TODAY), stored))
    assert 'value="2027"' in html
    assert 'value="5325 2419 9901 0100 17"' in html
    assert html.count("6217 0036 0001 2345 672") == 2
    assert 'value="no" ' in html.replace("checked", "").replace("  ", " ")


def test_hints_are_text_and_never_markup():
    asked = question("text", hint={"zh": "<b>x</b>", "en": "x"})
    assert "&lt;b&gt;" in str(form(asked, None))


def test_a_browser_fills_in_only_the_users_own_data():
    assert 'autocomplete="tel"' in str(form(question("phone"), None, own=True))
    assert 'autocomplete="tel"' not in str(form(question("phone"), None, own=False))


def test_what_is_right_is_kept_when_something_else_is_wrong():
    asked = [question("name", "who"), question("phone", "call")]
    made = QuestionsForm(asked, FieldContext(TODAY), {}, {"who": "李晓梅", "call": "1"})
    assert not made.is_valid()
    assert made.answers() == {"who": "李晓梅"}
