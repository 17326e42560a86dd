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
from approvals.models import PublicNotice
from papers.models import Paper
from payouts import batching
from tests import world
from tests.applications.policy_drafts import FIRST, LAST, draft_value


def picture() -> SimpleUploadedFile:
    """A small picture to hand in."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(buffer, "PNG")
    return SimpleUploadedFile("card.png", buffer.getvalue(), "image/png")


@contextmanager
def everything() -> Iterator[dict[str, object]]:
    """The arguments of every URL; inside the block it is the hour after the notice opened."""
    case = world.grant()
    attachment = attachments.add(case.user, case.public_id, "id-copy", picture(), case.at)
    case.submit().say("accept")
    noticed = world.grant(0).submit().say("accept")
    granted = world.granted(4)
    batch = batching.make(world.user("finance-maker"), world.finance(), "grad-jobseeking", world.year_later(granted.at))
    paper = Paper.objects.get(case_ref=case.public_id)
    tried = what_if_acts.start(world.user("policy-editor"), draft_value().pk, FIRST, LAST, world.START)
    what_if_work.work(tried.pk)
    arguments = {
        "public_id": case.public_id,
        "attachment": attachment.public_id,
        "file_id": attachment.public_id,
        "paper": paper.pk,
        "pk": paper.pk,
        "notices:detail.pk": PublicNotice.objects.get(application=noticed.application).pk,
        "code": paper.verify_code,
        "scheme": "grad-jobseeking",
        "division": "532503",
        "office_id": world.finance().pk,
        "number": batch.number,
        "kind": "csv",
        "audit:trail.kind": "case",
        "audit:verify.kind": "case",
        "key": case.public_id,
        "proposal": tried.proposal_id,
        "run": tried.pk,
        "page": "name",
        "place": 1,
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
