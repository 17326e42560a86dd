"""A colleague goes on with a school's batch: in their own name, on record, and nobody reviews what they wrote."""

import pytest
from django.test import Client
from django.utils import timezone

from applications import actions, door, leases
from applications import answers as answers_of
from applications.door import barred_from
from applications.models import Application, CaseActor
from audit.models import Event
from helping.models import SchoolBatch
from helping.schools import bringing, consenting, handing, runs
from people.models import User
from people.refusals import Conflict, NotFound
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.helping import graduates
from tests.helping.graduates import AT
from tests.helping.test_schools import ready
from tests.threads import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return graduates.colleague()


@pytest.fixture
def batch():
    return graduates.made(2)


def handed_on():
    return Event.objects.filter(action="case.handed_on")


def failing_at(monkeypatch, student):
    """Somebody has the student's case open."""
    open_current = door.open_current

    def changed(pk, *keys, **given):
        if pk == student.application_id:
            raise Conflict(code="stale")
        return open_current(pk, *keys, **given)

    monkeypatch.setattr(door, "open_current", changed)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


class TestTakingOn:
    def test_the_cases_come_into_the_colleague_s_name_each_on_record(self, batch, colleague):
        assert runs.take_on(colleague, batch.pk, AT) == handing.Handed(2, 0)
        case = batch.students.first().application
        assert case.filed_by == colleague
        event = Event.objects.get(stream=case.stream, action="case.handed_on")
        assert (event.actor, event.data["before"]) == (colleague.username, "school")
        assert Event.objects.get(action="school.taken_on").actor == colleague.username

    def test_the_colleague_goes_on_with_answers_papers_and_filing(self, batch, colleague):
        student = batch.students.first()
        ready(student)
        runs.take_on(colleague, batch.pk, AT)
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
        runs.take_on(colleague, batch.pk, AT)
        runs.file_all(colleague, batch.pk, AT)
        student.refresh_from_db()
        item = world.open_item(student.application)
        assert barred_from(student.application, world.user("school"), item.stage)
        assert barred_from(student.application, colleague, item.stage)

    def test_who_handed_it_on_goes_on_with_nothing(self, batch, colleague):
        runs.take_on(colleague, batch.pk, AT)
        with pytest.raises(NotFound):
            actions.save_answers(graduates.clerk(), batch.students.first().application.public_id, {}, AT)
        with pytest.raises(Conflict):
            runs.file_all(graduates.clerk(), batch.pk, AT)

    def test_drafts_made_afterwards_are_the_colleague_s(self, colleague):
        batch = graduates.brought(1)
        runs.take_on(colleague, batch.pk, AT)
        with pytest.raises(Conflict):
            runs.confirm(graduates.clerk(), batch.pk, AT)
        runs.confirm(colleague, batch.pk, AT)
        assert batch.students.get().application.filed_by == colleague

    def test_a_case_the_colleague_acted_on_as_an_official_stays(self, batch, colleague):
        first = batch.students.first().application
        seat = {"who": f"user:{colleague.pk}", "capacity": CaseActor.Capacity.OFFICIAL, "stage": "accept"}
        CaseActor.objects.create(application=first, **seat)
        assert runs.take_on(colleague, batch.pk, AT) == handing.Handed(1, 1)
        first.refresh_from_db()
        assert first.filed_by == graduates.clerk()

    def test_a_case_that_changed_meanwhile_stops_no_other_and_is_named_by_its_row(self, batch, colleague, monkeypatch):
        first = batch.students.first()
        failing_at(monkeypatch, first)
        assert runs.take_on(colleague, batch.pk, AT) == handing.Handed(1, 0, (first.row,))
        page = text_of(client_of(colleague).post(f"/helping/schools/{batch.pk}/take-on/", follow=True))
        assert f"第{first.row}行没有转成" in page
        monkeypatch.undo()
        assert runs.take_on(colleague, batch.pk, AT) == handing.Handed(1, 0)

    def test_what_could_not_be_moved_is_filed_by_nobody_meanwhile(self, batch, colleague, monkeypatch):
        last = batch.students.last()
        ready(last)
        failing_at(monkeypatch, last)
        assert runs.take_on(colleague, batch.pk, AT) == handing.Handed(1, 0, (last.row,))
        runs.file_all(colleague, batch.pk, AT)
        last.refresh_from_db()
        assert (last.code, last.application.filed_by) == ("not_yours", graduates.clerk())
        page = text_of(client_of(colleague).get(f"/helping/schools/{batch.pk}/"))
        assert "还在原来的同事名下" in page
        assert "学生已经停止由学校办理" not in page

    def test_why_a_case_stays_stands_at_its_row(self, batch, colleague):
        first = batch.students.first().application
        seat = {"who": f"user:{colleague.pk}", "capacity": CaseActor.Capacity.OFFICIAL, "stage": "accept"}
        CaseActor.objects.create(application=first, **seat)
        client = client_of(colleague)
        page = text_of(client.post(f"/helping/schools/{batch.pk}/take-on/", follow=True))
        assert "1份没有转" in page
        assert "仍由原来的同事办理" in text_of(client.get(f"/helping/schools/{batch.pk}/"))

    def test_what_a_student_took_over_stays_theirs(self, batch, colleague):
        first, own = batch.students.first().application, world.user("applicant2")
        type(first).objects.filter(pk=first.pk).update(filed_by=own, for_other=False)
        assert runs.take_on(colleague, batch.pk, AT) == handing.Handed(1, 0)
        first.refresh_from_db()
        assert first.filed_by == own

    def test_it_is_taken_back_the_same_way(self, batch, colleague):
        runs.take_on(colleague, batch.pk, AT)
        runs.take_on(graduates.clerk(), batch.pk, AT)
        assert SchoolBatch.objects.get().keeper == graduates.clerk()
        assert set(User.objects.filter(filed_applications__student__batch=batch)) == {graduates.clerk()}

    def test_nobody_takes_it_on_while_a_worker_has_it(self, batch, colleague):
        SchoolBatch.objects.update(state="filing", lease_until=AT)
        with pytest.raises(Conflict):
            runs.take_on(colleague, batch.pk, AT)

    def test_another_office_finds_nothing_to_take_on(self, batch):
        with pytest.raises(NotFound):
            runs.take_on(world.user("township"), batch.pk, AT)


