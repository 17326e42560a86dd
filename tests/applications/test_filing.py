"""Filing: what a draft becomes when it is submitted, and what is refused."""

from datetime import timedelta

import pytest

from applications import actions
from applications import answers as answers_of
from applications.models import Application
from audit.models import Event
from papers.models import Counter
from people import vault
from people.models import Office, Person
from people.refusals import Conflict, Invalid, NotFound
from people.synthetic import synthetic_person
from schemes.models import SchemeVersion
from tests import stages, world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
LATER = world.START + timedelta(hours=5)


def save(case, **changes):
    return actions.save_answers(case.user, case.public_id, changes, case.at)


def submit(case, **options):
    return actions.submit(case.user, case.public_id, LATER, **{"with_papers": False} | options)


def new_version(scheme):
    """The same content published once more."""
    old = SchemeVersion.objects.filter(scheme_id=scheme).latest("number")
    old.pk, old.number = None, old.number + 1
    old.save(force_insert=True)
    return old


class TestDraft:
    """Before it is filed."""

    def test_it_begins_empty_and_in_nobodys_name(self):
        application = actions.begin(world.user("applicant"), "grad-jobseeking", world.START)
        assert (application.state, application.number, application.subject, application.round) == (
            "draft",
            None,
            None,
            0,
        )
        assert answers_of.read(application) == {}

    def test_it_stays_with_the_version_it_began_under(self):
        case = world.grant()
        began = case.application.scheme_version
        new_version("grad-jobseeking")
        case.submit()
        assert case.application.scheme_version == began

    def test_the_next_one_begins_under_the_new_version(self):
        published = new_version("grad-jobseeking")
        assert world.grant().application.scheme_version == published

    def test_a_scheme_nobody_has_published_does_not_exist(self):
        with refused(NotFound):
            actions.begin(world.user("applicant"), "no-such-scheme", world.START)

    def test_answers_are_added_to_those_before(self):
        case = world.grant()
        before = answers_of.read(case.application)
        save(case, phone="13800000000")
        assert answers_of.read(case.application) == before | {"phone": "13800000000"}

    def test_the_school_places_the_case(self):
        case = world.grant()
        school = Office.objects.get(function="school", division_id="532502")
        save(case, school=school.pk)
        assert (case.application.subject_office, case.application.division_id) == (school, "532502")

    def test_each_saving_moves_the_version_token_on(self):
        case = world.grant()
        before = case.application.version
        save(case, phone="13800000000")
        assert case.application.version == before + 1

    def test_a_stale_page_cannot_save(self):
        case = world.grant()
        with refused(Conflict, "stale"):
            actions.save_answers(case.user, case.public_id, {"phone": "13800000000"}, LATER, version=0)

    def test_it_cannot_be_withdrawn_because_nothing_was_filed(self):
        case = world.grant()
        with refused(Conflict, "not_open"):
            actions.withdraw(case.user, case.public_id, LATER)


class TestOthersCases:
    """For everybody but the filer a case does not exist."""

    @pytest.mark.parametrize("account", ["applicant2", "helper", "school", "prefecture-approver", "admin"])
    def test_saving(self, account):
        case = world.grant()
        with refused(NotFound):
            actions.save_answers(world.user(account), case.public_id, {"phone": "13800000000"}, LATER)

    @pytest.mark.parametrize("act", [actions.submit, actions.resubmit, actions.withdraw])
    def test_acting(self, act):
        case = world.grant().submit().ask_to_correct()
        with refused(NotFound):
            act(world.user("applicant2"), case.public_id, LATER)

    def test_a_case_that_nobody_has(self):
        with refused(NotFound):
            actions.submit(world.user("applicant"), "222222222222", LATER)


class TestSubmitted:
    """A draft that is complete."""

    def test_it_waits_for_acceptance_in_its_first_round(self):
        case = world.grant()
        application = submit(case)
        assert (application.state, application.round, application.submitted_at) == ("submitted", 1, LATER)

    def test_the_day_of_filing_is_the_policy_date(self):
        assert submit(world.grant()).policy_date == LATER.date()

    def test_its_number_names_scheme_county_and_year(self):
        assert submit(world.grant()).number == "QZ5325032026000001"

    def test_numbers_of_a_county_follow_each_other(self):
        numbers = [submit(world.grant(n)).number for n in (2, 0)]
        assert numbers == ["QZ5325032026000001", "QZ5325032026000002"]

    def test_every_scheme_counts_for_itself(self):
        submit(world.grant())
        assert submit(world.waiver()).number == "YJ5325032026000001"

    def test_a_township_is_counted_in_its_county(self):
        assert submit(world.phase_out()).number == "JT5325032026000001"

    def test_it_is_about_the_person_of_the_id_and_pays_them(self):
        case = world.grant()
        index = vault.blind_index("id", answers_of.read(case.application)["id_number"])
        application = submit(case)
        assert application.subject.id_index == index
        assert application.payee == application.subject

    def test_what_was_filed_is_kept_as_the_first_round(self):
        case = world.grant()
        application = submit(case)
        kept = application.rounds.get()
        answers = vault.decrypt_json(application.data_key, kept.answers, answers_of.ANSWERS)
        assert (kept.number, kept.filed_at, answers) == (1, LATER, answers_of.read(application))

    def test_it_is_assessed(self):
        application = submit(world.grant())
        assert (application.eligible, str(application.amount)) == (True, "1000.00")
        assert answers_of.read_assessment(application)["amount"] == "1000.00"

    def test_one_who_does_not_qualify_may_still_file(self):
        application = submit(world.grant(study_mode="part_time"))
        assert (application.state, application.eligible, str(application.amount)) == ("submitted", False, "0.00")

    def test_what_an_official_still_has_to_enter_leaves_it_undecided(self):
        application = submit(world.phase_out())
        assert (application.eligible, application.amount) == (None, None)

    def test_the_household_is_named_in_the_case(self):
        case = world.phase_out()
        application = submit(case)
        ids = [member["id_number"] for member in answers_of.read(application)["household"]]
        people = Person.objects.filter(id_index__in=[vault.blind_index("id", number) for number in ids])
        named = set(application.actors.values_list("who", flat=True))
        assert named == {f"person:{person.pk}" for person in people} | {f"user:{case.user.pk}"}

    def test_the_event_tells_codes_only(self):
        application = submit(world.grant())
        event = Event.objects.filter(stream=application.stream).latest("seq")
        assert event.action == "application.submitted"
        assert event.data == {"state": "submitted", "round": 1, "scheme": "grad-jobseeking", "eligible": True}

    def test_it_waits_at_the_school(self):
        case = world.grant()
        application = submit(case)
        assert (case.item().stage, case.item().queue.office) == ("accept", application.subject_office)

    def test_a_person_known_already_is_not_recorded_twice(self):
        person = synthetic_person(77, "532503", (2000, 2003))
        given = {"name": person.name, "id_number": person.id_number, "disability_certificate": person.certificate}
        waiver = {"name": person.name, "id_number": person.id_number, "disability_certificate": person.certificate}
        assert submit(world.grant(**given)).subject == submit(world.waiver(**waiver)).subject

    def test_an_id_in_full_width_digits_is_the_same_person(self):
        person = synthetic_person(77, "532503", (2000, 2003))
        wide = person.id_number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
        known = {"name": person.name, "disability_certificate": person.certificate}
        first = submit(world.grant(id_number=person.id_number, **known))
        assert submit(world.waiver(id_number=wide, **known)).subject == first.subject


