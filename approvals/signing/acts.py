"""Doing what was said: at once, or, where two decide, first as a proposal and then by the second one's word."""

from applications.door import Case
from approvals import filing, handlers
from approvals.models import FirstSignature
from approvals.outcomes import Outcome
from approvals.said import Said
from approvals.signing import signatures
from workflows import engine, items
from workflows.added import AGAIN
from workflows.models import WorkItem

PROPOSED = "propose"
TOGETHER = frozenset({Outcome.GRANT, Outcome.REFUSE})


def perform(case: Case, item: WorkItem, said: Said) -> tuple[str, Said]:
    """Do it; the name of the act for the audit trail, and what the route now follows."""
    if item.kind == signatures.COSIGN and said.outcome == Outcome.AGREE:
        return _sign_second(case, item)
    if item.kind == signatures.COSIGN:
        signatures.settle(case, signatures.first_of(item), FirstSignature.Result.DISAGREED)
        case.save()
        return said.outcome, said
    if proposes(item) and said.outcome in TOGETHER:
        _propose(case, item, said)
        return PROPOSED, said
    handlers.HANDLERS[said.outcome](case, item, said)
    return said.outcome, said


def proposes(item: WorkItem) -> bool:
    """Whether a grant or refusal said at this seat decides nothing yet: another has to sign it."""
    stage = engine.definition_of(item.process).stage(item.stage)
    return item.kind == "decide" and stage.two_persons


def route(case: Case, item: WorkItem, said: Said, act: str) -> None:
    """Move the route, last of all."""
    if act == PROPOSED:
        engine.close_only(item, case.user, case.at)
        _open_again(item, signatures.COSIGN, "cosign", case)
    elif item.kind == signatures.COSIGN and act == Outcome.DISAGREE:
        engine.close_only(item, case.user, case.at, WorkItem.Outcome.RETURNED)
        _open_again(item, "decide", "main", case)
    elif said.outcome in filing.OUTCOMES:
        filing.route(case, item, said)
    else:
        handlers.route(case, item, said)


def _propose(case: Case, item: WorkItem, said: Said) -> None:
    handlers.begin_review(case, item)
    if said.outcome == Outcome.GRANT:
        handlers.check_grant(case, item)
    case.save()
    signatures.keep(case, item, said)


def _sign_second(case: Case, item: WorkItem) -> tuple[str, Said]:
    """Exactly what the first one said is done; what can no longer be done is refused, and the seat stays open."""
    first = signatures.first_of(item)
    said = signatures.read(first)
    handlers.HANDLERS[said.outcome](case, item, said)
    signatures.settle(case, first, FirstSignature.Result.AGREED)
    return said.outcome, said


def _open_again(item: WorkItem, kind: str, code: str, case: Case) -> WorkItem:
    """A further seat of the same office and role at the same task; the stage's day stays its day."""
    queue = item.queue
    what = {"scheme": item.scheme, "stage": item.stage, "kind": kind}
    number = WorkItem.objects.filter(task_id=item.task_id).count()
    place = (queue.office, queue.role)
    return items.open_item(item.process, item.task, place, case.at, item.due_at, seat=f"{code}{AGAIN}{number}", **what)
