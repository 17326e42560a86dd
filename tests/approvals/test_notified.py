"""Officials see what an applicant was told and whether it arrived; supervisors give what failed another round."""

import pytest

from approvals.notified import failures
from audit.models import Event
from people.refusals import NotFound
from telling import outbox, wishing
from telling.models import Notice
from telling.recipients import Recipient
from tests import world
from tests.approvals.desk import sign_in, text_of

pytestmark = pytest.mark.django_db


def failed(case, event="test:1"):
    """A text message of a case that was given up."""
    application = case.application
    about = outbox.About(
        application.data_key, application.definition.title, case.public_id, application.number or "00000000"
    )
    person = Recipient("person:1", addresses={"sms": "13800001234"})
    outbox.tell(event, "granted", about, [person], case.at)
    row = Notice.objects.get(event=event)
    gone = {"state": "given_up", "failure": "http_503", "settled_at": case.at, "next_try_at": None, "tries": 5}
    Notice.objects.filter(pk=row.pk).update(**gone)
    return Notice.objects.get(pk=row.pk)


def test_the_record_of_a_case_shows_words_channels_and_whether_they_were_read():
    case = world.grant().submit().say("accept")
    failed(case)
    page = text_of(sign_in("school").get(f"/inbox/{case.public_id}/told/"))
    for said in ("已经受理", "还没有看", "短信", "没有发出", "只是提醒"):
        assert said in page
    assert "13800001234" not in page


def test_reading_it_is_written_down():
    case = world.grant().submit().say("accept")
    sign_in("school").get(f"/inbox/{case.public_id}/told/")
    assert Event.objects.filter(action="telling.read", subject=case.public_id, actor="school").exists()


def test_who_wants_a_call_is_shown_to_whoever_has_the_case():
    case = world.grant().submit().say("accept")
    wishes = {"by_sms": True, "by_email": False, "shared": True, "language": "zh-hans", "by_call": True}
    wishing.change(case.user, wishes | {"by_paper": False}, case.at)
    assert "请您打电话告知" in text_of(sign_in("school").get(f"/inbox/{case.public_id}/told/"))


def test_who_has_nothing_to_do_with_the_case_does_not_see_it():
    case = world.grant().submit().say("accept")
    for name in ("other-county", "auditor", "admin", "applicant2"):
        assert sign_in(name).get(f"/inbox/{case.public_id}/told/").status_code == 404


def seen_case():
    """A case that has reached the county, whose supervisor looks after it."""
    return world.grant().submit().say("accept")


def test_a_supervisor_sees_what_failed_in_cases_of_their_office_without_words_or_numbers():
    case = seen_case()
    row = failed(case)
    shown = set(failures.seen_by(world.user("county-supervisor"), case.at).values_list("pk", flat=True))
    assert row.pk in shown
    page = text_of(sign_in("county-supervisor").get("/inbox/not-told/"))
    assert "13800001234" not in page
    assert "http_503" in page


def test_others_see_nothing_of_it():
    case = seen_case()
    failed(case)
    for name in ("county-reviewer", "applicant", "finance-maker"):
        assert sign_in(name).get("/inbox/not-told/").status_code == 404
        assert not failures.seen_by(world.user(name), case.at).exists()


def test_what_is_chosen_is_tried_again_and_who_did_so_is_written_down(clock):
    case = seen_case()
    clock.move_to(case.later(1))
    row = failed(case)
    answer = sign_in("county-supervisor").post("/inbox/not-told/", {"notice": [row.pk]}, follow=True)
    assert "会重新发送1条" in text_of(answer)
    assert (Notice.objects.get(pk=row.pk).state, Notice.objects.get(pk=row.pk).tries < 5) == ("queued", True)
    assert Event.objects.filter(action="telling.tried_again", actor="county-supervisor").count() == 1


def test_nothing_chosen_says_so():
    failed(seen_case())
    answer = sign_in("county-supervisor").post("/inbox/not-told/", {}, follow=True)
    assert "请先勾选" in text_of(answer)


def test_nobody_tries_again_what_is_not_theirs():
    case = seen_case()
    row = failed(case)
    for name in ("county-reviewer", "other-county", "auditor"):
        with pytest.raises(NotFound):
            failures.try_again(world.user(name), [row.pk], case.at)


def test_what_nobody_wants_is_no_failure():
    case = seen_case()
    Notice.objects.filter(pk=failed(case).pk).update(failure="unwanted")
    assert not failures.seen_by(world.user("county-supervisor"), case.at).exists()
