"""The lines of a return file held against what was sent and what is known of it. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from payouts.models import Batch, Payout, ReturnResult
from payouts.returns.reading import BATCH, DAY, LINE, ReturnLine
from people.models import Office
from people.tables import FaultyFile, RowFault

SENT = (Batch.State.EXPORTED, Batch.State.RECONCILED)
BACK = (Payout.State.RETURNED, Payout.State.REISSUED)


@dataclass(frozen=True)
class Told:
    """One line and the payout it is about."""

    line: ReturnLine
    payout: Payout


@dataclass
class Checked:
    """The lines by what they would do: entered, come back, say nothing new, contradict what is known."""

    paid: list[Told] = field(default_factory=list)
    returned: list[Told] = field(default_factory=list)
    repeated: list[Told] = field(default_factory=list)
    disputed: list[Told] = field(default_factory=list)

    @property
    def news(self) -> bool:
        """Whether anything would be written down."""
        return bool(self.paid or self.returned or self.disputed)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each sort."""
        return {name: len(getattr(self, name)) for name in ("paid", "returned", "repeated", "disputed")}

    @property
    def batches(self) -> list[str]:
        """The batches that would change, by number."""
        return sorted({told.payout.batch.number for told in (*self.paid, *self.returned)})

    @property
    def paid_total(self) -> Decimal:
        """What was entered, in yuan."""
        return _total(self.paid)

    @property
    def returned_total(self) -> Decimal:
        """What came back, in yuan."""
        return _total(self.returned)


def check(office: Office, lines: list[ReturnLine], at: datetime) -> Checked:
    """What confirming these lines would do. Raises FaultyFile: then none of them counts.

    A batch of another bureau is as unknown as one that does not exist.
    """
    numbers = {line.batch for line in lines}
    batches = {one.number: one for one in Batch.objects.filter(number__in=numbers, office=office, state__in=SENT)}
    payouts = _payouts(batches.values())
    known = _known(batches.values())
    faults: list[RowFault] = []
    checked = Checked()
    for line in lines:
        fault = _fault(line, batches, payouts, at)
        if fault is not None:
            faults.append(fault)
            continue
        told = Told(line, payouts[line.place])
        getattr(checked, _sort(told, known)).append(told)
    if faults:
        raise FaultyFile(faults)
    return checked


def _payouts(batches: Iterable[Batch]) -> dict[tuple[str, int], Payout]:
    found = Payout.objects.filter(batch__in=list(batches)).select_related("batch", "due__application__data_key")
    return {(payout.batch.number, payout.line): payout for payout in found}


def _known(batches: Iterable[Batch]) -> set[tuple[int, bool, object]]:
    results = ReturnResult.objects.filter(payout__batch__in=list(batches))
    return set(results.values_list("payout", "paid", "on"))


def _fault(
    line: ReturnLine, batches: dict[str, Batch], payouts: dict[tuple[str, int], Payout], at: datetime
) -> RowFault | None:
    batch = batches.get(line.batch)
    if batch is None:
        return RowFault(line.row, BATCH, _("本单位没有这个已导出的批次。"))
    if line.place not in payouts:
        return RowFault(line.row, LINE, _("这个批次没有这一笔。"))
    if line.on is None:
        return None
    if line.on > timezone.localdate(at):
        return RowFault(line.row, DAY, _("入账日期在今天以后。"))
    if line.on < timezone.localdate(batch.exported_at):
        return RowFault(line.row, DAY, _("入账日期早于批次导出的日期。"))
    return None


def _sort(told: Told, known: set[tuple[int, bool, object]]) -> str:
    """Into which part of Checked a line belongs. What was told before stays told, whatever was made of it since."""
    line, payout = told.line, told.payout
    if payout.state == Payout.State.EXPORTED:
        return "paid" if line.paid else "returned"
    agrees = payout.state == Payout.State.PAID if line.paid else payout.state in BACK
    return "repeated" if agrees or (payout.pk, line.paid, line.on) in known else "disputed"


def _total(told: list[Told]) -> Decimal:
    return sum((one.payout.amount for one in told), Decimal("0.00"))
