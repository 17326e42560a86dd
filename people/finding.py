"""One row of those somebody may see."""

from typing import TypeVar

from django.db.models import Manager, Model, QuerySet

from people.refusals import NotFound

Row = TypeVar("Row", bound=Model)


def one_of(rows: QuerySet[Row] | Manager[Row], **which: object) -> Row:
    """The first of the rows that are like this. Raises NotFound: for the asker there is nothing else."""
    found = rows.filter(**which).first()
    if found is None:
        raise NotFound()
    return found
