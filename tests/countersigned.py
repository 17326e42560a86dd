"""The grant with a stage that three bureaus of the county sign side by side, published as a version of its own."""

from typing import Any

from approvals import decide
from project.demo.clerks import Case
from schemes.definition import SchemeDefinition
from schemes.models import SchemeVersion
from schemes.models.versions import content_of
from tests import world
from tests.stages import TEXT, office, official
from workflows import engine
from workflows.models import WorkItem

BUREAUS = {"hrss": "人社", "education_sports": "教体", "dpf": "残联"}


def publish(**rule: Any) -> SchemeVersion:
    """Publish it. `rule`: `rule`, `seats_needed`, `one_no` of the stage."""
    old = SchemeVersion.objects.filter(scheme_id="grad-jobseeking").latest("number")
    content = {**old.content, "stages": [_countersigned(stage, rule) for stage in old.content["stages"]]}
    definition = SchemeDefinition.model_validate(content)
    engine._definition.cache_clear()
    old.pk, old.number, old.content = None, old.number + 1, content_of(definition)
    old.save(force_insert=True)
    return old


def _countersigned(stage: dict[str, Any], rule: dict[str, Any]) -> dict[str, Any]:
    if stage["code"] != "county_review":
        return stage
    return stage | {"kind": "countersign", "seats": [_seat(code, name) for code, name in BUREAUS.items()]} | rule


def _seat(function: str, name: str) -> dict[str, Any]:
    label = {"zh": name, "en": function}
    return {"code": function, "label": label, "function": function, "level": "county", "role": "reviewer"}


def case(**rule: Any) -> Case:
    """A case whose three seats are open."""
    publish(**rule)
    for function in BUREAUS:
        official(f"reviewer-{function}", office(function), "reviewer")
    return world.grant().submit().say("accept")


def seat(case: Case, function: str) -> WorkItem:
    """The seat of one bureau."""
    return WorkItem.objects.get(case_id=case.application.pk, stage="county_review", seat=function)


def sign(case: Case, function: str, outcome: str = "agree") -> None:
    """The reviewer of one bureau signs."""
    reviewer = world.user(f"reviewer-{function}")
    decide.act(reviewer, seat(case, function).pk, decide.Said(outcome, text=TEXT), case.later(1))


def seats(case: Case) -> dict[str, str]:
    """How each seat stands."""
    items = WorkItem.objects.filter(case_id=case.application.pk, stage="county_review")
    return dict(items.values_list("seat", "outcome"))
