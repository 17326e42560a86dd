"""A school's file: checked as a whole, a draft a student, filed with each one's consent, and nobody twice."""

import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from applications import answers as answers_of
from applications import attachments
from applications.models import Application
from applications.papers_due import missing_papers
from audit.models import Event
from helping.models import HelpedCase, Mandate, SchoolBatch, Student
from helping.schools import bringing, consenting, filing, making, runs, shown
from helping.sheets.columns import headed
from helping.sheets.template import template
from helping.standing import end_mandate
from people import recording
from people.models import Person
from people.refusals import Conflict, Invalid, NotFound
from people.tables import FaultyFile, table_of
from tests import world
from tests.applications.pages import photo, sign_in, text_of
from tests.helping import graduates
from tests.helping.graduates import AT, SCHEME
from tests.threads import race

pytestmark = pytest.mark.django_db


def hand_in(student):
    application = student.application
    for paper in missing_papers(application, AT):
        attachments.add(graduates.clerk(), application.public_id, paper.code, photo(), AT)


def ready(student):
    graduates.agree(student)
    hand_in(student)
    return student


class TestTheFile:
    def test_the_template_has_a_column_for_every_question_and_a_sheet_of_rules(self):
        version = bringing.scheme_with(SCHEME)
        questions = bringing.questions_of(version.definition)
        first = table_of(template(questions))[0]
        assert first == ["姓名", "身份证号码", *headed(questions)]
        assert set(graduates.HEADINGS.values()) <= set(first)

    def test_every_fault_is_told_with_row_and_column_and_nothing_is_kept(self):
        rows = [
            graduates.cells(0, id_number="123"),
            graduates.cells(1, study_mode="夜校"),
            graduates.cells(2, graduation_date="明年", seeks_work="也许"),
            graduates.cells(3),
            graduates.cells(3),
        ]
        with pytest.raises(FaultyFile) as refusal:
            graduates.brought(rows=rows)
        told = [(fault.row, fault.column) for fault in refusal.value.faults]
        assert told == [
            (2, "身份证号码"),
            (3, "学习形式"),
            (4, "毕业日期"),
            (4, graduates.HEADINGS["seeks_work"]),
            (6, "身份证号码"),
        ]
        assert not SchoolBatch.objects.exists()

    def test_a_column_nobody_asks_for_is_named(self):
        content = graduates.as_csv([[*graduates.cells(0), "x"]], [*graduates.HEADINGS.values(), "民族"])
        with pytest.raises(Invalid, match="民族"):
            bringing.bring(graduates.clerk(), graduates.school(), SCHEME, content, AT)

    def test_the_rows_are_sealed(self):
        batch = graduates.brought(1)
        stored = b"".join(bytes(one.answers) for one in batch.students.all())
        assert graduates.person(0).id_number.encode() not in stored
        assert graduates.person(0).account.encode() not in stored

    def test_the_same_file_again_is_the_same_batch(self):
        assert graduates.brought().pk == graduates.brought().pk

    def test_a_file_given_up_is_forgotten(self):
        batch = graduates.brought()
        bringing.drop(graduates.clerk(), batch.pk, AT)
        assert set(batch.students.values_list("result", "answers")) == {("dropped", b"")}
        assert SchoolBatch.objects.get().data_key.destroyed_at == AT

    @pytest.mark.parametrize("name", ["township", "county-clerk", "applicant", "county-reviewer"])
    def test_nobody_else_brings_one_in_or_sees_it(self, name):
        batch = graduates.brought()
        client = sign_in(name)
        assert client.get("/helping/schools/").status_code == 404
        assert client.get(f"/helping/schools/{batch.pk}/").status_code == 404
        with pytest.raises(NotFound):
            bringing.bring(world.user(name), graduates.school(), SCHEME, b"x", AT)

    def test_the_page_tells_the_faults_and_answers_422(self):
        upload = SimpleUploadedFile("a.csv", graduates.as_csv([graduates.cells(0, id_number="1")]))
        sent = {"office": graduates.school().pk, "scheme": SCHEME, "file": upload}
        answer = sign_in("school").post("/helping/schools/", sent)
        assert answer.status_code == 422
        assert "第2行“身份证号码”" in text_of(answer)


