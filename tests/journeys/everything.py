"""Something real behind every URL: one case at the county, one under notice, one granted, one batch."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from applications import attachments, what_if_acts, what_if_work
from applications.models import Application
from approvals.inbox import Filters, saved
from approvals.models import PublicNotice
from papers.models import Paper
from payouts import batching
from people import delegating
from people.delegating import Terms
from people.models import Delegation
from schemes.letter_book.subjects import Text, subject_of
from schemes.models import CaseBook, Proposal, current_version
from schemes.publication import original_files, policy_desk
from schemes.publication.drafting import Draft
from schemes.publication.publishing_letters import letter_draft
from schemes.texts import LocalText
from tests import world
from tests.applications.policy_drafts import FIRST, LAST, draft_value, newer_version, without_study_mode
from tests.approvals.bulk_rows import bulk_run
from tests.journeys import (
    archive_work,
    asking_work,
    budget_work,
    claim_work,
    exofficio_work,
    helping_work,
    issued_work,
    letter_work,
    milestone_work,
    office_work,
    report_work,
    return_work,
    seal_work,
    telling_work,
    village_work,
)
from tests.schemes.packages import cases, package_draft

ON_A_DRAFT = ("edit", "clause_add", "clause", "clause_remove", "submit", "withdraw", "revise")
ON_A_PACKAGE = (
    "split", "build", "build_step", "build_values", "build_value", "build_value_remove",
    "build_letters", "build_letter", "build_list", "build_entry", "build_remove", "build_up",
)  # fmt: skip
ON_A_BULK_RUN = ("bulk_run", "bulk_cases", "bulk_csv", "bulk_cancel")
ON_A_LETTER = ("letter", "letter_change", "letter_withdraw")
ON_WHAT_WAITS = ("proposal", "file", "publish", "reject")


def picture() -> SimpleUploadedFile:
    """A small picture to hand in."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, "PNG")
    return SimpleUploadedFile("card.png", buffer.getvalue(), "image/png")


def policy() -> tuple[int, int, str]:
    """A drafted document and one that waits to be published, by number; the code of one that is published."""
    editor, at = world.user("policy-editor"), world.START
    note = SimpleUploadedFile("notice.txt", "三、每人1500元。".encode())
    file = original_files.keep(note, by=editor.username, at=at).pk
    clauses = [
        {"scheme": "grad-jobseeking", "clause": one, "text": "每人1500元", "strength": "shall"} for one in "一二"
    ]
    numbers = []
    for code in ("532500-a", "532500-b", "532500-c"):
        content = {"code": code, "title": "通知", "number": "未载", "issuer": "州人民政府", "dated": "2026-09-01"}
        content |= {"source": "official", "clauses": clauses, "file": file}
        draft = Draft(Proposal.Kind.DOCUMENT, content, division="532500")
        numbers.append(policy_desk.begin(editor, draft, at).pk)
    drafted, waiting, published = numbers
    for number in (waiting, published):
        policy_desk.submit(editor, number, "登记", at)
    policy_desk.publish(world.user("policy-publisher"), published, at)
    return drafted, waiting, "532500-c"


def letter_handed_in() -> Proposal:
    """A new text of a letter that waits to be published."""
    editor, subject = world.user("policy-editor"), subject_of("extension", "")
    body = LocalText(zh=f"{subject.first.body.zh}\n\n特此告知。", en=f"{subject.first.body.en}\n\nThis is to tell you.")
    draft = letter_draft(subject, "532500", Text(subject.first.title, body), world.START.date())
    return policy_desk.submit(editor, policy_desk.begin(editor, draft, world.START).pk, "统一结尾", world.START)


def delegation() -> Delegation:
    """The county reviewer's post, lent to a colleague."""
    post = world.user("county-reviewer").posts.get(office__function="hrss")
    first, last = world.START.date(), world.START.date() + timedelta(days=300)
    terms = Terms(to="county-approver", starts=first, ends=last, document_number="蒙人社代〔2026〕1号")
    return delegating.lend(post.user, post.pk, terms, world.START)


