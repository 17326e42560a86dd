"""The page of moves: what it offers to whom, forms as browsers send them, who was first; the applicant's button."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from approvals.models import CaseCopy, Move
from approvals.moves import copying, handing, offers, table
from approvals.moves.table import Stands
from approvals.views.moves import ACTS, DONE, HINTS, TITLES
from tests import moved, stages, world
from tests.approvals.desk import sign_in, text_of
from tests.moved import WHY, add, bureau, colleague, reviewer, say, supervisor

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A case whose clock is the pages' clock."""
    found = moved.reviewed()
    with time_machine.travel(found.at):
        yield found


def url(case, kind=""):
    return f"/inbox/{case.public_id}/moves/" + (f"{kind}/" if kind else "")


def send(case, name, kind, **given):
    return sign_in(name).post(url(case, kind), {"item": case.item().pk, "text": WHY, **given}, follow=True)


def offered(case, user):
    return {offer.kind for offer in offers.offers_of(user, case.application, case.at)}


class TestTable:
    """One table; the page and the services know of every move in it."""

    def test_the_page_knows_every_move(self):
        assert set(ACTS) == set(TITLES) == set(HINTS) == set(DONE) == set(table.RULES)

    def test_who_may_make_which_move(self):
        assert {str(kind): {str(one) for one in rule.who} for kind, rule in table.RULES.items()} == {
            "hand_over": {"holder", "taker"},
            "delegate": {"holder", "taker"},
            "delegate_back": {"delegate"},
            "call_back": {"holder"},
            "add_seat": {"holder", "taker"},
            "drop_seat": {"adder", "supervisor"},
            "copy": {"holder", "taker", "actor", "supervisor"},
            "urge": {"actor", "adder", "supervisor"},
            "take_back": {"closer"},
            "reassign": {"supervisor"},
            "recuse": {"holder", "taker", "delegate"},
        }

    def test_words_are_needed_wherever_work_changes_hands(self):
        assert {kind for kind, rule in table.RULES.items() if not rule.words} == {"call_back", "copy", "urge"}

    def test_nothing_is_open_to_who_is_nothing_to_it(self, case):
        assert table.open_to(frozenset(), case.item()) == []
        assert Stands.HOLDER in set(table.standing_of(reviewer(), case.application, case.item(), case.at))


class TestOffered:
    """What each sees."""

    def test_to_who_has_it(self, case):
        assert offered(case, reviewer()) == {"hand_over", "delegate", "add_seat", "copy", "recuse"}

    def test_to_a_colleague_nothing_while_another_has_it(self, case):
        assert offered(case, colleague()) == set()

    def test_to_who_passed_it_on(self, case):
        assert offered(case, world.user("school")) == {"urge", "copy"}

    def test_to_a_supervisor(self, case):
        assert offered(case, supervisor()) == {"reassign", "urge", "copy"}

    def test_to_who_was_asked_for_advice(self, case):
        handing.delegate(reviewer(), case.item().pk, colleague(), WHY, case.later(1))
        assert offered(case, colleague()) == {"delegate_back", "recuse"}
        assert "call_back" in offered(case, reviewer())

    def test_to_who_added_a_seat(self, case):
        add(case, "before")
        assert {"drop_seat", "urge"} <= offered(case, reviewer())

    def test_to_who_just_spoke(self):
        case = stages.AT_STAGE["waiver", "dpf_opinion"]()
        user = case.official()
        say(case, user, case.item())
        assert "take_back" in offered(case, user)
        say(case, case.official(), case.item())
        assert "take_back" not in offered(case, user)


