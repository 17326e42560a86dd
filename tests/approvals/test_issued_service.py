"""送达: recorded by officials with a proof, once; replaced, not edited; and what has not been served."""

from datetime import date, timedelta

import pytest
from django.db import connection

from applications import receiving, remedy_clock
from approvals.issued import clock, recording, unserved
from approvals.models import Move
from papers import serving
from papers.models import Paper, PaperService
from papers.reading import Altered
from people import vault
from people.refusals import Conflict, Invalid, NotFound, Refused
from telling.models import Notice
from tests import world
from tests.approvals.desk import events
from tests.approvals.issuing import APPROVER, REVIEWER, by_hand, day_of, granted, served
from tests.approvals.visiting import picture

pytestmark = pytest.mark.django_db


def record(case, paper, said, *, user=REVIEWER, anew=False):
    return recording.record(world.user(user), case.public_id, paper.pk, said, case.later(1), anew=anew)


def test_a_service_by_hand_is_recorded_with_its_proof_and_starts_the_clock():
    _case, paper, service = served()
    paper.refresh_from_db()
    assert (service.way, service.served_on) == ("hand", paper.served_on)
    assert serving.details_of(service).receiver == "本人"
    assert serving.proof_bytes(service).startswith(b"\xff\xd8")
    assert remedy_clock.remedy_until(paper).review is not None
    told = events("paper.served")[-1].data
    assert (told["paper"], told["way"]) == (paper.number, "hand")
    assert "本人" not in str(told)


def test_who_received_it_and_the_proof_are_sealed():
    _case, _paper, service = served()
    assert "本人".encode() not in bytes(service.details)
    with pytest.raises(vault.VaultError):
        vault.decrypt(service.paper.data_key, bytes(service.details), "something else")


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"way": "electronic"}, "way"),
        ({"way": "pigeon"}, "way"),
        ({"receiver": " "}, "receiver"),
        ({"way": "substitute", "receiver": ""}, "receiver"),
        ({"way": "post"}, "tracking"),
        ({"way": "left", "place": "家门口", "witnesses": ("王一",)}, "witness_1"),
        ({"way": "left", "place": "家门口", "witnesses": ("王一", "王一 ")}, "witness_1"),
        ({"way": "left", "witnesses": ("王一", "李二")}, "place"),
        ({"way": "notice"}, "place"),
        ({"upload": None}, "proof"),
    ],
)
def test_what_a_way_of_service_needs_is_asked_for(changes, field):
    case, paper = granted()
    with pytest.raises(Invalid) as refused:
        record(case, paper, by_hand(case, **changes))
    assert field in refused.value.errors
    assert not PaperService.objects.exists()


def test_a_day_before_the_paper_or_after_today_cannot_be():
    case, paper = granted()
    for day in (day_of(case) - timedelta(days=9), day_of(case) + timedelta(days=9)):
        with pytest.raises(Invalid) as refused:
            record(case, paper, by_hand(case, on=day))
        assert "on" in refused.value.errors


def test_a_file_that_is_no_picture_is_refused_and_nothing_recorded():
    case, paper = granted()
    upload = picture()
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(b"MZ not a picture")
    upload.file.seek(0)
    with pytest.raises(Invalid) as refused:
        record(case, paper, by_hand(case, upload=upload))
    assert "proof" in refused.value.errors


def test_a_proof_that_is_not_the_one_recorded_is_not_shown():
    _case, _paper, service = served()
    service.proof_sha256 = "0" * 64
    with pytest.raises(Altered):
        serving.proof_bytes(service)


def test_left_at_the_door_names_two_witnesses():
    case, paper = granted()
    said = by_hand(case, way="left", receiver="", place="家门口", witnesses=("王一（村委会）", "李二（村委会）"))
    service = record(case, paper, said)
    assert service.witnesses == 2
    assert serving.details_of(service).witnesses == ("王一（村委会）", "李二（村委会）")


def test_a_public_notice_serves_on_its_last_day():
    case, paper = granted()
    service = record(case, paper, by_hand(case, way="notice", place="县政府门户网站"))
    assert service.served_on == day_of(case) + timedelta(days=30)
    assert (service.notice_from, service.notice_days) == (day_of(case), 30)


def test_the_second_record_is_a_conflict():
    case, paper, _service = served()
    with pytest.raises(Conflict):
        record(case, paper, by_hand(case))
    with pytest.raises(Conflict):
        receiving.confirm(case.user, case.public_id, paper.pk, case.later(2))
    assert PaperService.objects.count() == 1


def test_what_the_person_confirmed_is_not_recorded_again():
    case, paper = granted()
    receiving.confirm(case.user, case.public_id, paper.pk, case.later(1))
    with pytest.raises(Conflict):
        record(case, paper, by_hand(case))


def test_a_wrong_record_is_replaced_and_stays():
    case, paper, first = served()
    case.at += timedelta(days=2)
    with pytest.raises(Invalid) as refused:
        record(case, paper, by_hand(case), anew=True)
    assert "note" in refused.value.errors
    second = record(case, paper, by_hand(case, note="日期登记错了。"), anew=True)
    paper.refresh_from_db()
    assert second.replaces == first
    assert paper.served_on == second.served_on == first.served_on + timedelta(days=2)
    assert serving.service_of(paper) == second


