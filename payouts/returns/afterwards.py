"""What happens to money that came back, for lists: everything that says so is read with the lines, in one statement."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from payouts.banks import confirmed_since
from payouts.models import AccountCorrection, Payout
from payouts.returns.uncorrected import uncorrected, unpaid

WAITING = AccountCorrection.State.WAITING


def with_afterwards(rows: QuerySet[Payout]) -> QuerySet[Payout]:
    """The same payouts, with what `then` reads."""
    last = AccountCorrection.objects.filter(application=OuterRef("due__application")).order_by("-pk")
    return rows.select_related("due__stop").annotate(
        again=Exists(Payout.objects.live().filter(due=OuterRef("due"))),
        last_correction=Subquery(last.values("state")[:1]),
        bank_corrected=Exists(confirmed_since()),
        keeps_waiting=Exists(uncorrected("due__application")) & Exists(unpaid("due__application")),
    )


def then(payout: Payout) -> str:
    """What happens to a line that came back, in the reader's language."""
    if hasattr(payout.due, "stop"):
        return _("已停发，不再补发")
    if payout.again:
        return _("补发已编入批次")
    if payout.due.bank_id:
        return _("可以补发") if payout.bank_corrected else _("等待财政更正经办银行的账号")
    if payout.last_correction == WAITING:
        return _("等待核对账号")
    return _("等待申请人更正账号") if payout.keeps_waiting else _("可以补发")
