"""恢复帮办: after a stop an official's word is not enough; a colleague who read the signed paper confirms it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from helping.models import Mandate, Renewal
from helping.standing import end_mandate, may_help, record_consent, renewing
from helping.views import renewals as views
from people.models import Kinship, Person, Post
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.applications.pages import photo, sign_in, text_of
from tests.helping import renewed, village
from tests.helping.renewed import LATER, brought, stopped_villager

pytestmark = pytest.mark.django_db
URL = "/helping/renewals/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def colleague():
    """Another clerk of the village clerk's township."""
    return world.user("township")


def agreed_online(row):
    """The person agrees again in their own account, an hour after the paper was brought in."""
    mandate = Mandate.objects.filter(person=row.person).first()
    terms = village.of_village(row.helper, row.office, way="own_account", witness="", how="")
    return record_consent(village.account_of(mandate), row.person, terms, LATER + timedelta(hours=1))


class TestBringing:
    def test_it_gives_no_right_by_itself(self):
        row = renewed.waiting()
        assert (row.state, row.kind) == ("waiting", "village")
        assert not may_help(village.clerk(), row.person, LATER)

    def test_number_and_scan_are_sealed(self):
        row = renewed.waiting()
        assert renewed.DOCUMENT.encode() not in bytes(row.details)
        assert renewing.document_of(row) == renewed.DOCUMENT
        assert renewing.scan_of(row) == renewed.SCAN.content

    def test_it_waits_once(self):
        renewed.waiting()
        with pytest.raises(Conflict) as refusal:
            renewing.ask(village.clerk(), brought(), LATER)
        assert refusal.value.code == "waits"

    def test_nothing_to_renew_where_nothing_was_stopped(self):
        village.villager()
        with pytest.raises(Conflict) as refusal:
            renewing.ask(village.clerk(), brought(), LATER)
        assert refusal.value.code == "not_stopped"

    def test_an_office_told_to_stop_as_a_whole_is_not_restored_by_its_own(self):
        person = stopped_villager()
        terms = village.oral(None, kind="counter", office=village.office())
        end_mandate(colleague(), record_consent(colleague(), person, terms, LATER), LATER, capacity="office")
        with pytest.raises(Conflict) as refusal:
            renewing.ask(village.clerk(), brought(), LATER)
        assert refusal.value.code == "office_stopped"

    def test_a_number_under_another_name_tells_nothing(self):
        stopped_villager()
        with pytest.raises(Invalid) as refusal:
            renewing.ask(village.clerk(), brought(name="王不是"), LATER)
        assert refusal.value.code == "other_name"

    def test_somebody_the_site_does_not_know_is_not_recorded_by_it(self):
        with pytest.raises(Conflict) as refusal:
            renewing.ask(village.clerk(), brought(5), LATER)
        assert refusal.value.code == "not_stopped"
        assert not Person.objects.filter(name=village.somebody(5).name).exists()

    def test_a_paper_that_was_used_before_the_stop_restores_nothing(self):
        row = renewing.confirm(colleague(), renewed.waiting().public_id, LATER)
        end_mandate(colleague(), row.mandate, LATER, capacity="office")
        with pytest.raises(Invalid) as refusal:
            renewing.ask(village.clerk(), brought(), LATER)
        assert "scan" in refusal.value.errors
        terms = village.of_village(village.clerk(), village.office(), way="signed", scan=renewed.SCAN)
        with pytest.raises(Refused) as refusal:
            record_consent(colleague(), row.person, terms, LATER)
        assert refusal.value.code == "used_before"

    def test_not_for_an_office_of_others(self):
        stopped_villager()
        school = world.user("school").posts.first().office
        with pytest.raises(NotFound):
            renewing.ask(village.clerk(), brought(office=school.pk), LATER)


