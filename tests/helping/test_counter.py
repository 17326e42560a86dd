"""The counter: by the applicant's leave, read back before it is filed, and never decided by whoever wrote it."""

import pytest

from applications import actions
from applications import answers as answers_of
from applications.door import barred_from
from applications.models import Application
from approvals import decide
from audit.models import Event
from helping.counter import filing, visiting
from helping.models import CounterVisit, HelpedCase, Mandate
from helping.standing import end_mandate
from helping.standing.taking_over import take_over, waiting_for
from people import recording
from people.models import Person
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.applications.pages import sign_in, text_of
from tests.helping import at_counter, invitees, village
from tests.helping.at_counter import AT, SCHEME
from tests.threads import race

pytestmark = pytest.mark.django_db


class TestWhoIsThere:
    def test_looking_somebody_up_is_on_the_record_without_the_number(self):
        person, office = at_counter.who(), at_counter.office()
        sent = {"office": office.pk, "name": person.name, "id_number": person.id_number}
        assert sign_in("township").post("/helping/counter/", sent).status_code == 302
        event = Event.objects.get(action="counter.sought")
        assert event.actor == "township"
        assert event.data["found"] is False
        assert at_counter.who().id_number not in str(event.data)

    def test_name_and_number_are_kept_sealed(self):
        visit = at_counter.begun()
        assert at_counter.who().id_number.encode() not in bytes(visit.said)
        assert visiting.said_at(visit)["id_number"] == at_counter.who().id_number

    def test_nobody_is_recorded_before_they_agreed(self):
        at_counter.begun()
        assert not Person.objects.filter(name=at_counter.who().name, applications=None).exists()

    def test_the_same_person_again_is_the_same_visit(self):
        assert at_counter.begun().pk == at_counter.begun().pk

    def test_a_clerk_does_not_serve_themselves(self):
        clerk = at_counter.clerk()
        clerk.person = at_counter.agreed().mandate.person
        clerk.save()
        with pytest.raises(Refused):
            at_counter.begun()

    @pytest.mark.parametrize("name", ["county-reviewer", "applicant", "auditor"])
    def test_only_clerks_serve(self, name):
        assert sign_in(name).get("/helping/counter/").status_code == 404

    def test_a_colleague_s_visit_does_not_exist(self):
        visit = at_counter.begun()
        assert sign_in("county-clerk").get(f"/helping/counter/{visit.public_id}/").status_code == 404
        with pytest.raises(NotFound):
            visiting.close(world.user("county-clerk"), visit.public_id, AT)


class TestTheName:
    def test_another_name_for_a_known_number_is_refused_and_nothing_is_told(self):
        known = at_counter.agreed().mandate.person
        visiting.close(at_counter.clerk(), CounterVisit.objects.get().public_id, AT)
        sent = {"office": at_counter.office().pk, "name": "另一个人", "id_number": at_counter.who().id_number}
        answer = sign_in("township").post("/helping/counter/", sent)
        assert answer.status_code == 422
        assert "姓名和身份证号码对不上" in text_of(answer)
        assert known.name not in text_of(answer)
        assert CounterVisit.objects.count() == 1

    def test_a_number_that_became_known_under_another_name_stops_the_consent(self):
        visit, person = at_counter.begun(), at_counter.who()
        recording.person_with(person.id_number, "另一个人")
        with pytest.raises(Invalid) as refusal:
            visiting.consent(at_counter.clerk(), visit.public_id, at_counter.terms(visit), AT)
        assert refusal.value.code == "other_name"
        assert not Mandate.objects.exists()

    def test_a_slip_in_the_name_of_an_open_visit_is_put_right(self):
        visit, person = at_counter.begun(), at_counter.who()
        again, new = visiting.start(at_counter.clerk(), visit.office, "王改正", person.id_number, AT)
        assert (again.pk, new) == (visit.pk, False)
        assert visiting.said_at(at_counter.again(visit))["name"] == "王改正"


