"""pain.001.001.09, the customer credit transfer of ISO 20022, as a further file of a batch for banks that take it.

Elements stand in the order of the standard's schema. The bureau's own account is not ours to know: the bank books from
the account it has agreed with the bureau, so account and agent of the debtor say NOTPROVIDED. A citizen ID is no part
of a transfer and stands in no element.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import XMLGenerator

from django.utils import timezone

from payouts.columns import Row, cents
from people.spreadsheets import one_line

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
NOT_PROVIDED = "NOTPROVIDED"
CURRENCY = "CNY"
# Lengths of the standard's Max35Text, Max140Text.
REFERENCE, NAME = 35, 140


class PainWriter:
    """One message with one payment instruction; `lines` and `total` are its control totals."""

    def __init__(self, out: IO[bytes], number: str, payer: str, at: datetime, lines: int, total: Decimal) -> None:
        self._xml = XMLGenerator(out, encoding="UTF-8", short_empty_elements=True)
        self._xml.startDocument()
        self._xml.startElement("Document", {"xmlns": NAMESPACE})
        self._xml.startElement("CstmrCdtTrfInitn", {})
        local, sums = timezone.localtime(at), (("NbOfTxs", str(lines)), ("CtrlSum", str(cents(total))))
        with self._inside("GrpHdr"):
            self._leaves(("MsgId", number), ("CreDtTm", local.isoformat(timespec="seconds")), *sums)
            self._named("InitgPty", payer)
        self._xml.startElement("PmtInf", {})
        self._leaves(("PmtInfId", number), ("PmtMtd", "TRF"), *sums)
        self._leaf(("ReqdExctnDt", "Dt"), local.date().isoformat())
        self._named("Dbtr", payer)
        self._leaf(("DbtrAcct", "Id", "Othr", "Id"), NOT_PROVIDED)
        self._leaf(("DbtrAgt", "FinInstnId", "Othr", "Id"), NOT_PROVIDED)
        self._number = number

    def add(self, row: Row) -> None:
        """The next transfer."""
        with self._inside("CdtTrfTxInf"):
            with self._inside("PmtId"):
                instruction = f"{self._number}-{row.line}"
                # Banks refuse a reference they know already: each line has its own, also what is paid anew.
                reference = f"{instruction}-{row.period}"
                self._leaves(("InstrId", instruction), ("EndToEndId", reference[:REFERENCE]))
            with self._inside("Amt"):
                self._leaf(("InstdAmt",), str(cents(row.amount)), Ccy=CURRENCY)
            self._leaf(("CdtrAgt", "FinInstnId", "Nm"), _line(row.bank))
            self._named("Cdtr", row.name)
            self._leaf(("CdtrAcct", "Id", "Othr", "Id"), row.account)
            self._leaf(("RmtInf", "Ustrd"), _line(" ".join(filter(None, (row.scheme, row.period, row.note)))))

    def close(self) -> None:
        """The end of the message."""
        for name in ("PmtInf", "CstmrCdtTrfInitn", "Document"):
            self._xml.endElement(name)
        self._xml.endDocument()

    @contextmanager
    def _inside(self, name: str) -> Iterator[None]:
        self._xml.startElement(name, {})
        yield
        self._xml.endElement(name)

    def _leaf(self, path: tuple[str, ...], text: str, **attributes: str) -> None:
        """A text at the end of a path of elements that hold nothing else."""
        for name in path[:-1]:
            self._xml.startElement(name, {})
        self._xml.startElement(path[-1], attributes)
        self._xml.characters(text)
        for name in reversed(path):
            self._xml.endElement(name)

    def _leaves(self, *pairs: tuple[str, str]) -> None:
        for name, text in pairs:
            self._leaf((name,), text)

    def _named(self, party: str, name: str) -> None:
        self._leaf((party, "Nm"), _line(name))


def _line(text: str) -> str:
    return one_line(text)[:NAME]
