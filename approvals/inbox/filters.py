"""What narrows a list, as codes and amounts: read by the queries, kept in addresses and saved searches."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from approvals.inbox.order import BY_DUE
from approvals.inbox.tabs import OVERDUE, TODO

LATE, SOON, WEEK = "overdue", "soon", "week"
DUE_LABELS = {LATE: _("已逾期"), SOON: _("两个工作日内"), WEEK: _("本周内")}
CLEAN, ATTENTION, CORRECTED, URGED, ESCALATED, REFERRED = (
    "clean", "attention", "corrected", "urged", "escalated", "referred",
)  # fmt: skip
FLAG_LABELS = {
    CLEAN: _("测算无疑点"),
    ATTENTION: _("需要留意"),
    CORRECTED: _("补正过"),
    URGED: _("被催办"),
    ESCALATED: _("已上报督办"),
    REFERRED: _("转其他机关办理"),
}


@dataclass(frozen=True)
class Filters:
    """What narrows the list. Amounts are in yuan, both ends included.

    All are codes except `search`, the beginning of a case number, a name or a credit code, and `person`, the keyed
    hash of a citizen ID; `label` is the number of a label of one of the official's offices. `tab_given`: the address
    names its tab, so no saved search takes its place.
    """

    tab: str = TODO
    scheme: str = ""
    stage: str = ""
    county: str = ""
    due: str = ""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    flags: tuple[str, ...] = ()
    mine: bool = False
    sort: str = ""
    search: str = ""
    person: str = ""
    label: int | None = None
    tab_given: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab and the order is chosen."""
        return replace(self, tab=TODO, sort="", tab_given=False) != Filters()

    @property
    def searched(self) -> bool:
        """Whether a person, organisation or case is looked for."""
        return bool(self.search or self.person)

    @property
    def due_before(self) -> str:
        """The code of the latest due time that is wanted; "" for any."""
        return LATE if self.tab == OVERDUE else self.due

    @property
    def kept(self) -> "Filters":
        """What a saved search keeps: never whom it looked for."""
        return replace(self, search="", person="", tab_given=True)

    def codes(self) -> dict[str, str | bool]:
        """What the audit trail may hold: never what was searched for, only that something was."""
        codes = {"tab": self.tab, "scheme": self.scheme, "stage": self.stage, "county": self.county, "due": self.due}
        codes["label"] = str(self.label or "")
        amounts = self.amount_from is not None or self.amount_to is not None
        codes |= {"flags": " ".join(self.flags), "sort": self.sort if self.sort != BY_DUE else ""}
        marks = {"mine": self.mine, "amounts": amounts, "searched": self.searched}
        return {name: value for name, value in {**codes, **marks}.items() if value}
