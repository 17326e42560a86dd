"""One grant case under random acts, lawful and unlawful, by anybody; and what must hold after each of them."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from viewflow.workflow.models import Process

from applications import actions
from applications.door import identity_of
from applications.models import CaseActor
from applications.states import FINAL
from approvals import decide, notices
from approvals.models import Move, Opinion, PublicNotice
from approvals.moves import table
from approvals.moves.lists import stranded
from approvals.outcomes import Outcome, outcomes_for
from approvals.seats import seat_of
from audit.models import Event
from audit.verify import verify_stream
from benefits.models import Budget, Due, Grant
from papers import reading
from papers.models import Paper
from people.models import Post, User
from people.refusals import Refused
from project.jobs import run_due
from tests import chained, stages, world
from tests.journeys.random_moves import Kind, RandomMoves
from tests.stages import POINT, TEXT
from workflows.models import WorkItem

SCHEME = "grad-jobseeking"
ACCOUNTS = ["school", "county-reviewer", "prefecture-reviewer", "prefecture-approver", "other-county", "applicant"]
CHANGES = [{"study_mode": "part_time"}, {"study_mode": "full_time"}, {"phone": "13800000000"}, {"phone": ""}]


def by_two() -> bool:
    """From now on grants are decided by two persons."""
    chained.publish(chained.GRANT, chained.with_stage("decide", two_persons=True))
    return True


BEGINNINGS = {
    "a draft": world.grant,
    "filed": lambda: world.grant().submit(),
    "filed at a school of the province": lambda: world.grant(0).submit(),
    "returned": lambda: world.grant().submit().ask_to_correct(),
    "reviewed": lambda: world.grant().submit().say("accept"),
    "on notice": stages.noticed,
    "on notice without a review": lambda: stages.noticed(0),
    "objected to": lambda: stages.objected(stages.noticed()),
    "to be decided": world.at_decision,
    "to be decided by two": lambda: by_two() and world.at_decision(),
    "to be decided and not eligible": lambda: world.at_decision(study_mode="part_time"),
}
POINTS = [(), (POINT,), (("question", "phone", "请更正。"), POINT), (("question", "school", "请更正。"),)]
SAID = {
    "text": st.sampled_from(["", TEXT]),
    "reasons": st.sampled_from([(), ("no_evidence",), ("unknown",)]),
    "points": st.sampled_from(POINTS),
    "target": st.sampled_from(["", "accept", "county_review"]),
}


class RandomActs(RandomMoves, RuleBasedStateMachine):
    """The acts. A refused act must leave the case as it was; anything but a refusal is a fault."""

    @initialize(begun=st.sampled_from(sorted(BEGINNINGS)))
    def begin(self, begun: str) -> None:
        """A case somewhere on its way, in a transaction of its own."""
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.case, self.staffed = BEGINNINGS[begun](), set()
        self.mixed = stages.official("mixed", stages.prefecture("hrss"), "reviewer")
        stages.official("mixed", stages.prefecture("hrss"), "approver")

    def teardown(self) -> None:
        """Undo everything."""
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # ------------------------------------------------------------ acts

    def attempt(self, act) -> None:
        """Do it an hour later; when it is refused, nothing of the case has changed."""
        self.case.later(1)
        self.staff()
        before = self.marks()
        try:
            act()
        except Refused:
            assert self.marks() == before

    def marks(self) -> tuple:
        """What every act that is done changes."""
        application = self.case.application
        return application.version, str(application.state), application.round, Event.objects.count()

    @rule(changes=st.sampled_from(CHANGES), account=st.sampled_from(["applicant", "applicant", "helper"]))
    def save(self, changes: dict, account: str) -> None:
        self.attempt(lambda: actions.save_answers(world.user(account), self.case.public_id, changes, self.case.at))

    @rule(account=st.sampled_from(["applicant", "applicant", "applicant", "helper"]))
    def file_or_file_again(self, account: str) -> None:
        returned = self.case.application.state == "returned_for_correction"
        act = actions.resubmit if returned else actions.submit
        self.attempt(lambda: act(world.user(account), self.case.public_id, self.case.at))

    @rule(sure=st.integers(0, 5))
    def withdraw(self, sure: int) -> None:
        if sure == 5:
            self.attempt(lambda: actions.withdraw(self.case.user, self.case.public_id, self.case.at))

    @precondition(lambda self: self.open_items())
    @rule(data=st.data())
    def the_right_official_says_something_possible(self, data) -> None:
        item = self.open_items()[0]
        outcome = data.draw(st.sampled_from([str(each) for each in outcomes_for(item, self.case.application)]))
        said = {"text": TEXT, "reasons": ("no_evidence",), "points": (POINT,), "target": "county_review"}
        if outcome == Outcome.AGREE and item.kind == "cosign":
            said = {"text": TEXT}
        user = data.draw(st.sampled_from(self.entitled(item)))
        self.attempt(lambda: decide.act(user, item.pk, decide.Said(outcome, **said), self.case.at))

    @precondition(lambda self: self.items())
    @rule(data=st.data(), account=st.sampled_from([*ACCOUNTS, "mixed"]), said=st.fixed_dictionaries(SAID))
    def anybody_says_anything_about_any_item(self, data, account: str, said: dict) -> None:
        item = data.draw(st.sampled_from(self.items()))
        outcome = data.draw(st.sampled_from(Opinion.Outcome.values))
        user = world.user(account)
        self.attempt(lambda: decide.act(user, item.pk, decide.Said(outcome, **said), self.case.at))

    @precondition(lambda self: self.open_items())
    @rule(data=st.data(), take=st.booleans())
    def an_item_is_claimed_or_put_back(self, data, take: bool) -> None:
        item = self.open_items()[0]
        user, act = data.draw(st.sampled_from(self.entitled(item))), decide.claim if take else decide.release
        self.attempt(lambda: act(user, item.pk, self.case.at))

    @precondition(lambda self: self.notices())
    @rule()
    def somebody_objects(self) -> None:
        notice = self.notices()[0]
        self.attempt(lambda: notices.object_to(notice, "该生已经就业。", "", self.case.at))

    @rule(days=st.sampled_from([1, 4, 9, 30]))
    def time_passes(self, days: int) -> None:
        run_due(self.case.later(24 * days))

    @rule(amount=st.sampled_from(["0.00", "1000.00", "220000.00", "220000.00"]))
    def the_envelope_changes(self, amount: str) -> None:
        Budget.objects.filter(scheme_code=SCHEME, reserved__lte=Decimal(amount)).update(amount=Decimal(amount))

    # ------------------------------------------------------------ what there is

    def items(self) -> list[WorkItem]:
        return list(WorkItem.objects.filter(case_id=self.case.application.pk).order_by("pk"))

    def open_items(self) -> list[WorkItem]:
        return [item for item in self.items() if item.closed_at is None]

    def notices(self) -> list[PublicNotice]:
        return list(PublicNotice.objects.filter(application=self.case.application))

    def entitled(self, item: WorkItem) -> list[User]:
        posts = Post.objects.filter(office=item.queue.office, role=item.queue.role).select_related("user")
        return [post.user for post in posts]

    # ------------------------------------------------------------ what must hold

    @invariant()
    def the_chain_holds(self) -> None:
        assert verify_stream(self.case.application.stream).fault is None

    @invariant()
    def what_is_owed_is_what_was_granted_and_reserved(self) -> None:
        application = self.case.application
        owed = Due.objects.aggregate(all=Sum("amount"))["all"] or Decimal(0)
        granted = Grant.objects.aggregate(all=Sum("amount"))["all"] or Decimal(0)
        reserved = Budget.objects.filter(scheme_code=SCHEME).aggregate(all=Sum("reserved"))["all"]
        expected = application.amount if application.state == "granted" else Decimal(0)
        assert owed == granted == reserved == expected

    @invariant()
    def one_stage_at_most_is_open_and_it_fits_the_state(self) -> None:
        application, waiting = self.case.application, self.open_items()
        kinds, corrected = {item.kind for item in waiting}, application.state == "returned_for_correction"
        if application.state in {"draft", "granted", *FINAL}:
            assert kinds == set()
        elif application.state == "noticed":
            assert kinds <= {"notice"}
        else:
            assert len({item.stage for item in waiting}) == 1
            assert all((item.paused_at is not None) == (corrected or bool(item.pause_reason)) for item in waiting)

    @invariant()
    def somebody_can_act_or_the_clock_will(self) -> None:
        """No dead end. Where everybody on the post declared an interest, a supervisor is told."""
        application, waiting = self.case.application, self.open_items()
        self.staff()
        if application.state in {"draft", "noticed", "returned_for_correction", "granted", *FINAL}:
            return  # the applicant goes on, the notice or the time to correct runs out, or it is over
        if any(item.pause_until for item in waiting):
            return  # the clock starts again by itself
        assert any(self.can_go_on(item) or self.is_stranded(item) for item in waiting)

    def can_go_on(self, item: WorkItem) -> bool:
        """Whether anybody may say something at this item, or give back what they were asked for."""
        people, application = self.people(item), self.case.application
        if item.delegate is not None:
            return bool(
                {Kind.DELEGATE_BACK, Kind.CALL_BACK} & {kind for one in people for kind in self.open_to(one, item)}
            )
        return any(seat_of(one, application, self.case.at, item.pk).may_act for one in people)

    def open_to(self, user: User, item: WorkItem) -> list[str]:
        """The moves the table opens to a user at an item."""
        stands = table.standing_of(user, self.case.application, item, self.case.at)
        return table.open_to(frozenset(stands), item)

    def is_stranded(self, item: WorkItem) -> bool:
        """Whether a supervisor of its office is shown it as one that nobody there may do."""
        supervisor = User.objects.get(username=f"supervisor-{item.queue.office_id}")
        return item in [found for found, _move in stranded(supervisor, self.case.at)]

    @invariant()
    def a_refusal_says_its_reason_and_what_can_be_done_about_it(self) -> None:
        for paper in Paper.objects.filter(kind__in=["refusal", "not_accepted"]):
            content = reading.content(paper)
            assert content.machine.get("reasons") or TEXT in "".join(content.opening)
            assert "救济途径" in [section.heading for section in content.sections]

    @invariant()
    def stamps_fit_the_state(self) -> None:
        application = self.case.application
        assert (application.submitted_at is not None) == (application.state != "draft")
        assert (application.decided_at is not None) == (application.state in {"granted", "refused"})
        assert (application.closed_at is not None) == (application.state in {"not_accepted", "lapsed", "withdrawn"})
        assert application.rounds.count() == application.round

    @invariant()
    def the_route_has_ended_just_when_the_case_has(self) -> None:
        application = self.case.application
        if application.process_ref:
            ended = Process.objects.get(pk=application.process_ref).status == "DONE"
            assert ended == (application.state in {"granted", *FINAL})

    @invariant()
    def a_notice_runs_while_the_case_is_noticed(self) -> None:
        running = [notice for notice in self.notices() if notice.ended_at is None]
        if self.case.application.state == "noticed":
            assert len(running) == 1
        elif self.case.application.state != "withdrawn":
            assert running == []

    @invariant()
    def nobody_spoke_at_two_stages_or_in_a_case_of_their_own(self) -> None:
        application = self.case.application
        spoken = set(Opinion.objects.filter(application=application).values_list("official", "stage"))
        assert len({official for official, _stage in spoken}) == len(spoken)
        parties = CaseActor.objects.filter(application=application, capacity="party").values_list("who", flat=True)
        assert not {f"user:{official}" for official, _stage in spoken} & set(parties)

    @invariant()
    def whoever_spoke_or_was_spoken_for_holds_the_one_capacity_of_that_stage(self) -> None:
        application = self.case.application
        actors = {
            (row.who, row.stage) for row in CaseActor.objects.filter(application=application, capacity="official")
        }
        for opinion in Opinion.objects.filter(application=application).select_related("official", "on_behalf_of"):
            for user in filter(None, (opinion.official, opinion.on_behalf_of)):
                mine = {stage for who, stage in actors if who == identity_of(user)}
                assert mine == {opinion.stage} or self.left_since(user)

    def left_since(self, user: User) -> bool:
        """Whether the official has declared an interest after speaking: then they are out of the case."""
        return Move.objects.filter(application=self.case.application, kind=Move.Kind.RECUSE, by=user).exists()

    @invariant()
    def papers_are_numbered_without_a_gap(self) -> None:
        numbers: dict[tuple, list[int]] = {}
        for office, series, sequence in Paper.objects.values_list("office", "series", "sequence"):
            numbers.setdefault((office, series), []).append(sequence)
        assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())