class TestPage:
    """As a browser."""

    def test_the_review_page_leads_there(self, case):
        assert f'href="{url(case)}"' in text_of(sign_in("county-reviewer").get(f"/inbox/{case.public_id}/"))

    def test_it_shows_a_form_for_each_move(self, case):
        page = text_of(sign_in("county-reviewer").get(url(case)))
        for kind in ("hand_over", "delegate", "add_seat", "copy", "recuse"):
            assert f'action="{url(case, kind)}"' in page

    def test_a_move_is_made(self, case):
        answer = send(case, "county-reviewer", "hand_over", to_user=colleague().pk)
        assert "已转办。" in text_of(answer)
        assert case.item().owner == colleague()

    def test_a_seat_is_added_for_one_by_name(self, case):
        asked, office = bureau(), stages.office("dpf")
        send(case, "county-reviewer", "add_seat", seat=f"{office.pk}:{asked.pk}", placement="before")
        assert Move.objects.get(kind="add_seat").to_user == asked

    def test_copies_go_out_and_are_acknowledged(self, case):
        send(case, "county-reviewer", "copy", to_users=[world.user("dpf").pk])
        reader = sign_in("dpf")
        page = text_of(reader.get(url(case)))
        assert WHY in page
        reader.post(url(case, "read"))
        assert CaseCopy.objects.get().read_at is not None
        assert WHY not in text_of(reader.get(url(case)))

    def test_what_is_missing_is_said_beside_the_field_and_the_rest_stays(self, case):
        answer = send(case, "county-reviewer", "hand_over", to_user="")
        assert answer.status_code == 422
        page = text_of(answer)
        assert "请选择“转给”" in page
        assert WHY in page
        assert " open>" in page

    def test_who_was_first_is_named_and_the_words_can_be_copied(self, case):
        item = case.item()
        handing.hand_over(reviewer(), item.pk, colleague(), WHY, case.later(1))
        answer = send(case, "county-reviewer", "recuse", item=item.pk)
        assert answer.status_code == 409
        assert WHY in text_of(answer)

    def test_a_move_that_is_not_theirs_is_refused(self, case):
        assert send(case, "county-approver", "hand_over", to_user=colleague().pk).status_code == 403

    @pytest.mark.parametrize("kind", ["claim", "nonsense"])
    def test_no_other_move_has_an_address(self, case, kind):
        assert send(case, "county-reviewer", kind).status_code == 404

    def test_another_county_finds_no_page_and_no_item(self, case):
        assert sign_in("other-county").get(url(case)).status_code == 404
        assert send(case, "other-county", "recuse").status_code == 404

    def test_an_item_of_another_case_is_not_found_here(self, case):
        other = world.grant(0).submit()
        answer = sign_in("county-reviewer").post(url(case, "recuse"), {"item": other.item().pk, "text": WHY})
        assert answer.status_code == 404

    def test_a_supervisor_reassigns_from_there(self, case):
        supervisor()
        send(case, "supervisor-hrss", "reassign", to_user=colleague().pk)
        assert case.item().owner == colleague()

    def test_copying_is_refused_to_who_only_got_a_copy(self, case):
        copying.copy(reviewer(), case.application, [world.user("dpf")], "", case.at)
        answer = send(case, "dpf", "copy", to_users=[world.user("prefecture-reviewer").pk])
        assert answer.status_code == 403


class TestApplicant:
    """The button on the page of one's own case."""

    def client(self, case):
        client = Client()
        client.force_login(case.user)
        return client

    def test_it_stands_there_when_it_has_waited_and_is_gone_once_used(self):
        case = world.grant().submit()
        path = f"/applications/{case.public_id}/"
        with time_machine.travel(case.at):
            assert "urge/" not in text_of(self.client(case).get(path))
        with time_machine.travel(case.later(24 * 7)):
            assert f'action="{path}urge/"' in text_of(self.client(case).get(path))
            page = text_of(self.client(case).post(f"{path}urge/", follow=True))
            assert "已提醒办理机关。" in page
            assert "urge/" not in page

    def test_too_soon_is_said(self):
        case = world.grant().submit()
        with time_machine.travel(case.at):
            answer = self.client(case).post(f"/applications/{case.public_id}/urge/")
        assert answer.status_code == 409
        assert "起可以再催办" in text_of(answer)


def test_a_longer_list_of_colleagues_asks_no_more_often(case):
    """Each move offers colleagues: who holds the post, may act and is barred is asked of all of them at once."""

    def asked(name):
        client = sign_in(name)
        client.get(url(case))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url(case))
        assert "colleague" in text_of(page)
        return len(queries)

    bureau()
    few = asked("county-reviewer")
    for n in range(4):
        stages.colleague(case, f"colleague-{n}")
        stages.official(f"asked-{n}", stages.office("dpf"), "reviewer")
    assert asked("county-reviewer") == few