@contextmanager
def everything() -> Iterator[dict[str, object]]:
    """The arguments of every URL; inside the block it is the hour after the notice opened."""
    case = world.grant()
    attachment = attachments.add(case.user, case.public_id, "id-copy", picture(), case.at)
    case.submit().say("accept")
    noticed = world.grant(0).submit().say("accept")
    granted = world.granted(4)
    drafted, waiting, document = policy()
    package, shown = (policy_desk.begin(world.user("policy-editor"), package_draft(), world.START).pk for _ in "12")
    policy_desk.submit(world.user("policy-editor"), shown, "新办法", world.START)
    letter = letter_handed_in().pk
    batch = batching.make(world.user("finance-maker"), world.finance(), "grad-jobseeking", world.year_later(granted.at))
    paper = Paper.objects.get(case_ref=case.public_id, kind="acceptance")
    tried = what_if_acts.start(world.user("policy-editor"), draft_value().pk, FIRST, LAST, world.START)
    what_if_work.work(tried.pk)
    bulk = bulk_run()
    office = office_work.arguments(case, granted)
    beside = asking_work.arguments(case, attachment)
    ex_officio = exofficio_work.arguments(case, granted)
    periods = claim_work.arguments(granted)
    archive = archive_work.arguments()
    search = saved.save(world.user("county-reviewer"), "本周到期", Filters(due="week"), world.START).pk
    newer_version(without_study_mode)
    lent = delegation()
    CaseBook.objects.create(version=current_version("grad-jobseeking"), cases=list(cases()))
    arguments = {
        "public_id": case.public_id,
        "attachment": attachment.public_id,
        "file_id": attachment.public_id,
        "paper": paper.pk,
        "approvals:move.kind": "copy",
        "pk": paper.pk,
        "notices:detail.pk": PublicNotice.objects.get(application=noticed.application).pk,
        "code": paper.verify_code,
        "scheme": "grad-jobseeking",
        "division": "532503",
        "office_id": world.finance().pk,
        "standing:lend.post_id": lent.post_id,
        "staff:end.post_id": lent.post_id,
        "delegation_id": lent.pk,
        "number": batch.number,
        "kind": "csv",
        "audit:trail.kind": "case",
        "audit:verify.kind": "case",
        "key": case.public_id,
        "proposal": tried.proposal_id,
        "run": tried.pk,
        **{f"approvals:{name}.run": bulk.pk for name in ON_A_BULK_RUN},
        "approvals:saved_default.pk": search,
        "approvals:saved_delete.pk": search,
        **office,
        **beside,
        **ex_officio,
        **periods,
        **milestone_work.arguments(granted),
        **archive,
        **seal_work.arguments(paper, case.at),
        **issued_work.arguments(paper, case.at),
        **report_work.arguments(),
        **telling_work.arguments(),
        **helping_work.arguments(),
        **village_work.arguments(),
        **letter_work.arguments(),
        **return_work.arguments(),
        **budget_work.arguments(),
        "moving:version.number": 1,
        "policy:trace_document.code": "honghe-2025-47",
        "policy:trace_scheme.code": "grad-jobseeking",
        "page": "name",
        "place": 1,
        "policy:export_division.division": "532500",
        "policy:original.code": document,
        "policy_work:value.name": "amount",
        "policy_work:document_change.code": document,
        **{f"policy_work:{name}.pk": drafted for name in ON_A_DRAFT},
        **{f"policy_work:{name}.pk": waiting for name in ON_WHAT_WAITS},
        **{f"policy_work:{name}.pk": package for name in ON_A_PACKAGE},
        "policy_work:build_preview.pk": shown,
        **{f"letter_preview:{name}.pk": letter for name in ("show", "pdf")},
        **{f"policy_work:{name}.scheme": "-" for name in ON_A_LETTER},
        **{f"policy_work:{name}.code": "extension" for name in ON_A_LETTER},
        "part": "names",
        "section": "pages",
        "security:account.user_id": world.user("county-reviewer").pk,
        "security:act.user_id": world.user("county-reviewer").pk,
        "security:agree_lost_factor.user_id": world.user("county-reviewer").pk,
        "security:drop_lost_factor.user_id": world.user("county-reviewer").pk,
        "what": "password",
        "provider_id": "province",
        "policy_work:build_value.name": "amount",
        "policy_work:build_value_remove.name": "amount",
        "policy_work:build_letter.kind": "grant",
    }
    with time_machine.travel(noticed.at + timedelta(hours=1)):
        yield arguments


def subject_name(arguments: dict[str, object]) -> str:
    """The name no refusal may tell."""
    return Application.objects.get(public_id=arguments["public_id"]).subject.name


def client_of(account: str) -> Client:
    """A client signed in to the account; nobody for "anonymous"."""
    client = Client()
    if account != "anonymous":
        client.force_login(world.user(account))
    return client
