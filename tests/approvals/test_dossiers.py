"""Batch dossiers: one scheme, one place, one period; sealed by another, numbered without a gap, printed as one."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from applications import door
from approvals.dossiers import cases, minutes, opening, sealing, sheets
from approvals.models import Decision, DossierMinutes
from audit.models import Event
from papers import reading
from papers.models import Paper
from people.models import Kinship, Post, User
from people.posts import appoint
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.approvals.filing_batches import (
    OPENER,
    SEALER,
    filled,
    meeting,
    minuted,
    office,
    opened,
    sealed,
    wanted,
)

pytestmark = pytest.mark.django_db


def opener():
    return world.user(OPENER)


def sealer():
    return world.user(SEALER)


def test_what_there_are_cases_of_is_offered():
    case = world.granted(2)
    found = opening.choices(opener(), case.at)
    assert found.schemes == ["grad-jobseeking"]
    assert case.application.subject_office in found.schools
    assert [period.code for period in found.periods] == ["s2026", "y2026"]
    assert opening.choices(world.user("other-county"), case.at).schemes == []


def test_cases_under_review_are_not_proposed():
    waiting = world.grant(2).submit()
    case = world.granted(4)
    (_case,), dossier, at = opened(case, school=waiting.application.subject_office_id)
    proposed = set(cases.fitting(opener(), dossier, at).values_list("pk", flat=True))
    assert waiting.application.pk not in proposed


@pytest.mark.parametrize(
    "period, first, last",
    [("s2025", "2025-09-01", "2026-08-31"), ("y2026", "2026-01-01", "2026-12-31")],
)
def test_a_school_year_begins_in_september(period, first, last):
    found = opening.period_of(period)
    assert (found.starts.isoformat(), found.ends.isoformat()) == (first, last)


@pytest.mark.parametrize("code", ["", "s", "x2026", "s20", "s1999", "s２０２６", "s2026 "])
def test_what_is_no_period_is_none(code):
    assert opening.period_of(code) is None


def test_a_dossier_of_another_year_proposes_nothing():
    (_case,), dossier, at = opened(period="s2024")
    assert not cases.fitting(opener(), dossier, at).exists()


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"period": "never"}, "period"),
        ({"request_to": " "}, "request_to"),
        ({"school": 0}, "place"),
        ({"division": "532503"}, "place"),
        ({"school": 0, "division": "110101"}, "place"),
    ],
)
def test_an_opening_that_lacks_something_says_what(changes, field):
    case = world.granted(2)
    with pytest.raises(Invalid) as refusal:
        opening.open_dossier(opener(), wanted(case, **changes), case.at)
    assert set(refusal.value.errors) == {field}


def test_nobody_opens_a_dossier_for_an_office_that_is_not_theirs():
    case = world.granted(2)
    with pytest.raises(NotFound):
        opening.open_dossier(world.user("other-county"), wanted(case), case.at)


def test_an_office_where_nobody_else_could_seal_opens_no_dossier():
    case = world.granted(2)
    Post.objects.filter(office=office(), role="approver").update(ends=world.START.date() - timedelta(days=1))
    Post.objects.filter(office=office(), role="reviewer").exclude(user=opener()).update(
        ends=world.START.date() - timedelta(days=1)
    )
    with pytest.raises(NotFound):
        opening.open_dossier(opener(), wanted(case), case.at)


def test_a_case_is_put_in_and_taken_out_and_both_are_on_its_record():
    (case,), dossier, at = filled()
    [row] = cases.rows_of(dossier)
    assert row.application == case.application
    cases.remove(opener(), dossier.pk, row.pk, at)
    assert not cases.rows_of(dossier).exists()
    actions = Event.objects.filter(stream=case.application.stream, action__startswith="dossier.")
    assert list(actions.order_by("seq").values_list("action", flat=True)) == [
        "dossier.case_added",
        "dossier.case_removed",
    ]
    assert cases.add(opener(), dossier.pk, [case.public_id], at)[0].why_not == ""


def test_a_case_is_in_one_dossier_at_a_time():
    (case,), dossier, at = filled()
    (_same,), other, _at = opened(case)
    with pytest.raises(Conflict) as refusal:
        cases.add_one(opener(), other.pk, case.public_id, at)
    assert refusal.value.code == "already_in"
    assert dossier


def test_a_case_of_another_place_does_not_fit():
    (_case,), dossier, at = opened()
    other = world.granted(1)
    assert other.application.subject_office != dossier.school
    with pytest.raises(Invalid) as refusal:
        cases.add_one(opener(), dossier.pk, other.public_id, at + timedelta(days=40))
    assert refusal.value.code == "does_not_fit"


def test_who_cannot_see_the_dossier_cannot_touch_it():
    (case,), dossier, at = filled()
    [row] = cases.rows_of(dossier)
    stranger = world.user("other-county")
    acts = [
        lambda: cases.add(stranger, dossier.pk, [case.public_id], at),
        lambda: cases.remove(stranger, dossier.pk, row.pk, at),
        lambda: minutes.write(stranger, dossier.pk, meeting(at), at),
        lambda: sealing.seal(stranger, dossier.pk, at),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_a_relative_of_a_party_puts_no_case_in():
    (case,), dossier, at = opened()
    Kinship.objects.create(user=opener(), relative=case.application.subject, relation="uncle")
    with pytest.raises(Refused) as refusal:
        cases.add_one(opener(), dossier.pk, case.public_id, at)
    assert refusal.value.code == "recusal"


def test_a_full_dossier_takes_no_more(monkeypatch):
    monkeypatch.setattr("approvals.dossiers.cases.MOST_CASES", 0)
    (case,), dossier, at = opened()
    with pytest.raises(Invalid) as refusal:
        cases.add_one(opener(), dossier.pk, case.public_id, at)
    assert refusal.value.code == "full"


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"votes_for": 3}, "votes_for"),
        ({"votes_for": 4, "abstained": -1}, "votes_for"),
        ({"chair": "没有来的人"}, "chair"),
        ({"text": " "}, "text"),
        ({"present": ()}, "attendance"),
    ],
)
def test_minutes_that_cannot_be_say_what_is_wrong(changes, field):
    (_case,), dossier, at = filled()
    with pytest.raises(Invalid) as refusal:
        minutes.write(opener(), dossier.pk, meeting(at, **changes), at)
    assert field in refusal.value.errors


def test_a_meeting_of_tomorrow_has_no_minutes():
    (_case,), dossier, at = filled()
    with pytest.raises(Invalid):
        minutes.write(opener(), dossier.pk, meeting(at + timedelta(days=1)), at)


def test_minutes_are_written_anew_never_over_and_what_was_said_is_sealed():
    (_case,), dossier, at = minuted()
    row = minutes.write(opener(), dossier.pk, meeting(at, text="改写后的结论。"), at)
    assert DossierMinutes.objects.filter(dossier=dossier).count() == 2
    assert minutes.latest(dossier) == row
    assert minutes.text_of(row, dossier) == "改写后的结论。"
    assert "结论".encode() not in bytes(row.text)
    with pytest.raises(DatabaseError), transaction.atomic():
        DossierMinutes.objects.filter(pk=row.pk).update(chair="别人")


def test_a_sealed_dossier_is_one_numbered_paper_with_all_its_sheets():
    (case,), dossier, _at = sealed()
    assert (dossier.state, dossier.sealed_by.username) == ("sealed", SEALER)
    assert dossier.paper.kind == Paper.Kind.DOSSIER
    assert dossier.paper.number.endswith("号")
    assert "卷〔2026〕" in dossier.paper.number
    content = reading.content(dossier.paper)
    assert [section.heading for section in content.sections] == ["汇总表", "公示内容", "请示", "花名册", "会议纪要"]
    printed = " ".join(text for _field, text in content.texts())
    for words in ("1000.00", "合计", "妥否，请批示", case.application.number, "同意2票，反对0票，弃权1票", "段某"):
        assert words in printed


def test_names_are_masked_where_outsiders_read_and_numbers_everywhere():
    (case,), dossier, _at = sealed()
    content = {section.heading: section for section in reading.content(dossier.paper).sections}
    name, number = case.application.subject.name, world.answers_of(case)["id_number"]
    assert name not in str(content["公示内容"])
    assert name in str(content["花名册"])
    assert number not in str(content)
    assert number[-4:] in str(content["花名册"])
    assert "残疾" not in str(content["公示内容"].table)


def test_each_case_keeps_its_own_decision():
    (case,), dossier, _at = sealed()
    grant = Decision.objects.get(application=case.application, kind="grant")
    assert grant.paper != dossier.paper


def test_the_sealing_is_on_the_dossier_s_own_record():
    (_case,), dossier, _at = sealed()
    events = Event.objects.filter(stream=dossier.stream).order_by("seq")
    assert [event.action for event in events] == ["dossier.opened", "dossier.minutes", "dossier.sealed"]
    assert events.last().data["count"] == 1


def test_who_opened_a_dossier_does_not_seal_it():
    (_case,), dossier, at = minuted()
    with pytest.raises(Refused) as refusal:
        sealing.seal(opener(), dossier.pk, at)
    assert refusal.value.code == "opener_seals"


def test_a_clerk_does_not_seal():
    (_case,), dossier, at = minuted()
    clerk = User.objects.create(username="batch-clerk", full_name="卷宗受理岗")
    appoint(clerk, office(), "clerk", world.START.date())
    with pytest.raises(Refused) as refusal:
        sealing.seal(clerk, dossier.pk, at)
    assert refusal.value.code == "not_sealer"


def test_a_relative_of_a_party_does_not_seal():
    (case,), dossier, at = minuted()
    Kinship.objects.create(user=sealer(), relative=case.application.subject, relation="aunt")
    with pytest.raises(Refused) as refusal:
        sealing.seal(sealer(), dossier.pk, at)
    assert refusal.value.code == "recusal"


def test_what_an_official_did_at_a_stage_does_not_keep_them_from_sealing():
    (case,), _dossier, _at = minuted()
    assert door.close_to(sealer(), [case.application.pk]) == set()


def test_an_empty_dossier_or_one_without_minutes_is_not_sealed():
    (case,), dossier, at = opened()
    with pytest.raises(Invalid) as refusal:
        sealing.seal(sealer(), dossier.pk, at)
    assert refusal.value.code == "empty"
    cases.add(opener(), dossier.pk, [case.public_id], at)
    with pytest.raises(Invalid) as refusal:
        sealing.seal(sealer(), dossier.pk, at)
    assert refusal.value.code == "no_minutes"


def test_a_page_that_showed_other_cases_does_not_seal():
    (_case,), dossier, at = minuted()
    with pytest.raises(Conflict):
        sealing.seal(sealer(), dossier.pk, at, version=7)


def test_a_case_that_was_withdrawn_is_taken_out_before_the_seal():
    case = world.at_decision(2)
    (_case,), dossier, at = minuted(case)
    case.at = at
    case.withdraw()
    with pytest.raises(Invalid) as refusal:
        sealing.seal(sealer(), dossier.pk, case.at)
    assert case.application.number in str(refusal.value.message)


def test_a_sealed_dossier_is_changed_no_more():
    (case,), dossier, at = sealed()
    [row] = cases.rows_of(dossier)
    acts = [
        lambda: cases.remove(opener(), dossier.pk, row.pk, at),
        lambda: cases.add_one(opener(), dossier.pk, case.public_id, at),
        lambda: minutes.write(opener(), dossier.pk, meeting(at), at),
        lambda: sealing.seal(sealer(), dossier.pk, at),
    ]
    for act in acts:
        with pytest.raises(Conflict):
            act()


def test_a_seal_that_fails_takes_no_number():
    (_case,), dossier, at = minuted()
    minutes.write(opener(), dossier.pk, meeting(at, text="\U0010fffd"), at)
    with pytest.raises(Invalid):
        sealing.seal(sealer(), dossier.pk, at)
    minutes.write(opener(), dossier.pk, meeting(at), at)
    again = sealing.seal(sealer(), dossier.pk, at)
    assert again.paper.sequence == 1


def test_a_draft_bears_no_number():
    (_case,), dossier, _at = filled()
    content = sheets.draft_of(dossier, timezone.now())
    assert "草稿" in content.number
    assert [section.heading for section in content.sections] == ["汇总表", "公示内容", "请示", "花名册"]
