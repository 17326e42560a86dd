"""What an official may say at each kind of stage. The table is the rule; the page and the door both read it."""

from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import State
from approvals.models import Opinion
from schemes.definition import Question
from workflows.models import WorkItem

Outcome = Opinion.Outcome

OUTCOMES: dict[str, tuple[str, ...]] = {
    "accept": (Outcome.ACCEPT, Outcome.CORRECTION, Outcome.NOT_ACCEPT),
    "review": (Outcome.AGREE, Outcome.DISAGREE, Outcome.CORRECTION, Outcome.SEND_BACK),
    "countersign": (Outcome.AGREE, Outcome.DISAGREE),
    "decide": (Outcome.GRANT, Outcome.REFUSE, Outcome.CORRECTION, Outcome.SEND_BACK),
    "confirm": (Outcome.CONFIRM, Outcome.DECLINE),
    "cosign": (Outcome.AGREE, Outcome.DISAGREE),
    "file": (Outcome.FILE, Outcome.ORDER),
    "order": (Outcome.EXPLAINED, Outcome.CORRECTED),
    "notice": (Outcome.UPHOLD, Outcome.DISMISS),
}
# Where the office in charge is another one, its answer is recorded: we neither grant nor refuse.
ANSWERS = (Outcome.ANSWER_YES, Outcome.ANSWER_NO, Outcome.ANSWER_OTHER)
OF_REFERRED = (*ANSWERS, Outcome.CORRECTION, Outcome.SEND_BACK)
NEEDS_TEXT = frozenset(
    {
        *ANSWERS,
        Outcome.NOT_ACCEPT,
        Outcome.DISAGREE,
        Outcome.SEND_BACK,
        Outcome.REFUSE,
        Outcome.DECLINE,
        Outcome.UPHOLD,
        Outcome.DISMISS,
        Outcome.ORDER,
        Outcome.EXPLAINED,
        Outcome.CORRECTED,
    }
)
NEEDS_REASONS = frozenset({Outcome.REFUSE})
# What ends the case, or decides it: not before those who were asked beside 加签 have spoken.
NEEDS_ALL_HEARD = frozenset({*ANSWERS, Outcome.NOT_ACCEPT, Outcome.GRANT, Outcome.REFUSE})
CLOSES_CLEANLY = frozenset({Outcome.ACCEPT, Outcome.AGREE, Outcome.GRANT})


def words_missing(outcome: str) -> str:
    """What to say where an outcome needs words and none were written."""
    return _("请写明答复的内容。") if outcome in ANSWERS else _("请写明理由。")


def questions_of(item: WorkItem, application: Application) -> list[Question]:
    """What the official of this item is asked to enter: an added seat, or one that answers another, enters nothing."""
    answering = item.kind in ("cosign", "order")
    return [] if item.placement or answering else list(application.definition.questions(item.stage))


def outcomes_for(item: WorkItem, application: Application) -> tuple[str, ...]:
    """The outcomes open to the official who holds this item now.

    A case that comes back to its first stage after acceptance (an upheld objection) is verified again, not accepted
    again. An ex officio case has steps of its own.
    """
    if application.is_ex_officio:
        return ()
    if item.kind == "accept" and application.state == State.IN_REVIEW:
        return (Outcome.AGREE, Outcome.CORRECTION)
    if item.kind == "decide" and application.is_referred:
        return OF_REFERRED
    return OUTCOMES[item.kind]
