"""Who may do what an office does besides deciding: visits, bulk runs, dossiers, complaints, ex officio cases.

Role × action × place through the test client: at one's own county, in another county, at the office above and at the
office below, as the county's officials stand to it. + is allowed and . is refused, as in the matrix of cases. Each
answer is taken back before the next one is asked for.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from approvals.complaints import filing
from approvals.models import BulkRun, Dossier
from people import vault
from project.demo import stories
from project.demo.clerks import Case
from project.demo.directory import KAIYUAN
from tests import world
from tests.approvals import visiting
from tests.approvals.desk import text_of
from tests.approvals.matrix import differing, read, undone, verdict
from tests.approvals.test_dossier_pages import minutes_form
from tests.approvals.test_visit_pages import report_form
from tests.journeys.everything import client_of

pytestmark = pytest.mark.django_db

WORK: dict[str, str] = {}
WORK["own"] = """
                    plan visit report cancel choose run cases csv stop dossier minutes add seal complaint answer
county-clerk        .    +     .      .      .      .   .     .   .    +       +       +   .    .         .
county-reviewer     +    +     +      +      +      +   +     +   +    +       +       +   .    +         +
county-approver     .    +     .      .      .      .   .     .   .    +       +       +   +    .         .
county-supervisor   .    .     .      .      .      +   +     +   .    .       .       .   .    +         +
expert              .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
finance-maker       .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
policy-publisher    .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
auditor             .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
admin               .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
applicant2          .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
helper              .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
anonymous           .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
"""
WORK["other"] = """
                    plan visit report cancel choose run cases csv stop dossier minutes add seal complaint answer
county-clerk        .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-reviewer     .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-approver     .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-supervisor   .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
expert              .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
finance-maker       .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
policy-publisher    .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
auditor             .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
admin               .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
applicant2          .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
helper              .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
anonymous           .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
"""
WORK["above"] = """
                    plan visit report cancel choose run cases csv stop dossier minutes add seal complaint answer
county-clerk        .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-reviewer     .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-approver     .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-supervisor   .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
expert              .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
finance-maker       .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
policy-publisher    .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
auditor             .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
admin               .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
applicant2          .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
helper              .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
anonymous           .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
"""
WORK["below"] = """
                    plan visit report cancel choose run cases csv stop dossier minutes add seal complaint answer
county-clerk        .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-reviewer     .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-approver     .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
county-supervisor   .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
expert              .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
finance-maker       .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
policy-publisher    .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
auditor             .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
admin               .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
applicant2          .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
helper              .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
anonymous           .    .     .      .      .      .   .     .   .    .       .       .   .    .         .
"""

# A case about a granted one, opened by the office that granted it.
OPENING: dict[str, str] = {}
OPENING["own"] = """
                    page open
county-clerk        .    .
county-reviewer     +    +
county-approver     .    .
county-supervisor   +    +
expert              .    .
finance-maker       .    .
policy-publisher    .    .
auditor             .    .
admin               .    .
applicant2          .    .
helper              .    .
anonymous           .    .
"""
OPENING["other"] = """
                    page open
county-clerk        .    .
county-reviewer     .    .
county-approver     .    .
county-supervisor   .    .
expert              .    .
finance-maker       .    .
policy-publisher    .    .
auditor             .    .
admin               .    .
applicant2          .    .
helper              .    .
anonymous           .    .
"""
OPENING["above"] = """
                    page open
