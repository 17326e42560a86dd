"""What a mandate leaves out is not offered: the buttons of a helper's case pages are the acts they are let do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.leave import leave_of, leaves_of
from applications.own import Act
from helping.rosters import starting
from helping.standing import EVERYTHING, end_mandate, record_consent
from helping.standing.scopes import LABELS
from tests import institution, world
from tests.applications.pages import sign_in, text_of
from tests.helping import village
from tests.helping.authorised import AT, confirmed
from tests.helping.authorised import filed as filed_by_organisation
from tests.helping.test_acts import filed, leave, refused_acts

pytestmark = pytest.mark.django_db
SPEAKING = "撤回、报告变化、陈述申辩、换收款账号、投诉"
SCOPES = [*sorted(EVERYTHING), pytest.param("apply follow correct", id="three"), pytest.param("all", id="all")]
# On the page of a case under way, by act, what leads to it.
DOORS = {
    Act.WITHDRAW: "/withdraw/",
    Act.PIN: "/pin/",
    Act.COMPLAIN: "/complain/",
    Act.WRITE: "给办理机关留言",
    Act.URGE: "提醒办理机关",
}


def given(words):
    return EVERYTHING if words == "all" else frozenset(words.split())


def whole():
    """A case the helper filed, to whom everything is left."""
    return world.stories.grant_case(world.cast(2, account="helper")).submit()


def page_of(case, path=""):
    return sign_in("helper").get(f"/applications/{case.public_id}/{path}")


@pytest.mark.parametrize("scopes", SCOPES)
def test_what_pages_are_told_is_what_the_gate_refuses(scopes):
    case = filed(*given(scopes))
    may = leave_of(case.application, case.at)
    assert {act for act in Act if not may.lets(act)} == refused_acts(case)


@pytest.mark.parametrize("scopes", SCOPES)
def test_the_sentence_names_what_is_left_out_and_who_does_it(scopes):
    case = filed(*given(scopes))
    told = leave_of(case.application, case.at).left_out
    if given(scopes) == EVERYTHING:
        assert told == []
        return
    (text,) = told
    held, left = text.split("您不能办")
    assert "由本人办理" in left
    assert SPEAKING in left
    for scope, label in LABELS.items():
        assert (str(label) in held, str(label) in left) == (scope in given(scopes), scope not in given(scopes))


@pytest.mark.parametrize("scopes", ["follow", "follow receive", "apply follow", "correct follow", "all"])
def test_the_case_page_shows_the_doors_that_are_let_and_no_other(scopes, clock):
    case = filed(*given(scopes))
    clock.move_to(case.at + timedelta(days=30))
    page = page_of(case).content.decode()
    refused = refused_acts(case)
    assert {act for act, door in DOORS.items() if door not in page} == set(DOORS) & refused
    assert ("由本人办理" in page) == bool(refused)


@pytest.mark.parametrize("scopes", ["correct", "follow", "follow correct", "all"])
def test_a_correction_is_read_by_who_follows_and_answered_by_who_corrects(scopes):
    case = whole()
    case.say("correction", points=(("question", "phone", "电话不通。"),))
    leave(case, *given(scopes))
    page = text_of(page_of(case, "correct/"))
    assert "电话不通" in page
    corrects = "correct" in given(scopes) or scopes == "all"
    for button in ("去修改", "重新提交</button>"):
        assert (button in page) == corrects
    told = text_of(page_of(case))
    assert ("去补充或修改" in told, "看要补正什么" in told) == (corrects, not corrects)
    listed = text_of(sign_in("helper").get("/applications/"))
    assert ("去补充或修改" in listed, "看要补正什么" in listed) == (corrects, not corrects)
    address = f"/applications/{case.public_id}/edit/phone/"
    assert (sign_in("helper").get(address).status_code == 403) == (not corrects)


@pytest.mark.parametrize("scopes", ["follow", "follow receive"])
def test_a_paper_is_received_by_who_may_receive(scopes):
    case = whole().ask_to_correct()
    leave(case, *given(scopes))
    page = page_of(case).content.decode()
    assert ("阅读后签收" in page) == ("receive" in given(scopes))
    paper = page.split(f"/applications/{case.public_id}/papers/")[1].split("/")[0]
    page = text_of(page_of(case, f"papers/{paper}/"))
    assert ("确认签收</button>" in page) == ("receive" in given(scopes))


@pytest.mark.parametrize("scopes", ["apply", "follow"])
def test_a_draft_is_filled_in_and_filed_by_who_applies_and_read_by_who_follows(scopes):
    draft = village.draft(0)
    mandate = draft.helped.mandate
    person, at = village.account_of(mandate), village.AT + timedelta(hours=1)
    end_mandate(person, mandate, at)
    terms = village.of_village(village.clerk(), mandate.office, way="own_account", scopes=given(scopes))
    record_consent(person, mandate.person, terms, at)
    client, applies = sign_in(village.clerk().username), scopes == "apply"
    page = text_of(client.get(f"/applications/{draft.public_id}/"))
    assert ("继续填写" in page, "生成纸质申请表" in page) == (applies, applies)
    page = text_of(client.get(f"/applications/{draft.public_id}/check/"))
    assert ("提交申请</button>" in page, "更改" in page) == (applies, applies)
    assert client.get(f"/applications/{draft.public_id}/resume/").url.endswith(f"{draft.public_id}/") != applies


@pytest.mark.parametrize("path", ["withdraw/", "complain/", "account/"])
def test_an_address_typed_by_hand_says_who_does_it(path):
    page = page_of(filed("follow"), path)
    assert page.status_code == 403
    assert "由本人办理" in text_of(page)


def test_one_s_own_case_is_offered_whole_and_asks_nothing_for_it():
    case = world.grant().submit()
    user, application = case.user, case.application
    with CaptureQueriesContext(connection) as asked:
        may = leaves_of(user, [application], case.at)[application.pk]
    assert len(asked) == 0
    assert all(may.lets(act) for act in Act)


def test_many_cases_are_asked_about_in_as_many_questions_as_one():
    listed, at = village.roster(), village.AT + timedelta(hours=1)
    people = [village.villager(n, on=listed) for n in range(3)]
    drafts = [starting.begin(village.clerk(), one.public_id, village.SCHEME, at) for one in people]
    counts = []
    for some in (drafts[:1], drafts):
        with CaptureQueriesContext(connection) as asked:
            assert len(leaves_of(village.clerk(), some, at)) == len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_case_page_asks_once():
    case = filed("follow")
    client, address = sign_in("helper"), f"/applications/{case.public_id}/"
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    of_scopes = [one for one in asked.captured_queries if "may_receive" in one["sql"].partition("FROM")[0]]
    assert len(of_scopes) == 1


def test_whose_letter_ran_out_reads_the_organisation_s_case_and_is_told_why(peopled, clock):
    institution.publish()
    case = filed_by_organisation()
    confirmed(ends=AT.date())
    at = AT + timedelta(days=1)
    clock.move_to(at)
    may = leave_of(case.application, at)
    assert {act for act in Act if may.lets(act)} == {Act.READ}
    page = text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))
    assert "请在“我代表的单位”上传有效的委托书" in page
    assert "撤回这份申请" not in page
    clock.move_to(AT)
    assert leave_of(case.application, AT).left_out == []