class TestDrafts:
    def test_each_student_gets_a_draft_with_the_answers_and_the_school(self):
        batch = graduates.made(2)
        assert batch.state == "made"
        first = batch.students.first()
        known = answers_of.read(first.application)
        assert known["id_number"] == graduates.person(0).id_number
        assert known["school"] == graduates.school().pk
        assert first.application.for_other
        assert bytes(first.answers) == b""

    def test_another_file_with_the_same_student_makes_nothing_new(self):
        graduates.made(2)
        again = graduates.made(rows=[graduates.cells(1), graduates.cells(2)])
        assert list(again.students.values_list("result", flat=True)) == ["known", "made"]
        assert Application.objects.count() == 3

    def test_a_student_who_applied_alone_is_known_by_the_hash_of_the_number(self):
        world.grant(2, id_number=graduates.person(0).id_number, name=graduates.person(0).name).submit()
        assert graduates.made(1).students.get().result == "known"

    def test_a_student_on_record_who_agreed_before_is_bound_at_once(self):
        ready(graduates.made(1).students.get())
        Student.objects.update(application=None, result="known")
        student = graduates.made(rows=[graduates.cells(0, phone="13987654321")]).students.get()
        assert student.result == "known" or HelpedCase.objects.filter(application=student.application).exists()

    def test_confirming_twice_is_refused(self):
        batch = graduates.made(1)
        with pytest.raises(Conflict):
            runs.confirm(graduates.clerk(), batch.pk, AT)

    def test_many_are_left_to_a_worker(self):
        batch = graduates.brought(runs.AT_ONCE + 1)
        runs.confirm(graduates.clerk(), batch.pk, AT)
        assert SchoolBatch.objects.get().state == "making"
        assert not Application.objects.exists()
        assert runs.work(batch.pk)
        assert Application.objects.count() == runs.AT_ONCE + 1

    def test_a_batch_whose_worker_was_killed_goes_on_and_makes_nobody_twice(self):
        batch = graduates.brought(2)
        runs.confirm(graduates.clerk(), batch.pk, AT)
        SchoolBatch.objects.update(state="making", lease_until=AT)
        assert runs.work(batch.pk)
        assert not runs.work(batch.pk)
        assert Application.objects.count() == 2


class TestFiling:
    def test_without_consent_nothing_is_filed_and_the_reason_is_told(self):
        batch = graduates.made(1)
        runs.file_all(graduates.clerk(), batch.pk, AT)
        assert batch.students.get().code == filing.CONSENT
        page = text_of(sign_in("school").get(f"/helping/schools/{batch.pk}/"))
        assert "学生还没有同意" in page

    def test_without_papers_nothing_is_filed(self):
        batch = graduates.made(1)
        graduates.agree(batch.students.get())
        runs.file_all(graduates.clerk(), batch.pk, AT)
        assert batch.students.get().code == filing.PAPERS

    def test_all_that_are_complete_are_filed_and_the_others_wait(self):
        batch = graduates.made(2)
        first, second = batch.students.all()
        ready(first)
        runs.file_all(graduates.clerk(), batch.pk, AT)
        first.refresh_from_db()
        second.refresh_from_db()
        assert first.application.number
        assert (first.code, second.code) == ("", filing.CONSENT)
        assert HelpedCase.objects.get(application=first.application).mandate.kind == Mandate.Kind.SCHOOL

    def test_one_by_one(self):
        student = ready(graduates.made(1).students.get())
        assert filing.file_one(graduates.clerk(), student.pk, AT) == ""
        assert Application.objects.get().number

    def test_a_student_agrees_in_their_own_account(self):
        batch = graduates.made(1)
        student, own = batch.students.get(), world.user("applicant2")
        own.person = Person.objects.create(name="学生", data_key=_key(), id_index=student.id_index, id_number=b"x")
        own.save()
        assert list(consenting.asked_of(own)) == [student]
        answer = sign_in("applicant2").post("/applications/from-school/", {"student": student.pk})
        assert answer.status_code == 302
        assert Mandate.objects.get().way == Mandate.Way.OWN_ACCOUNT
        assert filing.consented(graduates.clerk(), [student.id_index], AT.replace(year=2030))

    def test_nobody_agrees_for_somebody_else(self):
        student = graduates.made(1).students.get()
        answer = sign_in("applicant").post("/applications/from-school/", {"student": student.pk})
        assert answer.status_code == 404
        assert not Mandate.objects.exists()

    def test_a_colleague_files_nothing_in_another_s_name(self):
        batch = graduates.made(1)
        colleague = world.user("township")
        with pytest.raises(NotFound):
            runs.file_all(colleague, batch.pk, AT)