county-clerk        .    .
county-reviewer     .    .
county-approver     .    .
county-supervisor   .    .
expert              .    .
finance-maker       .    .
policy-publisher    .    .
auditor             .    .
admin               .    .
applicant2          .    .
helper              .    .
anonymous           .    .
"""


@dataclass
class Asked:
    """Where something is done, what is sent (None: only read), and what the answer must hold to count as done."""

    path: str
    sent: dict[str, object] | None = None
    shows: str = ""


def plan(case: Case) -> Asked:
    """The cases of an area, to plan visits."""
    return Asked(f"/inbox/visits/?area={case.application.division_id}", shows=case.application.number)


def choose(case: Case) -> Asked:
    """A case ticked for a bulk run: counted, or named with why it is left out."""
    return Asked("/inbox/bulk/", {"item": [case.item().pk]}, shows="选中的件")


def visit(ending: str, sent: Callable[[Case], dict[str, object]] | None = None) -> Callable[[Case], Asked]:
    """A visit the official of the case and a colleague are to make tomorrow."""

    def asked(case: Case) -> Asked:
        _case, planned = visiting.planned(case)
        return Asked(f"/inbox/visits/{planned.pk}/{ending}", sent(case) if sent else None)

    return asked


def run(ending: str, *, post: bool = False) -> Callable[[Case], Asked]:
    """A bulk run of the official of the case."""

    def asked(case: Case) -> Asked:
        key = vault.new_data_key()
        key.save()
        queue, at = case.item().queue, case.at
        made = BulkRun.objects.create(
            user=case.official(), office=queue.office, token=uuid.uuid4(), outcome="agree", data_key=key,
            text=vault.encrypt(key, "", "bulk"), total=1, lease_until=at, started_at=at,
        )  # fmt: skip
        return Asked(f"/inbox/bulk/{made.pk}/{ending}", {} if post else None)

    return asked


def dossier(ending: str, sent: Callable[[Case], dict[str, object]] | None = None) -> Callable[[Case], Asked]:
    """A dossier the official of the case opened at the office."""

    def asked(case: Case) -> Asked:
        key = vault.new_data_key()
        key.save()
        at, application = case.at, case.application
        made = Dossier.objects.create(
            office=case.item().queue.office, scheme_code=application.scheme_code, division=application.division,
            period="2026", starts=at.date(), ends=at.date(), request_to="州人民政府", opened_by=case.official(),
            opened_at=at, data_key=key,
        )  # fmt: skip
        return Asked(f"/inbox/dossiers/{made.pk}/{ending}", sent(case) if sent else None)

    return asked


def complaint(sent: dict[str, object] | None = None) -> Callable[[Case], Asked]:
    """A complaint of the applicant about how they were treated."""

    def asked(case: Case) -> Asked:
        said = filing.Complained("service", "一直没有答复。")
        made = filing.complain(case.user, case.public_id, said, case.at)
        return Asked(f"/inbox/complaints/{made.pk}/", sent)

    return asked


ANSWER = {"result": "dismissed", "answer": "已核实，办理没有超过期限。"}
OPENED = {"kind": "revoke", "source": "official", "grounds": "核查发现毕业证书不属实。"}
ACTIONS: dict[str, Callable[[Case], Asked]] = {
    "plan": plan,
    "visit": visit(""),
    "report": visit("", report_form),
    "cancel": visit("cancel/", lambda case: {}),
    "choose": choose,
    "run": run(""),
    "cases": run("cases/"),
    "csv": run("results.csv"),
    "stop": run("cancel/", post=True),
    "dossier": dossier(""),
    "minutes": dossier("minutes/", lambda case: minutes_form(case.at)),
    "add": dossier("cases/", lambda case: {"cases": [case.public_id]}),
    "seal": dossier("seal/", lambda case: {"version": 0}),
    "complaint": complaint(),
    "answer": complaint(ANSWER),
}


PLACES: dict[str, Callable[[], Case]] = {
    # Before the county's 人社局, and the same in another county.
    "own": lambda: world.grant().submit().say("accept"),
    "other": lambda: stories.grant_case(world.cast(2, KAIYUAN)).submit().say("accept"),
    # Before the approver of the prefecture; handed in at a township.
    "above": lambda: world.at_decision(0),
    "below": lambda: world.phase_out().submit(),
}


def granted_in(county: str) -> Case:
    """A phase-out that the civil affairs bureau of a county granted."""
    return stories.phase_out_granted(world.cast(2, county))


GRANTED: dict[str, Callable[[], Case]] = {
    "own": world.phase_out_granted,
    "other": lambda: granted_in(KAIYUAN),
    "above": lambda: world.granted(0),
}


def answer_of(client: Client, asked: Asked) -> str:
    """+ or . as the site answers; whatever was written is taken back."""
    with undone():
        response = client.get(asked.path) if asked.sent is None else client.post(asked.path, asked.sent)
        shown = not asked.shows or (response.status_code == 200 and asked.shows in text_of(response))
        return verdict(response) if shown else "."


@pytest.mark.parametrize("place", PLACES)
def test_the_work_of_an_office_is_open_to_those_the_table_names_and_to_nobody_else(place, clock):
    case = PLACES[place]()
    waiting_since = case.at
    clock.move_to(case.at + timedelta(hours=2))
    table, found = read(WORK[place]), {}
    clients = {account: client_of(account) for account, _action in table}
    for action, arranged in ACTIONS.items():
        with undone():
            case.at = waiting_since
            asked = arranged(case)
            found |= {(who, action): answer_of(client, asked) for who, client in clients.items()}
    assert {key: mark for key, mark in found.items() if mark != table[key]} == {}


@pytest.mark.parametrize("place", GRANTED)
def test_a_case_about_a_grant_is_opened_by_those_the_table_names_and_by_nobody_else(place, clock):
    case = GRANTED[place]()
    clock.move_to(case.later(1))
    path = f"/inbox/{case.public_id}/ex-officio/"
    asked = {"page": Asked(path), "open": Asked(path, OPENED)}
    clients = {account: client_of(account) for account, _action in read(OPENING[place])}
    assert not differing(OPENING[place], lambda who, action: answer_of(clients[who], asked[action]))
