"""What was chosen for a bulk run: sorted into what can be done, by outcome, and what is left out, with why.

The choice travels signed in the page that asks for confirmation, so that what was counted is what is done.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import signing

from applications.models import Application
from approvals import scope
from approvals.bulk.clean import look_around, outcome_for, why_not
from approvals.bulk.reasons import OTHER_OFFICE
from people.models import User
from people.refusals import Invalid
from workflows.models import WorkItem

MOST = 5000
CHUNK = 500
RELATED = ("subject", "organisation", "scheme_version", "data_key", "division")


@dataclass
class Choice:
    """Items by what can be said of them, and those left out with the code of why; each item as (id, case version).

    `office` is the one office whose items they are. `capped`: there were more than MOST; the rest is not in it.
    """

    office: int
    fit: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    left: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    capped: bool = False

    @property
    def total(self) -> int:
        """How many items were chosen."""
        return sum(self.counts.values()) + sum(self.left_counts.values())

    @property
    def counts(self) -> Counter[str]:
        """How many items each outcome fits."""
        return Counter({outcome: len(items) for outcome, items in self.fit.items()})

    @property
    def left_counts(self) -> Counter[str]:
        """How many items are left out for each reason."""
        return Counter({code: len(items) for code, items in self.left.items()})


def choose(user: User, item_ids: Iterable[int], at: datetime, *, capped: bool = False) -> Choice | None:
    """Sort the items that lie in the user's own queues; None where none of them does.

    The first MOST are taken. All belong to the office of the first; those of another are left out.
    """
    wanted = list(dict.fromkeys(item_ids))
    choice = None
    for pairs in _pairs(user, wanted[:MOST], at):
        choice = choice or Choice(pairs[0][0].queue.office_id, capped=capped or len(wanted) > MOST)
        around = look_around(user, pairs, at)
        for item, application in pairs:
            other = item.queue.office_id != choice.office
            code = OTHER_OFFICE if other else why_not(item, application, around)
            kind, into = (code, choice.left) if code else (outcome_for(item, application), choice.fit)
            into.setdefault(kind, []).append((item.pk, application.version))
    return choice


def _pairs(user: User, wanted: list[int], at: datetime) -> Iterator[list[tuple[WorkItem, Application]]]:
    """The items with their cases, a chunk at a time, so that five thousand cases are never held at once."""
    mine = scope.in_queues(scope.my_queues(user, at))
    for start in range(0, len(wanted), CHUNK):
        items = WorkItem.objects.select_related("queue__office", "owner").filter(mine)
        found = items.in_bulk(wanted[start : start + CHUNK])
        cases = Application.objects.select_related(*RELATED).in_bulk({item.case_id for item in found.values()})
        pairs = [(found[pk], cases[found[pk].case_id]) for pk in wanted[start : start + CHUNK] if pk in found]
        if pairs:
            yield pairs


def named(choice: Choice, most: int) -> Iterator[tuple[str, str, str]]:
    """The first items left out: (public id and number of the case, code of why)."""
    code_of = {item: code for code, places in choice.left.items() for item, _version in places}
    items = dict(WorkItem.objects.filter(pk__in=sorted(code_of)[:most]).values_list("pk", "case_id"))
    cases = Application.objects.only("public_id", "number").in_bulk(set(items.values()))
    for item, case in sorted(items.items()):
        yield cases[case].public_id, cases[case].number or "", code_of[item]


def sealed(user: User, choice: Choice) -> str:
    """The choice as a hidden field carries it: signed for this user, and compressed."""
    content = {"office": choice.office, "fit": choice.fit, "left": choice.left, "capped": choice.capped}
    return signing.dumps(content, salt=_salt(user), compress=True)


def opened(user: User, text: str) -> Choice:
    """The choice of a sealed field. Raises Invalid for one that was changed, or was made for somebody else."""
    try:
        content: dict[str, Any] = signing.loads(text, salt=_salt(user))
    except signing.BadSignature as error:
        raise Invalid(code="not_sealed") from error
    return Choice(content["office"], content["fit"], content["left"], content["capped"])


def _salt(user: User) -> str:
    return f"approvals.bulk:{user.pk}"
