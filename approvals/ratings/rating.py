"""Rating how one's own case was handled: once for each decision or closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import actions, door
from applications.models import Application
from applications.own import Act
from applications.states import State
from approvals.complaints.filing import office_for
from approvals.models import Rating
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid
from workflows import calendar

# assumed: 国办发〔2019〕51号 wants every bad rating answered and names no days.
ANSWER_WORKING_DAYS = 5
TEXT = "rating"
LONGEST = 500
BAD = (Rating.Level.BAD, Rating.Level.VERY_BAD)
Stage = Rating.Stage
DECIDED = frozenset({State.GRANTED, State.REFUSED, State.REVOKED, State.ANSWERED, State.CONCLUDED})
CLOSED = frozenset({State.NOT_ACCEPTED, State.LAPSED, State.WITHDRAWN})
REASONS: dict[str, Promise] = {
    "slow": gettext_lazy("办得慢"),
    "unclear": gettext_lazy("没有说清楚"),
    "papers": gettext_lazy("要的材料太多"),
    "manner": gettext_lazy("态度不好"),
    "access": gettext_lazy("网站或者窗口不方便"),
    "outcome": gettext_lazy("对结果不满意"),
    "kind": gettext_lazy("服务周到"),
    "fast": gettext_lazy("办得快"),
}


@dataclass(frozen=True)
class Rated:
    """What somebody says: one of five levels, reasons by code, words of their own."""

    level: int
    reasons: Sequence[str] = ()
    text: str = ""


def stage_of(application: Application) -> str:
    """What can be rated now: the decision, the closing without one, or, while the case runs, nothing ("")."""
    if application.state in DECIDED:
        return Stage.DECISION.value
    return Stage.CLOSING.value if application.state in CLOSED else ""


def rated(application: Application) -> Rating | None:
    """The rating of what could be rated now."""
    stage = stage_of(application)
    return application.ratings.filter(stage=stage, round=application.round).first() if stage else None


def rate(user: User, public_id: str, said: Rated, at: datetime) -> Rating:
    """Rate one's own case. Raises NotFound for anybody else's, Conflict while it runs or once rated, Invalid."""
    with actions.own_case(user, public_id, at, Act.RATE) as case:
        stage = stage_of(case.application)
        if not stage:
            raise Conflict(_("这份申请还没有办完，办完以后再评价。"), code="not_now")
        _check(said)
        rating = _made(case, stage, said)
        case.record("rating.given", rating=rating.pk, stage=stage, level=rating.level)
    return rating


def _check(said: Rated) -> None:
    errors: dict[str, str] = {}
    if said.level not in Rating.Level.values:
        errors["level"] = _("请选择您满意的程度。")
    if set(said.reasons) - set(REASONS):
        errors["reasons"] = _("请从列出的原因中选择。")
    if len(said.text.strip()) > LONGEST:
        errors["text"] = _("最多写%(most)s字。") % {"most": LONGEST}
    if errors:
        raise Invalid(errors=errors)


def _made(case: door.Case, stage: str, said: Rated) -> Rating:
    application, words = case.application, said.text.strip()
    try:
        with transaction.atomic():
            return Rating.objects.create(
                application=application,
                stage=stage,
                round=application.round,
                by=case.user,
                office=office_for(application, case.at),
                level=said.level,
                reasons=sorted(set(said.reasons)),
                text=vault.encrypt(application.data_key, words, TEXT) if words else b"",
                made_at=case.at,
                due_at=calendar.deadline(case.at, ANSWER_WORKING_DAYS, "working") if said.level in BAD else None,
            )
    except IntegrityError as error:
        raise Conflict(_("您已经评价过了，谢谢。"), code="rated") from error
