"""Two people at once, through pages: one outcome, one winner, and a page for the other that says who and when.

Fifty rounds each, on PostgreSQL with every run of the tests and, with TEST_DATABASE=sqlite, on a file of SQLite.
"""

import re
from copy import copy
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from django.test import Client

from applications.models import Application
from approvals.bulk import choosing
from approvals.models import BulkRun, Decision, Move
from approvals.outcomes import Outcome
from audit.models import Event
from audit.verify import verify_stream
from benefits.models import Budget, Due, Grant
from papers.models import Paper
from people.models import User
from tests import stages, threads, world
from tests.approvals.copies import copies
from tests.approvals.desk import sign_in
from workflows.models import WorkItem

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("plain_papers", "_own_house"),
]
ROUNDS = 50
APPROVER, COLLEAGUE, SUPERVISOR = "prefecture-approver", "colleague", "supervisor"
WHEN = re.compile(r"20\d\d-\d\d-\d\d \d\d:\d\d")
DONE, LATE = 302, 409


@pytest.fixture
def _own_house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cases() -> list[Application]:
    """Fifty grants before two approvers of the prefecture, whose office has a supervisor."""
    case = world.at_decision()
    stages.colleague(case, COLLEAGUE)
    stages.official(SUPERVISOR, stages.prefecture("hrss"), "supervisor")
    Budget.objects.filter(scheme_code="grad-jobseeking").update(amount="900000.00")
    return copies(case, ROUNDS)


def twin(client: Client) -> Client:
    """The same session in a second window."""
    other = Client()
    other.cookies = SimpleCookie(copy(client.cookies).output(header=""))
    return other


def item_of(case: Application) -> WorkItem:
    return WorkItem.objects.get(case_id=case.pk, kind="decide")


def saying(client: Client, case: Application, outcome: str):
    """Send the decision form of a case as it stands now."""
    form = {"item": item_of(case).pk, "version": case.version, "outcome": outcome, "text": f"意见：{outcome}"}
    form |= {"reasons": ["no_evidence"], "reasons_checked": "on"} if outcome == Outcome.REFUSE else {}
    return lambda: client.post(f"/inbox/{case.public_id}/", form)


def run_all(cases, *actions_of) -> list[tuple[Application, list]]:
    """Race the actions on each case in turn; an exception is a fault, not an answer."""
    rounds = []
    for case in cases:
        answers = threads.race(*(make(case) for make in actions_of))
        faults = [answer for answer in answers if isinstance(answer, Exception)]
        assert not faults, faults
        rounds.append((case, answers))
    return rounds


def check_one_outcome(case: Application) -> str:
    """At most one decision with all that goes with it, and a chain that holds; the state it led to."""
    state = str(Application.objects.get(pk=case.pk).state)
    granted, refused = state == "granted", state == "refused"
    kinds = list(Decision.objects.filter(application=case).values_list("kind", flat=True))
    assert kinds == (["grant"] if granted else ["refusal"] if refused else [])
    for rows in (Due.objects.filter(application=case), Grant.objects.filter(application=case)):
        assert rows.count() == granted
    assert Paper.objects.filter(case_ref=case.public_id, kind__in=kinds).count() == len(kinds)
    assert verify_stream(case.stream).fault is None
    return state


def check_loser(answer, *, named: bool = True) -> None:
    """A page, in Chinese, that says what happened; who and when where somebody decided."""
    assert answer.status_code == LATE, (answer.status_code, answer.content.decode()[:500])
    text = answer.content.decode()
    assert "没有提交" in text or "没有生效" in text or "不能" in text
    if named:
        assert WHEN.search(text), text
        assert any(user.full_name in text for user in User.objects.filter(is_active=True)), text


def check_numbers() -> None:
    """Papers are numbered without a gap or a double, and the envelope holds exactly what was granted."""
    numbers: dict[tuple, list[int]] = {}
    for office, series, sequence in Paper.objects.values_list("office", "series", "sequence"):
        numbers.setdefault((office, series), []).append(sequence)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())
    assert sum(budget.reserved for budget in Budget.objects.all()) == sum(due.amount for due in Due.objects.all())


