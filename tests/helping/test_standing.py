"""Who may help whom: the right and the consent on record, what they allow, and what their end does."""

from datetime import timedelta

import pytest

from applications import actions, own
from applications.models import Application
from applications.uploads import CleanFile
from audit.models import Event
from helping.models import HelpedCase, Mandate
from helping.standing import Terms, end_mandate, may_help, record_consent, taking_over
from helping.standing.recording import details_of, scan_of
from people.refusals import Conflict, Invalid, NotFound, Refused
from telling.models import Notice
from tests import world
from tests.helping import village
from tests.helping.village import AT, known, oral

pytestmark = pytest.mark.django_db
SCAN = CleanFile("consent.pdf", "application/pdf", b"%PDF-1.7 signed")
LATER = AT + timedelta(days=1)


@pytest.fixture
def helper():
    return world.user("helper")


def case_of_helper():
    """A grant that the helper filed for somebody, and the mandate."""
    case = world.stories.grant_case(world.cast(2, account="helper")).submit()
    return case, HelpedCase.objects.get(application=case.application).mandate


class TestConsent:
    """How it is proved, and by whom it may be entered."""

    def test_said_aloud_before_a_witness(self, helper):
        mandate = record_consent(helper, known(), oral(helper), AT)
        assert may_help(helper, mandate.person, AT)
        assert mandate.text_version == "helping/1"
        assert details_of(mandate)["witness"] == "见证人甲"

    @pytest.mark.parametrize(
        "changes,missing",
        [
            ({"witness": " "}, "witness"),
            ({"how": ""}, "how"),
            ({"way": "signed"}, "document"),
            ({"way": "by_law"}, "way"),
            ({"way": "by_law", "kind": "guardian"}, "document"),
            ({"scopes": frozenset()}, "scopes"),
            ({"ends": (AT - timedelta(days=1)).date()}, "ends"),
            ({"starts": (AT + timedelta(days=1)).date()}, "starts"),
            ({"kind": "village"}, "kind"),
            ({"document": "字" * 201}, "document"),
        ],
    )
    def test_what_is_missing_is_named(self, helper, changes, missing):
        with pytest.raises(Invalid) as refusal:
            record_consent(helper, known(), oral(helper, **changes), AT)
        assert missing in refusal.value.errors

    def test_the_scan_is_sealed_with_the_person_s_key(self, helper):
        mandate = record_consent(helper, known(), oral(helper, way="signed", scan=SCAN), AT)
        assert scan_of(mandate) == SCAN.content
        assert "见证人甲".encode() not in bytes(mandate.details)

    def test_nobody_consents_in_another_s_account(self, helper):
        with pytest.raises(Refused):
            record_consent(helper, known(), oral(helper, way="own_account"), AT)

    def test_nobody_enters_a_third_person_s_help(self, helper):
        with pytest.raises(Refused):
            record_consent(world.user("applicant"), known(), oral(helper), AT)

    def test_no_office_but_one_s_own(self):
        clerk = village.clerk()
        school = world.user("school").posts.first().office
        with pytest.raises(Refused):
            record_consent(clerk, known(), village.of_village(clerk, school), AT)

    def test_nobody_helps_themselves(self, helper):
        helper.person = known()
        helper.save()
        with pytest.raises(Invalid):
            record_consent(helper, helper.person, oral(helper), AT)

    def test_the_same_is_recorded_once(self, helper):
        record_consent(helper, known(), oral(helper), AT)
        with pytest.raises(Conflict):
            record_consent(helper, known(), oral(helper), AT)

    def test_the_event_holds_no_name(self, helper):
        record_consent(helper, known(), oral(helper), AT)
        event = Event.objects.get(action="mandate.recorded")
        assert village.somebody().name not in str(event.data)
        assert event.data["way"] == "oral"


class TestHowLong:
    """From a day to a day, as long as the post is held, until it is ended."""

    def test_not_after_its_last_day(self, helper):
        mandate = record_consent(helper, known(), oral(helper, ends=AT.date()), AT)
        assert may_help(helper, mandate.person, AT)
        assert not may_help(helper, mandate.person, LATER)

    def test_only_within_its_scope(self, helper):
        mandate = record_consent(helper, known(), oral(helper, scopes=frozenset({"follow"})), AT)
        assert may_help(helper, mandate.person, AT, "follow")
        assert not may_help(helper, mandate.person, AT, "apply")

    def test_an_official_only_while_at_the_office(self):
        made = village.villager()
        clerk = village.clerk()
        assert may_help(clerk, made.person, AT)
        clerk.posts.update(ends=AT.date())
        assert not may_help(clerk, made.person, LATER)

    def test_for_an_office_everybody_who_works_there(self):
        clerk, office = village.clerk("township"), village.office()
        terms = Terms(kind="counter", way="oral", office=office, witness="甲", how="窗口")
        mandate = record_consent(clerk, known(), terms, AT)
        assert may_help(village.clerk(), mandate.person, AT)
        assert not may_help(world.user("school"), mandate.person, AT)

    def test_the_database_keeps_it_as_it_was(self, helper):
        mandate = record_consent(helper, known(), oral(helper), AT)
        with pytest.raises(Exception, match="append-only"):
            Mandate.objects.filter(pk=mandate.pk).update(may_apply=False)


