"""Which earlier paper of a case a new one takes the place of: after a reopening, the outcome of the round before."""

from applications.models import Application
from papers.models import Paper
from papers.serving import IN_FORCE
from schemes.definition import GRANTING_LETTER

DECISIONS = frozenset({*GRANTING_LETTER.values(), Paper.Kind.REFUSAL} - {Paper.Kind.ANSWER})
# kind of the earlier paper: the kinds that take its place.
REPLACED_BY: dict[str, frozenset[str]] = {
    Paper.Kind.REFUSAL: DECISIONS,
    Paper.Kind.NOT_ACCEPTED: frozenset({Paper.Kind.NOT_ACCEPTED, Paper.Kind.ACCEPTANCE, Paper.Kind.REFERRAL}),
    Paper.Kind.ANSWER: frozenset({Paper.Kind.ANSWER}),
}


def superseded(application: Application, kind: str) -> Paper | None:
    """The outcome of an earlier round that a paper of this kind supersedes; None where there is none."""
    earlier = [old for old, new in REPLACED_BY.items() if kind in new]
    standing = Paper.objects.filter(case_ref=application.public_id, kind__in=earlier, status__in=IN_FORCE)
    return standing.order_by("-pk").first()
