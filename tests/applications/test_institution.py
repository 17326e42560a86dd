"""An organisation applies: who is party to its case, what is recorded of it, and what nobody else can change."""

import pytest
from django.db import IntegrityError, transaction

from applications import actions
from applications import answers as answers_of
from applications.models import CaseActor
from approvals import decide
from audit.models import Event
from people import vault
from people.models import Affiliation, Organisation, Person
from people.refusals import Conflict, Invalid, Refused
from people.synthetic import synthetic_person
from tests import institution, world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scheme(peopled):
    return institution.publish()


def submit(case):
    return actions.submit(case.user, case.public_id, case.later(1), with_papers=False)


def ask_to_correct(case, question):
    case.say("correction", points=(("question", question, "与执照不一致。"),), correction_kind="incorrect")


def parties(case):
    return set(case.application.actors.filter(capacity="party").values_list("who", flat=True))


class TestFiling:
    def test_it_is_about_the_organisation_and_paid_to_it(self):
        application = institution.case().submit().application
        found = institution.organisation()
        assert (application.organisation, application.payee_organisation) == (found, found)
        assert application.payee is None

    def test_its_subject_is_the_authorised_person(self):
        case = institution.case().submit()
        assert case.application.subject.name == institution.answers()["name"]

    def test_the_organisation_is_recorded_as_the_case_gives_it(self):
        institution.case().submit()
        found = institution.organisation()
        account = vault.decrypt(found.data_key, found.account, "account")
        assert (found.name, found.legal_representative, account) == (institution.NAME, "普文斌", institution.ACCOUNT)
        assert (found.bank, found.division_id) == ("中国建设银行蒙自支行", "532503")

    def test_the_account_of_the_organisation_is_not_the_authorised_person_s(self):
        subject = institution.case().submit().application.subject
        assert (bytes(subject.account), subject.account_index) == (b"", "")

    def test_a_code_typed_in_groups_is_the_same_code(self):
        institution.case(uscc=f" {institution.code_of().lower()[:8]} {institution.code_of()[8:]} ").submit()
        assert Organisation.objects.get().uscc == institution.code_of()

    def test_a_second_case_finds_the_organisation_it_knows(self):
        first = institution.case().submit()
        second = institution.case(by="applicant2").submit()
        assert first.application.organisation == second.application.organisation

    def test_the_draft_knows_that_it_is_an_organisation_s_and_which_it_is_only_when_filed(self):
        application = institution.case().application
        assert (application.by_organisation, application.organisation) == (True, None)

    def test_a_person_s_case_has_no_organisation(self):
        application = world.grant().submit().application
        assert (application.by_organisation, application.organisation, application.payee_organisation) == (
            False,
            None,
            None,
        )

    @pytest.mark.parametrize(
        "field, value",
        [("uscc", "91350100M000100Y44"), ("uscc", "9135"), ("organisation", "12345"), ("id_number", "1")],
    )
    def test_what_cannot_be_right_is_named(self, field, value):
        case = institution.case(**{field: value})
        with refused(Invalid) as caught:
            submit(case)
        assert set(caught.value.errors) == {field}

    @pytest.mark.parametrize("field", ["uscc", "organisation", "legal_representative", "name", "account"])
    def test_what_is_missing_is_named(self, field):
        case = institution.case(**{field: ""})
        with refused(Invalid) as caught:
            submit(case)
        assert field in caught.value.errors

    def test_its_number_and_events_hold_no_name_and_no_account(self):
        case = institution.case().submit()
        told = str(list(Event.objects.filter(stream=case.application.stream).values_list("data", "subject", "actor")))
        assert institution.NAME not in told
        assert institution.ACCOUNT not in told


class TestWhatALiveCaseRestsOn:
    def test_another_filing_cannot_rename_the_organisation(self):
        institution.case().submit()
        institution.case(by="applicant2", organisation="假冒中心").submit()
        assert institution.organisation().name == institution.NAME

    def test_another_filing_cannot_redirect_its_account(self):
        institution.case().submit()
        institution.case(by="applicant2", account=institution.ACCOUNT_OF_ANOTHER).submit()
        found = institution.organisation()
        assert vault.decrypt(found.data_key, found.account, "account") == institution.ACCOUNT

    def test_each_case_keeps_the_name_and_account_it_gave(self):
        institution.case().submit()
        second = institution.case(by="applicant2", organisation="假冒中心").submit()
        assert answers_of.read(second.application)["organisation"] == "假冒中心"

    def test_what_a_case_taken_back_said_is_corrected_by_the_next(self):
        institution.case(organisation="阳光服物中心").submit().withdraw()
        institution.case().submit()
        assert institution.organisation().name == institution.NAME

    def test_a_correction_of_the_case_itself_corrects_the_record(self):
        case = institution.case(organisation="阳光服物中心").submit()
        case.say(
            "correction", points=(("question", "organisation", "名称与执照不一致。"),), correction_kind="incorrect"
        )
        actions.save_answers(case.user, case.public_id, {"organisation": institution.NAME}, case.later(1))
        case.resubmit()
        assert institution.organisation().name == institution.NAME

    def test_a_corrected_code_names_the_other_organisation_and_both_stay_parties(self):
        case = institution.case().submit()
        ask_to_correct(case, "uscc")
        actions.save_answers(case.user, case.public_id, {"uscc": institution.code_of(5)}, case.later(1))
        case.resubmit()
        assert case.application.organisation == institution.organisation(5)
        assert {f"organisation:{one.pk}" for one in Organisation.objects.all()} <= parties(case)

    def test_a_member_of_a_household_with_a_live_case_is_not_renamed_by_another_filing(self):
        case = world.phase_out().submit()
        member = answers_of.read(case.application)["household"][1]
        institution.case(name="假名", id_number=member["id_number"]).submit()
        assert Person.objects.get(id_index=vault.blind_index("id", member["id_number"])).name == member["name"]


