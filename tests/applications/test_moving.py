"""Running cases move to a newer version of their scheme: which, by whom, and what it does to them."""

from datetime import date
from decimal import Decimal

import pytest

from applications import actions, moving
from applications.models import Application, CaseActor
from audit.models import Event
from audit.verify import verify_stream
from people.refusals import Conflict, Invalid, NotFound, Refused
from project.demo import stories
from schemes.models import SchemeVersion, current_version
from tests import world
from tests.applications.policy_drafts import GRANT, county_editor, newer_version, without_study_mode
from tests.unchanged import everything, refused
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db
NEW_PAGE = {
    "code": "volunteer",
    "title": {"zh": "志愿服务", "en": "Volunteering"},
    "questions": [
        {"name": "volunteers", "kind": "yes_no", "label": {"zh": "您参加志愿服务吗？", "en": "Do you volunteer?"}}
    ],
}


def asks_more(content):
    content["pages"].append(NEW_PAGE)


def drafts_follow(content):
    content["transition"] = "move_drafts"


def starts_at_the_county(content):
    """The school no longer accepts: the county's bureau does."""
    stage = content["stages"][0]
    stage["function"], stage["level"] = "hrss", "county"


def for_organisations(content):
    content["applicant"] = "organisation"


def by(name="policy-publisher"):
    return world.user(name)


def move(case, target, user=None, **more):
    moving.move(user or by(), case.public_id, target, case.later(), **more)


@pytest.fixture
def adult():
    """A filed case that the old version refuses: studied beside work."""
    return stories.grant_case(world.cast(2), study_mode="adult").submit()


class TestFiled:
    """A case submitted and not yet accepted."""

    def test_it_is_pinned_and_assessed_anew(self, adult):
        assert adult.application.eligible is False
        version = newer_version(without_study_mode)
        move(adult, version)
        application = adult.application
        assert application.scheme_version == version
        assert (application.eligible, application.amount) == (True, Decimal("1000.00"))
        assert application.state == "submitted"

    def test_the_move_is_an_event_of_the_case_and_its_chain_holds(self, adult):
        move(adult, newer_version(without_study_mode))
        event = Event.objects.get(stream=adult.application.stream, action="application.moved")
        assert event.actor == "policy-publisher"
        assert {name: event.data[name] for name in ("before", "after", "eligible")} == {
            "before": 1,
            "after": 2,
            "eligible": True,
        }
        assert verify_stream(adult.application.stream).fault is None

    def test_its_seat_stays_where_the_first_stage_asks_the_same(self, adult):
        item = adult.item()
        version = newer_version(without_study_mode)
        move(adult, version)
        assert adult.item() == item
        assert adult.item().process.data["version"] == version.pk

    def test_it_goes_to_the_office_the_new_version_names(self, adult):
        old = adult.item()
        move(adult, newer_version(starts_at_the_county))
        old.refresh_from_db()
        assert old.outcome == WorkItem.Outcome.CANCELLED
        assert adult.item().queue.office.function == "hrss"
        adult.say("accept")
        assert adult.application.state == "accepted"

    def test_it_is_decided_under_the_new_version(self, adult):
        move(adult, newer_version(without_study_mode))
        adult.say("accept")
        if adult.item_kind() == "review":
            adult.say("agree")
        adult.end_notice().say("grant")
        assert adult.application.state == "granted"

    def test_the_page_of_an_official_who_had_it_open_is_stale(self, adult):
        token = adult.application.version
        move(adult, newer_version(without_study_mode))
        with refused(Conflict, "stale"):
            actions.withdraw(adult.user, adult.public_id, adult.at, version=token)


class TestDraft:
    """A form still being filled in."""

    def test_it_is_asked_what_the_new_version_asks(self):
        case = world.grant()
        version = newer_version(asks_more)
        move(case, version)
        with refused(Invalid) as caught:
            actions.submit(case.user, case.public_id, case.at, with_papers=False)
        assert set(caught.value.errors) == {"volunteers"}
        world.change(case, volunteers=True)
        case.submit()
        assert case.application.scheme_version == version

    def test_its_eligibility_is_not_assessed_or_told(self):
        case = world.grant()
        move(case, newer_version(asks_more))
        assert case.application.eligible is None
        assert "eligible" not in Event.objects.get(action="application.moved").data

    def test_its_applicant_finds_the_new_page(self, client):
        case = world.grant()
        move(case, newer_version(asks_more))
        client.force_login(case.user)
        assert client.get(f"/applications/{case.public_id}/edit/volunteer/").status_code == 200


