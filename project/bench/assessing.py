"""How many assessments one process makes a second: from the facts as JSON to the explained result as JSON."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from project.bench.measuring import rate
from project.bench.samples import SAMPLES, Sample
from schemes.assessing import Assessor
from schemes.definition import Page, SchemeDefinition
from schemes.facts import read_facts
from schemes.rules.assessment import Assessment
from schemes.rules.engine import RuleSet, evaluate
from schemes.rules.policy import Given, Policy
from schemes.rules.values import read_value

CALLS = 5_000
NAMED, PLACE = "grad-jobseeking", "532503"
NAMED_FACTS = {
    "id_number": "532524199901010017",
    "disability_certificate": "53252419990101001743",
    "school_division": PLACE,
    "study_mode": "full_time",
    "graduation_date": "2027-07-01",
    "seeks_work": True,
    "contract_signed": True,
    "received_before": False,
}


def bench_assess(calls: int = CALLS) -> Iterator[dict[str, Any]]:
    """Every calculation on an invented case; then a published scheme with the policy of a place."""
    for name, sample in SAMPLES.items():
        action = assessing(name, sample)
        action()
        yield rate("assess", name, action, calls)
    assessor, today = Assessor(NAMED), timezone.localdate()
    yield rate("assess", f"{NAMED}, as published", lambda: _published(assessor, today), calls)


def assessing(name: str, sample: Sample) -> Callable[[], str]:
    """An action that reads the facts of a sample, judges them and writes the result."""
    page = Page.model_construct(questions=sample.questions())
    definition = SchemeDefinition.model_construct(pages=(page,))
    policy = Policy({key: Given(read_value(key, raw), True, "", "") for key, raw in sample.values.items()})
    rules, on = RuleSet((), name, {}), date(2026, 11, 23)

    def action() -> str:
        read = read_facts(definition, sample.raw, policy, on)
        outcome = evaluate(rules, read.values, policy, on)
        return json.dumps(Assessment(name, PLACE, on, outcome, "assumed").as_json())

    return action


def _published(assessor: Assessor, today: date) -> str:
    return json.dumps(assessor.assess(PLACE, today, NAMED_FACTS).as_json())