class TestConfirmedOnline:
    """What the person confirmed is replaced only by who signs, with paper and reason, to no earlier day."""

    @pytest.fixture
    def confirmed(self):
        case, paper = granted()
        case.at += timedelta(days=3)
        receiving.confirm(case.user, case.public_id, paper.pk, case.at)
        return case, paper

    def test_not_by_a_colleague_who_does_not_sign(self, confirmed):
        case, paper = confirmed
        with pytest.raises(Refused) as refused:
            record(case, paper, by_hand(case, note="登记有误。"), anew=True)
        assert refused.value.code == "confirmed"
        assert serving.service_of(paper).way == "electronic"

    def test_not_to_an_earlier_day(self, confirmed):
        case, paper = confirmed
        said = by_hand(case, on=day_of(case) - timedelta(days=1), note="登记有误。")
        with pytest.raises(Invalid) as refused:
            record(case, paper, said, user=APPROVER, anew=True)
        assert "on" in refused.value.errors

    def test_not_without_a_paper_or_a_reason(self, confirmed):
        case, paper = confirmed
        with pytest.raises(Invalid) as refused:
            record(case, paper, by_hand(case, upload=None), user=APPROVER, anew=True)
        assert {"proof", "note"} <= set(refused.value.errors)

    def test_by_who_signs_to_a_later_day_and_the_person_is_told(self, confirmed):
        case, paper = confirmed
        case.at += timedelta(days=2)
        record(case, paper, by_hand(case, note="误点了确认。"), user=APPROVER, anew=True)
        assert serving.service_of(paper).way == "hand"
        assert Notice.objects.filter(kind="service_amended", channel="site", user=case.user).count() == 1

    def test_what_was_replaced_once_goes_no_further_back_either(self, confirmed):
        case, paper = confirmed
        day = day_of(case)
        case.at += timedelta(days=2)
        record(case, paper, by_hand(case, note="误点了确认。"), user=APPROVER, anew=True)
        with pytest.raises(Refused):
            record(case, paper, by_hand(case, note="登记有误。"), anew=True)
        early = by_hand(case, on=day - timedelta(days=1), note="登记有误。")
        with pytest.raises(Invalid):
            record(case, paper, early, user=APPROVER, anew=True)


def test_there_is_nothing_to_replace_before_the_first():
    case, paper = granted()
    with pytest.raises(Conflict):
        record(case, paper, by_hand(case, note="更正"), anew=True)


def test_a_paper_that_only_informs_needs_no_service():
    case = world.grant().submit().say("accept")
    paper = Paper.objects.get(case_ref=case.public_id, kind="acceptance")
    with pytest.raises(Conflict):
        record(case, paper, by_hand(case), user=case.application.opinions.get().official.username)


def test_another_office_records_nothing():
    case, paper = granted()
    with pytest.raises(Refused) as refused:
        record(case, paper, by_hand(case), user="county-reviewer")
    assert refused.value.code == "not_our_paper"
    with pytest.raises(NotFound):
        record(case, paper, by_hand(case), user="other-county")


def test_a_paper_of_another_case_is_not_there():
    case, _paper = granted()
    other = Paper.objects.filter(case_ref=world.granted(4).public_id).first()
    with pytest.raises(NotFound):
        record(case, other, by_hand(case))


def test_the_record_cannot_be_edited():
    _case, _paper, service = served()
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE papers_paperservice SET served_on = %s WHERE id = %s", [date(2026, 1, 1), service.pk])


class TestUnserved:
    """What waits to be served."""

    def test_the_office_that_issued_a_paper_sees_it_until_it_is_served(self):
        case, paper = granted()
        rows, more = unserved.waiting(world.user(REVIEWER), case.at)
        assert [row.paper for row in rows] == [paper]
        assert not more
        record(case, paper, by_hand(case))
        assert unserved.waiting(world.user(REVIEWER), case.later(2))[0] == []

    def test_another_office_does_not_see_it(self):
        case, _paper = granted()
        assert unserved.waiting(world.user("county-reviewer"), case.at)[0] == []

    def test_after_ten_working_days_it_is_late(self):
        case, _paper = granted()
        (row,), _more = unserved.waiting(world.user(REVIEWER), case.at)
        assert not row.overdue
        (row,), _more = unserved.waiting(world.user(REVIEWER), case.at + timedelta(days=30))
        assert row.overdue

    def test_it_goes_page_by_page(self, monkeypatch):
        monkeypatch.setattr(unserved, "PAGE", 1)
        case, first = granted()
        world.granted(4)
        (row,), more = unserved.waiting(world.user(REVIEWER), case.at)
        (after,), end = unserved.waiting(world.user(REVIEWER), case.at, (row.paper.issued_at, row.paper.pk))
        assert more
        assert not end
        assert {row.paper, after.paper} == {first, Paper.objects.filter(kind="grant").exclude(pk=first.pk).get()}

    def test_the_clock_reminds_once_after_five_working_days(self):
        case, paper = granted()
        assert clock.remind_unserved(case.at + timedelta(days=2)) == 0
        late = case.at + timedelta(days=12)
        assert clock.remind_unserved(late) == 1
        assert clock.remind_unserved(late + timedelta(days=1)) == 0
        paper.refresh_from_db()
        assert paper.service_reminded_at == late
        move = Move.objects.get(kind="remind", to_office=paper.office, item=None)
        assert move.application_id == case.application.pk

    def test_what_was_issued_long_ago_stays_in_the_list_and_is_reminded_of_no_more(self):
        case, paper = granted()
        late = case.at + clock.REMINDED_WITHIN + timedelta(days=1)
        assert clock.remind_unserved(late) == 0
        assert [row.paper for row in unserved.waiting(world.user(REVIEWER), late)[0]] == [paper]

    def test_what_was_served_is_not_reminded_of(self):
        case, _paper, _service = served()
        assert clock.remind_unserved(case.at + timedelta(days=30)) == 0
