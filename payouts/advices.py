"""拨付告知书: whoever is paid is told once a payout, by the clock, after the file went out and apart from it.

What it says of the account is what the sealed file says: the answers of a case may have changed since.
"""

import csv
import io
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from applications import door
from applications.each import done_for_each
from applications.letters.issuing import Draft, from_book, issue_draft
from applications.letters.wording import variables
from papers.capitals import amount_capitals
from papers.glyphs import UnprintableCharacter
from papers.models import Paper
from papers.wording import day_in_words, month_in_words
from payouts import files
from payouts.columns import HEADINGS
from payouts.models import Batch, PaymentAdvice, Payout
from payouts.models.payouts import SENT
from people.refusals import Refused
from people.vault import VaultError
from schemes.texts import LocalText

log = logging.getLogger(__name__)
ADVICES_A_RUN = 300
# assumed: what went out longer ago than this is told to nobody any more, should the clock have stood still so long.
TOLD_WITHIN = timedelta(days=60)
LINE, NAME, BANK, ACCOUNT = HEADINGS[0], HEADINGS[4], HEADINGS[7], HEADINGS[6]
Row = dict[str, str]
UNREADABLE = (Refused, VaultError, FileNotFoundError)


def tell_paid(at: datetime) -> int:
    """Tell of payouts that were sent to the bank and not told of yet, some hundred a run; how many were."""
    rows = dict(_waiting(at))
    # By key alone: what cannot be done is logged by its key, and a row holds name, ID and account.
    return done_for_each(rows, lambda pk: _tell(pk, rows[pk], at))


def _waiting(at: datetime) -> Iterator[tuple[int, Row]]:
    """Payouts to tell of, each with its line of the sealed file; a file is opened once a run."""
    left = ADVICES_A_RUN
    for batch in _batches(at):
        if left <= 0:
            return
        wanted = dict(_untold().filter(batch=batch).order_by("line").values_list("line", "pk")[:left])
        rows = _readable_rows(batch) if wanted else {}
        found = [(pk, rows[line]) for line, pk in wanted.items() if line in rows]
        yield from found
        left -= len(found)


def _readable_rows(batch: Batch) -> dict[int, Row]:
    """The lines of a batch's file; none where it cannot be opened: other batches are told all the same."""
    try:
        return rows_of(batch)
    except UNREADABLE as error:
        log.error("the file of batch %s cannot be read: %s", batch.number, type(error).__name__)
        return {}


def _batches(at: datetime) -> QuerySet[Batch]:
    sent = Batch.objects.filter(exported_at__gt=at - TOLD_WITHIN, exported_at__lte=at)
    return sent.filter(pk__in=_untold().values("batch")).select_related("data_key").order_by("exported_at", "pk")


def _untold() -> QuerySet[Payout]:
    return Payout.objects.filter(state__in=SENT, advice__isnull=True)


def rows_of(batch: Batch) -> dict[int, Row]:
    """The lines of the sealed file by their numbers. Raises Conflict when it is not what was sealed."""
    text = files.read(batch, "csv").decode("utf-8-sig")
    return {int(row[LINE]): row for row in csv.DictReader(io.StringIO(text, newline=""))}


def _tell(pk: int, row: Row, at: datetime) -> bool:
    """Tell of one payout, in a transaction of its own; False where it was told of meanwhile."""
    payout = Payout.objects.select_related("due__application", "batch__office__signs_for").get(pk=pk)
    application = payout.due.application
    with door.open_locked(application.pk, application.process_ref, user=None, at=at) as case:
        locked = Payout.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if locked.state not in SENT or PaymentAdvice.objects.filter(payout=locked).exists():
            return False
        paper, failure = _issued(case, payout, row)
        PaymentAdvice.objects.create(payout=payout, paper=paper, failure=failure, told_at=at)
        case.record("payment.told", batch=payout.batch.number, line=payout.line, failure=failure)
    return True


def _issued(case: door.Case, payout: Payout, row: Row) -> tuple[Paper | None, str]:
    """The paper; or why there is none: a name no font can print is no reason to try again each minute."""
    try:
        return issue_draft(case, payout.batch.office, _draft(case, payout, row)), ""
    except UnprintableCharacter as fault:
        return None, f"unprintable U+{ord(fault.character):04X}"


def _draft(case: door.Case, payout: Payout, row: Row) -> Draft:
    told = {
        "period": in_words(payout.due.period),
        "amount": f"{payout.amount:.2f}",
        "capitals": amount_capitals(payout.amount),
        "batch": payout.batch.number,
        "sent_on": day_in_words(payout.batch.exported_at),
        "bank": _where(payout, row),
        "account_end": row[ACCOUNT][-4:],
    }
    values = variables(case, payout.batch.office) | told
    machine = {"batch": payout.batch.number, "line": payout.line, "period": payout.due.period, "amount": told["amount"]}
    return from_book(case, "payment_advice", Paper.Kind.PAYMENT_ADVICE, values, machine=machine, layout="letter")


def _where(payout: Payout, row: Row) -> str | LocalText:
    """The bank of the payee; where the bank that gave the loan is paid, that this is so."""
    if not payout.due.bank_id:
        return row[BANK]
    return LocalText(
        zh=f"{row[NAME]}（您贷款的经办银行，抵付您的贷款利息，不发放到您本人账户）",
        en=f"{row[NAME]} (the bank that gave your loan, towards the interest you owe it; not an account of yours)",
    )


def in_words(period: str) -> LocalText:
    """A period as a letter writes it: 2026年12月; 2026年."""
    if "-" in period:
        return month_in_words(period)
    return LocalText(zh=f"{period}年", en=period)
