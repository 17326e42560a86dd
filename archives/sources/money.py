"""What was owed and paid: each due with the batch it left in, or that it was stopped."""

from collections.abc import Iterator

from applications.models import Application
from archives.models import Piece
from archives.sources.base import Found, Member, data, day, moment, page
from benefits.models import Due
from payouts.models import Payout


def found(application: Application) -> Iterator[Found]:
    """Every due as it stands; one paid again since is another piece."""
    for due in application.dues.select_related("stop").order_by("period", "sequence"):
        payout = _payout(due)
        how = payout.get_state_display() if payout else "已停发" if hasattr(due, "stop") else "未拨付"
        yield Found(
            f"due:{due.pk}:{payout.pk if payout else 0}",
            f"{due.period}期{due.amount:.2f}元（{how}）",
            day(due.recorded_at),
            payout.batch.number if payout else "",
        )


def members(application: Application, piece: Piece) -> Iterator[Member]:
    """The due and its payout, to read and as data. No account: that stays in the batch."""
    _word, due, payout = piece.reference.split(":")
    owed = application.dues.select_related("budget").get(pk=int(due))
    sent = Payout.objects.select_related("batch").filter(pk=int(payout)).first()
    facts = {
        "期间": owed.period,
        "金额（元）": f"{owed.amount:.2f}",
        "应发日": owed.payable_from.isoformat(),
        "指标文号": owed.budget.document,
        "批次号": sent.batch.number if sent else "",
        "批次序号": str(sent.line) if sent else "",
        "导出时间": moment(sent.batch.exported_at) if sent else "",
    }
    yield page(piece.title, facts.items())
    yield data(facts)


def _payout(due: Due) -> Payout | None:
    """The payout that stands for a due, else the last there was."""
    payouts = due.payouts.select_related("batch").order_by("pk")
    return payouts.live().last() or payouts.last()
