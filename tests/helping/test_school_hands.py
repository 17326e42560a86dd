"""A colleague goes on with a school's batch: in their own name, on record, and nobody reviews what they wrote."""

import pytest
from django.test import Client

from applications import actions, door
from applications import answers as answers_of
from applications.door import barred_from
from applications.models import CaseActor
from audit.models import Event
from helping.models import SchoolBatch
from helping.schools import consenting, handing, runs
from people.models import User
from people.refusals import Conflict, NotFound
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.helping import graduates
from tests.helping.graduates import AT
from tests.helping.test_schools import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return graduates.colleague()


@pytest.fixture
def batch():
    return graduates.made(2)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


class TestTakingOn:
    def test_the_cases_come_into_the_colleague_s_name_each_on_record(self, batch, colleague):
        assert handing.take_on(colleague, batch.pk, AT) == handing.Handed(2, 0)
        case = batch.students.first().application
        assert case.filed_by == colleague
        event = Event.objects.get(stream=case.stream, action="case.handed_on")
        assert (event.actor, event.data["before"]) == (colleague.username, "school")
        assert Event.objects.get(action="school.taken_on").actor == colleague.username

    def test_the_colleague_goes_on_with_answers_papers_and_filing(self, batch, colleague):
        student = batch.students.first()
        ready(student)
        handing.take_on(colleague, batch.pk, AT)
        actions.save_answers(colleague, student.application.public_id, {"phone": "13911112222"}, AT)
        runs.file_all(colleague, batch.pk, AT)
        student.refresh_from_db()
        assert student.application.number
        assert answers_of.read(student.application)["phone"] == "13911112222"
        assert Event.objects.get(stream=student.application.stream, action="application.submitted").actor == (
            colleague.username
        )

    def test_both_are_parties_and_review_nothing_of_it(self, batch, colleague):
        student = batch.students.first()
        ready(student)
        handing.take_on(colleague, batch.pk, AT)
        runs.file_all(colleague, batch.pk, AT)
        student.refresh_from_db()
        item = world.open_item(student.application)
        assert barred_from(student.application, world.user("school"), item.stage)
        assert barred_from(student.application, colleague, item.stage)

    def test_who_handed_it_on_goes_on_with_nothing(self, batch, colleague):
        handing.take_on(colleague, batch.pk, AT)
        with pytest.raises(NotFound):
            actions.save_answers(graduates.clerk(), batch.students.first().application.public_id, {}, AT)
        with pytest.raises(Conflict):
            runs.file_all(graduates.clerk(), batch.pk, AT)

    def test_drafts_made_afterwards_are_the_colleague_s(self, colleague):
        batch = graduates.brought(1)
        handing.take_on(colleague, batch.pk, AT)
        with pytest.raises(Conflict):
            runs.confirm(graduates.clerk(), batch.pk, AT)
        runs.confirm(colleague, batch.pk, AT)
        assert batch.students.get().application.filed_by == colleague

    def test_a_case_the_colleague_acted_on_as_an_official_stays(self, batch, colleague):
        first = batch.students.first().application
        seat = {"who": f"user:{colleague.pk}", "capacity": CaseActor.Capacity.OFFICIAL, "stage": "accept"}
        CaseActor.objects.create(application=first, **seat)
        assert handing.take_on(colleague, batch.pk, AT) == handing.Handed(1, 1)
        first.refresh_from_db()
        assert first.filed_by == graduates.clerk()

    def test_a_case_that_changed_meanwhile_stops_no_other_and_is_named_by_its_row(self, batch, colleague, monkeypatch):
        open_current, first = door.open_current, batch.students.first()

        def changed(pk, *keys, **given):
            if pk == first.application_id:
                raise Conflict(code="stale")
            return open_current(pk, *keys, **given)

        monkeypatch.setattr(door, "open_current", changed)
        assert handing.take_on(colleague, batch.pk, AT) == handing.Handed(1, 0, (first.row,))
        page = text_of(client_of(colleague).post(f"/helping/schools/{batch.pk}/take-on/", follow=True))
        assert f"第{first.row}行没有转成" in page
        monkeypatch.undo()
        assert handing.take_on(colleague, batch.pk, AT) == handing.Handed(1, 0)

    def test_what_there_is_no_time_for_waits_and_is_filed_by_nobody_meanwhile(self, batch, colleague, monkeypatch):
        last = batch.students.last()
        ready(last)
        times = iter((0, 1, handing.SECONDS + 1))
        monkeypatch.setattr(handing, "monotonic", lambda: next(times))
        assert handing.take_on(colleague, batch.pk, AT) == handing.Handed(1, 0, (), 1)
        runs.file_all(colleague, batch.pk, AT)
        last.refresh_from_db()
        assert (last.code, last.application.filed_by) == ("not_yours", graduates.clerk())
        page = text_of(client_of(colleague).get(f"/helping/schools/{batch.pk}/"))
        assert "还在原来的同事名下" in page
        assert "学生已经停止由学校办理" not in page

    def test_what_a_student_took_over_stays_theirs(self, batch, colleague):
        first, own = batch.students.first().application, world.user("applicant2")
        type(first).objects.filter(pk=first.pk).update(filed_by=own, for_other=False)
        assert handing.take_on(colleague, batch.pk, AT) == handing.Handed(1, 0)
        first.refresh_from_db()
        assert first.filed_by == own

    def test_it_is_taken_back_the_same_way(self, batch, colleague):
        handing.take_on(colleague, batch.pk, AT)
        handing.take_on(graduates.clerk(), batch.pk, AT)
        assert SchoolBatch.objects.get().keeper == graduates.clerk()
        assert set(User.objects.filter(filed_applications__student__batch=batch)) == {graduates.clerk()}

    def test_nobody_takes_it_on_while_a_worker_has_it(self, batch, colleague):
        SchoolBatch.objects.update(state="filing", lease_until=AT)
        with pytest.raises(Conflict):
            handing.take_on(colleague, batch.pk, AT)

    def test_another_office_finds_nothing_to_take_on(self, batch):
        with pytest.raises(NotFound):
            handing.take_on(world.user("township"), batch.pk, AT)


class TestThePages:
    def test_a_colleague_sees_the_batch_and_the_way_to_go_on(self, batch, colleague):
        client = client_of(colleague)
        page = text_of(client.get(f"/helping/schools/{batch.pk}/"))
        assert "由我接着办" in page
        assert "提交所有可以提交的" not in page
        assert client.post(f"/helping/schools/{batch.pk}/take-on/").status_code == 302
        page = text_of(client.get(f"/helping/schools/{batch.pk}/"))
        assert "由我接着办" not in page
        assert "提交所有可以提交的" in page

    def test_who_brought_it_in_is_not_asked_to_take_it_on(self, batch):
        assert "由我接着办" not in text_of(sign_in("school").get(f"/helping/schools/{batch.pk}/"))

    def test_a_colleague_records_a_consent_without_taking_it_on(self, batch, colleague):
        said = {"way": "signed", "document": "同意书第1号"}
        consenting.consent_at_school(colleague, batch.students.first(), said, AT)
        assert "已同意" in text_of(client_of(colleague).get(f"/helping/schools/{batch.pk}/"))