class TestConfirming:
    def test_a_colleague_restores_the_help(self):
        row = renewing.confirm(colleague(), renewed.waiting().public_id, LATER)
        assert (row.state, row.mandate.recorded_by, row.mandate.way) == ("confirmed", colleague(), "signed")
        assert may_help(village.clerk(), row.person, LATER)

    def test_whoever_brought_it_in_never_does(self):
        row = renewed.waiting()
        with pytest.raises(Refused):
            renewing.confirm(village.clerk(), row.public_id, LATER)
        with pytest.raises(Refused):
            renewing.refuse(village.clerk(), row.public_id, "unreadable", LATER)
        assert Mandate.objects.count() == 1

    def test_nor_does_another_the_person_told_to_stop(self):
        row = renewed.waiting()
        renewed.stop(colleague(), row.person)
        with pytest.raises(Refused):
            renewing.confirm(colleague(), row.public_id, LATER)

    @pytest.mark.parametrize("whose", ["person", "helper"])
    def test_nor_does_a_relative(self, whose):
        row = renewed.waiting()
        if whose == "helper":
            row.helper.person = village.known(1)
            row.helper.save()
        Kinship.objects.create(user=colleague(), relative=row.person if whose == "person" else row.helper.person)
        with pytest.raises(Refused):
            renewing.confirm(colleague(), row.public_id, LATER)
        assert not renewing.to_decide(colleague(), LATER).exists()

    @pytest.mark.parametrize("name", ["school", "county-reviewer", "applicant", "auditor"])
    def test_for_others_it_does_not_exist(self, name):
        row = renewed.waiting()
        with pytest.raises(NotFound):
            renewing.confirm(world.user(name), row.public_id, LATER)
        assert sign_in(name).get(f"{URL}{row.public_id}/").status_code == 404

    def test_what_the_person_stopped_since_is_not_restored_by_the_older_paper(self):
        row = renewed.waiting()
        mandate = agreed_online(row)
        end_mandate(mandate.recorded_by, mandate, LATER + timedelta(hours=2))
        with pytest.raises(Conflict) as refusal:
            renewing.confirm(colleague(), row.public_id, LATER + timedelta(hours=3))
        assert refusal.value.code == "stopped_since"
        assert not may_help(village.clerk(), row.person, LATER + timedelta(hours=3))

    def test_whoever_agreed_since_in_their_own_account_needs_no_paper(self):
        row, then = renewed.waiting(), LATER + timedelta(hours=3)
        agreed_online(row)
        with pytest.raises(Conflict) as refusal:
            renewing.confirm(colleague(), row.public_id, then)
        assert refusal.value.code == "agreed_since"
        assert renewing.refuse(colleague(), row.public_id, "not_needed", then).why == "not_needed"

    def test_a_colleague_whose_post_is_over_does_not(self):
        row = renewed.waiting()
        Post.objects.filter(user=colleague()).update(ends=LATER.date() - timedelta(days=1))
        with pytest.raises(NotFound):
            renewing.confirm(colleague(), row.public_id, LATER)

    def test_it_is_decided_once(self):
        row = renewed.waiting()
        renewing.refuse(colleague(), row.public_id, "not_signed", LATER)
        with pytest.raises(Conflict):
            renewing.confirm(colleague(), row.public_id, LATER)

    def test_refused_it_says_why_and_may_be_brought_in_anew(self):
        row = renewing.refuse(colleague(), renewed.waiting().public_id, "unreadable", LATER)
        assert (row.state, row.why, row.mandate) == ("refused", "unreadable", None)
        assert not may_help(village.clerk(), row.person, LATER)
        assert renewing.ask(village.clerk(), brought(), LATER).state == "waiting"

    def test_a_reason_that_is_none_is_refused(self):
        with pytest.raises(Invalid):
            renewing.refuse(colleague(), renewed.waiting().public_id, "because", LATER)

    def test_its_story_names_nobody(self):
        row = renewing.confirm(colleague(), renewed.waiting().public_id, LATER)
        events = Event.objects.filter(stream=f"help:{row.person.public_id}", action__startswith="renewal.")
        assert [event.action for event in events] == ["renewal.asked", "renewal.confirmed"]
        assert row.person.name not in str([event.data for event in events])


