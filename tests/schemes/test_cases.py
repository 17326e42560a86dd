"""The policy cases of tests/cases: what the rules must say, written so that officials can read and add to it."""

import pytest

from schemes.assessing import FactsError, assess
from schemes.files.catalogue_files import read_schemes
from tests import casebooks


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


ALL = [
    pytest.param(scheme, case, id=f"{scheme}: {case.name}")
    for scheme in casebooks.schemes()
    for case in casebooks.cases_of(scheme)
]


@pytest.mark.parametrize("scheme, case", ALL)
def test_a_policy_case_comes_out_as_written(founded, scheme, case):
    if "error" in case.expect:
        with pytest.raises(FactsError) as refused:
            assess(scheme, case.division, case.on, case.facts, case.values)
        assert refused.value.errors[0][0] == case.expect["error"]
        return
    assert _found(assess(scheme, case.division, case.on, case.facts, case.values).as_json(), case.expect) == case.expect


@pytest.mark.parametrize("scheme", read_schemes(), ids=lambda scheme: scheme.code)
def test_every_scheme_has_a_book_of_at_least_three_cases(scheme):
    cases = casebooks.cases_of(scheme.code)
    assert len(cases) >= 3
    if scheme.can_be_filed:
        outcomes = [case.expect.get("eligible", "error") for case in cases]
        assert True in outcomes
        assert False in outcomes
        assert {"unknown", "error"} & set(outcomes)
