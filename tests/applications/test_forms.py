"""Form fields made from questions: what people type becomes plain JSON, and each error says what to do."""

from datetime import date

import pytest

from applications.forms import FieldContext, QuestionsForm
from schemes.definition import Question

TODAY = date(2026, 11, 23)
ID = "532524199901010017"


def question(kind, name="thing", **more):
    """A question of a kind."""
    return Question.model_validate({"name": name, "kind": kind, "label": {"zh": "某事", "en": "Thing"}, **more})


def form(asked, data, stored=(), **context):
    """The form that asks one question."""
    return QuestionsForm([asked], FieldContext(TODAY, **context), dict(stored), data)


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
