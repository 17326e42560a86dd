"""Who may do what with whose case: role × action × place, over pages, files and exports, through the test client.

A case of one's own county, of another county, at the office above and at the office below, as the county's officials
stand to it. In the tables + is allowed and . is refused (404 or 403 without a name, 409 without effect, sign-in first).
"""

import pytest
from django.urls import reverse

from applications import attachments
from applications.models import Attachment
from papers.jobs import render_all
from papers.models import Paper
from payouts import batching
from people.models import Office, Post
from project.demo import stories
from project.demo.directory import KAIYUAN
from tests import stages, world
from tests.approvals.desk import text_of
from tests.approvals.matrix import differing, read, verdict
from tests.journeys.everything import client_of, picture
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db

# The county's officials, those above them, and everybody else. "below" is the township's matter.
CASES: dict[str, str] = {}
CASES["own"] = """
                    page file paper unmask claim decide moves hand_over reassign time notes messages ask story
county-clerk        +    +    +     +      .     .      +     .         .        +    +     +        .   .
county-reviewer     +    +    +     +      +     +      +     +         .        +    +     +        +   .
county-approver     +    +    +     +      .     .      +     .         .        +    +     +        .   .
county-supervisor   +    +    +     .      .     .      +     .         +        +    +     +        .   .
expert              .    .    .     .      .     .      .     .         .        .    .     .        .   .
finance-maker       .    .    .     .      .     .      .     .         .        .    .     .        .   .
finance-checker     .    .    .     .      .     .      .     .         .        .    .     .        .   .
policy-editor       .    .    .     .      .     .      .     .         .        .    .     .        .   .
policy-publisher    .    .    .     .      .     .      .     .         .        .    .     .        .   .
auditor             .    .    .     .      .     .      .     .         .        .    .     .        .   +
admin               .    .    .     .      .     .      .     .         .        .    .     .        .   .
applicant           .    .    .     .      .     .      .     .         .        .    .     .        .   .
helper              .    .    .     .      .     .      .     .         .        .    .     .        .   .
anonymous           .    .    .     .      .     .      .     .         .        .    .     .        .   .
"""
CASES["other"] = """
                    page file paper unmask claim decide moves hand_over reassign time notes messages ask story
county-clerk        .    .    .     .      .     .      .     .         .        .    .     .        .   .
county-reviewer     .    .    .     .      .     .      .     .         .        .    .     .        .   .
county-approver     .    .    .     .      .     .      .     .         .        .    .     .        .   .
county-supervisor   .    .    .     .      .     .      .     .         .        .    .     .        .   .
expert              .    .    .     .      .     .      .     .         .        .    .     .        .   .
finance-maker       .    .    .     .      .     .      .     .         .        .    .     .        .   .
finance-checker     .    .    .     .      .     .      .     .         .        .    .     .        .   .
policy-editor       .    .    .     .      .     .      .     .         .        .    .     .        .   .
policy-publisher    .    .    .     .      .     .      .     .         .        .    .     .        .   .
auditor             .    .    .     .      .     .      .     .         .        .    .     .        .   +
admin               .    .    .     .      .     .      .     .         .        .    .     .        .   .
applicant           .    .    .     .      .     .      .     .         .        .    .     .        .   .
helper              .    .    .     .      .     .      .     .         .        .    .     .        .   .
anonymous           .    .    .     .      .     .      .     .         .        .    .     .        .   .
"""
CASES["above"] = """
                    page file paper unmask claim decide moves hand_over reassign time notes messages ask story
county-clerk        .    .    .     .      .     .      .     .         .        .    .     .        .   .
county-reviewer     .    .    .     .      .     .      .     .         .        .    .     .        .   .
county-approver     .    .    .     .      .     .      .     .         .        .    .     .        .   .
county-supervisor   .    .    .     .      .     .      .     .         .        .    .     .        .   .
expert              .    .    .     .      .     .      .     .         .        .    .     .        .   .
finance-maker       .    .    .     .      .     .      .     .         .        .    .     .        .   .
finance-checker     .    .    .     .      .     .      .     .         .        .    .     .        .   .
policy-editor       .    .    .     .      .     .      .     .         .        .    .     .        .   .
policy-publisher    .    .    .     .      .     .      .     .         .        .    .     .        .   .
auditor             .    .    .     .      .     .      .     .         .        .    .     .        .   +
admin               .    .    .     .      .     .      .     .         .        .    .     .        .   .
applicant           .    .    .     .      .     .      .     .         .        .    .     .        .   .
helper              .    .    .     .      .     .      .     .         .        .    .     .        .   .
anonymous           .    .    .     .      .     .      .     .         .        .    .     .        .   .
"""
CASES["below"] = """
                    page file paper unmask claim decide moves hand_over reassign time notes messages ask story
county-clerk        .    -    .     .      .     .      .     .         .        .    .     .        .   .
county-reviewer     .    -    .     .      .     .      .     .         .        .    .     .        .   .
county-approver     .    -    .     .      .     .      .     .         .        .    .     .        .   .
county-supervisor   .    -    .     .      .     .      .     .         .        .    .     .        .   .
expert              .    -    .     .      .     .      .     .         .        .    .     .        .   .
finance-maker       .    -    .     .      .     .      .     .         .        .    .     .        .   .
finance-checker     .    -    .     .      .     .      .     .         .        .    .     .        .   .
policy-editor       .    -    .     .      .     .      .     .         .        .    .     .        .   .
policy-publisher    .    -    .     .      .     .      .     .         .        .    .     .        .   .
auditor             .    -    .     .      .     .      .     .         .        .    .     .        .   +
admin               .    -    .     .      .     .      .     .         .        .    .     .        .   .
applicant           .    -    .     .      .     .      .     .         .        .    .     .        .   .
helper              .    -    .     .      .     .      .     .         .        .    .     .        .   .
anonymous           .    -    .     .      .     .      .     .         .        .    .     .        .   .
"""

