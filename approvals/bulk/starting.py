"""Starting a bulk run from what was chosen."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications.models import Application
from approvals.bulk import jobs, runs
from approvals.bulk.choosing import Choice
from approvals.bulk.reasons import OTHER_OUTCOME
from approvals.models.bulk import BulkLine, BulkRun
from people import posts, vault
from people.models import Office, User
from people.refusals import Invalid
from people.roles import STAGE_PERMISSION
from workflows.models import WorkItem

LINES_AT_ONCE = 1000
Line = tuple[int, int, str]


def start(user: User, choice: Choice, outcome: str, text: str, token: UUID, at: datetime) -> BulkRun:
    """Queue a run over what was chosen; the same page sent twice gives the same run.

    Raises Invalid where nothing in the choice can be done that way.
    """
    fitting = choice.fit.get(outcome, [])
    if not fitting:
        raise Invalid(errors={"outcome": _("选中的件都不能这样办理。请选择其他结果，或返回待办重新选择。")})
    try:
        with transaction.atomic():
            return _queued(user, choice, outcome, text, token, at)
    except IntegrityError:
        earlier = BulkRun.objects.filter(user=user, token=token).first()
        if earlier is None:
            raise
        return earlier


def _queued(user: User, choice: Choice, outcome: str, text: str, token: UUID, at: datetime) -> BulkRun:
    key = vault.new_data_key()
    key.save()
    lines = list(_lines(choice, outcome))
    skipped = sum(bool(code) for _item, _version, code in lines)
    run = BulkRun.objects.create(
        user=user,
        on_behalf_of=_for_whom(user, choice, outcome, at),
        office_id=choice.office,
        token=token,
        outcome=outcome,
        data_key=key,
        text=vault.encrypt(key, text.strip(), runs.WORDS),
        total=len(lines),
        skipped=skipped,
        lease_until=at + runs.LEASE,
        started_at=at,
    )
    for begin in range(0, len(lines), LINES_AT_ONCE):
        _write(run, lines[begin : begin + LINES_AT_ONCE], at)
    runs.record(run, "started", user.username, at, total=run.total, skipped=skipped, outcome=outcome)
    jobs.queue(run)
    return run


def _for_whom(user: User, choice: Choice, outcome: str, at: datetime) -> User | None:
    """The one colleague in whose name all of it is done; None where any item is the user's own to do."""
    office = Office.objects.get(pk=choice.office)
    items = WorkItem.objects.filter(pk__in=[item for item, _version in choice.fit[outcome]])
    places = items.order_by().values_list("queue__role", "kind", "scheme").distinct()
    found = [posts.standing(user, role, office, STAGE_PERMISSION[kind], at, scheme) for role, kind, scheme in places]
    names = {standing.for_user for standing in found if standing}
    return names.pop() if len(names) == 1 else None


def _lines(choice: Choice, outcome: str) -> list[Line]:
    """Every item with the code of why it is left out; "" for those to be done."""
    fit = [
        (*place, "" if kind == outcome else OTHER_OUTCOME) for kind, places in choice.fit.items() for place in places
    ]
    left = [(*place, code) for code, places in choice.left.items() for place in places]
    return sorted([*fit, *left])


def _write(run: BulkRun, lines: list[Line], at: datetime) -> None:
    case_of = dict(WorkItem.objects.filter(pk__in=[line[0] for line in lines]).values_list("pk", "case_id"))
    named = Application.objects.filter(pk__in=set(case_of.values())).values_list("pk", "public_id", "number")
    names = {pk: (public_id, number or "") for pk, public_id, number in named}
    BulkLine.objects.bulk_create(
        BulkLine(
            run=run,
            item_id=item,
            public_id=names[case_of[item]][0],
            number=names[case_of[item]][1],
            version=version,
            result=BulkLine.Result.SKIPPED if code else BulkLine.Result.WAITING,
            code=code,
            at=at if code else None,
        )
        for item, version, code in lines
    )
