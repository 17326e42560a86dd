"""How every move begins: the door, the item as it stands now, what the table says, the words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.door import Case
from approvals import decide, handlers, scope
from approvals.moves import hands, table
from people.models import User
from people.refusals import Invalid, NotFound
from workflows.models import WorkItem

# They act on the post the item waits for, which may be a colleague's by delegation.
AT_THE_DESK = frozenset({table.Stands.HOLDER, table.Stands.TAKER})


@contextmanager
def moving(kind: str, user: User, item_id: int, at: datetime, text: str = "") -> Iterator[tuple[Case, WorkItem]]:
    """The case and the item, locked, for a move of this kind.

    Raises NotFound for an item outside the user's sight, Conflict where it has gone on, Refused where it is not theirs
    to move, Invalid where words are needed and none are there.
    """
    keys = WorkItem.objects.filter(pk=item_id).values_list("case_id", "process_id").first()
    if keys is None:
        raise NotFound()
    with door.open_locked(*keys, user=user, at=at) as case:
        if not scope.visible_cases(user, at).filter(pk=case.application.pk).exists():
            raise NotFound()
        item = WorkItem.objects.select_related("queue__office__division", "owner", "delegate", "task").get(pk=item_id)
        item.process = case.process
        stands = table.check(kind, user, case.application, item, at)
        if stands & AT_THE_DESK:
            decide.stand(case, item)
        if table.RULES[kind].words and not text.strip():
            raise Invalid(errors={"text": _("请写明理由。")})
        yield case, item


def take(case: Case, item: WorkItem) -> None:
    """Who makes a move on an item nobody has claimed has claimed it by that."""
    door.take_seat(case, item.stage)
    if item.owner_id != case.user.pk:
        handlers.begin_review(case, item)
        case.save()
        item.owner, item.delegate = case.user, None
        item.save(update_fields=["owner", "delegate"])


def check_colleague(case: Case, item: WorkItem, to_user: User) -> None:
    """That an item can be given to somebody. Raises Invalid, which says why not."""
    if item.owner_id == to_user.pk:
        raise Invalid(errors={"to_user": _("此件已经在这位工作人员手中，请选择别人。")}, code="has_it")
    if not hands.works_there(to_user, item, case.at):
        raise Invalid(errors={"to_user": _("这位工作人员没有办理这个环节的岗位，请选择别人。")}, code="no_post")
    if hands.why_not_to(to_user, case.application, item, case.at):
        raise Invalid(errors={"to_user": _("这位工作人员在本案中应当回避，请选择别人。")}, code="barred")
