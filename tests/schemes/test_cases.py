"""The policy cases of tests/cases: what the rules must say, written so that officials can read and add to it."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from schemes.assessing import FactsError, assess

FOLDER = Path(__file__).resolve().parent.parent / "cases"
NULLS = {"null": None}


def _cases():
    for path in sorted(FOLDER.glob("*.toml")):
        book = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in book["case"]:
            yield pytest.param(book, case, id=f"{path.stem}: {case['name']}")


def _facts(book, case):
    """The facts of the book, changed as the case says; the texts "null" and "drop" mean null and leave out."""
    facts = {**book["facts"], **case.get("facts", {})}
    if "household" in case:
        facts["household"] = [_plain({**book["member"], **member}) for member in case["household"]]
    return {name: value for name, value in _plain(facts).items() if name not in case.get("without", ())}


def _plain(record):
    return {
        name: NULLS.get(value, value) if isinstance(value, str) else value
        for name, value in record.items()
        if value != "drop"
    }


def _run(book, case):
    overrides = {**book.get("values", {}), **case.get("values", {})}
    on = date.fromisoformat(case.get("on", book["on"]))
    return assess(book["scheme"], case.get("division", book["division"]), on, _facts(book, case), overrides)


def _found(result, expected):
    """What the assessment says on each point the case speaks of."""
    lines = {line["code"]: line["value"] for line in result["lines"]}
    points = {
        "eligible": "unknown" if result["eligible"] is None else result["eligible"],
        "amount": result["amount"],
        "phase": result["phase"] or "none",
        "basis": result["basis"],
        "missing": result["missing"],
        "fails": [line["code"] for line in result["lines"] if line["result"] == "fail"],
        "lines": {code: lines.get(code) for code in expected.get("lines", {})},
        "absent": [code for code in expected.get("absent", []) if code not in lines],
        "schedule": [month["amount"] for month in result["schedule"]],
        "months": [result["schedule"][index]["month"] for index in (0, -1)] if result["schedule"] else [],
    }
    return {name: points[name] for name in expected}


@pytest.mark.parametrize("book, case", list(_cases()))
def test_a_policy_case_comes_out_as_written(founded, book, case):
    expected = case["expect"]
    if "error" in expected:
        with pytest.raises(FactsError) as refused:
            _run(book, case)
        assert refused.value.errors[0][0] == expected["error"]
        return
    assert _found(_run(book, case).as_json(), expected) == expected