# What is not about one case: money and its files, policy and its exports, the audit trail, posts.
ELSEWHERE = """
                    batch csv xlsx policy_desk policy_export source audit staff_trail staff_index staff_office
county-clerk        .     .   .    .           +             +      .     .           .           .
county-reviewer     .     .   .    .           +             +      .     .           .           .
county-approver     .     .   .    .           +             +      .     .           .           .
county-supervisor   .     .   .    .           +             +      .     .           .           .
expert              .     .   .    .           +             +      .     .           .           .
finance-maker       +     +   +    .           +             +      .     .           .           .
finance-checker     +     +   +    .           +             +      .     .           .           .
finance-elsewhere   .     .   .    .           +             +      .     .           .           .
policy-editor       .     .   .    +           +             +      .     .           .           .
policy-publisher    .     .   .    +           +             +      .     .           .           .
auditor             .     .   .    .           +             +      +     +           .           .
auditor-elsewhere   .     .   .    .           +             +      +     .           .           .
admin               .     .   .    .           +             +      .     .           +           +
admin-elsewhere     .     .   .    .           +             +      .     .           +           .
system-admin        .     .   .    .           +             +      .     .           .           .
hotline             .     .   .    .           +             +      .     .           .           .
village-clerk       .     .   .    .           +             +      .     .           .           .
applicant           .     .   .    .           +             +      .     .           .           .
helper              .     .   .    .           +             +      .     .           .           .
anonymous           .     .   .    .           +             +      .     .           .           .
"""


def own():
    """Accepted by the school, before the county's 人社局."""
    case = handed_in(world.grant()).submit().say("accept")
    render_all()
    return case


def other():
    """The same in another county."""
    return handed_in(stories.grant_case(world.cast(2, KAIYUAN))).submit().say("accept")


def above():
    """Accepted by a school the county does not run: on notice at the prefecture, which decides."""
    return handed_in(world.grant(0)).submit().say("accept")


def below():
    """On notice in a township of the county."""
    return stages.phase_out_noticed()


def handed_in(case):
    attachments.add(case.user, case.public_id, "id-copy", picture(), case.at)
    return case


