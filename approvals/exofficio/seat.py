"""The seat of an ex officio case: who acts at its open stage, checked once for every step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from approvals import scope
from approvals.decide import check_open, stand
from approvals.models import Decision, Opinion, Proceeding
from papers.models import Paper
from people import vault
from people.models import Office, User
from people.refusals import Conflict, NotFound
from workflows import engine
from workflows.models import WorkItem


@dataclass
class Seat:
    """An ex officio case inside the door, its open item and its proceeding, locked."""

    case: door.Case
    item: WorkItem
    proceeding: Proceeding

    @property
    def office(self) -> Office:
        """The office that acts."""
        return self.item.queue.office

    def note_opinion(self, outcome: str, text: str) -> Opinion:
        """What the official says at this stage."""
        application = self.case.application
        return Opinion.objects.create(
            application=application,
            item=self.item,
            stage=self.item.stage,
            round=application.round,
            official=self.case.user,
            on_behalf_of=self.case.on_behalf_of,
            office=self.office,
            outcome=outcome,
            text=vault.encrypt(application.data_key, text.strip(), "opinion"),
            said_at=self.case.at,
        )

    def decided(self, kind: str, paper: Paper, supersedes: Decision | None = None) -> Decision:
        """The decision that a paper tells of."""
        application = self.case.application
        return Decision.objects.create(
            application=application,
            kind=kind,
            round=application.round,
            office=self.office,
            official=self.case.user,
            on_behalf_of=self.case.on_behalf_of,
            assessment=b"",
            paper=paper,
            supersedes=supersedes,
            decided_at=self.case.at,
        )


@contextmanager
def taken(
    user: User, public_id: str, stage: str, at: datetime, *, version: int | None, also: int | None = None
) -> Iterator[Seat]:
    """The open seat of a stage, taken by the user.

    `also` is the process of the granted case where it is acted on too: it is locked first, in one order.
    Raises NotFound outside the user's offices, Conflict when the case stands elsewhere, is held by a colleague or the
    page is stale, Refused for four eyes and recusal.
    """
    cases = scope.visible_cases(user, at).filter(public_id=public_id, origin=Application.Origin.EX_OFFICIO)
    keys = cases.values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    with door.open_with(*keys, also=also, user=user, at=at, version=version) as case:
        item = _open_item(case, stage)
        stand(case, item)
        check_open(item, user, at, case.on_behalf_of)
        door.take_seat(case, stage)
        item.process = case.process
        yield Seat(case, item, Proceeding.objects.select_related("about").get(application=case.application))


def _open_item(case: door.Case, stage: str) -> WorkItem:
    items = WorkItem.objects.select_related("queue__office__signs_for", "owner").filter(case_id=case.application.pk)
    item = items.filter(stage=stage, closed_at__isnull=True).first()
    if item is None:
        raise Conflict(_("本案已不在这一步，您的操作没有生效。请刷新后核对。"), code="elsewhere")
    return item


def advance(seat: Seat) -> None:
    """Close the seat and go on."""
    if engine.close_seat(seat.item, seat.case.user, seat.case.at):
        engine.advance(seat.case.process, seat.case.user, seat.case.at)