class TestWhoActs:
    def test_the_consent_a_student_gives_is_the_student_s_act(self):
        batch = graduates.made(1)
        student, own = batch.students.get(), world.user("applicant2")
        own.person = Person.objects.create(name="学生", data_key=_key(), id_index=student.id_index, id_number=b"x")
        own.save()
        consenting.consent_myself(own, student.pk, AT)
        assert _event(student, "case.consent_recorded").actor == "applicant2"

    def test_the_consent_a_colleague_records_is_the_colleague_s_act(self):
        student = graduates.made(1).students.get()
        colleague = graduates.colleague()
        said = {"way": Mandate.Way.SIGNED, "document": "同意书第1号"}
        consenting.consent_at_school(colleague, student, said, AT)
        assert _event(student, "case.consent_recorded").actor == colleague.username

    def test_a_number_on_record_under_another_name_is_not_agreed_for(self):
        student = graduates.made(1).students.get()
        recording.person_with(graduates.person(0).id_number, "另一个人")
        with pytest.raises(Invalid) as refusal:
            graduates.agree(student)
        assert refusal.value.code == "other_name"


class TestABadRow:
    @pytest.fixture
    def batch(self, monkeypatch):
        batch, real = graduates.brought(3), making._draft

        def draft(batch, student, at):
            if student.row == 3:
                raise RuntimeError("broken")
            return real(batch, student, at)

        monkeypatch.setattr(making, "_draft", draft)
        runs.confirm(graduates.clerk(), batch.pk, AT)
        monkeypatch.undo()
        batch.refresh_from_db()
        return batch

    def test_stops_nobody_else_and_is_told_at_its_row(self, batch):
        assert list(batch.students.values_list("result", "code")) == [("made", ""), ("", "fault"), ("made", "")]
        assert batch.state == "made"
        page = text_of(sign_in("school").get(f"/helping/schools/{batch.pk}/"))
        assert "系统出错，请再试一次" in page
        assert "再试一次剩下的" in page

    def test_is_tried_again_when_asked(self, batch):
        runs.confirm(graduates.clerk(), batch.pk, AT)
        assert set(batch.students.values_list("result", "code")) == {("made", "")}


class TestAStudentWhoSaidStop:
    @pytest.fixture
    def batch(self):
        batch = graduates.made(2)
        mandate = graduates.agree(batch.students.first())
        end_mandate(graduates.clerk(), mandate, AT, capacity="office")
        return batch

    def test_is_named_on_no_page_of_the_school(self, batch):
        page = text_of(sign_in("school").get(f"/helping/schools/{batch.pk}/"))
        assert graduates.person(0).name not in page
        assert graduates.person(1).name in page
        assert "不再由学校办理" in page

    def test_has_no_page_of_their_own_there(self, batch):
        first = batch.students.first()
        assert sign_in("school").get(f"/helping/schools/{batch.pk}/{first.pk}/").status_code == 404

    def test_is_not_counted_among_the_drafts(self, batch):
        counts = shown.counts_of(graduates.clerk(), batch, AT)
        assert (counts["drafts"], counts["gone"]) == (1, 1)


def _event(student, action):
    return Event.objects.get(stream=student.application.stream, action=action)


def _key():
    from people import vault

    key = vault.new_data_key()
    key.save()
    return key


@pytest.mark.django_db(transaction=True)
def test_two_workers_of_two_batches_make_one_draft_for_a_student_on_both():
    first, second = graduates.brought(1), graduates.brought(rows=[graduates.cells(0, phone="13987654321")])
    for batch in (first, second):
        SchoolBatch.objects.filter(pk=batch.pk).update(state="making", confirmed_at=AT, lease_until=AT)
    race(lambda: runs.work(first.pk), lambda: runs.work(second.pk))
    assert sorted(Student.objects.values_list("result", flat=True)) == ["known", "made"]
    assert Application.objects.count() == 1


def test_five_hundred_rows_are_read_in_bounded_memory():
    content = graduates.as_csv([graduates.cells(n) for n in range(500)])
    tracemalloc.start()
    batch, new = bringing.bring(graduates.clerk(), graduates.school(), SCHEME, content, AT)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert new
    assert batch.students.count() == 500
    assert peak < 40 * 1024 * 1024
