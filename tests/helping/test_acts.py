"""What a mandate's scopes allow, act by act; what no scope names is for helpers who were given all of them."""

from datetime import timedelta

import pytest
from django.db import transaction

from applications import actions, attachments, door, messages, own
from applications.models import Application
from applications.own import Act
from approvals.complaints import filing
from approvals.exofficio import hearing
from approvals.moves import urging
from benefits.milestones import reporting
from benefits.waivers import changes
from helping.models import HelpedCase
from helping.pins import making
from helping.standing import EVERYTHING, Terms, end_mandate, record_consent
from payouts.returns import accounts
from people.refusals import Refused
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.helping import village
from tests.helping.village import oral

pytestmark = pytest.mark.django_db

APPLYING = {Act.FILE, Act.CONTINUE, Act.ERASE}
FOLLOWING = {Act.RATE, Act.URGE, Act.WRITE, Act.READ, Act.PIN}
CORRECTING = {Act.EDIT, Act.CORRECT, Act.DELIVER}
SPEAKING = {Act.WITHDRAW, Act.REPORT, Act.STATE, Act.ACCOUNT, Act.COMPLAIN}
# On a case that was filed: act by act what a helper with this one scope is refused.
REFUSED = {
    "apply": FOLLOWING | CORRECTING | SPEAKING | {Act.RECEIVE},
    "follow": APPLYING | CORRECTING | SPEAKING | {Act.RECEIVE},
    "correct": APPLYING | FOLLOWING | SPEAKING | {Act.RECEIVE},
    "receive": APPLYING | FOLLOWING | CORRECTING | SPEAKING,
}


def filed(*scopes):
    """A case the helper filed, and to whom the person now leaves these scopes alone."""
    case = world.stories.grant_case(world.cast(2, account="helper")).submit()
    leave(case, *scopes)
    return case


def leave(case, *scopes):
    """The person ends what was agreed and agrees to this."""
    mandate = HelpedCase.objects.get(application=case.application).mandate
    person = village.account_of(mandate)
    end_mandate(person, mandate, case.at)
    terms = Terms(kind="family", way="own_account", helper=case.user, scopes=frozenset(scopes))
    record_consent(person, mandate.person, terms, case.later(1))


def refused_acts(case):
    """The acts the gate refuses in this case."""
    return {act for act in Act if is_refused(case, act)}


def is_refused(case, act):
    try:
        with door.open_case(case.public_id, user=case.user, at=case.at) as opened, transaction.atomic():
            own.require(opened, act)
    except Refused as refusal:
        return refusal.code == "beyond_mandate"
    return False


@pytest.mark.parametrize("scope", sorted(EVERYTHING))
def test_one_scope_allows_no_act_of_another(scope):
    assert refused_acts(filed(scope)) == REFUSED[scope]


def test_whoever_was_given_all_of_them_is_refused_nothing():
    assert refused_acts(filed(*EVERYTHING)) == set()


def test_three_of_four_do_not_speak_for_the_person():
    assert refused_acts(filed("apply", "follow", "correct")) == SPEAKING | {Act.RECEIVE}


def test_a_draft_is_filled_in_by_who_may_apply_and_not_by_who_may_correct():
    draft = village.draft(0)
    mandate = draft.helped.mandate
    person, at = village.account_of(mandate), village.AT + timedelta(hours=1)
    end_mandate(person, mandate, at)
    terms = village.of_village(village.clerk(), mandate.office, way="own_account", scopes=frozenset({"follow"}))
    record_consent(person, mandate.person, terms, at)
    with pytest.raises(Refused):
        actions.save_answers(village.clerk(), draft.public_id, {"phone": "13887300001"}, at)


def test_every_service_names_its_act():
    """By a helper who may follow: refused before anything of the case is looked at."""
    case = filed("follow")
    user, ref, at = case.user, case.public_id, case.later()
    for act in (
        lambda: actions.withdraw(user, ref, at),
        lambda: actions.save_answers(user, ref, {"phone": "13887300001"}, at),
        lambda: attachments.remove(user, ref, "00000000-0000-4000-8000-000000000000", at),
        lambda: accounts.key_in(user, ref, "6222020000000000001", "银行", at),
        lambda: filing.complain(user, ref, filing.Complained("service", "太慢"), at),
        lambda: hearing.state_case(user, ref, "不同意", False, at),
        lambda: changes.report_own(user, ref, "moved", at.date(), "搬家", at),
        lambda: reporting.report(user, ref, 1, reporting.Told("完成", village.picture()), at),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "beyond_mandate"
    assert messages.read(user, ref, at) == 0
    assert len(making.make(user, ref, at)) == making.DIGITS
    assert urging.too_soon(case.application, at)


def test_one_s_own_case_is_bound_by_none():
    case = world.grant().submit()
    assert refused_acts(case) == set()


def test_the_page_says_why():
    case = filed("follow")
    sent = {"version": case.application.version}
    page = sign_in("helper").post(f"/applications/{case.public_id}/withdraw/", sent, follow=True)
    assert "本人授权您办理的事项里没有这一项" in text_of(page)
    assert Application.objects.get(public_id=case.public_id).state == "submitted"


def test_what_is_about_oneself_is_filed_for_nobody_else():
    """Ticked as somebody else's, with one's own name and number."""
    case = world.stories.grant_case(world.cast(2, account="helper"))
    told = world.answers_of(case)
    helper = case.user
    helper.person = village.person_with(told["id_number"], told["name"])
    helper.save(update_fields=["person"])
    actions.submit(helper, case.public_id, case.later(1), with_papers=False)
    assert (case.application.for_other, HelpedCase.objects.exists()) == (False, False)
    actions.withdraw(helper, case.public_id, case.later(1))


def test_nobody_records_that_they_help_themselves_by_it():
    """The draft of a villager does not become the clerk's own by their number."""
    draft = village.draft(0)
    clerk, other = village.clerk(), village.somebody(1)
    clerk.person = village.known(1)
    clerk.save(update_fields=["person"])
    given = world.stories.answers.recognition(other, village.office().division_id)
    actions.save_answers(clerk, draft.public_id, given, village.AT + timedelta(hours=1))
    with pytest.raises(Refused):
        actions.submit(clerk, draft.public_id, village.AT + timedelta(hours=2), with_papers=False)


def test_a_clerk_of_an_office_that_was_told_to_stop_does_not_go_on_as_a_person():
    clerk, office = village.clerk("township"), village.office()
    terms = Terms(kind="counter", way="oral", office=office, witness="甲", how="窗口")
    mandate = record_consent(clerk, village.known(), terms, village.AT)
    end_mandate(village.account_of(mandate), mandate, village.AT)
    for told in (oral(clerk), village.of_village(village.clerk(), office)):
        with pytest.raises(Refused) as refusal:
            record_consent(told.helper, mandate.person, told, village.AT)
        assert refusal.value.code == "stopped"


def test_a_clerk_who_was_told_to_stop_does_not_go_on_as_the_office():
    clerk, office = village.clerk(), village.office()
    mandate = record_consent(clerk, village.known(), village.of_village(clerk, office), village.AT)
    end_mandate(village.account_of(mandate), mandate, village.AT)
    with pytest.raises(Refused):
        record_consent(clerk, mandate.person, village.of_village(None, office), village.AT)
    record_consent(village.clerk("township"), mandate.person, village.of_village(None, office), village.AT)