PLACES = {"own": own, "other": other, "above": above, "below": below}


def address_of(case, action):
    """Where an action is done, and what is sent; nothing is sent to a page that is only read."""
    start = f"/inbox/{case.public_id}/"
    item = WorkItem.objects.filter(case_id=case.application.pk).latest("pk").pk
    file = Attachment.objects.filter(application=case.application).first()
    paper = Paper.objects.filter(case_ref=case.public_id).first()
    return {
        "page": (start, None),
        "file": (f"{start}attachments/{file.public_id}/" if file else "", None),
        "paper": (f"{start}papers/{paper.pk}/pdf/", None),
        "unmask": (f"{start}unmask/", {}),
        "claim": (f"{start}claim/", {"item": item}),
        "decide": (start, {"item": item}),
        "moves": (f"{start}moves/", None),
        "hand_over": (f"{start}moves/hand_over/", {"item": item}),
        "reassign": (f"{start}moves/reassign/", {"item": item}),
        "time": (f"{start}time/", None),
        "notes": (f"{start}notes/", None),
        "messages": (f"{start}messages/", None),
        "ask": (f"{start}ask/", None),
        "story": (f"/audit/story/{case.public_id}/", None),
    }[action]


def mark(client, case, action, name):
    """+ or . as the site answers. A refusal never tells whom the case is about."""
    path, sent = address_of(case, action)
    if not path:
        return "-"
    response = client.get(path) if sent is None else client.post(path, sent)
    if response.status_code in {403, 404}:
        assert name not in text_of(response)
    return verdict(response)


@pytest.mark.parametrize("place", PLACES)
def test_a_case_is_open_to_those_the_table_names_and_to_nobody_else(place, clock):
    case = PLACES[place]()
    clock.move_to(case.later(1))
    name = case.application.subject.name
    clients = {account: client_of(account) for account, _action in read(CASES[place])}
    assert not differing(CASES[place], lambda who, action: mark(clients[who], case, action, name))


def test_money_policy_audit_and_posts_are_open_to_those_the_table_names(clock):
    case = world.granted()
    batch = exported(case, clock)
    strangers()
    office = Office.objects.get(division_id="532500", function="finance").pk
    start = f"/finance/batches/{batch.number}/"
    paths = {
        "batch": (start, False),
        "csv": (f"{start}export/csv/", True),
        "xlsx": (f"{start}export/xlsx/", True),
        "policy_desk": ("/policy/work/", False),
        "policy_export": (reverse("policy:export_scheme", args=["grad-jobseeking"]), False),
        "source": ("/source/", False),
        "audit": ("/audit/", False),
        "staff_trail": (f"/audit/staff/{office}/", False),
        "staff_index": ("/staff/", False),
        "staff_office": (f"/staff/offices/{office}/", False),
    }
    clients = {account: client_of(account) for account, _action in read(ELSEWHERE)}

    def answered(who, action):
        path, sent = paths[action]
        return verdict(clients[who].post(path) if sent else clients[who].get(path))

    assert not differing(ELSEWHERE, answered)


def test_every_role_stands_in_the_tables():
    accounts = {who for who, _action in read(ELSEWHERE)}
    roles = set(Post.objects.filter(user__username__in=accounts).values_list("role", flat=True))
    assert roles == set(Post.Role.values)


def exported(case, clock):
    """A batch that was made, sealed and approved."""
    maker, checker = world.user("finance-maker"), world.user("finance-checker")
    batch = batching.make(maker, world.finance(), "grad-jobseeking", case.later())
    batching.seal(maker, batch.number, case.later(1))
    batching.approve(checker, batch.number, case.later(1))
    clock.move_to(case.later(1))
    return batch


def strangers():
    """Finance, audit and administration of another county."""
    for name, function, role in (
        ("finance-elsewhere", "finance", "finance_maker"),
        ("auditor-elsewhere", "government", "auditor"),
        ("admin-elsewhere", "government", "administrator"),
    ):
        stages.official(name, stages.office(function, KAIYUAN), role)
