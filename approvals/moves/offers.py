"""The moves a page offers an official: what the table opens, as far as there is somebody or something for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from applications.models import Application
from approvals.models import CaseCopy, Move
from approvals.moves import copying, hands, table, taking_back, urging
from people.models import Office, User
from people.refusals import NotFound, Refused
from workflows import added
from workflows.models import WorkItem

Kind = Move.Kind
TO_A_COLLEAGUE = (Kind.HAND_OVER, Kind.DELEGATE, Kind.REASSIGN)


@dataclass(frozen=True)
class Offer:
    """One move: with which item (None: with the case), to whom it can go, which seats can be asked, and where.

    `seats` are offices with their reviewers; `placements` codes of WorkItem.Placement.
    """

    kind: str
    item: WorkItem | None = None
    people: tuple[User, ...] = ()
    seats: tuple[tuple[Office, tuple[User, ...]], ...] = ()
    placements: tuple[str, ...] = ()
    words: bool = True

    @property
    def key(self) -> str:
        """What tells it from the others on the page."""
        return f"{self.kind}-{self.item.pk}" if self.item else self.kind


def offers_of(user: User, application: Application, at: datetime) -> list[Offer]:
    """Everything the user may do with the case now beside saying an opinion."""
    found: list[Offer] = []
    for item in _items(user, application):
        stands = frozenset(table.standing_of(user, application, item, at))
        for kind in table.open_to(stands, item):
            if kind != Kind.COPY and _makes_sense(kind, user, application, item, at):
                found += [offer for offer in [_offer(kind, user, application, item, at)] if _has_hands(offer)]
    if copying.may_copy(user, application, at):
        found += [offer for offer in [_copy(user, application, at)] if offer.people]
    return found


def offer_for(kind: str, user: User, application: Application, item_id: int | None, at: datetime) -> Offer:
    """One move as a form that was sent names it. Raises what the table raises where it is not open, and NotFound."""
    if kind == Kind.COPY:
        return _copy(user, application, at)
    item = WorkItem.objects.filter(pk=item_id, case_id=application.pk).select_related(*_RELATED).first()
    if item is None or kind not in table.RULES:
        raise NotFound()
    table.check(kind, user, application, item, at)
    return _offer(kind, user, application, item, at)


def unread_copies(user: User, application: Application) -> list[CaseCopy]:
    """What was copied to the user of this case and not yet acknowledged."""
    return list(CaseCopy.objects.filter(application=application, to=user, read_at=None).select_related("by"))


_RELATED = ("queue__office__division", "owner", "delegate", "process", "task")


def _items(user: User, application: Application) -> Iterator[WorkItem]:
    """The open items, and the last one the user closed."""
    items = WorkItem.objects.filter(case_id=application.pk).select_related(*_RELATED).order_by("pk")
    yield from items.filter(closed_at__isnull=True)
    last = items.filter(closed_at__isnull=False, owner=user).last()
    if last is not None:
        yield last


def _makes_sense(kind: str, user: User, application: Application, item: WorkItem, at: datetime) -> bool:
    """What the table does not know: whether there is something to come back, to take back, to urge, to drop."""
    if kind == Kind.CALL_BACK:
        return item.delegate_id is not None
    if kind == Kind.DELEGATE:
        return item.delegate_id is None and not item.waiting
    if kind == Kind.DROP_SEAT:
        return bool(item.placement)
    if kind == Kind.URGE:
        return item.owner_id != user.pk and not urging.why_not(item, at)
    return kind != Kind.TAKE_BACK or _is_takeable(application, item)


def _is_takeable(application: Application, item: WorkItem) -> bool:
    try:
        taking_back.check_takeable(application, item)
    except Refused:
        return False
    return True


def _offer(kind: str, user: User, application: Application, item: WorkItem, at: datetime) -> Offer:
    people, seats, placements = (), (), ()
    if kind in TO_A_COLLEAGUE:
        left_out = [user] if kind != Kind.REASSIGN else []
        people = tuple(hands.colleagues(application, item, at, but=[*left_out, *filter(None, [item.owner])]))
    if kind == Kind.ADD_SEAT:
        asked = hands.seat_offices(application, item, at)
        others = [(office, tuple(one for one in able if one != user)) for office, able in asked]
        seats = tuple((office, able) for office, able in others if able)
        placements = added.PLACEMENTS[item.kind]
    return Offer(kind, item, people, seats, placements, table.RULES[kind].words)


def _has_hands(offer: Offer) -> bool:
    needs_people = offer.kind in TO_A_COLLEAGUE
    return bool(offer.people) if needs_people else offer.kind != Kind.ADD_SEAT or bool(offer.seats)


def _copy(user: User, application: Application, at: datetime) -> Offer:
    people = tuple(hands.readers(application, at, but=user))
    return Offer(Kind.COPY, None, people, words=table.RULES[Kind.COPY].words)
