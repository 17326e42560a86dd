"""Somebody writes while a page is being put together: it breaks nothing, and what adds up is of one moment."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import InternalError, transaction
from django.db.utils import NotSupportedError

from applications.models import Application
from approvals.moves import lists, recusing
from archives import filing
from archives.models import Volume
from archives.packages import writing
from benefits.budgets import waiting
from benefits.models import Budget
from people.models import User
from people.one_moment import one_moment
from tests import stages, world
from tests.approvals.desk import sign_in
from tests.archives.shelves import KEEPER, filed, refused
from tests.between import written_after
from tests.payouts import budget_rows
from workflows.models import WorkItem

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("peopled", "plain_papers", "_own_house")]
threads = pytest.mark.postgres_threads
FIGURE = re.compile(r"\d[\d,]*\.\d\d")


@pytest.fixture
def _own_house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def rename(name):
    return lambda: User.objects.filter(username="finance-maker").update(full_name=name)


def name():
    return User.objects.get(username="finance-maker").full_name


@threads
def test_what_is_written_meanwhile_is_not_seen_until_the_moment_is_over():
    before = name()
    with written_after("people_user", rename("改名")), one_moment():
        assert [name(), name()] == [before, before]
    assert name() == "改名"


@threads
def test_nothing_is_written_in_it():
    with pytest.raises((InternalError, NotSupportedError)), one_moment():
        rename("改名")()


def test_inside_a_transaction_it_is_what_that_one_sees():
    with transaction.atomic(), one_moment():
        rename("改名")()
        assert name() == "改名"


def tamper():
    Budget.objects.filter(scheme_code="grad-jobseeking").update(reserved="77.00")


@threads
def test_the_balance_tells_sums_and_faults_of_one_moment(capsys):
    world.granted()
    with written_after("benefits_due", tamper) as seen:
        call_command("balance")
    assert seen
    assert capsys.readouterr().out.endswith("balanced\n")
    with pytest.raises(SystemExit):
        call_command("balance")


@threads
def test_the_page_of_the_balance_shows_sums_movements_and_checks_of_one_moment(clock):
    first = world.granted()
    later = world.at_decision(5)
    clock.move_to(later.at + timedelta(hours=30))
    desk = sign_in("finance-maker")
    with written_after("benefits_due", lambda: later.say("grant")) as seen:
        found = desk.get("/finance/balance/").context
    assert seen
    assert Application.objects.get(pk=later.application.pk).state == "granted"
    assert found["approved"] == sum(day.approved for day in found["days"]) == first.application.amount


def test_a_case_taken_back_while_its_place_is_counted_stands_nowhere():
    case = budget_rows.listed()
    with written_after("benefits_waitingplace", case.withdraw) as seen:
        assert waiting.standing_of(case.application, case.at) is None
    assert seen


def test_an_item_left_while_the_list_is_made_breaks_it_not():
    cases = [world.grant(n).submit() for n in (2, 5)]
    school = cases[0].item().queue.office
    overseer = stages.official("supervisor-school", school, "supervisor")
    taken, left = (case.item() for case in cases)
    for case in cases:
        recusing.recuse(case.official(), case.item().pk, "申请人是我的邻居。", case.later(1))
    WorkItem.objects.filter(pk=taken.pk).update(owner=overseer)
    free = lambda: WorkItem.objects.filter(pk=taken.pk).update(owner=None)  # noqa: E731
    with written_after('"workflows_workitem"."owner_id" IS NULL', free) as seen:
        found = lists.stranded(overseer, cases[1].at)
    assert seen
    assert [item.pk for item, _move in found] == [left.pk]


@threads
def test_the_review_page_shows_a_case_of_one_moment(clock):
    case = world.at_decision()
    clock.move_to(case.later())
    desk = sign_in("prefecture-approver")
    with written_after("applications_application", lambda: case.say("grant")) as seen:
        page = desk.get(f"/inbox/{case.public_id}/")
    assert seen
    assert page.status_code == 200
    assert page.context["form"] is not None
    assert Application.objects.get(pk=case.application.pk).state == "granted"


@threads
def test_a_case_filed_while_a_package_is_made_is_in_it_with_its_papers_or_not_at_all():
    _case, row = filed()
    other = refused(2)
    at = row.filed_at + timedelta(days=1)
    put = lambda: filing.file_case(world.user(KEEPER), other.public_id, at)  # noqa: E731
    stream = io.BytesIO()
    with written_after("archives_filedcase", put) as seen:
        writing.write(stream, Volume.objects.filter(pk=row.volume_id).select_related("office"), None)
    assert seen
    [volume] = json.loads(zipfile.ZipFile(stream).read("manifest.json"))["volumes"]
    assert {one["number"] for one in volume["cases"]} == {one["case"] for one in volume["catalogue"]}
