"""Cases that follow from a helped one, and those filed before mandates were kept: a stop hides them, and the person
takes them over.
"""

from datetime import timedelta

import pytest

from applications import actions, own
from applications.four_eyes import identity_of
from approvals.exofficio import hearing
from audit.models import Event
from benefits.claims import following
from benefits.models import CaseLink
from helping.models import CasePin, HelpedCase
from helping.pins import looking, making
from helping.standing import about, end_mandate, record_consent, shown, taking_over
from people.refusals import Conflict, Invalid, NotFound, Refused
from telling.models import Notice
from tests import world
from tests.approvals.exofficio import Taken
from tests.benefits import claimed
from tests.helping import village
from tests.helping.test_pins import operator
from tests.helping.village import oral

pytestmark = pytest.mark.django_db


def granted():
    """A grant the helper filed for somebody."""
    case = world.stories.grant_case(world.cast(2, account="helper")).submit().say("accept")
    if case.item_kind() == "review":
        case.say("agree")
    return case.end_notice().say("grant")


def mandate_of(case):
    return HelpedCase.objects.get(application=case.application).mandate


def for_somebody(case):
    """As if it had been filed for its subject before mandates were kept."""
    application = case.application
    application.for_other = True
    application.save()
    return case


def revoked(case):
    """The office wants to take it back, and has said so."""
    taken = Taken(case, reviewer="prefecture-reviewer", approver="prefecture-approver")
    return taken.tell()


class TestWhatTheOfficeOpens:
    """A case about the taking back of what a helper applied for."""

    @pytest.fixture
    def taken(self):
        return revoked(granted())

    def test_the_helper_has_it_while_they_may_help(self, taken):
        assert own.cases_of(taken.granted.user).filter(public_id=taken.public_id).exists()
        assert about.mandate_of(taken.application) == mandate_of(taken.granted)

    def test_a_stop_hides_it(self, taken):
        mandate, helper = mandate_of(taken.granted), taken.granted.user
        end_mandate(village.account_of(mandate), mandate, taken.at)
        assert not own.cases_of(helper).exists()
        with pytest.raises(NotFound):
            taken.state()

    def test_the_helper_hears_no_more_of_it(self, taken):
        mandate, helper = mandate_of(taken.granted), taken.granted.user
        end_mandate(village.account_of(mandate), mandate, taken.at)
        before = Notice.objects.filter(user=helper).count()
        hearing.enter_statement(taken.reviewer, taken.public_id, "不同意。", False, taken.later())
        assert Notice.objects.filter(user=helper).count() == before

    def test_the_person_takes_it_over_and_answers(self, taken):
        mandate = mandate_of(taken.granted)
        person = village.account_of(mandate)
        with pytest.raises(Conflict):
            taking_over.take_over(person, taken.public_id, taken.at)
        end_mandate(person, mandate, taken.at)
        waiting = {one.public_id for one in taking_over.waiting_for(person, taken.at)}
        assert waiting == {taken.public_id, taken.granted.public_id}
        taking_over.take_over(person, taken.public_id, taken.later())
        taken.state(user=person)
        assert own.cases_of(person).filter(public_id=taken.public_id).exists()

    def test_nobody_else_takes_it_over(self, taken):
        mandate = mandate_of(taken.granted)
        end_mandate(village.account_of(mandate), mandate, taken.at)
        with pytest.raises(NotFound):
            taking_over.take_over(world.user("applicant"), taken.public_id, taken.at)

    def test_what_the_helper_may_do_is_limited_here_too(self, taken):
        mandate = mandate_of(taken.granted)
        person = village.account_of(mandate)
        end_mandate(person, mandate, taken.at)
        terms = oral(taken.granted.user, way="own_account", scopes=frozenset({"follow"}))
        record_consent(person, mandate.person, terms, taken.later())
        with pytest.raises(Refused) as refusal:
            taken.state()
        assert refusal.value.code == "beyond_mandate"

    def test_who_sees_this_case_alone_may_end_the_help_for_the_person(self, taken):
        mandate = mandate_of(taken.granted)
        assert end_mandate(taken.reviewer, mandate, taken.later(), capacity="office").by == "office"

    def test_the_person_sees_what_was_done_in_it(self, taken):
        assert taken.application in shown.cases_for(mandate_of(taken.granted).person)


@pytest.mark.usefixtures("clock")
class TestTheNextPeriod:
    """A short claim begun from a helped one names its person before it is filed."""

    @pytest.fixture
    def first(self):
        claimed.publish()
        return for_somebody(claimed.granted("2026-06-01", 2))

    def test_a_stop_hides_the_draft_and_the_person_goes_on_with_it(self, first):
        subject = first.application.subject
        mandate = record_consent(first.user, subject, oral(first.user), first.at)
        draft = claimed.begun(first)
        person = village.account_of(mandate)
        end_mandate(person, mandate, draft.at)
        assert not own.cases_of(first.user).filter(for_other=True).exists()
        with pytest.raises(NotFound):
            actions.save_answers(first.user, draft.public_id, {"on_post": True}, draft.at)
        taking_over.take_over(person, draft.public_id, draft.at)
        assert own.cases_of(person).get(public_id=draft.public_id).for_other is False

    def test_who_may_not_apply_begins_none(self, first):
        record_consent(first.user, first.application.subject, oral(first.user, scopes=frozenset({"follow"})), first.at)
        with pytest.raises(Refused):
            following.claim_next(first.user, first.public_id, first.at + timedelta(hours=1))


