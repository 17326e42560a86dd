"""One true row of a bulk run and of its line."""

from uuid import uuid4

from approvals.models import BulkLine, BulkRun
from people import vault
from tests import stages, world


def bulk_run() -> BulkRun:
    """A run over one item that waits for its worker."""
    key = vault.new_data_key()
    key.save()
    return BulkRun.objects.create(
        user=world.user("prefecture-approver"),
        office=stages.prefecture("hrss"),
        token=uuid4(),
        outcome="grant",
        data_key=key,
        text=vault.encrypt(key, "", "bulk"),
        total=1,
        lease_until=world.START,
        started_at=world.START,
    )


def bulk_line() -> BulkLine:
    """Its line."""
    case = world.grant().submit()
    application = case.application
    return BulkLine.objects.create(
        run=bulk_run(), item=case.item(), public_id=application.public_id, number=application.number, version=1
    )
