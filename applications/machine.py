"""The machine of an application: what is lawful. The table is `states.TRANSITIONS`.

Transitions set the state and its stamps and nothing else; they create no task and send nothing.
Call them inside the door only: django-fsm's own permissions are not a gate.
"""

from datetime import datetime

from django_fsm import transition

from applications.states import TRANSITIONS


def lawful(name: str):
    """Declare a transition with the sources and the target the table gives it."""
    sources, target = TRANSITIONS[name]
    return transition(field="state", source=list(sources), target=target)


class ApplicationMachine:
    """Mixed into Application."""

    @lawful("submit")
    def submit(self, at: datetime) -> None:
        """Filed: round 1 begins."""
        self.submitted_at, self.round = at, 1

    @lawful("resubmit_before_acceptance")
    def resubmit_before_acceptance(self, at: datetime) -> None:
        """Corrected before acceptance: a new round, to be accepted."""
        self.round += 1
        self.correction_due = None

    @lawful("resubmit_in_review")
    def resubmit_in_review(self, at: datetime) -> None:
        """Corrected after acceptance: a new round, review goes on."""
        self.round += 1
        self.correction_due = None

    @lawful("return_for_correction")
    def return_for_correction(self, at: datetime, due: datetime) -> None:
        """补正: everything missing is told at once; the clock stops."""
        self.returned_at, self.correction_due = at, due

    @lawful("accept")
    def accept(self, at: datetime) -> None:
        """受理."""
        self.accepted_at = at

    @lawful("decline_to_accept")
    def decline_to_accept(self, at: datetime) -> None:
        """不予受理, with a reason and remedies."""
        self.closed_at = at

    @lawful("begin_review")
    def begin_review(self, at: datetime) -> None:
        """The first reviewer takes it up."""

    @lawful("publish_notice")
    def publish_notice(self, at: datetime) -> None:
        """公示 begins."""

    @lawful("end_notice")
    def end_notice(self, at: datetime) -> None:
        """公示 is over, or an objection was upheld."""

    @lawful("grant")
    def grant(self, at: datetime) -> None:
        """准予."""
        self.decided_at = at

    @lawful("refuse")
    def refuse(self, at: datetime) -> None:
        """不予."""
        self.decided_at = at

    @lawful("record_answer")
    def record_answer(self, at: datetime) -> None:
        """答复: the office the request was referred to has answered; it is their decision, not ours."""
        self.closed_at = at

    @lawful("lapse")
    def lapse(self, at: datetime) -> None:
        """The correction was not answered in time."""
        self.closed_at = at

    @lawful("withdraw")
    def withdraw(self, at: datetime) -> None:
        """The applicant takes it back."""
        self.closed_at = at

    @lawful("revoke")
    def revoke(self, at: datetime) -> None:
        """撤销 a grant, by a procedure of its own."""
        self.closed_at = at

    @lawful("reopen")
    def reopen(self, at: datetime) -> None:
        """A new round: what was decided or closed stays in its decision, its paper and the events."""
        self._begin_round()

    @lawful("reopen_before_acceptance")
    def reopen_before_acceptance(self, at: datetime) -> None:
        """A new round of a case that was never accepted: it waits for acceptance again."""
        self._begin_round()

    @lawful("open_ex_officio")
    def open_ex_officio(self, at: datetime) -> None:
        """立案: the office opens it by itself; there is nothing to file and nothing to accept."""
        self.submitted_at, self.accepted_at, self.round = at, at, 1

    @lawful("conclude")
    def conclude(self, at: datetime) -> None:
        """办结: an ex officio case ends with a measure or without one."""
        self.closed_at = at

    def _begin_round(self) -> None:
        self.round += 1
        self.decided_at = self.closed_at = self.correction_due = None
