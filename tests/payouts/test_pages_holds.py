"""The pages of holds and rosters, as finance and the officials of a case meet them."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Event
from payouts.models import Hold, HoldLifted, Roster
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.payouts import held
from tests.payouts.held import as_csv, id_of

pytestmark = pytest.mark.django_db(transaction=True)


def at(moment):
    """Inside the block it is that moment."""
    return time_machine.travel(moment, tick=False)


def roster_file(content):
    return SimpleUploadedFile("roster.csv", content)


def brought_in(case, content, kind="custody"):
    with at(case.later()):
        given = {"office": world.finance().pk, "kind": kind, "file": roster_file(content)}
        return sign_in("finance-maker").post("/finance/holds/rosters/", given, follow=True)


def test_a_roster_is_brought_in_and_what_it_holds_is_shown():
    case = world.granted()
    shown = text_of(brought_in(case, as_csv((id_of(case), "2026-08-01"))))
    assert case.application.number in shown
    assert id_of(case) not in shown
    assert Hold.objects.count() == 1


def test_faults_of_a_roster_are_named_by_row_and_column():
    case = world.granted()
    answer = brought_in(case, as_csv((id_of(case), ""), ("12345", "")))
    assert answer.status_code == 422
    assert "第3行“身份证号码”" in text_of(answer)
    assert not Roster.objects.exists()


def test_the_same_file_again_says_so():
    case = world.granted()
    content = as_csv((id_of(case), ""))
    brought_in(case, content)
    assert "没有任何变化" in text_of(brought_in(case, content))


def test_who_brought_it_in_is_told_to_leave_the_lifting_to_another():
    hold, case = held.held()
    with at(case.later()):
        shown = text_of(sign_in("finance-maker").get(f"/finance/holds/{hold.pk}/"))
        assert "须由另一位工作人员解除" in shown
        assert sign_in("finance-maker").post(f"/finance/holds/{hold.pk}/", {"reason": "x"}).status_code == 403
    assert not HoldLifted.objects.exists()


def test_another_official_lifts_with_a_reason_and_nothing_typed_is_lost():
    hold, case = held.held()
    address = f"/finance/holds/{hold.pk}/"
    with at(case.later()):
        client = sign_in("finance-checker")
        assert client.post(address, {"reason": ""}).status_code == 422
        done = client.post(address, {"reason": "同名，已核实。"}, follow=True)
    assert "已解除" in text_of(done)
    assert HoldLifted.objects.get().by.username == "finance-checker"


def test_a_case_is_held_by_hand():
    case = world.granted()
    with at(case.later()):
        client = sign_in("finance-checker")
        wrong = client.post("/finance/holds/put/", {"number": "没有", "reason": "电话核实"})
        assert wrong.status_code == 422
        assert "电话核实" in wrong.content.decode()
        done = client.post(
            "/finance/holds/put/", {"number": case.application.number, "reason": "电话核实"}, follow=True
        )
    assert case.application.number in text_of(done)
    assert Hold.objects.get().ground == "by_hand"


def test_reading_holds_is_on_record():
    hold, case = held.held()
    with at(case.later()):
        sign_in("finance-checker").get("/finance/holds/")
        sign_in("finance-checker").get(f"/finance/holds/rosters/{hold.entry.roster_id}/")
    actions = Event.objects.filter(stream="reader:finance-checker").values_list("action", flat=True)
    assert {"holds.read", "roster.read"} <= set(actions)


def test_officials_of_the_case_read_why_it_waits():
    hold, case = held.held()
    with at(case.later()):
        shown = text_of(sign_in("prefecture-reviewer").get(f"/inbox/{case.public_id}/"))
    assert "暂缓拨付的款项" in shown
    assert hold.get_ground_display() in shown


def test_the_page_of_a_batch_names_the_lines_that_are_held():
    case = world.granted()
    batch = held.made(case.later())
    held.brought(as_csv((id_of(case), "")), case.later())
    with at(case.later()):
        shown = text_of(sign_in("finance-checker").get(f"/finance/batches/{batch.number}/"))
    assert "批次里有1笔已暂缓拨付" in shown
    assert "（第1笔）" in shown