class TestTheList:
    def three(self):
        listed = village.roster()
        return [renewed.waiting(n, listed) for n in range(3)]

    def test_the_oldest_waits_on_top_and_none_is_cut_off(self, monkeypatch):
        monkeypatch.setattr(views, "PAGE_SIZE", 2)
        rows, desk = self.three(), sign_in("township")
        page = desk.get(URL).content.decode()
        assert page.index(str(rows[0].public_id)) < page.index(str(rows[1].public_id))
        assert str(rows[2].public_id) not in page
        assert str(rows[2].public_id) in desk.get(f"{URL}?mine={rows[1].pk}").content.decode()
        assert f"?others={rows[1].pk}" in sign_in("village-clerk").get(URL).content.decode()

    def test_what_is_the_users_to_decide_is_told_alike_for_one_and_for_all(self):
        rows = self.three()
        renewed.stop(colleague(), rows[1].person)
        for user in (colleague(), village.clerk()):
            one_by_one = [row for row in rows if not renewing.why_not(user, row, LATER)]
            assert list(renewing.to_decide(user, LATER).order_by("pk")) == one_by_one

    def test_more_that_wait_ask_no_more_of_the_database(self, django_assert_max_num_queries):
        listed, desk = village.roster(), sign_in("township")
        renewed.waiting(0, listed)
        desk.get(URL)
        with CaptureQueriesContext(connection) as one:
            desk.get(URL)
        for n in (1, 2):
            renewed.waiting(n, listed)
        with django_assert_max_num_queries(len(one)):
            desk.get(URL)


class TestPages:
    def test_brought_in_confirmed_and_listed(self):
        stopped_villager()
        told = {**vars(brought()), "scan": photo()}
        answer = sign_in("village-clerk").post(f"{URL}new/", told, follow=True)
        row = Renewal.objects.get()
        assert "已经登记" in text_of(answer)
        desk = sign_in("township")
        assert str(row.public_id) in desk.get(URL).content.decode()
        assert row.person.name not in text_of(desk.get(URL))
        page = desk.get(f"{URL}{row.public_id}/")
        assert row.person.name in text_of(page)
        assert desk.get(f"{URL}{row.public_id}/scan/").status_code == 200
        answer = desk.post(f"{URL}{row.public_id}/", {"ruling": "confirm"}, follow=True)
        assert "帮办已经恢复" in text_of(answer)

    def test_the_one_who_brought_it_in_sees_no_form(self):
        row = renewed.waiting()
        page = text_of(sign_in("village-clerk").get(f"{URL}{row.public_id}/"))
        assert 'name="ruling"' not in page
        assert "须由本单位另一位工作人员核对" in page

    def test_posting_all_the_same_is_refused(self):
        row = renewed.waiting()
        answer = sign_in("village-clerk").post(f"{URL}{row.public_id}/", {"ruling": "confirm"})
        assert answer.status_code in (403, 422)
        assert Renewal.objects.get().state == "waiting"

    def test_nothing_chosen_is_refused_at_its_field(self):
        row = renewed.waiting()
        assert sign_in("township").post(f"{URL}{row.public_id}/", {}).status_code == 422

    def test_without_a_scan_what_was_typed_is_kept(self):
        stopped_villager()
        answer = sign_in("village-clerk").post(f"{URL}new/", {**vars(brought()), "scan": ""})
        assert answer.status_code == 422
        assert village.somebody().name in text_of(answer)

    def test_reading_is_on_the_record(self):
        row = renewed.waiting()
        sign_in("township").get(f"{URL}{row.public_id}/")
        assert Event.objects.filter(action="renewal.read", actor="township").exists()