def split(answers) -> tuple[list, list]:
    return [one for one in answers if one.status_code == DONE], [one for one in answers if one.status_code != DONE]


def test_a_double_click_decides_once(cases):
    window = sign_in(APPROVER)
    again = twin(window)
    for case, answers in run_all(cases, lambda c: saying(window, c, "grant"), lambda c: saying(again, c, "grant")):
        won, lost = split(answers)
        assert (len(won), len(lost)) == (1, 1)
        check_loser(lost[0])
        assert check_one_outcome(case) == "granted"
    check_numbers()


def test_two_approvers_of_two_minds_decide_once(cases):
    one, other = sign_in(APPROVER), sign_in(COLLEAGUE)
    for case, answers in run_all(cases, lambda c: saying(one, c, "grant"), lambda c: saying(other, c, "refuse")):
        won, lost = split(answers)
        assert (len(won), len(lost)) == (1, 1)
        check_loser(lost[0])
        assert check_one_outcome(case) == ("granted" if answers[0] is won[0] else "refused")
    check_numbers()


def test_an_approval_and_a_withdrawal_are_one_of_the_two(cases):
    official, applicant = sign_in(APPROVER), sign_in("applicant")

    def withdrawing(case):
        return lambda: applicant.post(f"/applications/{case.public_id}/withdraw/", {"version": case.version})

    for case, answers in run_all(cases, lambda c: saying(official, c, "grant"), withdrawing):
        won, lost = split(answers)
        assert (len(won), len(lost)) == (1, 1)
        check_loser(lost[0], named=False)
        if lost[0] is answers[0]:
            assert re.search("申请人已于20.{14}撤回申请", lost[0].content.decode())
        assert check_one_outcome(case) == ("granted" if answers[0] is won[0] else "withdrawn")
    check_numbers()


def test_an_approval_and_a_reassignment_are_one_after_the_other_or_one_of_the_two(cases):
    official, supervisor, colleague = sign_in(APPROVER), sign_in(SUPERVISOR), world.user(COLLEAGUE)

    def reassigning(case):
        form = {"item": item_of(case).pk, "to_user": colleague.pk, "text": "请接办。"}
        return lambda: supervisor.post(f"/inbox/{case.public_id}/moves/reassign/", form)

    for case, answers in run_all(cases, lambda c: saying(official, c, "grant"), reassigning):
        won, lost = split(answers)
        assert (len(won), len(lost)) == (1, 1)
        approved = answers[0] is won[0]
        check_loser(lost[0], named=approved)
        assert check_one_outcome(case) == ("granted" if approved else "in_review")
        assert item_of(case).owner.username == (APPROVER if approved else COLLEAGUE)
        assert Move.objects.filter(application=case, kind="reassign").count() == (0 if approved else 1)
    check_numbers()


def test_bulk_and_a_single_decision_are_one_decision(cases):
    official, colleague = sign_in(APPROVER), sign_in(COLLEAGUE)
    user = world.user(APPROVER)

    def in_bulk(case):
        choice = choosing.choose(user, [item_of(case).pk], case.saved_at)
        sent = {"chosen": choosing.sealed(user, choice), "token": uuid4(), "outcome": "grant", "text": "批量准予。"}
        return lambda: official.post("/inbox/bulk/start/", sent)

    for case, (bulk, single) in run_all(cases, in_bulk, lambda c: saying(colleague, c, "refuse")):
        assert bulk.status_code == DONE
        run = BulkRun.objects.get(lines__item=item_of(case))
        state = check_one_outcome(case)
        assert (run.state, run.done + run.refused) == ("done", 1)
        assert (run.done == 1) == (state == "granted")
        if run.done:
            check_loser(single)
        else:
            assert single.status_code == DONE
            assert run.lines.get().code in {"already_decided", "stale"}
            page = official.get(f"/inbox/bulk/{run.pk}/cases/").content.decode()
            assert world.user(COLLEAGUE).full_name in page
            assert WHEN.search(page)
        assert Event.objects.filter(stream=case.stream, action="official.bulk").count() == run.done
    check_numbers()
