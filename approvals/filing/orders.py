"""An order to correct: it opens a seat at the office that decided; the answer opens the filing again."""

from django.db.models import Q
from django.utils import timezone

from applications import door
from applications.door import Case
from approvals.models import Decision, Opinion
from approvals.outcomes import Outcome
from approvals.said import Said
from approvals.signing.signatures import FILE, ORDER
from people.models import Office, Post
from people.posts import in_force
from workflows import calendar, engine, items
from workflows.added import AGAIN
from workflows.models import WorkItem

OUTCOMES = frozenset({Outcome.ORDER, Outcome.EXPLAINED, Outcome.CORRECTED})
# The approvers answer; where all of them have acted in the case, the reviewers do.
ROLES = ("approver", "reviewer")


def route(case: Case, item: WorkItem, said: Said) -> None:
    """After an order the deciding office is asked; after its answer the filing office looks again. As often as need."""
    if said.outcome == Outcome.ORDER:
        engine.close_only(item, case.user, case.at, WorkItem.Outcome.RETURNED)
        office = _decided_by(case)
        _open(case, item, office, _role_at(case, item, office), kind=ORDER, code="order")
        return
    engine.close_only(item, case.user, case.at)
    ordered = Opinion.objects.filter(item__task_id=item.task_id, outcome=Outcome.ORDER).latest("pk")
    queue = ordered.item.queue
    again = _open(case, item, queue.office, queue.role, kind=FILE, code="main")
    again.owner = ordered.official
    again.save(update_fields=["owner"])


def _open(case: Case, item: WorkItem, office: Office, role: str, *, kind: str, code: str) -> WorkItem:
    stage = engine.definition_of(item.process).stage(item.stage)
    due = calendar.deadline(case.at, stage.days, stage.day_kind)
    number = WorkItem.objects.filter(task_id=item.task_id).count()
    what = {"scheme": item.scheme, "stage": item.stage, "kind": kind, "seat": f"{code}{AGAIN}{number}"}
    return items.open_item(item.process, item.task, (office, role), case.at, due, **what)


def _decided_by(case: Case) -> Office:
    final = [Decision.Kind.GRANT, Decision.Kind.REFUSAL]
    return case.application.decisions.filter(kind__in=final).select_related("office").latest("pk").office


def _role_at(case: Case, item: WorkItem, office: Office) -> str:
    """The role of somebody who can answer: four eyes keep out whoever acted in the case."""
    serving = in_force(timezone.localdate(case.at)) & Q(user__is_active=True)
    posts = Post.objects.filter(serving, office=office, role__in=ROLES)
    holders = posts.select_related("user").order_by("role", "pk")
    free = (post.role for post in holders if not door.barred_from(case.application, post.user, item.stage))
    return next(free, ROLES[0])
