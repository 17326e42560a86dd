"""Files of batches made from rows, as the room itself makes them, but into memory."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

from payouts import batching
from payouts.columns import Row
from payouts.models import Batch, BatchFile
from payouts.profiles import CONTRACT, Profile, read_profiles
from payouts.writers import Writer
from payouts.writers.delimited import DelimitedWriter
from payouts.writers.pain import PainWriter
from payouts.writers.sheet import SheetWriter
from project.demo.clerks import Case
from tests import world

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ON = date(2026, 11, 23)
# What takes names GBK has no character for, and what does not.
WIDE, NARROW = "gb18030-csv", "gbk-fen"
ROW = Row(
    line=1,
    batch="PC532500202600001",
    scheme="一次性求职补贴",
    application="QZ5325032026000001",
    name="欧阳𬱖雅",
    id_number="532524199901010017",
    account="6299990000000000123",
    bank="云南农村信用社",
    amount=Decimal("1000.00"),
    period="2026",
    division="532503",
)


def another(**said: object) -> Row:
    """The row, with something else in it."""
    return Row(**{**vars(ROW), **said})


def profile(code: str = CONTRACT, **said: object) -> Profile:
    """A profile of the room, with something else in it."""
    return read_profiles()[code].model_copy(update=said)


def written(writer: Writer, out: io.BytesIO, rows: list[Row]) -> bytes:
    """What a writer makes of rows."""
    for row in rows:
        writer.add(row)
    writer.close()
    return out.getvalue()


def as_csv(rows: list[Row], by: Profile | None = None, on: date = ON) -> bytes:
    """Rows as a profile writes them on a day, CONTRACT's where none is named."""
    out = io.BytesIO()
    return written(DelimitedWriter(out, by or profile(), on), out, rows)


def as_xlsx(rows: list[Row], title: str, at: datetime) -> bytes:
    """Rows as a spreadsheet."""
    out = io.BytesIO()
    return written(SheetWriter(out, title, at, len(rows)), out, rows)


def as_pain(rows: list[Row], payer: str = "红河州财政局") -> bytes:
    """Rows as a credit transfer."""
    out, total = io.BytesIO(), sum((row.amount for row in rows), Decimal("0.00"))
    return written(PainWriter(out, "PC532500202600001", payer, AT, len(rows), total), out, rows)


def cells_of(content: bytes, by: Profile) -> list[list[str]]:
    """The cells of a file, as a program reads them."""
    return list(csv.reader(io.StringIO(content.decode(by.encoding), newline=""), delimiter=by.delimiter))


def open_batch(*people: int) -> tuple[Batch, list[Case]]:
    """An open batch of grants to as many people."""
    cases = [world.granted(n) for n in people or (2,)]
    last = max(case.later() for case in cases)
    return batching.make(world.user("finance-maker"), world.finance(), "grad-jobseeking", last), cases


def sealed_batch(code: str = CONTRACT, *people: int) -> Batch:
    """A batch sealed with a profile."""
    batch, cases = open_batch(*people)
    return batching.seal(world.user("finance-maker"), batch.number, cases[-1].later(), code)


def bank_file() -> BatchFile:
    """The file of a batch's bank."""
    return sealed_batch(WIDE).files.get(kind="bank")


def approved_batch(code: str = CONTRACT, *people: int) -> Batch:
    """The same, checked."""
    batch = sealed_batch(code, *people)
    return batching.approve(world.user("finance-checker"), batch.number, batch.sealed_at)
