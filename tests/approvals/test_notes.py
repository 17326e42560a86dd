"""Notes, labels and internal fields beside a case: who keeps them, who reads them, and what stays on record."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from approvals.models import CaseLabel, FieldValue, Label, Note
from approvals.notes import fields, labels, notes
from people import vault
from people.models import Kinship
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.approvals import asking as desk
from tests.approvals.desk import address, events, sign_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return desk.before_the_reviewer()


def beside(case, what):
    return f"/inbox/{case.public_id}/{what}/"


def related(case, name):
    Kinship.objects.create(user=world.user(name), relative=case.application.subject, relation="sister")


class TestNotes:
    """内部备注."""

    def test_a_note_is_sealed_and_its_event_holds_no_word_of_it(self, case):
        note = desk.note(case)
        assert "核实".encode() not in bytes(note.text)
        assert vault.decrypt(case.application.data_key, bytes(note.text), notes.SEALED) == "已电话核实网点地址。"
        [event] = events("official.note")
        assert "核实" not in str(event.data)

    def test_it_stands_for_the_office_that_had_the_case_last(self, case):
        assert desk.note(case).office == desk.office()
        desk.somebody("civil-clerk", "clerk", desk.office("civil_affairs"))
        assert desk.note(case, "civil-clerk").office == desk.office("civil_affairs")

    def test_every_office_on_the_route_reads_it_in_panel_and_history(self, case):
        desk.note(case)
        desk.somebody("civil-clerk", "clerk", desk.office("civil_affairs"))
        for name in (desk.ASKER, "civil-clerk"):
            assert text_of(sign_in(name).get(address(case))).count("已电话核实网点地址。") == 2

    def test_it_is_written_on_a_page_and_read_there_on_record(self, case):
        client = sign_in(desk.ASKER)
        assert client.post(beside(case, "notes"), {"text": "待补照片"}).status_code == 302
        assert "待补照片" in text_of(client.get(beside(case, "notes")))
        assert events("notes.read")

    def test_an_empty_one_comes_back(self, case):
        answer = sign_in(desk.ASKER).post(beside(case, "notes"), {"text": " "})
        assert answer.status_code == 422
        assert "请写明备注内容。" in text_of(answer)

    def test_it_is_neither_changed_nor_deleted(self, case):
        note = desk.note(case)
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(text=b"")
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.filter(pk=note.pk).delete()

    def test_whoever_acted_at_an_earlier_stage_may_still_note(self, case):
        assert desk.note(case, "county-clerk")

    def test_officials_of_another_county_neither_write_nor_read(self, case):
        desk.note(case)
        with pytest.raises(NotFound):
            desk.note(case, desk.FAR_AWAY)
        assert sign_in(desk.FAR_AWAY).get(beside(case, "notes")).status_code == 404

    def test_a_relative_neither_writes_nor_reads(self, case):
        desk.note(case)
        related(case, "county-clerk")
        with pytest.raises(Refused):
            desk.note(case, "county-clerk")
        client = sign_in("county-clerk")
        assert client.get(beside(case, "notes")).status_code == 403
        assert "已电话核实" not in text_of(client.get(address(case)))

    def test_the_applicant_reads_none(self, case):
        desk.note(case)
        assert "已电话核实" not in text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
        assert sign_in("applicant").get(beside(case, "notes")).status_code == 404


class TestLabels:
    """标签."""

    def test_a_supervisor_adds_one_and_officials_put_it_on_and_take_it_off(self, case):
        desk.supervisor()
        form = {"office": desk.office().pk, "name": "加急", "colour": "red"}
        assert sign_in("dpf-supervisor").post("/inbox/labels/", form).status_code == 302
        client, label = sign_in(desk.ASKER), Label.objects.get()
        assert client.post(beside(case, "labels"), {"label": label.pk}).status_code == 302
        assert labels.cases_with(label).get().public_id == case.public_id
        assert "加急" in text_of(client.get(address(case)))
        assert client.post(f"{beside(case, 'labels')}{label.pk}/remove/").status_code == 302
        assert not labels.cases_with(label).exists()
        row = CaseLabel.objects.get()
        assert (row.by, row.removed_by) == (world.user(desk.ASKER), world.user(desk.ASKER))

    def test_the_page_says_what_labels_are_not_for(self):
        desk.supervisor()
        assert "不要用来记录残疾" in text_of(sign_in("dpf-supervisor").get("/inbox/labels/"))

    def test_two_of_one_name_are_refused_beside_the_field(self):
        desk.label()
        form = {"office": desk.office().pk, "name": "加急", "colour": "blue"}
        answer = sign_in("dpf-supervisor").post("/inbox/labels/", form)
        assert answer.status_code == 422
        assert "本单位已经有这个标签。" in text_of(answer)

    def test_only_the_supervisor_of_the_office_keeps_its_list(self):
        label = desk.label()
        desk.somebody("hrss-supervisor", "supervisor", desk.office("hrss"))
        for name in (desk.ASKER, "hrss-supervisor"):
            with pytest.raises(NotFound):
                labels.define(world.user(name), desk.office(), "另一个", "blue", world.START)
            with pytest.raises(NotFound):
                labels.retire(world.user(name), label.pk, world.START)
        assert sign_in(desk.ASKER).get("/inbox/labels/").status_code == 404

    def test_a_label_is_put_on_once(self, case):
        label = desk.label()
        labels.put_on(world.user(desk.ASKER), case.public_id, label.pk, case.later(1))
        with pytest.raises(Conflict):
            labels.put_on(world.user(desk.ASKER), case.public_id, label.pk, case.later(1))

    def test_what_is_off_is_not_taken_off(self, case):
        with pytest.raises(Conflict):
            labels.take_off(world.user(desk.ASKER), case.public_id, desk.label().pk, case.later(1))

    def test_a_retired_one_stays_where_it_is_and_is_put_on_no_more(self, case):
        row = desk.case_label()
        labels.retire(world.user("dpf-supervisor"), row.label_id, world.START)
        assert labels.cases_with(row.label).exists()
        with pytest.raises(NotFound):
            labels.put_on(world.user(desk.ASKER), case.public_id, row.label_id, case.later(1))
        with pytest.raises(Conflict):
            labels.retire(world.user("dpf-supervisor"), row.label_id, world.START)

    def test_another_office_neither_uses_nor_sees_it(self, case):
        label = desk.label()
        labels.put_on(world.user(desk.ASKER), case.public_id, label.pk, case.later(1))
        desk.somebody("civil-clerk", "clerk", desk.office("civil_affairs"))
        assert "加急" not in text_of(sign_in("civil-clerk").get(address(case)))
        for act in (labels.put_on, labels.take_off):
            with pytest.raises(NotFound):
                act(world.user("civil-clerk"), case.public_id, label.pk, case.later(1))

    def test_another_county_and_a_relative_put_none_on(self, case):
        label = desk.label()
        with pytest.raises(NotFound):
            labels.put_on(world.user(desk.FAR_AWAY), case.public_id, label.pk, case.later(1))
        related(case, desk.ASKER)
        with pytest.raises(Refused):
            labels.put_on(world.user(desk.ASKER), case.public_id, label.pk, case.later(1))

    def test_a_request_without_a_label_finds_nothing(self, case):
        assert sign_in(desk.ASKER).post(beside(case, "labels"), {"label": "x"}).status_code == 404

    def test_the_applicant_sees_none(self, case):
        labels.put_on(world.user(desk.ASKER), case.public_id, desk.label().pk, case.later(1))
        assert "加急" not in text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))


class TestFields:
    """内部字段."""

    KINDS = {"text": "甲-12", "whole": "3", "money": "12.50", "yes_no": "yes", "choice": "二号库"}

    def test_a_supervisor_defines_one_for_a_scheme(self):
        desk.supervisor()
        form = {
            "office": desk.office().pk,
            "scheme": desk.SCHEME,
            "name": "库房",
            "kind": "choice",
            "choices": "一号库\n二号库",
        }
        assert sign_in("dpf-supervisor").post("/inbox/fields/", form).status_code == 302
        [found] = fields.fields_for([desk.office().pk], desk.SCHEME)
        assert (found.options, found.position) == (["一号库", "二号库"], 1)

    def test_options_belong_to_fields_to_choose_from_only(self):
        desk.supervisor()
        form = {"office": desk.office().pk, "scheme": desk.SCHEME, "name": "库房", "kind": "text", "choices": "一号库"}
        assert sign_in("dpf-supervisor").post("/inbox/fields/", form).status_code == 422
        with pytest.raises(Invalid):
            desk.field(kind="choice")

    def test_a_name_is_given_once_an_office_and_scheme(self):
        desk.field()
        with pytest.raises(Invalid):
            desk.field()
        desk.field(scheme="grad-jobseeking")

    def test_every_kind_is_filled_in_on_one_page(self, case):
        made = {
            kind: desk.field(name=kind, name_en="", kind=kind, choices=("一号库", "二号库") * (kind == "choice"))
            for kind in self.KINDS
        }
        day = desk.field(name="day", kind="date")
        sent = {f"field_{field.pk}": self.KINDS[kind] for kind, field in made.items()} | {"seen": 0}
        sent |= {f"field_{day.pk}_{part}": text for part, text in (("year", "2026"), ("month", "9"), ("day", "8"))}
        client = sign_in(desk.ASKER)
        assert client.post(beside(case, "fields"), sent).status_code == 302
        found = fields.filled(case.application, [desk.office().pk])
        assert {one.field.name: one.value for one in found} == {**self.KINDS, "day": "2026-09-08"}
        page = text_of(client.get(beside(case, "fields")))
        assert "二号库" in page

    def test_what_held_before_is_kept_with_who_and_when(self, case):
        field = desk.field()
        for text in ("甲-12", "乙-3"):
            token = fields.seen(case.application)
            fields.write(world.user(desk.ASKER), case.public_id, {field.pk: text}, token, case.later(1))
        [found] = fields.filled(case.application, [desk.office().pk])
        assert [fields.opened(case.application, row) for row in found.written] == ["乙-3", "甲-12"]
        page = text_of(sign_in(desk.ASKER).get(beside(case, "fields")))
        assert "甲-12" in page
        assert "蒙自残联·段" in page

    def test_what_did_not_change_is_not_written_again(self, case):
        field = desk.field()
        assert fields.write(world.user(desk.ASKER), case.public_id, {field.pk: "甲"}, 0, case.later(1)) == 1
        token = fields.seen(case.application)
        assert fields.write(world.user(desk.ASKER), case.public_id, {field.pk: "甲"}, token, case.later(1)) == 0

    def test_values_are_sealed_and_never_written_over(self, case):
        row = desk.field_value()
        assert "甲-12".encode() not in bytes(row.value)
        with pytest.raises(DatabaseError), transaction.atomic():
            FieldValue.objects.filter(pk=row.pk).update(value=b"")

    def test_a_colleague_who_was_quicker_is_not_written_over(self, case):
        field = desk.field()
        fields.write(world.user(desk.ASKER), case.public_id, {field.pk: "甲"}, 0, case.later(1))
        answer = sign_in("dpf-second").post(beside(case, "fields"), {f"field_{field.pk}": "乙", "seen": 0})
        assert answer.status_code == 409

    def test_a_wrong_value_comes_back_as_it_was_typed(self, case):
        field = desk.field(kind="whole")
        answer = sign_in(desk.ASKER).post(beside(case, "fields"), {f"field_{field.pk}": "三个", "seen": 0})
        assert answer.status_code == 422
        assert "三个" in text_of(answer)

    def test_a_retired_field_is_asked_for_no_more(self, case):
        row = desk.field_value()
        fields.retire(world.user("dpf-supervisor"), row.field_id, world.START)
        assert fields.filled(row.application, [desk.office().pk]) == []
        with pytest.raises(Conflict):
            fields.retire(world.user("dpf-supervisor"), row.field_id, world.START)

    def test_other_offices_counties_and_relatives_are_kept_out(self, case):
        field = desk.field()
        desk.somebody("civil-clerk", "clerk", desk.office("civil_affairs"))
        for name in ("civil-clerk", desk.FAR_AWAY):
            with pytest.raises(NotFound):
                fields.write(world.user(name), case.public_id, {field.pk: "甲"}, 0, case.later(1))
        related(case, desk.ASKER)
        with pytest.raises(Refused):
            fields.write(world.user(desk.ASKER), case.public_id, {field.pk: "甲"}, 0, case.later(1))

    def test_only_a_supervisor_of_the_office_defines_and_retires(self):
        field = desk.field()
        for name in (desk.ASKER, desk.FAR_AWAY):
            with pytest.raises(NotFound):
                fields.retire(world.user(name), field.pk, world.START)
            assert sign_in(name).get("/inbox/fields/").status_code == 404


def test_the_panel_asks_no_more_questions_however_much_there_is(case):
    desk.ask(case)
    desk.note(case)
    row = desk.field()
    fields.write(world.user(desk.ASKER), case.public_id, {row.pk: "甲"}, 0, case.later(1))
    client = sign_in(desk.ASKER)
    client.get(address(case))
    with CaptureQueriesContext(connection) as few:
        client.get(address(case))
    desk.ask(case, office=desk.office("education_sports"))
    for number in range(3):
        desk.note(case)
        desk.label(f"标签{number}")
        desk.field(name=f"字段{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(address(case))
    assert len(many) == len(few)
