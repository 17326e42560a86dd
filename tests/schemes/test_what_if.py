"""What a proposal would change, before it is published."""

from datetime import date
from decimal import Decimal

import pytest

from schemes.models import PolicyClause, current_version
from schemes.publication.publishing import DraftValue, propose_value, propose_version, publish
from schemes.what_if import PastCase, compare
from tests.schemes.conftest import AT

pytestmark = pytest.mark.usefixtures("published")
EDITOR = {"by": "policy-editor", "at": AT}
FACTS = {
    "id_number": "532524199901010017",
    "disability_certificate": "53252419990101001743",
    "school_division": "532503",
    "study_mode": "full_time",
    "graduation_date": "2027-06-30",
    "seeks_work": True,
    "received_before": False,
}
CASES = [
    PastCase("1", "532503", date(2026, 10, 15), FACTS),
    PastCase("2", "532503", date(2026, 11, 22), FACTS),
    PastCase("3", "532502", date(2026, 11, 22), FACTS | {"study_mode": "adult"}),
    PastCase("4", "532622", date(2026, 11, 22), FACTS),
]


def proposal(name="amount", value="1200.00", division="532500"):
    clause = PolicyClause.objects.get(document="honghe-2025-47", scheme="grad-jobseeking")
    draft = DraftValue(
        "grad-jobseeking", division, name, value, clause, "stated", date(2026, 11, 1), date(2027, 12, 31)
    )
    return propose_value(draft, "试算", **EDITOR, backdated_because="按通知")


def test_only_eligible_cases_of_its_days_and_places_change():
    result = compare(proposal(), CASES)
    assert [change.reference for change in result.changes] == ["2"]
    assert (result.compared, result.gained, result.lost) == (4, 0, 0)
    assert (result.amount_before, result.amount_after) == (Decimal("2000.00"), Decimal("2200.00"))


def test_a_stricter_rule_loses_cases():
    result = compare(proposal("cohort_rule", "calendar_year"), CASES)
    assert (result.gained, result.lost) == (0, 1)


def test_a_value_of_one_county_reaches_that_county_alone():
    result = compare(proposal(division="532502"), CASES)
    assert result.changes == ()


def test_a_nearer_value_shields_its_county():
    publish(proposal(value="1500.00", division="532503").pk, by="policy-publisher", at=AT)
    assert compare(proposal(), CASES).changes == ()


def test_a_new_version_is_compared_as_a_whole():
    content = current_version("grad-jobseeking").content
    content["requirements"] = [rule for rule in content["requirements"] if rule["code"] != "study_mode"]
    result = compare(propose_version(content, "试算", **EDITOR), CASES)
    assert [change.reference for change in result.changes] == ["3"]
    assert result.gained == 1


def with_an_example():
    """The grant as it would be if it also asked for a sum that only the scheme's own example gives."""
    content = current_version("grad-jobseeking").content
    label = {"zh": "加发金额", "en": "Sum on top"}
    content["parameters"] = [{"name": "sum_on_top", "kind": "money", "label": label}]
    content["policy_values"] = [*content["policy_values"], "sum_on_top"]
    content["examples"] = [{"name": "sum_on_top", "value": "10.00", "note": "条文未载，供测试。"}]
    publish(propose_version(content, "试算", **EDITOR).pk, by="policy-publisher", at=AT)


def test_a_stated_figure_is_tried_where_only_the_example_of_the_scheme_stood():
    with_an_example()
    assert compare(proposal("sum_on_top", "20.00"), CASES).compared == len(CASES)
