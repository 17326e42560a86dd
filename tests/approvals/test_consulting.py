"""Opinions asked: who asks, who sees what, who answers, and what follows from it."""

from datetime import timedelta

import pytest

from applications import door
from applications.models import CaseActor
from approvals import scope
from approvals.consulting import answering, asking, clock
from approvals.models import Consultation, Move
from people import vault
from people.models import Kinship
from people.posts import appoint
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.approvals import asking as desk
from tests.approvals.desk import events

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return desk.before_the_reviewer()


def test_the_official_of_the_open_item_asks_another_office(case):
    asked = desk.ask(case)
    assert (asked.by_office, asked.to_office, asked.round) == (desk.office(), desk.office("hrss"), 1)
    key = case.application.data_key
    assert vault.decrypt(key, bytes(asked.question), asking.SEALED) == "该网点是否已经登记？"


def test_several_are_asked_at_once(case):
    desk.ask(case)
    desk.ask(case, office=desk.office("education_sports"))
    desk.ask(case, expert=desk.expert())
    assert Consultation.objects.filter(answered_at=None).count() == 3


def test_asking_is_a_move_and_an_event_without_the_question(case):
    desk.ask(case)
    [move] = Move.objects.filter(kind="ask")
    assert (move.by.username, move.to_office) == (desk.ASKER, desk.office("hrss"))
    [event] = events("official.ask")
    assert "登记" not in str(event.data)


def test_the_same_office_is_not_asked_twice_while_it_has_not_answered(case):
    desk.ask(case)
    with pytest.raises(Invalid):
        desk.ask(case)
    desk.answer(case, Consultation.objects.get())
    desk.ask(case)


def test_ones_own_office_is_not_asked(case):
    with pytest.raises(Invalid):
        desk.ask(case, office=desk.office())


def test_an_office_without_a_reviewer_is_not_asked(case):
    with pytest.raises(Invalid):
        desk.ask(case, office=desk.office("finance", "532500"))


def test_an_expert_of_another_county_is_not_asked(case):
    stranger = desk.somebody("expert-far", "expert", desk.office("dpf", "532502"))
    with pytest.raises(Invalid):
        desk.ask(case, expert=stranger)


def test_whoever_is_no_expert_is_not_asked_as_one(case):
    with pytest.raises(Invalid):
        desk.ask(case, expert=world.user(desk.ASKED))


def test_a_relative_of_the_applicant_is_not_asked(case):
    user = desk.expert()
    Kinship.objects.create(user=user, relative=case.application.subject, relation="sister")
    with pytest.raises(Invalid):
        desk.ask(case, expert=user)


def test_an_office_whose_reviewers_all_stand_too_near_is_not_asked(case):
    Kinship.objects.create(user=world.user(desk.ASKED), relative=case.application.subject, relation="sister")
    with pytest.raises(Invalid):
        desk.ask(case)


def test_whoever_acted_at_another_stage_does_not_ask(case):
    appoint(world.user("county-clerk"), desk.office(), "reviewer", world.START.date())
    with pytest.raises(Conflict):
        asking.ask(world.user("county-clerk"), case.public_id, case.item().pk, desk.question(), case.later(1))


def test_officials_of_another_county_cannot_ask(case):
    with pytest.raises(NotFound):
        asking.ask(world.user(desk.FAR_AWAY), case.public_id, case.item().pk, desk.question(), case.later(1))


def test_a_clerk_does_not_ask():
    case = world.waiver().submit()
    with pytest.raises(Conflict):
        asking.ask(world.user("county-clerk"), case.public_id, case.item().pk, desk.question(), case.later(1))


def test_nobody_asks_while_the_applicant_corrects(case):
    item = case.item().pk
    case.say("correction", points=(("question", "outlet_address", "请写门牌号。"),), correction_kind="incorrect")
    with pytest.raises(Conflict):
        asking.ask(world.user(desk.ASKER), case.public_id, item, desk.question(), case.later(1))


def test_a_page_the_form_does_not_have_goes_with_no_question(case):
    with pytest.raises(Invalid):
        desk.ask(case, pages=("nowhere",))


def test_the_answer_is_kept_sealed_with_who_and_when(case):
    answered = desk.answer(case, desk.ask(case), words="没有登记。", choice="no")
    assert (answered.answer, answered.answered_by.username, answered.answered_at) == ("no", desk.ASKED, case.at)
    assert "没有登记".encode() not in bytes(answered.words)


