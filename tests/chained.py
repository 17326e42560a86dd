"""Versions of the grant and the phase-out whose routes differ from the published ones: amounts, lots, two signers."""

from collections.abc import Callable
from typing import Any

from schemes.definition import SchemeDefinition
from schemes.models import SchemeVersion
from schemes.models.versions import content_of
from tests.stages import official, prefecture
from workflows import engine

GRANT, PHASE_OUT = "grad-jobseeking", "phase-out"
Stages = list[dict[str, Any]]


def publish(scheme: str, change: Callable[[Stages], Stages], **more: Any) -> SchemeVersion:
    """Publish a version of its own with other stages (and other parts, by name)."""
    old = SchemeVersion.objects.filter(scheme_id=scheme).latest("number")
    content = {**old.content, "stages": change([dict(stage) for stage in old.content["stages"]]), **more}
    definition = SchemeDefinition.model_validate(content)
    engine._definition.cache_clear()
    old.pk, old.number, old.content = None, old.number + 1, content_of(definition)
    old.save(force_insert=True)
    return old


def with_stage(code: str, **changed: Any) -> Callable[[Stages], Stages]:
    """The same stages, one of them changed."""
    return lambda stages: [stage | changed if stage["code"] == code else stage for stage in stages]


def level_above(threshold: str, **changed: Any) -> Callable[[Stages], Stages]:
    """The same stages and, before the notice, a look by the prefecture at amounts above the threshold."""

    def put_in(stages: Stages) -> Stages:
        before = next(place for place, stage in enumerate(stages) if stage["kind"] == "notice")
        return [*stages[:before], prefecture_look(threshold) | changed, *stages[before:]]

    return put_in


def prefecture_look(threshold: str) -> dict[str, Any]:
    """A review at the prefecture, of amounts above the threshold."""
    label = {"zh": "州级复审", "en": "Second review"}
    return {
        "code": "second_review",
        "kind": "review",
        "label": label,
        "public_label": label,
        "function": "hrss",
        "level": "prefecture",
        "role": "reviewer",
        "days": 5,
        "when": {"field": "amount", "op": "gt", "value": threshold},
    }


def second_reviewer() -> None:
    """One more reviewer at the prefecture, so that four eyes leave somebody."""
    official("second-reviewer", prefecture("hrss"), "reviewer")
