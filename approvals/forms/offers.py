"""What the decision form of a case offers, from the case as it is reviewed."""

from django.utils import timezone

from approvals import decide
from approvals.forms.decision import Offer, Point
from approvals.outcomes import Outcome, questions_of
from approvals.review import Review
from approvals.signing.signatures import COSIGN
from benefits.budgets.waiting import ahead_of
from benefits.exclusions import can_override
from schemes.definition import APPLICANT


def offer_of(found: Review) -> Offer:
    """The offer for the official's seat. Only where they may act."""
    application, item = found.application, found.seat.item
    definition = application.definition
    assert item is not None
    assert found.asking is not None
    asked = [question for question in questions_of(item, application) if found.asking.shows(question)]
    labels = {stage.code: str(stage.label) for stage in definition.stages}
    stages = tuple((code, labels[code]) for code in decide.earlier_stages(item, application))
    return Offer(
        item=item.pk,
        version=application.version,
        definition=definition,
        outcomes=tuple(outcome for outcome in found.seat.outcomes if stages or outcome != Outcome.SEND_BACK),
        points=_points(found),
        stages=stages,
        questions=tuple(asked),
        stored=found.answers,
        failing=found.judged.failing if found.judged else frozenset(),
        can_override=can_override(found.findings),
        can_overtake=bool(ahead_of(application, timezone.now())),
        cosign=item.kind == COSIGN,
    )


def _points(found: Review) -> tuple[Point, ...]:
    """Every question and every paper asked of the applicant, but those that decide which office is in charge."""
    definition, asking = found.application.definition, found.asking
    asked = [("question", question.name, question) for question in definition.questions(APPLICANT)]
    asked += [("paper", paper.code, paper) for paper in definition.papers_asked]
    allowed = decide.correctable(found.application)
    return tuple(
        Point(target, name, str(one.label))
        for target, name, one in asked
        if (target, name) in allowed and asking.shows(one)
    )