def test_an_answer_is_given_once(case):
    asked = desk.ask(case)
    desk.answer(case, asked)
    with pytest.raises(Conflict):
        desk.answer(case, asked, choice="no")
    assert Consultation.objects.get().answer == "yes"


def test_yes_or_no_is_said_where_it_was_asked_and_never_where_words_were(case):
    asked = desk.ask(case)
    with pytest.raises(Invalid):
        desk.answer(case, asked, choice="")
    in_words = desk.ask(case, expert=desk.expert(), answer_kind="words")
    with pytest.raises(Invalid):
        desk.answer(case, in_words, by="expert-one", choice="yes")
    assert desk.answer(case, in_words, by="expert-one", choice="").answer == ""


def test_an_answer_has_reasons(case):
    with pytest.raises(Invalid):
        desk.answer(case, desk.ask(case), words="  ")


def test_whoever_was_not_asked_does_not_answer(case):
    asked = desk.ask(case, expert=desk.expert())
    desk.expert("expert-two")
    for name in ("expert-two", desk.ASKED, desk.ASKER, desk.FAR_AWAY, "applicant"):
        with pytest.raises(NotFound):
            desk.answer(case, asked, by=name)


def test_an_expert_whose_post_ended_does_not_answer(case):
    user = desk.expert()
    asked = desk.ask(case, expert=user)
    user.posts.update(ends=world.START.date() - timedelta(days=1), starts=world.START.date() - timedelta(days=9))
    with pytest.raises(NotFound):
        desk.answer(case, asked, by="expert-one")


def test_a_relative_registered_since_does_not_answer(case):
    user = desk.expert()
    asked = desk.ask(case, expert=user)
    Kinship.objects.create(user=user, relative=case.application.subject, relation="sister")
    with pytest.raises(Refused, match="回避"):
        desk.answer(case, asked, by="expert-one")


def test_whoever_answered_acts_at_no_other_stage(case):
    desk.answer(case, desk.ask(case))
    row = CaseActor.objects.get(application=case.application, stage="asked")
    assert row.capacity == "official"
    assert "另一环节" in door.barred_from(case.application, world.user(desk.ASKED), "decide")


def test_whoever_asked_may_still_decide_their_own_stage(case):
    desk.ask(case)
    case.say("agree")
    assert case.item().stage != "review"


def test_an_open_question_does_not_hold_up_the_decision(case):
    desk.ask(case)
    case.say("agree")


def test_a_question_can_be_taken_back_by_whoever_asked(case):
    asked = desk.ask(case)
    with pytest.raises(NotFound):
        asking.withdraw(world.user("dpf-second"), asked.pk, case.later(1))
    asking.withdraw(world.user(desk.ASKER), asked.pk, case.later(1))
    with pytest.raises(NotFound):
        desk.answer(case, asked)


def test_an_answered_question_is_not_taken_back(case):
    asked = desk.ask(case)
    desk.answer(case, asked)
    with pytest.raises(Conflict):
        asking.withdraw(world.user(desk.ASKER), asked.pk, case.later(1))


def test_a_closed_case_needs_no_answer(case):
    asked = desk.ask(case)
    case.withdraw()
    with pytest.raises(Conflict):
        desk.answer(case, asked)


def test_experts_see_no_case(case):
    user = desk.expert()
    desk.ask(case, expert=user)
    assert not scope.visible_cases(user, case.at).exists()


def test_one_reminder_comes_a_working_day_before_the_answer_is_due(case):
    asked = desk.ask(case, days=5)
    assert clock.remind_asked(case.at) == 0
    near = asked.due_at - timedelta(days=1)
    assert clock.remind_asked(near) == 1
    assert clock.remind_asked(near) == 0
    [move] = Move.objects.filter(kind="remind")
    assert (move.by, move.to_office) == (None, desk.office("hrss"))


def test_nobody_is_reminded_of_what_was_answered_or_taken_back_or_closed(case):
    desk.answer(case, desk.ask(case))
    later = desk.ask(case)
    asking.withdraw(world.user(desk.ASKER), later.pk, case.later(1))
    desk.ask(case)
    case.withdraw()
    assert clock.remind_asked(world.year_later(case.at)) == 0


def test_the_question_shows_to_nobody_else(case):
    asked = desk.ask(case, expert=desk.expert())
    with pytest.raises(NotFound):
        answering.put_to(world.user(desk.ASKED), asked.pk, case.at)
