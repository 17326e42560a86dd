"""What concerns the applicant is written in the transaction of what happened, once a channel, sealed."""

import pytest
from django.db import connection, transaction

from applications import messages
from applications.timeline import TITLES
from approvals.messages import replying
from telling import outbox, recipients
from telling.kinds import all_kinds
from telling.models import Notice
from tests import world
from tests.approvals.desk import events
from tests.telling.told import filed, notices, recipient, words

pytestmark = pytest.mark.django_db


def test_who_filed_a_case_is_told_on_the_site_that_it_was_received():
    case = filed()
    (told,) = notices(case)
    assert (told.kind, told.channel, told.state, told.user) == ("received", "site", "delivered", case.user)
    assert "求职" in words(told)
    assert case.application.number in words(told)


def test_without_a_gateway_nothing_waits_to_leave_the_site():
    case = filed().say("accept")
    assert {told.channel for told in notices(case)} == {"site"}


def test_the_person_a_case_is_about_gets_a_neutral_text_message(gateways):
    case = filed()
    told = notices(case, "sms")[0]
    assert recipient(told) == world.answers_of(case)["phone"]
    assert case.application.number[-4:] in words(told)
    assert "求职" not in words(told)
    assert case.application.subject.name not in words(told)


def test_nothing_is_written_when_what_happened_is_taken_back():
    before, case = Notice.objects.count(), world.grant()
    with transaction.atomic():
        case.submit()
        assert Notice.objects.count() > before
        transaction.set_rollback(True)
    assert Notice.objects.count() == before


def test_a_thing_written_again_is_told_once(gateways):
    case = filed()
    application, event = case.application, events("application.submitted")[-1]
    people = recipients.followers([(application.filed_by_id, application.subject_id)])
    about = outbox.About(application.data_key, application.definition.title, case.public_id, application.number)
    before = len(notices(case))
    told = people[application.filed_by_id, application.subject_id]
    outbox.tell(f"{event.stream}:{event.seq}", "received", about, told, case.at)
    assert len(notices(case)) == before


def test_what_officials_do_among_themselves_is_told_to_nobody():
    case = world.grant(2).submit().say("accept")
    before = len(notices(case))
    case.claim()
    assert len(notices(case)) == before


def test_a_correction_names_its_last_day():
    case = filed().ask_to_correct()
    told = next(one for one in notices(case) if one.kind == "correction")
    due = case.application.correction_due.astimezone(case.at.tzinfo)
    assert f"{due.year}年{due.month}月{due.day}日" in words(told)


def test_a_notice_names_its_end_and_a_decision_says_what_was_decided():
    case = world.granted()
    told = {one.kind: words(one) for one in notices(case)}
    assert {"received", "accepted", "notice", "granted"} <= set(told)
    assert "公示" in told["notice"]
    assert "年" in told["notice"]
    assert "批准" in told["granted"]


def test_what_the_office_writes_is_told_and_what_the_applicant_writes_is_not():
    case = filed()
    messages.write(case.user, case.public_id, "什么时候有结果？", case.later(1))
    assert "message" not in {one.kind for one in notices(case)}
    replying.write(case.official(), case.public_id, "正在核对。", case.later(1))
    assert [one.kind for one in notices(case)].count("message") == 1


def test_neither_telephone_nor_words_stand_in_the_table_in_clear(gateways):
    case = filed()
    phone, number = recipient(notices(case, "sms")[0]), case.application.number
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM telling_notice WHERE case_ref = %s", [case.public_id])
        stored = b"".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for row in cursor.fetchall()
            for value in row
        )
    assert phone.encode() not in stored
    assert number.encode() not in stored
    assert "求职".encode() not in stored


def test_a_helper_and_the_person_they_help_are_both_told(gateways):
    case = world.stories.grant_case(world.cast(2, account="helper")).submit()
    told = {(one.who.partition(":")[0], one.channel, one.opens) for one in notices(case)}
    assert ("user", "site", True) in told
    assert ("person", "sms", False) in told


def test_every_event_that_is_told_stands_in_the_story_too_but_what_has_a_page_of_its_own():
    told = {event for one in all_kinds().values() for event in one.events}
    assert told - set(TITLES) == {"message.written", "paper.corrected"}
