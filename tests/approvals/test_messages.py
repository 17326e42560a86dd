"""留言: the applicant and the office that has the case write to each other; nobody else reads it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import messages
from applications.models import Message
from approvals.messages import replying
from people.models import Kinship
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.approvals import asking as desk
from tests.approvals.desk import address, events, sign_in, tables_written, text_of

pytestmark = pytest.mark.django_db
ASKED, ANSWERED = "请问还要多久？", "本周内办结。"


@pytest.fixture
def case():
    return desk.before_the_reviewer()


def theirs(case):
    return f"/applications/{case.public_id}/messages/"


def ours(case):
    return f"/inbox/{case.public_id}/messages/"


def written(case, text=ASKED):
    return messages.write(case.user, case.public_id, text, case.later(1))


def replied(case, by=desk.ASKER, text=ANSWERED):
    return replying.write(world.user(by), case.public_id, text, case.later(1))


def test_the_applicant_writes_to_the_office_that_has_the_case(case):
    assert sign_in("applicant").post(theirs(case), {"text": ASKED}).status_code == 302
    message = Message.objects.get()
    assert (message.office, message.from_official, message.read_at) == (desk.office(), False, None)
    assert ASKED.encode() not in bytes(message.text)


def test_the_event_holds_no_word_of_it(case):
    written(case)
    [event] = events("message.written")
    assert ASKED not in str(event.data)
    assert event.data["official"] is False


def test_the_office_answers_and_the_applicant_reads_the_office_and_no_name(case):
    replied(case)
    page = text_of(sign_in("applicant").get(theirs(case)))
    assert ANSWERED in page
    assert "蒙自市残疾人联合会" in page
    assert "段" not in page
    assert "蒙自残联·段" in text_of(sign_in(desk.ASKER).get(ours(case)))


def test_the_page_tells_what_a_message_is_not_for(case):
    assert "请用“退回补正”" in text_of(sign_in(desk.ASKER).get(ours(case)))
    assert "请到补正页面提交" in text_of(sign_in("applicant").get(theirs(case)))


def test_an_empty_message_comes_back(case):
    assert sign_in("applicant").post(theirs(case), {"text": "  "}).status_code == 422
    assert sign_in(desk.ASKER).post(ours(case), {"text": ""}).status_code == 422
    with pytest.raises(Invalid):
        written(case, "字" * (messages.LONGEST + 1))


def test_unread_messages_are_counted_on_both_sides_until_they_are_read(case):
    written(case)
    written(case)
    assert "2条未读" in text_of(sign_in(desk.ASKER).get(address(case)))
    sign_in(desk.ASKER).post(f"{ours(case)}read/")
    assert messages.unread([case.application.pk], from_official=False) == {}
    replied(case)
    assert "办理机关有1条新留言" in text_of(sign_in("applicant").get("/applications/"))
    assert "1条新留言" in text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
    sign_in("applicant").post(f"{theirs(case)}read/")
    assert "新留言" not in text_of(sign_in("applicant").get("/applications/"))


def test_whoever_writes_back_has_read(case):
    first = written(case)
    replied(case)
    first.refresh_from_db()
    assert first.read_at == case.at


def test_opening_the_thread_writes_nothing_but_the_reading(case):
    written(case)
    client = sign_in(desk.ASKER)
    with CaptureQueriesContext(connection) as queries:
        client.get(ours(case))
    assert tables_written(queries) == {"audit_event", "audit_streamhead"}
    assert [event.subject for event in events("messages.read")] == [case.public_id]


def test_unread_counts_of_a_page_are_one_question(case, django_assert_num_queries):
    key = written(case).application_id
    with django_assert_num_queries(1):
        assert messages.unread([key, 0], from_official=False) == {key: 1}


def test_another_applicant_neither_reads_nor_writes(case):
    written(case)
    client = sign_in("applicant2")
    assert client.get(theirs(case)).status_code == 404
    assert client.post(theirs(case), {"text": "我也想问"}).status_code == 404
    assert client.post(f"{theirs(case)}read/").status_code == 404


def test_another_county_and_the_consulted_neither_read_nor_write(case):
    written(case)
    desk.ask(case, expert=desk.expert())
    for name in (desk.FAR_AWAY, "expert-one"):
        assert sign_in(name).get(ours(case)).status_code == 404
        with pytest.raises(NotFound):
            replied(case, name)


def test_an_office_that_had_the_case_reads_and_does_not_write(case):
    written(case)
    desk.somebody("civil-clerk", "clerk", desk.office("civil_affairs"))
    page = text_of(sign_in("civil-clerk").get(ours(case)))
    assert ASKED in page
    assert "只能查看留言" in page
    with pytest.raises(Conflict):
        replied(case, "civil-clerk")
    with pytest.raises(Conflict):
        replying.read(world.user("civil-clerk"), case.public_id, case.at)


def test_a_relative_neither_reads_nor_writes(case):
    written(case)
    Kinship.objects.create(user=world.user(desk.ASKER), relative=case.application.subject, relation="sister")
    assert sign_in(desk.ASKER).get(ours(case)).status_code == 403
    with pytest.raises(Refused):
        replied(case)


def test_a_draft_has_no_thread():
    case = world.waiver()
    assert sign_in("applicant").get(theirs(case)).status_code == 404
    with pytest.raises(Conflict):
        written(case)


def test_a_closed_case_is_read_and_not_written_to(case):
    written(case)
    case.withdraw()
    page = text_of(sign_in("applicant").get(theirs(case)))
    assert ASKED in page
    assert "不能再留言" in page
    with pytest.raises(Conflict):
        written(case)
    with pytest.raises(Conflict):
        replied(case)


def test_during_a_correction_and_a_notice_one_can_still_write():
    corrected = world.waiver(2).submit().ask_to_correct()
    assert written(corrected).office == desk.office("civil_affairs")
    noticed = world.grant(0).submit().say("accept")
    assert written(noticed).office is not None


def test_too_many_messages_in_an_hour_are_refused(case, monkeypatch):
    monkeypatch.setattr("applications.views.messages.MESSAGES_AN_HOUR", 1)
    client = sign_in("applicant")
    assert client.post(theirs(case), {"text": ASKED}).status_code == 302
    assert client.post(theirs(case), {"text": ASKED}).status_code == 429


def test_a_message_is_no_word_on_the_case(case):
    version = case.application.version
    written(case)
    replied(case)
    assert case.application.version == version
