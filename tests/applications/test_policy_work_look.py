"""Trying drafts, moving cases and following clauses in a real browser, in both languages."""

import pytest
from django.utils import timezone

from applications import what_if_acts, what_if_work
from applications.models import WhatIfRun
from project.demo import stories
from tests import world
from tests.applications.policy_drafts import (
    FIRST,
    LAST,
    draft_value,
    draft_version,
    newer_version,
    without_study_mode,
)
from tests.browser import axe_violations, look_faults, sign_in, use_elder_mode, use_language

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW, DESK = {"width": 320, "height": 720}, {"width": 1280, "height": 900}
RUNS = "/policy/what-if/runs"


def run_of(proposal):
    run = what_if_acts.start(world.user("policy-editor"), proposal.pk, FIRST, LAST, world.START)
    what_if_work.work(run.pk)
    return run.pk


def addresses():
    """Every page in each state that looks different."""
    for n in (0, 2, 4):
        world.grant(n).submit()
    stories.grant_case(world.cast(13, "532502"), study_mode="adult").submit()
    world.grant(6).submit().say("accept")
    world.grant(8)
    value, version = draft_value(), draft_version(without_study_mode)
    done, loosened, waits, stopped = (run_of(one) for one in (value, version, value, value))
    newer_version(without_study_mode)
    runs = WhatIfRun.objects
    runs.filter(pk=waits).update(state="running", done=2, ended_at=None, lease_until=timezone.now())
    runs.filter(pk=stopped).update(state="cancelled", done=2)
    return [
        f"/policy/what-if/{value.pk}/",
        *(f"{RUNS}/{pk}/" for pk in (done, loosened, waits, stopped)),
        f"{RUNS}/{done}/cases/",
        "/policy/running/",
        "/policy/running/grad-jobseeking/1/",
        "/policy/trace/",
        "/policy/trace/?assumed=on",
        "/policy/trace/document/honghe-2025-47/",
        "/policy/trace/scheme/grad-jobseeking/",
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_is_accessible_on_a_narrow_and_a_wide_window(page, language):
    shown = addresses()
    sign_in(page, "policy-publisher", world.PASSWORD)
    use_language(page, language)
    faults = []
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        faults += look_faults(page, shown)
    use_elder_mode(page, 3)
    page.set_viewport_size(NARROW)
    assert [*faults, *look_faults(page, shown)] == []


def test_a_draft_is_tried_and_its_effect_is_read(page, clock):
    clock.move_to(world.START)
    for n in (0, 2, 4):
        world.grant(n).submit()
    clock.shift(3 * 3600)
    proposal = draft_value()
    sign_in(page, "policy-editor", world.PASSWORD)
    page.goto(f"/policy/what-if/{proposal.pk}/")
    page.get_by_role("button", name="开始试算").click()
    page.wait_for_url(f"**{RUNS}/*/")
    assert axe_violations(page) == []
    stats = dict(
        zip(
            page.locator(".zd-stat__label").all_inner_texts(),
            page.locator(".zd-stat__value").all_inner_texts(),
            strict=True,
        )
    )
    assert (stats["结果会变"], stats["相差（元）"]) == ("3", "600.00")
    page.get_by_role("link", name="会变的申请编号").click()
    assert page.locator("tbody tr").count() == 3


def test_cases_are_moved_with_the_keyboard_and_the_result_is_read(page):
    adult = stories.grant_case(world.cast(2), study_mode="adult").submit()
    newer_version(without_study_mode)
    sign_in(page, "policy-publisher", world.PASSWORD)
    page.goto("/policy/running/")
    page.get_by_role("link", name="残疾人高校毕业生一次性求职补贴").click()
    page.get_by_label(f"选择{adult.application.number}").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="把选中的改用新版本").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "已改用新版本" in page.locator("main").inner_text()
    assert adult.application.eligible is True


def test_a_clause_leads_to_its_scheme_and_back(page):
    page.goto("/policy/trace/document/honghe-2025-47/")
    page.get_by_role("link", name="残疾人高校毕业生一次性求职补贴").first.click()
    page.wait_for_url("**/policy/trace/scheme/grad-jobseeking/")
    page.get_by_role("link", name="红政办发〔2025〕47号").first.click()
    page.wait_for_url("**/policy/trace/document/honghe-2025-47/#clause-*")
    assert axe_violations(page) == []