class TestAfterTheVisit:
    def test_the_draft_of_a_visit_that_is_over_is_opened_no_more(self):
        visit = at_counter.drafted()
        visiting.close(at_counter.clerk(), visit.public_id, AT)
        client, draft = sign_in("township"), visit.application.public_id
        assert client.get(f"/applications/{draft}/").status_code == 404
        assert client.get(f"/helping/counter/{visit.public_id}/read/").status_code == 404
        with pytest.raises(NotFound):
            actions.save_answers(at_counter.clerk(), draft, {"phone": "13800000000"}, AT)

    def test_the_person_goes_on_with_what_was_left_there_without_stopping_the_clerk(self):
        visit = at_counter.drafted()
        person = village.account_of(visit.mandate)
        assert not waiting_for(person, AT).exists()
        visiting.close(at_counter.clerk(), visit.public_id, AT)
        assert [one.pk for one in waiting_for(person, AT)] == [visit.application_id]
        assert take_over(person, visit.application.public_id, AT).filed_by == person

    def test_who_took_the_draft_over_files_it_without_the_counter(self):
        visit = at_counter.drafted()
        draft, owner = visit.application, world.user("applicant2")
        Application.objects.filter(pk=draft.pk).update(filed_by=owner, for_other=False)
        assert actions.submit(owner, draft.public_id, AT).number


class TestAfterAStop:
    @pytest.fixture
    def visit(self):
        visit = at_counter.filed()
        end_mandate(at_counter.clerk(), visit.mandate, AT, capacity="office")
        return visit

    def test_the_list_names_neither_the_matter_nor_the_number(self, visit):
        page = text_of(sign_in("township").get("/helping/counter/"))
        assert visit.application.number not in page
        assert "不再由您办理" in page

    def test_the_visit_names_nobody_and_no_case(self, visit):
        page = text_of(sign_in("township").get(f"/helping/counter/{visit.public_id}/"))
        assert visit.mandate.person.name not in page
        assert visit.application.number not in page

    def test_the_receipt_is_not_there_any_more(self, visit):
        assert sign_in("township").get(f"/helping/counter/{visit.public_id}/done/").status_code == 404


class TestConsent:
    def test_without_it_no_draft_is_begun(self):
        visit = at_counter.begun()
        with pytest.raises(Refused):
            filing.begin(at_counter.clerk(), visit.public_id, SCHEME, AT)
        assert not CounterVisit.objects.get(pk=visit.pk).application_id

    def test_aloud_needs_a_witness(self):
        visit = at_counter.begun()
        with pytest.raises(Invalid) as refusal:
            visiting.consent(at_counter.clerk(), visit.public_id, at_counter.terms(visit, witness=""), AT)
        assert "witness" in refusal.value.errors

    def test_the_page_keeps_what_was_typed_when_the_witness_is_missing(self):
        visit = at_counter.begun()
        sent = {"way": "oral", "how": "读过了。"}
        answer = sign_in("township").post(f"/helping/counter/{visit.public_id}/consent/", sent)
        assert answer.status_code == 422
        assert "读过了。" in text_of(answer)

    def test_sent_once_more_it_is_said_to_be_there_already(self):
        visit = at_counter.agreed()
        answer = sign_in("township").post(f"/helping/counter/{visit.public_id}/consent/", {})
        assert answer.status_code == 409
        assert "本人的同意已经登记" in text_of(answer)
        assert Mandate.objects.count() == 1

    def test_a_consent_given_before_is_taken_up(self):
        visiting.close(at_counter.clerk(), at_counter.agreed().public_id, AT)
        visit = at_counter.begun()
        assert visiting.take_up(at_counter.clerk(), visit.public_id, AT)
        assert Mandate.objects.count() == 1

    def test_taken_back_it_stops_the_filing(self):
        visit = at_counter.drafted()
        end_mandate(at_counter.clerk(), visit.mandate, AT, capacity="office")
        with pytest.raises((Refused, NotFound)):
            filing.file(at_counter.clerk(), visit.public_id, visit.application.version, AT)