class TestRefused:
    """What is not moved, and by whom not."""

    @pytest.mark.parametrize(
        "make",
        [
            pytest.param(lambda: world.grant().submit().ask_to_correct(), id="returned"),
            pytest.param(lambda: world.grant().submit().say("accept"), id="accepted"),
            pytest.param(lambda: world.grant(0).submit().say("accept"), id="noticed"),
            pytest.param(world.granted, id="granted"),
            pytest.param(lambda: world.grant().submit().withdraw(), id="withdrawn"),
        ],
    )
    def test_a_case_returned_accepted_or_ended_stays_with_its_version(self, make):
        case, version = make(), newer_version(without_study_mode)
        with refused(Conflict, "not_movable"):
            move(case, version)

    def test_only_the_current_version_is_moved_to(self, adult):
        second = newer_version(without_study_mode)
        newer_version(asks_more)
        with refused(Conflict, "overtaken"):
            move(adult, second)

    def test_nothing_is_moved_twice(self, adult):
        version = newer_version(without_study_mode)
        move(adult, version)
        with refused(Conflict, "already_moved"):
            move(adult, version)

    def test_a_stale_page_moves_nothing(self, adult):
        version = newer_version(without_study_mode)
        with refused(Conflict, "stale"):
            move(adult, version, version=0)

    @pytest.mark.parametrize("name", ["applicant", "policy-editor", "county-reviewer", "auditor", "admin"])
    def test_for_others_the_case_does_not_exist(self, adult, name):
        version = newer_version(without_study_mode)
        with refused(NotFound):
            move(adult, version, by(name))

    def test_a_publisher_of_another_county_may_not(self, adult):
        version, stranger = newer_version(without_study_mode), county_editor("532502", "policy_publisher")
        with refused(NotFound):
            move(adult, version, stranger)

    def test_a_draft_that_belongs_nowhere_yet_is_nobodys(self):
        public_id = actions.begin(world.user("applicant"), GRANT, world.START).public_id
        version = newer_version(asks_more)
        with refused(NotFound):
            moving.move(by(), public_id, version, world.START)

    def test_ones_own_draft_is_moved_by_somebody_else(self):
        case = world.grant()
        Application.objects.filter(public_id=case.public_id).update(filed_by=by())
        version = newer_version(asks_more)
        with refused(Refused, "recusal"):
            move(case, version)

    def test_who_moved_a_case_acts_in_no_other_stage_of_it(self, adult):
        move(adult, newer_version(without_study_mode))
        assert CaseActor.objects.get(who=f"user:{by().pk}").stage == moving.SEAT

    def test_who_acted_in_a_case_does_not_move_it(self, adult):
        version = newer_version(without_study_mode)
        CaseActor.objects.create(
            application=adult.application, who=f"user:{by().pk}", capacity="official", stage="county-review"
        )
        with refused(Refused, "four_eyes"):
            move(adult, version)

    def test_a_route_without_an_office_leaves_everything_as_it_was(self, adult):
        def goes_to_the_tobacco_office(content):
            content["stages"][0]["function"], content["stages"][0]["level"] = "tobacco", "county"

        version = newer_version(goes_to_the_tobacco_office)
        with refused(Invalid, "no_office"):
            move(adult, version)


class TestByTheClock:
    """Drafts follow where the version says so."""

    def test_drafts_follow_a_version_that_says_so_and_nothing_else_does(self, adult):
        draft, version = world.grant(4), newer_version(drafts_follow)
        assert [moving.move_drafts(world.START) for _run in range(2)] == [1, 0]
        assert draft.application.scheme_version == version
        assert adult.application.scheme_version.number == 1
        assert Event.objects.get(action="application.moved").actor == "clock"

    def test_drafts_that_belong_nowhere_yet_follow_too(self):
        public_id = actions.begin(world.user("applicant"), GRANT, world.START).public_id
        newer_version(drafts_follow)
        assert moving.move_drafts(world.START) == 1
        assert Application.objects.get(public_id=public_id).scheme_version.number == 2

    def test_by_default_a_draft_keeps_its_version(self):
        draft = world.grant()
        newer_version(asks_more)
        before = everything()
        assert moving.move_drafts(world.START) == 0
        assert everything() == before
        assert draft.application.scheme_version.number == 1

    def test_versions_themselves_are_never_changed(self, adult):
        before = list(SchemeVersion.objects.filter(scheme=GRANT).values_list("number", "digest"))
        move(adult, newer_version(without_study_mode))
        assert list(SchemeVersion.objects.filter(scheme=GRANT).values_list("number", "digest"))[:1] == before


def test_a_version_for_organisations_takes_no_cases_of_persons():
    case, target = world.grant(), current_version(GRANT)
    target = SchemeVersion(scheme=target.scheme, number=2, content={**target.content, "applicant": "organisation"})
    assert "请申请人重新申请" in moving.barrier(case.application, Unchecked(target))


class Unchecked:
    """A version whose definition is read without checking that it hangs together."""

    def __init__(self, version):
        self.definition = current_version(GRANT).definition.model_copy(update={"applicant": "organisation"})


def test_the_policy_date_of_a_moved_case_stays_its_filing(adult):
    move(adult, newer_version(without_study_mode))
    assert adult.application.policy_date == date(2026, 9, 7)
