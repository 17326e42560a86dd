"""What a line is made of: columns, not whole rows. Lists read many lines, and nothing of them that is encrypted."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from applications.states import State
from people.models import Division, User
from workflows.models import WorkItem

Columns = TypeVar("Columns", bound=tuple)


class Item(NamedTuple):
    """The columns of an item that lists show, order and mark by; each is named as a query names it."""

    pk: int
    case_id: int
    stage: str
    outcome: str
    round: int
    clean: bool
    waiting: bool
    amount: Decimal | None
    opened_at: datetime
    due_at: datetime
    paused_at: datetime | None
    pause_reason: str
    closed_at: datetime | None
    urged_at: datetime | None
    escalated_at: datetime | None
    owner_id: int | None
    delegate_id: int | None
    owner__full_name: str | None
    owner__username: str | None

    @property
    def owner_name(self) -> str:
        """Who has taken it, as users are called everywhere; "" for nobody."""
        if self.owner_id is None:
            return ""
        return str(User(full_name=self.owner__full_name, username=self.owner__username))

    @property
    def pause_label(self) -> str:
        """For what its clock was stopped, "" while it runs or the applicant corrects."""
        return str(WorkItem.PauseReason(self.pause_reason).label) if self.pause_reason else ""

    @property
    def outcome_label(self) -> str:
        """How it ended, in words."""
        return str(WorkItem.Outcome(self.outcome).label)


class Listed(NamedTuple):
    """The columns of a case that lists show."""

    pk: int
    public_id: str
    number: str | None
    scheme_code: str
    scheme_version_id: int
    state: str
    round: int
    amount: Decimal | None
    submitted_at: datetime | None
    subject__name: str | None
    organisation__name: str | None
    division__name: str | None
    division__name_en: str | None

    @property
    def applicant_name(self) -> str:
        """As Application.applicant_name."""
        return self.organisation__name or self.subject__name or ""

    @property
    def place(self) -> str:
        """The division in the reader's language; "" where none is known."""
        return Division(name=self.division__name, name_en=self.division__name_en).label if self.division__name else ""

    @property
    def state_label(self) -> str:
        """How the case stands, in words."""
        return str(State(self.state).label)


def columns(shape: type[Columns], found: QuerySet) -> list[Columns]:
    """The rows of a query in a shape whose fields are named as the columns are."""
    return [shape._make(row) for row in found.values_list(*shape._fields)]
