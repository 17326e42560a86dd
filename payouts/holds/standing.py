"""Which holds stand: pieces of queries over dues, and the lines of a batch that may not go on."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from benefits.models import Due
from benefits.phase_out.standing import standing_still
from payouts.models import Batch, Ground, Hold
from people.joining import listed
from people.refusals import Conflict

LINES_NAMED = 20


def open_holds() -> QuerySet[Hold]:
    """Holds that nobody has lifted."""
    return Hold.objects.filter(lifted__isnull=True)


def holding(due: str = "") -> QuerySet[Hold]:
    """For a query over dues, or over rows that name one in `due`: what keeps the due from being paid.

    A hold put by hand is about the period: it holds what replaced the due it was put on, too, until somebody lifts it.
    What a roster holds needs no such rule, as rosters are matched anew before each step.
    """
    of = f"{due}__" if due else ""
    same = open_holds().filter(due__application=OuterRef(f"{of}application"), due__period=OuterRef(f"{of}period"))
    return same.filter(Q(due=OuterRef(due or "pk")) | Q(ground=Ground.BY_HAND))


def held_lines(batch: Batch) -> list[int]:
    """The numbers of the lines of a batch that are held, or whose phase-out stands still since it was made."""
    waiting = Due.objects.filter(Exists(holding()) | Exists(standing_still()), payouts__batch=batch)
    held = batch.payouts.filter(due__in=waiting)
    return list(held.order_by("line").values_list("line", flat=True))


def held_words(batch: Batch) -> str:
    """Which lines of a batch are held, and what to do, in the reader's language; "" where none is."""
    lines = held_lines(batch)
    if not lines:
        return ""
    named = listed(str(line) for line in lines[:LINES_NAMED])
    text = _(
        "批次里有%(count)s笔已暂缓拨付，或者因正在核实家庭变更而暂停（第%(lines)s笔%(more)s），不能继续办理。"
        "请作废本批次，重新编制；这些款项不会编入，解除或者核实完以后再发。"
    )
    more = _("等") if len(lines) > LINES_NAMED else ""
    return text % {"count": len(lines), "lines": named, "more": more}


def refuse_held(batch: Batch) -> None:
    """Raise Conflict where lines of a batch are held, naming them."""
    if words := held_words(batch):
        raise Conflict(words, code="held_lines")
