"""The command `assess`: one assessment, or a line of answer for each line of standard input."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("founded")

FACTS = {
    "id_number": "532524199901010017",
    "disability_certificate": "53252419990101001743",
    "school_division": "532503",
    "study_mode": "full_time",
    "graduation_date": "2027-06-30",
    "seeks_work": True,
    "received_before": False,
}
PLACE = ("--division", "532503", "--on", "2026-11-22")


@pytest.fixture
def assess(tmp_path, capsys):
    """`assess(*arguments, facts=…, values=…, scheme=…)` returns the parsed answer."""

    def run(*arguments, facts=FACTS, values=None, scheme="grad-jobseeking"):
        files = ["--facts", write(tmp_path / "facts.json", facts)]
        files += ["--values", write(tmp_path / "values.json", values)] if values is not None else []
        call_command("assess", scheme, *arguments, *files)
        return json.loads(capsys.readouterr().out)

    return run


def write(path, content):
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return str(path)


@pytest.fixture
def stream(monkeypatch, capsys):
    """`stream(*lines)` answers each line of standard input; bytes and text go as they are."""

    def run(*lines, arguments=PLACE, scheme="grad-jobseeking"):
        raw = b"\n".join(line if isinstance(line, bytes) else text_of(line).encode() for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        call_command("assess", scheme, *arguments, "--facts", "-")
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def text_of(line):
    return line if isinstance(line, str) else json.dumps(line)


def refused(assess, *arguments, **given):
    with pytest.raises(CommandError) as error:
        assess(*arguments, **given)
    assert error.value.returncode == 2
    return str(error.value)


def test_it_prints_an_assessment_of_the_agreed_shape(assess):
    answer = assess(*PLACE)
    assert list(answer) == [
        "scheme", "division", "on", "eligible", "amount", "currency", "basis", "lines", "schedule", "phase", "missing",
    ]  # fmt: skip
    assert (answer["eligible"], answer["amount"], answer["currency"]) == (True, "1000.00", "CNY")
    assert {"code", "label_zh", "label_en", "result", "value", "document", "clause"} <= set(answer["lines"][0])
    assert (answer["lines"][0]["document"], answer["lines"][0]["clause"]) == ("红政办发〔2025〕47号", "五(一)")


def test_values_override_the_policy(assess):
    answer = assess(*PLACE, values={"amount": 2000.5})
    assert (answer["amount"], answer["basis"]) == ("2000.50", "assumed")


def test_missing_facts_leave_everything_open(assess):
    answer = assess(*PLACE, facts={})
    assert answer["missing"] == [name for name in FACTS if name != "contract_signed"]
    assert (answer["eligible"], answer["amount"], answer["phase"], answer["schedule"]) == (None, None, None, [])


def test_a_year_of_a_phase_out_has_twelve_months(assess):
    member = {"id_number": "532524199901010017", "disabled": True, "employed_since": None}
    member |= {"monthly_wage": 2500.0, "other_monthly_income": 0, "exempt_monthly_income": "0"}
    facts = {"household": [member], "benefit_monthly": "700", "supplement_monthly": 0, "determined_on": "2026-11-30"}
    facts |= {"property_ok": True, "phase_out_months": 12}
    answer = assess(*PLACE, facts=facts, scheme="dibao-phase-out", values={"dibao_standard": 750})
    assert answer["phase"] == "phasing_out"
    assert [month["month"] for month in answer["schedule"]][::11] == ["2026-12", "2027-11"]
    assert answer["amount"] == "8400.00"


@pytest.mark.parametrize(
    "facts, named",
    [
        (FACTS | {"id_number": "532524199901010018"}, "id_number"),
        (FACTS | {"id_number": 532524199901010017}, "id_number"),
        (FACTS | {"disability_certificate": 5}, "disability_certificate"),
        (FACTS | {"seeks_work": 1}, "seeks_work"),
        (FACTS | {"graduation_date": "30.06.2027"}, "graduation_date"),
        (FACTS | {"school_division": 532503}, "school_division"),
        ([FACTS], "object"),
        ("not json", "JSON"),
        ('{"id_number": NaN}', "NaN"),
    ],
)
def test_bad_facts_end_with_2_and_say_which(assess, facts, named):
    assert named in refused(assess, *PLACE, facts=facts)


def test_every_bad_fact_is_told_at_once(assess):
    message = refused(assess, *PLACE, facts=FACTS | {"id_number": "1", "seeks_work": "x"})
    assert "id_number" in message
    assert "seeks_work" in message


def test_no_message_repeats_the_number_it_complains_about(assess):
    assert "532524199901010018" not in refused(assess, *PLACE, facts=FACTS | {"id_number": "532524199901010018"})


@pytest.mark.parametrize("values", [{"amount": "much"}, {"amuont": 5}, {"cohort_rule": "moon"}, ["amount"]])
def test_impossible_values_end_with_2(assess, values):
    refused(assess, *PLACE, values=values)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--division", "999999", "--on", "2026-11-22"),
        ("--division", "532503", "--on", "yesterday"),
        ("--on", "2026-11-22"),
    ],
)
def test_an_unknown_place_or_day_ends_with_2(assess, arguments):
    refused(assess, *arguments)


def test_an_unknown_scheme_ends_with_2(assess):
    assert "moon-travel" in refused(assess, *PLACE, scheme="moon-travel")


def test_each_line_is_answered_in_its_place(stream):
    answers = stream(
        {"facts": FACTS},
        {"facts": FACTS | {"id_number": "bad"}},
        {"facts": FACTS, "values": {"amount": "2"}},
        {"facts": FACTS, "division": "411502"},
        {"facts": FACTS, "on": "2028-01-01"},
        {"facts": FACTS, "values": None, "on": None, "division": None},
    )
    assert [answer.get("amount", "error") for answer in answers] == [
        "1000.00", "error", "2.00", "0.00", "0.00", "1000.00",
    ]  # fmt: skip
    assert answers[1]["error"].startswith("id_number")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "{}",
        "[" * 100_000,
        b"\xff\xfe",
        '{"facts": []}',
        '{"facts": {"id_number": Infinity}}',
        {"facts": FACTS, "division": "999999"},
        {"facts": FACTS, "division": 532503},
        {"facts": FACTS, "on": "2026-02-30"},
        {"facts": FACTS, "values": []},
        {"facts": FACTS, "values": {"amount": -1}},
    ],
)
def test_a_bad_line_answers_with_an_error_and_the_next_is_read(stream, line):
    bad, good = stream(line, {"facts": FACTS})
    assert list(bad) == ["error"]
    assert good["amount"] == "1000.00"


def test_a_line_without_place_or_day_needs_them_from_the_command(stream):
    bad, good = stream({"facts": FACTS}, {"facts": FACTS, "division": "532503", "on": "2026-11-22"}, arguments=())
    assert "--division" in bad["error"]
    assert good["eligible"] is True


def test_the_policy_is_asked_of_the_database_once(stream, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        answers = stream(*[{"facts": FACTS}] * 50)
    assert len(answers) == 50