class TestNotSubmitted:
    """What is refused changes nothing."""

    def test_unanswered_questions_are_named(self):
        case = world.grant(phone="", seeks_work=None)
        with refused(Invalid) as caught:
            submit(case)
        assert set(caught.value.errors) == {"phone", "seeks_work"}

    def test_an_empty_draft_names_every_question(self):
        case = actions.begin(world.user("applicant"), "lottery-deposit-waiver", world.START)
        with refused(Invalid) as caught:
            actions.submit(world.user("applicant"), case.public_id, LATER, with_papers=False)
        assert {"name", "id_number", "outlet_division", "deposit_due"} <= set(caught.value.errors)

    @pytest.mark.parametrize("number", ["123", "532524199901010018", "53252419990230001X"])
    def test_an_id_that_cannot_be_one_is_named(self, number):
        case = world.grant(id_number=number)
        with refused(Invalid) as caught:
            submit(case)
        assert set(caught.value.errors) == {"id_number"}

    def test_an_id_of_the_household_that_cannot_be_one_is_named(self):
        case = world.phase_out()
        household = answers_of.read(case.application)["household"]
        household[1]["id_number"] = "532524199901010018"
        save(case, household=household)
        with refused(Invalid) as caught:
            submit(case)
        assert set(caught.value.errors) == {"household[1].id_number"}

    def test_a_second_time(self):
        case = world.grant().submit()
        with refused(Conflict, "already_submitted"):
            submit(case)

    def test_from_a_stale_page(self):
        case = world.grant()
        with refused(Conflict, "stale"):
            submit(case, version=case.application.version - 1)

    def test_where_no_clause_is_on_record(self):
        case = world.waiver()
        save(case, outlet_division="110101")
        with refused(Invalid, "no_clause"):
            submit(case)

    def test_where_an_office_of_the_route_is_not_registered(self):
        case = world.waiver()
        Office.objects.filter(function="dpf", division_id="532503").update(function="tobacco")
        with refused(Invalid, "no_office"):
            submit(case)

    def test_its_number_goes_to_the_next(self):
        case, federation = world.waiver(), stages.office("dpf")
        Office.objects.filter(pk=federation.pk).update(function="tobacco")
        with refused(Invalid, "no_office"):
            submit(case)
        Office.objects.filter(pk=federation.pk).update(function="dpf")
        assert submit(case).number == "YJ5325032026000001"
        assert Counter.objects.get(pk="case:YJ:532503:2026").value == 1


class TestAfterFiling:
    """The case is in the office's hands."""

    def test_answers_cannot_be_changed(self):
        case = world.grant().submit()
        with refused(Conflict, "not_editable"):
            save(case, phone="13800000000")

    @pytest.mark.parametrize("stage", ["accept", "county_review", "notice", "decide"])
    def test_an_open_case_can_be_withdrawn(self, stage):
        case = stages.AT_STAGE["grant", stage]()
        application = actions.withdraw(case.user, case.public_id, case.later())
        assert (application.state, application.closed_at) == ("withdrawn", case.at)
        assert case.item_kind() == ""

    def test_a_case_in_correction_can_be_withdrawn(self):
        case = world.grant().submit().ask_to_correct().withdraw()
        assert case.application.state == "withdrawn"
        assert case.item_kind() == ""

    @pytest.mark.parametrize("outcome", ["grant", "refuse"])
    def test_a_decided_case_cannot_be_withdrawn(self, outcome):
        case = world.at_decision().say(outcome, reasons=("no_evidence",), text=stages.TEXT)
        with refused(Conflict, "not_open"):
            actions.withdraw(case.user, case.public_id, case.later())

    def test_it_cannot_be_withdrawn_twice(self):
        case = world.grant().submit().withdraw()
        with refused(Conflict, "not_open"):
            actions.withdraw(case.user, case.public_id, case.later())

    def test_a_withdrawn_case_keeps_what_was_filed(self):
        application = world.grant().submit().withdraw().application
        assert (application.rounds.count(), Application.objects.count()) == (1, 1)
