"""What lists filter and sort work items by: kept on the route, copied to every item it opens."""

from decimal import Decimal
from typing import Any

from viewflow.workflow.models import Process

MARKS = "marks"


def mark(process: Process, *, amount: Decimal | None, **known: bool | int) -> None:
    """Note what is known of the case now, on the route and on its open items; nothing is written when it is not new.

    `amount` in yuan; `known`: clean and round, as the columns of a work item are named.
    """
    marks = {"amount": None if amount is None else str(amount), **known}
    if process.data.get(MARKS) == marks:
        return
    process.data = {**process.data, MARKS: marks}
    process.save(update_fields=["data"])
    process.items.filter(closed_at__isnull=True).update(**columns_of(process))


def columns_of(process: Process) -> dict[str, Any]:
    """The marks as columns of a work item; none before the case was first marked."""
    columns = dict(process.data.get(MARKS, {}))
    if columns.get("amount") is not None:
        columns["amount"] = Decimal(columns["amount"])
    return columns