class TestFiling:
    """Nobody files for somebody else without it."""

    def draft(self, helper):
        return world.stories.grant_case(world.cast(2, account="helper"))

    def test_without_consent_nothing_is_filed(self, helper):
        case = self.draft(helper)
        with pytest.raises(Invalid) as refusal:
            actions.submit(helper, case.public_id, LATER, with_papers=False)
        assert refusal.value.code == "no_mandate"
        assert case.application.state == "draft"

    def test_with_it_the_case_says_so(self):
        case, mandate = case_of_helper()
        event = Event.objects.get(stream=case.application.stream, action="case.helped")
        assert event.data["kind"] == mandate.kind

    def test_the_right_to_follow_is_none_to_file(self, helper):
        case = self.draft(helper)
        person = case_person(case)
        record_consent(helper, person, oral(helper, scopes=frozenset({"follow"})), AT)
        with pytest.raises(Refused) as refusal:
            actions.submit(helper, case.public_id, LATER, with_papers=False)
        assert refusal.value.code == "beyond_mandate"

    def test_a_draft_begun_for_one_villager_is_not_filed_for_another(self):
        draft = village.draft(0)
        clerk, other = village.clerk(), village.somebody(1)
        record_consent(clerk, known(1), village.of_village(clerk, village.office()), AT)
        given = world.stories.answers.recognition(other, village.office().division_id)
        actions.save_answers(clerk, draft.public_id, given, LATER)
        with pytest.raises(Invalid) as refusal:
            actions.submit(clerk, draft.public_id, LATER, with_papers=False)
        assert refusal.value.code == "other_person"

    def test_one_s_own_case_needs_none(self):
        assert world.grant().submit().application.state == "submitted"
        assert not HelpedCase.objects.exists()


def case_person(case):
    """Whom a draft is about, on record."""
    told = world.stored.read(case.application)
    return village.person_with(told["id_number"], told["name"])


class TestStopping:
    """The person, the helper, or an official to whom the person said so; from then on the helper has nothing."""

    def test_the_helper_no_longer_has_the_case(self, helper):
        case, mandate = case_of_helper()
        assert own.cases_of(helper).filter(public_id=case.public_id).exists()
        person = village.account_of(mandate)
        end_mandate(person, mandate, case.at)
        assert not may_help(helper, mandate.person, case.at)
        assert not own.cases_of(helper).exists()
        with pytest.raises(NotFound):
            actions.withdraw(helper, case.public_id, case.later())

    def test_the_person_goes_on_with_it(self, helper):
        case, mandate = case_of_helper()
        person = village.account_of(mandate)
        with pytest.raises(Conflict):
            taking_over.take_over(person, case.public_id, case.at)
        end_mandate(person, mandate, case.at)
        assert [one.pk for one in taking_over.waiting_for(person, case.at)] == [case.application.pk]
        taking_over.take_over(person, case.public_id, case.at)
        assert own.cases_of(person).get().public_id == case.public_id
        assert not taking_over.waiting_for(person, case.at)

    def test_nobody_else_takes_it_over(self):
        case, mandate = case_of_helper()
        end_mandate(village.account_of(mandate), mandate, case.at)
        with pytest.raises(NotFound):
            taking_over.take_over(world.user("applicant"), case.public_id, case.at)

    def test_the_helper_cannot_say_they_agreed_again(self, helper):
        case, mandate = case_of_helper()
        end_mandate(village.account_of(mandate), mandate, case.at)
        with pytest.raises(Refused) as refusal:
            record_consent(helper, mandate.person, oral(helper), case.at)
        assert refusal.value.code == "stopped"

    def test_an_official_may_record_it_from_a_signed_scan(self, helper):
        case, mandate = case_of_helper()
        end_mandate(village.account_of(mandate), mandate, case.at)
        official = world.user("township")
        with pytest.raises(Refused):
            record_consent(official, mandate.person, oral(helper), case.at)
        record_consent(official, mandate.person, oral(helper, way="signed", scan=SCAN), case.at)
        assert own.cases_of(helper).exists()

    def test_who_gave_up_may_help_again(self, helper):
        _case, mandate = case_of_helper()
        end_mandate(helper, mandate, AT)
        record_consent(helper, mandate.person, oral(helper), LATER)

    def test_an_official_who_sees_the_case_ends_it_for_the_person(self):
        case, mandate = case_of_helper()
        ended = end_mandate(world.user("school"), mandate, case.at, capacity="hotline")
        assert ended.by == "hotline"

    @pytest.mark.parametrize("account", ["other-county", "applicant", "finance-maker", "auditor"])
    def test_nobody_else_ends_it(self, account):
        case, mandate = case_of_helper()
        with pytest.raises(NotFound):
            end_mandate(world.user(account), mandate, case.at, capacity="office")

    def test_it_ends_once(self, helper):
        _case, mandate = case_of_helper()
        end_mandate(helper, mandate, AT)
        with pytest.raises(Conflict):
            end_mandate(helper, mandate, LATER)

    def test_the_helper_is_told_and_hears_no_more_of_the_case(self, helper):
        case, mandate = case_of_helper()
        end_mandate(village.account_of(mandate), mandate, case.at)
        assert Notice.objects.filter(user=helper, kind="helper_dismissed", channel="site").count() == 1
        before = Notice.objects.filter(user=helper).count()
        case.say("accept")
        assert Notice.objects.filter(user=helper).count() == before

    def test_the_case_goes_on(self):
        case, mandate = case_of_helper()
        end_mandate(village.account_of(mandate), mandate, case.at)
        assert case.say("accept").application.state == "accepted"
        assert Application.objects.get(public_id=case.public_id).filed_by.username == "helper"
