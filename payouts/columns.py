"""The payout file: CONTRACT's columns, in this order, in XLSX and CSV alike.

CSV is for programs: its cells are the plain values, and a spreadsheet that opens it by a double click would round an
18-digit ID. XLSX is for people: IDs and accounts are text cells there.
"""

from dataclasses import dataclass
from decimal import Decimal

from people.spreadsheets import harmless

HEADINGS = (
    "序号",
    "批次号",
    "事项",
    "申请编号",
    "姓名",
    "身份证号",
    "收款账号",
    "开户行",
    "金额(元)",
    "所属期间",
    "区划代码",
    "备注",
)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Row:
    """One payout line. `amount` in yuan with two decimals."""

    line: int
    batch: str
    scheme: str
    application: str
    name: str
    id_number: str
    account: str
    bank: str
    amount: Decimal
    period: str
    division: str
    note: str = ""

    def cells(self) -> tuple[int | str | Decimal, ...]:
        """The cells in column order, texts made safe for spreadsheets. Raises ValueError for parts of a fen."""
        texts = (self.batch, self.scheme, self.application, self.name, self.id_number, self.account, self.bank)
        after = (self.period, self.division, self.note)
        return (self.line, *map(harmless, texts), cents(self.amount), *map(harmless, after))


def cents(amount: Decimal) -> Decimal:
    """The amount with exactly two decimals. Raises ValueError for parts of a fen."""
    whole = amount.quantize(CENT)
    if amount != whole:
        raise ValueError(f"not whole fen: {amount}")
    return whole