class TestFiling:
    def test_the_draft_holds_what_the_card_said_and_no_account(self):
        visit = at_counter.agreed()
        application = filing.begin(at_counter.clerk(), visit.public_id, SCHEME, AT)
        known = answers_of.read(application)
        assert known["id_number"] == at_counter.who().id_number
        assert "account" not in known
        assert bytes(at_counter.again(visit).said) == b""

    def test_who_brings_an_invitation_along_finds_its_facts_in_the_draft(self):
        invitation, person = invitees.invitation(), invitees.person(0)
        visit, _new = visiting.start(at_counter.clerk(), at_counter.office(), person.name, person.id_number, AT)
        visiting.consent(at_counter.clerk(), visit.public_id, at_counter.terms(visit), AT)
        application = filing.begin(at_counter.clerk(), visit.public_id, invitees.SCHEME, AT)
        assert answers_of.read(application)["operates_in_person"] is True
        invitation.refresh_from_db()
        assert (invitation.state, invitation.application) == ("accepted", application)

    def test_past_reading_back_nothing_is_filed(self):
        visit = at_counter.drafted()
        with pytest.raises(Invalid) as refusal:
            actions.submit(at_counter.clerk(), visit.application.public_id, AT)
        assert refusal.value.code == "not_read_back"

    def test_filed_it_is_bound_to_the_consent_and_the_visit_is_over(self):
        visit = at_counter.filed()
        assert visit.application.number
        assert visit.closed_at == AT
        assert HelpedCase.objects.get().mandate == visit.mandate
        assert Event.objects.filter(stream=visit.application.stream, action="counter.read_back").count() == 1

    def test_whoever_wrote_it_can_never_act_on_it(self):
        school = world.user("school")
        visit = at_counter.filed(user=school)
        item = world.open_item(visit.application)
        assert item.queue.office in visiting.offices_of(school, AT)
        assert barred_from(visit.application, school, item.stage)
        with pytest.raises(Refused) as refusal:
            decide.act(school, item.pk, decide.Said("accept", text="受理"), AT)
        assert refusal.value.code == "recusal"

    def test_a_second_filing_of_the_same_person_is_refused_in_words(self):
        at_counter.filed()
        other = at_counter.drafted(user=world.user("school"))
        with pytest.raises(Conflict) as refusal:
            filing.file(world.user("school"), other.public_id, other.application.version, AT)
        assert refusal.value.code == "once_for_life"

    def test_the_pages_lead_from_the_person_to_the_receipt(self):
        client, visit = sign_in("township"), at_counter.drafted()
        page = text_of(client.get(f"/helping/counter/{visit.public_id}/read/"))
        assert "逐项读给申请人听" in page
        assert at_counter.who().name in page
        assert client.get(f"/helping/counter/{visit.public_id}/done/").status_code == 302

    def test_a_page_without_the_reading_back_ticked_files_nothing(self):
        client, visit = sign_in("township"), at_counter.drafted()
        sent = {"version": visit.application.version}
        assert client.post(f"/helping/counter/{visit.public_id}/read/", sent).status_code == 422
        assert not Application.objects.get(pk=visit.application_id).number


@pytest.mark.django_db(transaction=True)
def test_two_clerks_who_file_the_same_person_at_once_make_one_case():
    township, school = at_counter.clerk(), world.user("school")
    first, second = at_counter.drafted(), at_counter.drafted(user=school)
    came = race(
        lambda: filing.file(township, first.public_id, first.application.version, AT),
        lambda: filing.file(school, second.public_id, second.application.version, AT),
    )
    assert sorted(type(one).__name__ for one in came) == ["Application", "Conflict"]
    assert Application.objects.filter(number__isnull=False).count() == 1
