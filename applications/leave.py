"""What whoever filed a case is let do with it, for pages: asked once a page, of as many cases as it shows.

A page shows a button only where its act is let, and says in a sentence what is left out and who does it. The door asks
again (own.require). Whether the state of a case has room for an act is asked where the act is at home.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from applications.models import Application
from applications.own import Act
from applications.rules_above import rules
from people.models import User
from people.remembering import once


@dataclass(frozen=True)
class Bound:
    """Acts that a rule keeps from whoever filed a case, and the sentence that says so and who does them."""

    acts: frozenset[Act]
    why: str


@dataclass(frozen=True)
class Leave:
    """What is left to whoever filed one case. In templates `may.withdraw` says whether they may withdraw it."""

    bounds: tuple[Bound, ...] = ()

    def lets(self, act: Act) -> bool:
        """Whether no rule keeps the act from them."""
        return all(act not in bound.acts for bound in self.bounds)

    def __getitem__(self, name: str) -> bool:
        """The same by the name of the act. Raises KeyError for a name that is none."""
        try:
            return self.lets(Act(name))
        except ValueError as error:
            raise KeyError(name) from error

    @property
    def left_out(self) -> list[str]:
        """Sentences that say what they may not do, and who may."""
        return [bound.why for bound in self.bounds]


def leave_of(application: Application, at: datetime) -> Leave:
    """What whoever filed a case may do with it; a page that shows it in several places asks once."""
    return once(("leave", application.pk), lambda: leaves_of(application.filed_by, [application], at)[application.pk])


def leaves_of(user: User, cases: Iterable[Application], at: datetime) -> dict[int, Leave]:
    """The same by key of many cases one user filed, in a few questions however many they are."""
    cases = list(cases)
    found = [rule.bounds(user, cases, at) for rule in rules()]
    return {case.pk: Leave(tuple(of[case.pk] for of in found if case.pk in of)) for case in cases}
