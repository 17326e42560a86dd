"""The benchmark of assessments measures what it says it does."""

import json
from decimal import Decimal

import pytest

from project.bench.assessing import assessing, bench_assess
from project.bench.samples import SAMPLES
from schemes.rules.registry import CALCULATIONS

UNPAID = {"no_amount", "spacing"}


def test_every_calculation_has_a_sample():
    assert set(SAMPLES) == set(CALCULATIONS)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_is_a_case_that_is_granted(name):
    result = json.loads(assessing(name, SAMPLES[name])())
    assert (result["eligible"], result["missing"]) == (True, [])
    assert (Decimal(result["amount"]) > 0) is (name not in UNPAID)


@pytest.mark.django_db
def test_one_line_a_variant_tells_the_rate_and_the_hours_of_a_million(founded):
    lines = list(bench_assess(calls=2))
    assert [line["variant"] for line in lines] == [*SAMPLES, "grad-jobseeking, as published"]
    for line in lines:
        assert set(line) == {"bench", "variant", "calls", "per_second", "hours_per_million"}
        assert line["hours_per_million"] == pytest.approx(1_000_000 / line["per_second"] / 3600, rel=0.1, abs=0.001)
