"""What an editor or publisher of policy does with a what-if run. Each takes the time `at`; pages pass now."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from pydantic import ValidationError

from applications import jobs, what_if
from applications.models.what_if import WhatIfRun
from applications.policy_scope import proposal_of, run_of
from people.models import User
from people.refusals import Conflict, Invalid
from schemes.definition import SchemeDefinition
from schemes.models import Proposal

RunState = WhatIfRun.State


def start(user: User, proposal_id: int, begins: date, ends: date, at: datetime, *, as_if: bool = True) -> WhatIfRun:
    """Queue a run. Raises NotFound outside the user's divisions, Conflict for a closed draft, Invalid for no cases."""
    proposal, codes = proposal_of(user, proposal_id, at)
    if not what_if.is_open(proposal):
        raise Conflict(_("这份草案已经处理过了，不能再试算。请返回列表查看。"), code="proposal_closed")
    _check_readable(proposal)
    if ends < begins:
        raise Invalid(errors={"ends": _("截止日期不能早于起始日期。")})
    found = what_if.cases_of(proposal.scheme_id, codes, begins, ends).aggregate(total=Count("pk"), last=Max("pk"))
    if not found["total"]:
        raise Invalid(errors={"begins": _("这段时间内没有可以试算的申请。请把时间放宽。")})
    with transaction.atomic():
        run = WhatIfRun.objects.create(
            proposal=proposal,
            content=proposal.content,
            scheme_code=proposal.scheme_id,
            divisions=codes,
            begins=begins,
            ends=ends,
            as_if=as_if,
            started_by=user,
            started_at=at,
            lease_until=at + what_if.LEASE,
            **found,
        )
        what_if.record(run, "started", user.username, at, total=run.total)
        jobs.queue(run)
    return run


def _check_readable(proposal: Proposal) -> None:
    """A version may be saved while it is still faulty; then there is nothing to try yet."""
    if proposal.kind != Proposal.Kind.VERSION:
        return
    try:
        SchemeDefinition.model_validate(proposal.content)
    except ValidationError as error:
        raise Invalid(_("事项定义还不完整或前后不一致，改好以后才能试算。"), code="faulty_draft") from error


def cancel(user: User, run_id: int, at: datetime) -> WhatIfRun:
    """Stop a run; what it has counted so far stays. Raises NotFound, and Conflict when it has already ended."""
    run_of(user, run_id, at)
    with transaction.atomic():
        run = WhatIfRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run_id)
        if not run.is_open:
            raise Conflict(_("这次试算已经结束，不需要取消。"), code="what_if_ended")
        what_if.end(run, RunState.CANCELLED, at)
        what_if.record(run, "cancelled", user.username, at, done=run.done)
    return run
