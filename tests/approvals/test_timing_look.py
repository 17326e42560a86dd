"""The pages of time in a real browser: accessible in both languages, nothing too small, nothing sideways."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals.timing import changes, clock
from project.demo.clerks import Case
from tests import chained, world
from tests.browser import look_faults, sign_in, use_language
from tests.stages import TEXT, official, prefecture, speak

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1280, "height": 900}, {"width": 400, "height": 720})


def proposed() -> Case:
    """A grant of today that a first approver has decided, for the second one to sign."""
    chained.publish(
        chained.GRANT,
        lambda stages: chained.with_stage("decide", two_persons=True)(
            chained.with_stage("county_review", days=10, legal_days=20)(stages)
        ),
    )
    official("second-approver", prefecture("hrss"), "approver")
    case = world.at_decision()
    speak(world.user("prefecture-approver"), case, "grant")
    return case


def extended() -> Case:
    """A case before the county, extended, then paused, and another one overdue."""
    case = world.grant(2).submit().say("accept")
    overseer = official("overseer", case.item().queue.office, "supervisor")
    changes.extend(overseer, case.item().pk, 3, TEXT, case.later(1))
    until = timezone.localdate(case.at) + timedelta(days=9)
    changes.pause(overseer, case.item().pk, "hearing", until, TEXT, case.later(1))
    late = world.grant(5).submit().say("accept")
    clock.escalate_overdue(late.item().due_at + timedelta(days=30))
    return case


def look(page, account, addresses):
    """What is wrong in both languages and sizes."""
    sign_in(page, account, world.PASSWORD)
    faults = []
    for language in ("zh-hans", "en"):
        use_language(page, language)
        for size in SIZES:
            page.set_viewport_size(size)
            faults += [f"{language} {size['width']} {fault}" for fault in look_faults(page, addresses)]
    return faults


def test_the_pages_of_time_look_right(page):
    case = extended()
    county = world.user("overseer")
    county.set_password(world.PASSWORD)
    county.save()
    assert look(page, "overseer", [f"/inbox/{case.public_id}/time/", "/inbox/supervise/"]) == []


def test_what_the_first_signer_said_looks_right(page):
    case = proposed()
    second = world.user("second-approver")
    second.set_password(world.PASSWORD)
    second.save()
    assert look(page, "second-approver", [f"/inbox/{case.public_id}/", f"/inbox/{case.public_id}/time/"]) == []