class TestBeforeMandates:
    """Filed for somebody when nobody asked by what right."""

    @pytest.fixture
    def case(self):
        return for_somebody(world.grant().submit())

    def test_whoever_filed_it_goes_on(self, case):
        assert own.cases_of(case.user).exists()
        actions.withdraw(case.user, case.public_id, case.later())

    def test_the_person_may_take_it_over_at_once(self, case):
        person = world.user("applicant2")
        person.person = case.application.subject
        person.save(update_fields=["person"])
        assert taking_over.waiting_for(person, case.at).exists()
        taking_over.take_over(person, case.public_id, case.at)
        assert not own.cases_of(case.user).exists()

    def test_a_stop_told_to_the_same_helper_hides_it_too(self, case):
        mandate = record_consent(case.user, case.application.subject, oral(case.user), case.at)
        assert own.cases_of(case.user).exists()
        end_mandate(village.account_of(mandate), mandate, case.at)
        assert not own.cases_of(case.user).exists()

    def test_what_others_filed_as_their_own_is_nobody_s_to_take(self):
        case = world.grant().submit()
        person = world.user("applicant2")
        person.person = case.application.subject
        person.save(update_fields=["person"])
        assert not taking_over.waiting_for(person, case.at).exists()
        with pytest.raises(NotFound):
            taking_over.take_over(person, case.public_id, case.at)


class TestTheHouseholdGoesOn:
    """Another head's file is drawn from the old one: hidden from a helper the old head told to stop."""

    def test_the_draft_is_not_the_old_helper_s(self):
        case = for_somebody(world.phase_out_granted())
        mandate = record_consent(case.user, case.application.subject, oral(case.user), case.at)
        draft = actions.begin(case.user, case.application.scheme_code, case.at, for_other=True)
        CaseLink.objects.create(application=draft, previous=case.application, kind="head_died", made_at=case.at)
        assert own.cases_of(case.user).filter(pk=draft.pk).exists()
        end_mandate(village.account_of(mandate), mandate, case.at)
        assert not own.cases_of(case.user).filter(for_other=True).exists()


class TestWhoWroteIt:
    """Taken over by the person, a draft keeps its writer out of the office's work on it."""

    def test_they_are_a_party_of_the_case_the_person_files(self):
        draft = village.draft(0)
        clerk, mandate, at = village.clerk(), draft.helped.mandate, village.AT + timedelta(hours=1)
        person = village.account_of(mandate)
        end_mandate(person, mandate, at)
        taking_over.take_over(person, draft.public_id, at)
        assert draft.actors.get(who=identity_of(clerk)).capacity == "party"
        assert Event.objects.filter(stream=draft.stream, action="case.taken_over").exists()


class TestPins:
    """Who hears by telephone how the case stands is the person's to say."""

    @pytest.fixture
    def case(self):
        operator()
        return world.stories.grant_case(world.cast(2, account="helper")).submit()

    def look(self, case, pin):
        return looking.look_up(operator(), case.application.number, pin, case.at)

    def test_a_helper_s_pin_ends_with_the_help(self, case):
        pin = making.make(case.user, case.public_id, case.later(1))
        assert self.look(case, pin)
        mandate = mandate_of(case)
        end_mandate(village.account_of(mandate), mandate, case.at)
        assert CasePin.objects.get().ended_at == case.at
        with pytest.raises(Invalid):
            self.look(case, pin)

    def test_and_with_the_last_day_of_the_help(self, case):
        mandate = mandate_of(case)
        person = village.account_of(mandate)
        end_mandate(person, mandate, case.at)
        terms = oral(case.user, way="own_account", ends=case.at.date())
        record_consent(person, mandate.person, terms, case.at)
        pin = making.make(case.user, case.public_id, case.later(1))
        case.later(48)
        with pytest.raises(Invalid) as refusal:
            self.look(case, pin)
        assert refusal.value.code == "unknown"

    def test_the_person_s_own_stays(self, case):
        mandate = mandate_of(case)
        person = village.account_of(mandate)
        end_mandate(person, mandate, case.at)
        taking_over.take_over(person, case.public_id, case.at)
        pin = making.make(person, case.public_id, case.later(1))
        again = record_consent(person, mandate.person, oral(case.user, way="own_account"), case.at)
        end_mandate(person, again, case.at)
        assert self.look(case, pin)

    def test_a_pin_of_before_the_person_took_over_is_not_good(self, case):
        made = making.make(case.user, case.public_id, case.later(1))
        mandate = mandate_of(case)
        end_mandate(village.account_of(mandate), mandate, case.at)
        person = village.account_of(mandate)
        taking_over.take_over(person, case.public_id, case.at)
        with pytest.raises(Invalid):
            self.look(case, made)
        assert not CasePin.objects.filter(ended_at__isnull=True).exists()
