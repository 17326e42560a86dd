"""A village clerk's roster: who is on it, who may see it, what waits, and drafts begun from it."""

import io

import pytest
import xlsxwriter
from django.db.models import QuerySet

from applications import actions, answers
from applications.models import Application
from applications.states import State
from audit.models import Event
from helping.models import HelpedCase, Villager
from helping.rosters import access, importing, keeping, starting, todo
from helping.standing import end_mandate, may_help
from people.models import Person
from people.refusals import Conflict, Invalid, NotFound
from people.tables import FaultyFile
from tests import world
from tests.helping import village
from tests.helping.village import AT

pytestmark = pytest.mark.django_db


def sheet(*rows, headings=("姓名", "身份证号", "电话", "同意书编号")):
    """A file of people."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([headings, *rows]):
            page.write_row(number, 0, row)
    return out.getvalue()


def row(n, document=""):
    """One person of such a file."""
    person = village.somebody(n)
    return (person.name, person.id_number, person.phone, document)


class TestKeeping:
    """Opening a roster and putting people on it."""

    def test_the_telephone_is_sealed(self):
        made = village.villager(agreed=False)
        assert village.somebody().phone.encode() not in bytes(made.phone)
        assert keeping.phone_of(made) == village.somebody().phone

    def test_the_story_holds_no_name_and_no_number(self):
        village.villager(agreed=False)
        told = str(list(Event.objects.filter(action__startswith="village.").values_list("data", flat=True)))
        assert village.somebody().name not in told
        assert village.somebody().id_number not in told

    @pytest.mark.parametrize(
        "changes,field",
        [({"name": ""}, "name"), ({"id_number": "123"}, "id_number"), ({"phone": "12"}, "phone")],
    )
    def test_what_is_wrong_is_named(self, changes, field):
        roster = village.roster()
        with pytest.raises(Invalid) as refusal:
            keeping.add(village.clerk(), roster.pk, village.entry(**changes), AT)
        assert field in refusal.value.errors

    def test_nobody_stands_on_it_twice(self):
        made = village.villager(agreed=False)
        with pytest.raises(Invalid):
            keeping.add(village.clerk(), made.roster_id, village.entry(), AT)

    def test_a_number_tells_nobody_s_name(self):
        village.known()
        roster = village.roster()
        with pytest.raises(Invalid) as refusal:
            keeping.add(village.clerk(), roster.pk, village.entry(name="别人"), AT)
        assert refusal.value.code == "other_name"
        assert village.somebody().name not in str(refusal.value.errors)

    def test_one_roster_a_village(self):
        village.roster()
        with pytest.raises(Conflict):
            village.roster()

    def test_only_at_a_township(self):
        school = world.user("school").posts.first().office
        with pytest.raises(NotFound):
            keeping.open_roster(world.user("school"), school.pk, "村", AT)

    def test_who_left_may_come_back(self):
        made = village.villager(agreed=False)
        keeping.remove(village.clerk(), made.public_id, AT)
        assert not access.villagers_of(made.roster).exists()
        keeping.add(village.clerk(), made.roster_id, village.entry(), AT)
        assert Villager.objects.count() == 2


class TestWhoSeesIt:
    """Who keeps it, as long as they work there."""

    def test_another_clerk_of_the_same_office_does_not(self):
        made = village.villager()
        with pytest.raises(NotFound):
            access.roster_of(village.clerk("township"), made.roster_id, AT)
        with pytest.raises(NotFound):
            starting.begin(village.clerk("township"), made.public_id, village.SCHEME, AT)

    def test_nor_who_no_longer_works_there(self):
        made = village.villager()
        village.clerk().posts.all().update(withdrawn=True, side=None)
        with pytest.raises(NotFound):
            access.villager_of(village.clerk(), made.public_id, AT)

    @pytest.mark.parametrize("account", ["county-clerk", "school", "applicant", "hotline"])
    def test_nor_anybody_else(self, account):
        made = village.villager()
        with pytest.raises(NotFound):
            access.villager_of(world.user(account), made.public_id, AT)


class TestStarting:
    """Applications begun from it."""

    def test_what_is_known_is_filled_in(self):
        draft = village.draft()
        told, person = answers.read(draft), village.somebody()
        assert (told["name"], told["id_number"], told["phone"]) == (person.name, person.id_number, person.phone)
        assert draft.for_other
        assert HelpedCase.objects.get(application=draft).mandate.person.name == person.name

    def test_not_without_consent(self):
        made = village.villager(agreed=False)
        with pytest.raises(Conflict):
            starting.begin(village.clerk(), made.public_id, village.SCHEME, AT)

    def test_nor_after_it_was_stopped(self):
        made = village.villager()
        mandate = made.person.mandates.get()
        end_mandate(village.account_of(mandate), mandate, AT)
        with pytest.raises(Conflict):
            starting.begin(village.clerk(), made.public_id, village.SCHEME, AT)

    def test_only_what_is_offered_there_to_persons(self):
        made = village.villager()
        with pytest.raises(Invalid):
            starting.begin(village.clerk(), made.public_id, "no-such-scheme", AT)
        assert all(one.applicant != "organisation" for one in starting.schemes_for(made, AT.date()))


class TestTodo:
    """What waits for each."""

    def rows(self, roster):
        return todo.rows_of(village.clerk(), access.villagers_of(roster), AT)

    def test_consent_comes_first(self):
        made = village.villager(agreed=False)
        (found,) = self.rows(made.roster)
        assert [one.url for one in found.todos] == [f"/helping/villagers/{made.public_id}/consent/"]

    def test_nothing_for_who_agreed_and_wants_nothing(self):
        (found,) = self.rows(village.villager().roster)
        assert found.todos == []

    def test_what_a_draft_still_lacks(self):
        draft = village.draft()
        roster = Villager.objects.get().roster
        (found,) = self.rows(roster)
        assert found.todos
        assert all(draft.public_id in one.url for one in found.todos)

    def test_a_correction_with_its_day_stands_before_what_can_wait(self):
        first, second = village.villager(0), None
        draft = starting.begin(village.clerk(), first.public_id, village.SCHEME, AT)
        second = village.villager(1, agreed=False, on=first.roster)
        person = village.somebody()
        given = world.stories.answers.recognition(person, village.office().division_id)
        actions.save_answers(village.clerk(), draft.public_id, given, AT)
        actions.submit(village.clerk(), draft.public_id, AT, with_papers=False)
        stamps = {"state": State.RETURNED, "returned_at": AT, "correction_due": AT}
        QuerySet(Application).filter(pk=draft.pk).update(**stamps)
        rows = self.rows(first.roster)
        assert [one.villager.pk for one in rows] == [first.pk, second.pk]
        assert rows[0].first_day == AT.date()


class TestImporting:
    """A file counts as a whole, or not at all."""

    def test_everybody_in_it_and_their_signed_consents(self):
        roster = village.roster()
        brought = importing.bring_in(village.clerk(), roster.pk, sheet(row(0, "同意书1号"), row(1)), AT)
        assert (brought.added, brought.agreed) == (2, 1)
        first, second = access.villagers_of(roster)
        assert may_help(village.clerk(), first.person, AT)
        assert not may_help(village.clerk(), second.person, AT)

    def test_each_wrong_row_is_named_and_nobody_added(self):
        roster = village.roster()
        bad = ("某某", "530101199901010010", "", "")
        with pytest.raises(FaultyFile) as refusal:
            importing.bring_in(village.clerk(), roster.pk, sheet(row(0), bad, row(0), ("", "", "1", "")), AT)
        assert [fault.row for fault in refusal.value.faults][:2] == [3, 4]
        assert not access.villagers_of(roster).exists()
        assert not Person.objects.filter(name=village.somebody().name).exists()

    def test_a_column_that_is_missing(self):
        roster = village.roster()
        with pytest.raises(Invalid):
            importing.bring_in(village.clerk(), roster.pk, sheet(("甲",), headings=("姓名",)), AT)

    def test_an_empty_file(self):
        roster = village.roster()
        with pytest.raises(Invalid):
            importing.bring_in(village.clerk(), roster.pk, sheet(), AT)
