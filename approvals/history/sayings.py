"""Opinions, each with the paper it made and the points it asked to correct."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.models import Application, Correction
from approvals.history.entries import Entry, readable, who
from approvals.models import Decision, Opinion
from approvals.signing.signatures import COSIGN
from people.models import DataKey
from schemes.definition import SchemeDefinition


def sayings(application: Application, definition: SchemeDefinition) -> Iterator[tuple[int, Entry]]:
    """Every opinion: at which stage, what, by whom, for whom, why."""
    key = application.data_key
    # Where two decide, the paper came with the second one's word.
    papers = {
        (made.second_official_id or made.official_id, made.decided_at): made.paper for made in _decisions(application)
    }
    asked = {(one.asked_by_id, one.asked_at): one for one in _corrections(application)}
    proposed = set(application.first_signatures.values_list("item", flat=True))
    for opinion in application.opinions.select_related("official", "on_behalf_of", "office", "item"):
        moment = (opinion.official_id, opinion.said_at)
        words = {"stage": _stage(definition, opinion), "outcome": opinion.get_outcome_display()}
        yield (
            opinion.round,
            Entry(
                at=opinion.said_at,
                title=_title(opinion, proposed) % words,
                by=who(opinion.official, opinion.on_behalf_of, opinion.office.label),
                text=readable(key, opinion.text, "opinion"),
                points=_points(definition, asked[moment], key) if moment in asked else (),
                paper=papers.get(moment),
            ),
        )


def _title(opinion: Opinion, proposed: set[int]) -> str:
    """Where two decide, the first word is a proposal and the second a signature."""
    if opinion.item_id in proposed and opinion.outcome in (Opinion.Outcome.GRANT, Opinion.Outcome.REFUSE):
        return _("%(stage)s：提出决定意见“%(outcome)s”，待复签")
    if opinion.item.kind == COSIGN:
        return _("%(stage)s复签：%(outcome)s")
    return _("%(stage)s：%(outcome)s")


def _decisions(application: Application) -> list[Decision]:
    return list(application.decisions.select_related("paper"))


def _corrections(application: Application) -> list[Correction]:
    return list(application.corrections.prefetch_related("points"))


def _stage(definition: SchemeDefinition, opinion: Opinion) -> str:
    return next((str(stage.label) for stage in definition.stages if stage.code == opinion.stage), opinion.stage)


def _points(definition: SchemeDefinition, correction: Correction, key: DataKey) -> tuple[tuple[str, str], ...]:
    labels = {("question", question.name): str(question.label) for question in definition.questions()}
    labels |= {("paper", paper.code): str(paper.label) for paper in definition.papers_asked}
    return tuple(
        (labels.get((point.target, point.name), point.name), readable(key, point.message, "correction"))
        for point in correction.points.all()
    )
