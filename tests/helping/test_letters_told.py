"""Letters of authority are told of: the office's word on them, and a last day that is near."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import own
from applications.four_eyes import identity_of
from applications.models import Application, CaseActor
from audit.models import Event
from helping.models import LetterWarning
from helping.organisations import bringing, clock, ending, ruling
from people import vault
from people.models import Affiliation
from project.jobs import DUE_JOBS
from telling.contexts import TEXT
from telling.models import Notice, Wish
from tests import institution, world
from tests.applications.pages import sign_in, text_of
from tests.helping.authorised import AT, CLERK, brought, confirmed, filed

pytestmark = pytest.mark.django_db
HOLDER, OTHER = "applicant", "applicant2"
NEAR = date(2027, 3, 1)


@pytest.fixture
def published(peopled):
    institution.publish()


@pytest.fixture
def case(published):
    return filed()


def told(name, kind):
    """What the site told somebody, of one kind."""
    rows = Notice.objects.filter(user=world.user(name), kind=kind, channel="site")
    return [vault.decrypt(row.data_key, bytes(row.text), TEXT) for row in rows]


def days_before(letter, days):
    """So many days before the last one, at nine."""
    return AT + (letter.ends - AT.date() - timedelta(days=days))


class TestTheRuling:
    def test_the_holder_hears_that_it_counts_and_until_when(self, case):
        letter = confirmed()
        (text,) = told(HOLDER, "letter_confirmed")
        assert institution.NAME in text
        assert str(letter.ends.year) in text

    def test_and_why_it_does_not(self, case):
        ruling.refuse(world.user(CLERK), brought().public_id, "no_seal", AT)
        (text,) = told(HOLDER, "letter_refused")
        assert "没有单位公章" in text

    def test_in_the_holder_s_language(self, case):
        letter, key = brought(), vault.new_data_key()
        key.save()
        Wish.objects.create(user=world.user(HOLDER), data_key=key, language="en", changed_at=AT)
        ruling.refuse(world.user(CLERK), letter.public_id, "expired", AT)
        (text,) = told(HOLDER, "letter_refused")
        assert "was not confirmed" in text
        assert "委托书已过有效期" not in text

    def test_the_organisation_hears_it_through_whoever_filed_for_it(self, case):
        confirmed(OTHER)
        assert len(told(HOLDER, "letter_added")) == 1
        assert not told(OTHER, "letter_added")

    def test_and_through_whoever_acts_for_it(self, case):
        confirmed()
        ruling.refuse(world.user(CLERK), brought(OTHER).public_id, "other_person", AT)
        assert len(told(HOLDER, "letter_not_added")) == 1

    def test_whose_place_was_taken_hears_so(self, case):
        confirmed()
        confirmed(OTHER, replaces=True)
        assert len(told(HOLDER, "letter_replaced")) == 1

    def test_and_whose_authority_was_taken_back(self, case):
        ruling.revoke(world.user(CLERK), confirmed().public_id, AT)
        assert len(told(HOLDER, "letter_revoked")) == 1

    def test_who_gave_it_up_is_told_nothing_they_know(self, case):
        letter = confirmed()
        bringing.give_up(case.user, letter.public_id, AT)
        assert not told(HOLDER, "letter_revoked")


class TestTheLastDay:
    @pytest.fixture
    def letter(self, case):
        return confirmed(ends=NEAR)

    def test_the_holder_is_warned_thirty_days_before_and_not_earlier(self, letter):
        assert clock.warn_of_ends(days_before(letter, 31)) == 0
        assert clock.warn_of_ends(days_before(letter, 30)) == 1
        assert len(told(HOLDER, "letter_ending")) == 1

    def test_once(self, letter):
        at = days_before(letter, 20)
        assert [clock.warn_of_ends(at + timedelta(days=n)) for n in range(3)] == [1, 0, 0]
        assert LetterWarning.objects.count() == 1

    def test_late_by_days_it_is_still_warned_of_on_its_last_day(self, letter):
        assert clock.warn_of_ends(days_before(letter, 0)) == 1

    def test_of_one_that_ran_out_or_was_ended_nothing_is_told(self, case, letter):
        assert clock.warn_of_ends(days_before(letter, -1)) == 0
        bringing.give_up(case.user, letter.public_id, AT)
        assert clock.warn_of_ends(days_before(letter, 5)) == 0

    def test_nor_of_one_nobody_confirmed(self, case):
        letter = brought(ends=NEAR)
        assert clock.warn_of_ends(days_before(letter, 5)) == 0

    def test_nor_where_a_longer_one_is_there(self, letter):
        confirmed(ends=NEAR + timedelta(days=365))
        assert clock.warn_of_ends(days_before(letter, 5)) == 0

    def test_it_runs_by_the_clock(self, letter):
        assert DUE_JOBS["letters_warned"](days_before(letter, 5)) == 1

    def test_the_days_are_data_and_said_to_be_assumed(self):
        assert {rule.basis for rule in ending.rules()} == {"assumed"}
        assert ending.last_day_said(NEAR) == NEAR + timedelta(days=30)
        assert ending.last_day_said(date(2025, 1, 1)) == date(2025, 1, 1)

    def test_the_pages_say_that_it_runs_out_soon(self, case, clock):
        clock.move_to(AT)
        letter = confirmed(ends=AT.date() + timedelta(days=30))
        for page in (
            sign_in(HOLDER).get("/applications/organisations/"),
            sign_in(CLERK).get("/helping/letters/"),
            sign_in(CLERK).get(f"/helping/letters/{letter.public_id}/"),
        ):
            text = text_of(page)
            assert "有效，快要到期" in text
            assert "到期。请单位另出一份" in text


def test_two_runs_at_once_warn_once(race, peopled):
    institution.publish()
    filed()
    at = days_before(confirmed(ends=NEAR), 5)
    race(lambda: clock.warn_of_ends(at), lambda: clock.warn_of_ends(at))
    assert LetterWarning.objects.count() == 1
    assert len(told(HOLDER, "letter_ending")) == 1


class TestManyCases:
    """The office waits for the page, however many cases the organisation has."""

    def confirmed_with(self, number, of=0):
        """The questions asked while a letter is confirmed that hands on so many cases of an organisation."""
        institution.case(of).submit()
        multiply(of, number - 1)
        letter = brought(OTHER, uscc=institution.code_of(of), replaces=True)
        with CaptureQueriesContext(connection) as asked:
            ruling.confirm(world.user(CLERK), letter.public_id, AT)
        return len(asked)

    def test_they_are_moved_in_as_many_questions_for_thirty_as_for_three(self, published):
        few, many = self.confirmed_with(3), self.confirmed_with(30, of=1)
        assert own.cases_of(world.user(OTHER), AT).count() == 33
        assert many == few

    def test_each_has_its_event_by_the_official_and_its_parties(self, published):
        organisation = institution.case().submit().application.organisation
        barred = world.user("county-reviewer")
        Affiliation.objects.create(user=barred, organisation=organisation, relation="owner")
        multiply(0, 2)
        confirmed(OTHER, replaces=True)
        for one in Application.objects.all():
            event = Event.objects.get(stream=one.stream, action="case.represented_anew")
            assert event.actor == CLERK
            for name in (HOLDER, OTHER):
                assert one.actors.get(who=identity_of(world.user(name))).capacity == CaseActor.Capacity.PARTY
            assert one.actors.get(who=identity_of(barred)).capacity == CaseActor.Capacity.RELATIVE

    def test_a_page_that_was_open_meanwhile_is_out_of_date(self, case):
        before = case.application.version
        confirmed(OTHER, replaces=True)
        assert Application.objects.get(pk=case.application.pk).version == before + 1


def multiply(of, more):
    """So many further cases of an organisation: drafts that name it."""
    organisation = institution.organisation(of)
    for _n in range(more):
        draft = institution.case(of).application
        Application.objects.filter(pk=draft.pk).update(organisation=organisation)
