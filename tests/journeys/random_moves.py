"""What officials do with a case beside giving opinions, at random: mixed into the random acts."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from approvals import reopening
from approvals.models import Move
from approvals.moves import handing, recusing, seating, taking_back, urging
from approvals.timing import changes
from people.models import User
from project.demo.clerks import Case
from tests import stages
from tests.stages import TEXT
from workflows.models import WorkItem

Kind = Move.Kind
ON_AN_ITEM = {
    Kind.DELEGATE_BACK: handing.delegate_back,
    Kind.CALL_BACK: handing.call_back,
    Kind.DROP_SEAT: seating.drop_seat,
    Kind.TAKE_BACK: taking_back.take_back,
    Kind.URGE: urging.urge,
    Kind.RESUME: changes.resume,
}
TO_SOMEBODY = {
    Kind.HAND_OVER: handing.hand_over,
    Kind.REASSIGN: handing.reassign,
    Kind.DELEGATE: handing.delegate,
}
COLLEAGUES = 3


class RandomMoves:
    """The rules. The machine they are mixed into says what there is: `items`, `open_items`, `attempt` and `case`."""

    case: Case
    staffed: set[int]

    def staff(self) -> None:
        """Colleagues on every post the case waits for, and a supervisor of its office: none of this is a refusal."""
        queues = {item.queue_id: item.queue for item in self.open_items()}
        for queue in [queue for key, queue in queues.items() if key not in self.staffed]:
            self.staffed.add(queue.pk)
            for number in range(COLLEAGUES):
                stages.official(f"{queue.role}-{queue.office_id}-{number}", queue.office, queue.role)
            stages.official(f"supervisor-{queue.office_id}", queue.office, "supervisor")

    def people(self, item: WorkItem) -> list[User]:
        """Who may have to do with an item: those on its post, its office's supervisor, and whoever has had the case."""
        supervisors = User.objects.filter(username=f"supervisor-{item.queue.office_id}")
        had = User.objects.filter(work_items__case_id=item.case_id).distinct()
        return list(dict.fromkeys([*self.entitled(item), *supervisors, *had.order_by("pk")]))

    @precondition(lambda self: self.items())
    @rule(data=st.data(), kind=st.sampled_from(sorted(ON_AN_ITEM)), text=st.sampled_from([TEXT, TEXT, ""]))
    def an_official_moves_an_item(self, data, kind: str, text: str) -> None:
        item = data.draw(st.sampled_from(self.items()[::-1]))
        user = data.draw(st.sampled_from(self.people(item)))
        self.attempt(lambda: ON_AN_ITEM[kind](user, item.pk, text, self.case.at))

    @precondition(lambda self: self.items())
    @rule(data=st.data(), kind=st.sampled_from(sorted(TO_SOMEBODY)))
    def an_official_gives_an_item_to_somebody(self, data, kind: str) -> None:
        item = data.draw(st.sampled_from(self.items()[::-1]))
        people = st.sampled_from(self.people(item))
        user, to_user = data.draw(people), data.draw(people)
        self.attempt(lambda: TO_SOMEBODY[kind](user, item.pk, to_user, TEXT, self.case.at))

    @precondition(lambda self: self.open_items())
    @rule(
        data=st.data(),
        place=st.sampled_from(["county", "prefecture"]),
        how=st.sampled_from(["before", "beside", "after"]),
    )
    def an_official_adds_a_seat(self, data, place: str, how: str) -> None:
        item = self.open_items()[0]
        office = stages.office("hrss") if place == "county" else stages.prefecture("hrss")
        user = data.draw(st.sampled_from(self.people(item)))
        self.attempt(lambda: seating.add_seat(user, item.pk, office, how, TEXT, self.case.at))

    @precondition(lambda self: self.open_items())
    @rule(data=st.data(), sure=st.integers(0, 2))
    def an_official_declares_an_interest(self, data, sure: int) -> None:
        item = self.open_items()[0]
        user = data.draw(st.sampled_from(self.people(item)))
        if sure == 2:
            self.attempt(lambda: recusing.recuse(user, item.pk, TEXT, self.case.at))

    @precondition(lambda self: self.open_items())
    @rule(data=st.data(), days=st.sampled_from([0, 5, 10, 99]), stop=st.booleans())
    def the_time_of_an_item_is_changed(self, data, days: int, stop: bool) -> None:
        item = self.open_items()[0]
        user, until = data.draw(st.sampled_from(self.people(item))), self.case.at.date() + timedelta(days=days)
        if stop:
            self.attempt(lambda: changes.pause(user, item.pk, "hearing", until, TEXT, self.case.at))
        else:
            self.attempt(lambda: changes.extend(user, item.pk, days, TEXT, self.case.at))

    @precondition(lambda self: self.items() and not self.open_items())
    @rule(data=st.data())
    def a_case_that_ended_is_reopened(self, data) -> None:
        user = data.draw(st.sampled_from(self.people(self.items()[-1])))
        self.attempt(lambda: reopening.reopen(user, self.case.public_id, TEXT, self.case.at))