class TestByAWorker:
    """More than the page has time for are moved by a worker, each once, whatever happens to the worker."""

    @pytest.fixture
    def many(self, colleague):
        batch = graduates.made(runs.AT_ONCE + 1)
        assert runs.take_on(colleague, batch.pk, AT) == handing.Handed(0, 0, (), runs.AT_ONCE + 1)
        return batch

    def test_the_page_comes_at_once_and_the_rest_is_finished_by_the_job(self, many, colleague):
        assert SchoolBatch.objects.get().state == "handing"
        assert not handed_on().exists()
        assert runs.work(many.pk)
        self.all_moved_once(colleague)

    def test_one_that_was_killed_in_the_middle_goes_on_and_ends_the_same(self, many, colleague, monkeypatch):
        renew, done = leases.renew, []

        def killed(*given):
            done.append(given)
            if len(done) == 5:
                raise SystemExit
            return renew(*given)

        monkeypatch.setattr(leases, "renew", killed)
        with pytest.raises(SystemExit):
            runs.work(many.pk)
        monkeypatch.undo()
        assert handed_on().count() == 5
        assert runs.resume_schools(timezone.now()) == 0
        assert runs.resume_schools(timezone.now() + 2 * bringing.LEASE) == 1
        runs.work(many.pk)
        self.all_moved_once(colleague)

    def test_the_page_tells_how_far_it_is(self, many, colleague, monkeypatch):
        client, address = client_of(colleague), f"/helping/schools/{many.pk}/"
        page = text_of(client.get(address))
        assert f"已经办了0人，还剩{runs.AT_ONCE + 1}人" in page
        assert "刷新看看" in page
        first = many.students.first().application
        type(first).objects.filter(pk=first.pk).update(filed_by=colleague)
        assert f"已经办了1人，还剩{runs.AT_ONCE}人" in text_of(client.get(address))
        runs.work(many.pk)
        assert "还剩" not in text_of(client.get(address))

    def test_the_page_says_that_it_goes_on_by_itself(self, colleague):
        batch = graduates.made(runs.AT_ONCE + 1)
        answer = client_of(colleague).post(f"/helping/schools/{batch.pk}/take-on/", follow=True)
        assert f"{runs.AT_ONCE + 1}份申请正在一份一份转到您名下" in text_of(answer)

    def all_moved_once(self, colleague):
        assert SchoolBatch.objects.get().state == "made"
        assert set(User.objects.filter(filed_applications__student__isnull=False)) == {colleague}
        streams = list(handed_on().values_list("stream", flat=True))
        assert len(streams) == len(set(streams)) == runs.AT_ONCE + 1


class TestMakingByAWorker:
    def test_one_that_was_killed_in_the_middle_goes_on_and_makes_each_once(self, monkeypatch):
        batch, renew, done = graduates.brought(runs.AT_ONCE + 1), leases.renew, []
        runs.confirm(graduates.clerk(), batch.pk, AT)
        page = text_of(sign_in("school").get(f"/helping/schools/{batch.pk}/"))
        assert f"已经办了0人，还剩{runs.AT_ONCE + 1}人" in page

        def killed(*given):
            done.append(given)
            if len(done) == 3:
                raise SystemExit
            return renew(*given)

        monkeypatch.setattr(leases, "renew", killed)
        with pytest.raises(SystemExit):
            runs.work(batch.pk)
        monkeypatch.undo()
        page = text_of(sign_in("school").get(f"/helping/schools/{batch.pk}/"))
        assert f"已经办了3人，还剩{runs.AT_ONCE - 2}人" in page
        assert runs.resume_schools(timezone.now() + 2 * bringing.LEASE) == 1
        runs.work(batch.pk)
        assert set(batch.students.values_list("result", flat=True)) == {"made"}
        assert Application.objects.count() == runs.AT_ONCE + 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_hand_each_case_on_once():
    colleague, batch = graduates.colleague(), graduates.made(4)
    SchoolBatch.objects.update(state="handing", lease_until=AT, kept_by=colleague)
    batch.refresh_from_db()
    race(lambda: handing.hand_on(batch), lambda: handing.hand_on(batch), lambda: runs.work(batch.pk))
    streams = list(handed_on().values_list("stream", flat=True))
    assert len(streams) == len(set(streams)) == 4


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