class TestFourEyes:
    def test_organisation_authorised_person_and_filer_are_parties(self):
        case = institution.case().submit()
        application = case.application
        expected = {
            f"organisation:{application.organisation_id}",
            f"person:{application.subject_id}",
            f"user:{case.user.pk}",
        }
        assert parties(case) == expected

    def test_an_official_who_registered_the_organisation_is_barred_from_filing_on(self):
        institution.case().submit().withdraw()
        clerk = world.user("clerk-of-dpf")
        Affiliation.objects.create(user=clerk, organisation=institution.organisation(), relation="owner")
        case = institution.case(by="applicant2").submit()
        assert case.application.actors.get(who=f"user:{clerk.pk}").capacity == CaseActor.Capacity.RELATIVE
        with refused(Refused, "recusal"):
            decide.act(clerk, case.item().pk, decide.Said("accept"), case.later(1))

    def test_an_official_who_registers_the_organisation_later_is_barred_from_then_on(self):
        case = institution.case().submit()
        clerk = world.user("clerk-of-dpf")
        Affiliation.objects.create(user=clerk, organisation=institution.organisation(), relation="owner")
        with refused(Refused, "recusal"):
            decide.claim(clerk, case.item().pk, case.later(1))

    def test_an_official_connected_to_another_organisation_is_not(self):
        institution.case(3).submit()
        clerk = world.user("clerk-of-dpf")
        Affiliation.objects.create(user=clerk, organisation=institution.organisation(3), relation="owner")
        assert institution.case().submit().say("accept").application.state == "accepted"

    def test_an_official_who_is_its_authorised_person_is_barred(self):
        case = institution.case().submit()
        clerk = world.user("clerk-of-dpf")
        clerk.person = case.application.subject
        clerk.save()
        with refused(Refused, "recusal"):
            decide.claim(clerk, case.item().pk, case.later(1))


class TestOnceAnOrganisation:
    @pytest.fixture(autouse=True)
    def scheme(self, peopled):
        return institution.publish(once="life", once_group="sheltered-workshop")

    def test_a_second_live_case_of_the_organisation_is_refused(self):
        institution.case().submit()
        other = institution.case(by="applicant2", name="罗建华", id_number=synthetic_person(9, "532503").id_number)
        with refused(Conflict, "once_for_life"):
            submit(other)

    def test_the_same_authorised_person_may_file_for_another_organisation(self):
        institution.case().submit()
        other = institution.case(by="applicant2", uscc=institution.code_of(8), organisation="另一家中心")
        assert submit(other).state == "submitted"

    def test_after_the_first_was_taken_back_it_may_apply_again(self):
        institution.case().submit().withdraw()
        assert submit(institution.case(by="applicant2")).state == "submitted"


class TestTheDatabaseItself:
    def half(self, application, **changes):
        with pytest.raises(IntegrityError, match="application_is_one_party_s"), transaction.atomic():
            type(application).objects.filter(pk=application.pk).update(**changes)

    def test_a_filed_case_of_an_organisation_has_one(self):
        self.half(institution.case().submit().application, organisation=None)

    def test_it_says_which_is_paid(self):
        self.half(institution.case().submit().application, payee_organisation=None)

    def test_no_person_is_paid_beside_it(self):
        application = institution.case().submit().application
        self.half(application, payee=application.subject)

    def test_a_person_s_case_names_no_organisation(self):
        institution.case().submit()
        self.half(world.grant().submit().application, organisation=institution.organisation())


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_threads
def test_two_filings_at_once_record_one_organisation(race):
    other = synthetic_person(9, "532503")
    drafts = [institution.case(), institution.case(by="applicant2", name=other.name, id_number=other.id_number)]
    race(*(lambda draft=draft: submit(draft) for draft in drafts))
    assert [draft.application.organisation for draft in drafts] == [institution.organisation()] * 2
