"""Four eyes and recusal: who is kept from a case although they hold the post."""

from datetime import timedelta

import pytest

from applications import actions, door
from applications import answers as answers_of
from applications.models import CaseActor
from approvals import decide
from people import vault
from people.models import Kinship, Person
from people.posts import dismiss
from people.refusals import Conflict, Refused
from people.synthetic import synthetic_person
from project.demo.clerks import Case
from tests import stages, world
from tests.stages import AT_STAGE, POINT, official, prefecture, speak
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
SAID = {
    "accept": "correction",
    "county_review": "agree",
    "dpf_opinion": "agree",
    "notice": "dismiss",
    "decide": "grant",
    "confirm": "confirm",
    "file": "file",
}


def _key():
    key = vault.new_data_key()
    key.save()
    return key


def acting(user, case):
    """The user says yes at the stage where the case stands."""
    speak(user, case, SAID[case.item().stage], points=(POINT,))


def capacities(case):
    return dict(case.application.actors.values_list("who", "capacity"))


def filed_by(user, case):
    """The same answers, filed by somebody else."""
    application = case.application
    return Case(user, application.scheme_code, answers_of.read(application), case.at)


def related(user, person):
    Kinship.objects.create(user=user, relative=person, relation="brother")


@pytest.mark.parametrize("scheme, stage", AT_STAGE)
class TestPartiesKeepOut:
    """At every stage of every scheme."""

    def test_who_filed_the_case(self, scheme, stage):
        case = AT_STAGE[scheme, stage]()
        user = stages.colleague(case)
        CaseActor.objects.create(application=case.application, who=f"user:{user.pk}", capacity="party")
        with refused(Refused, "recusal"):
            acting(user, case)

    def test_whom_the_case_is_about(self, scheme, stage):
        case = AT_STAGE[scheme, stage]()
        user = stages.colleague(case)
        user.person = case.application.subject
        user.save()
        with refused(Refused, "recusal"):
            acting(user, case)

    def test_a_relative_registered_since(self, scheme, stage):
        case = AT_STAGE[scheme, stage]()
        user = stages.colleague(case)
        related(user, case.application.subject)
        with refused(Refused, "recusal"):
            acting(user, case)


class TestWhoIsAParty:
    """Written when the case is filed."""

    def test_subject_and_filer(self):
        case = world.grant().submit()
        subject = case.application.subject
        assert capacities(case) == {f"person:{subject.pk}": "party", f"user:{case.user.pk}": "party"}

    def test_a_filer_who_is_the_subject_is_one_party(self):
        case = world.grant().submit().withdraw()
        subject = case.application.subject
        case.user.person = subject
        case.user.save()
        again = filed_by(case.user, case).submit()
        assert capacities(again) == {f"person:{subject.pk}": "party"}

    def test_every_member_of_the_household(self):
        case = world.phase_out().submit()
        members = answers_of.read(case.application)["household"]
        people = Person.objects.filter(name__in=[member["name"] for member in members])
        assert {f"person:{person.pk}" for person in people} <= set(capacities(case))
        assert len(capacities(case)) == len(members) + 1

    def test_an_official_who_registered_the_subject_as_a_relative(self):
        case = world.grant().submit().withdraw()
        reviewer = world.user("county-reviewer")
        related(reviewer, case.application.subject)
        again = filed_by(case.user, case).submit()
        assert capacities(again)[f"user:{reviewer.pk}"] == "relative"

    def test_an_official_who_registered_a_member_of_the_household(self):
        case = world.phase_out().submit().withdraw()
        worker = Person.objects.get(name=answers_of.read(case.application)["household"][1]["name"])
        related(world.user("township"), worker)
        again = filed_by(case.user, case).submit()
        with refused(Refused, "recusal"):
            acting(world.user("township"), again)

    def test_a_relative_who_filed_the_case_is_a_party(self):
        case = world.grant().submit().withdraw()
        related(case.user, case.application.subject)
        again = filed_by(case.user, case).submit()
        assert capacities(again)[f"user:{case.user.pk}"] == "party"

    def test_a_relative_of_somebody_else_is_free(self):
        other = world.grant(4).submit().application.subject
        case = world.grant(2).submit().say("accept")
        related(world.user("county-reviewer"), other)
        acting(world.user("county-reviewer"), case)
        assert case.application.state == "noticed"


class TestHelpers:
    """An official who helps somebody file is out of the case."""

    HELPERS = {"accept": "school", "county_review": "county-reviewer", "decide": "prefecture-approver"}

    @pytest.mark.parametrize("stage", HELPERS)
    def test_who_filed_for_another_cannot_act_in_it(self, stage):
        helper = world.user(self.HELPERS[stage])
        case = filed_by(helper, world.grant())
        case.submit()
        for there, outcome in (("accept", "accept"), ("county_review", "agree")):
            if case.item().stage == stage:
                break
            speak(stages.colleague(case, f"colleague-{there}"), case, outcome)
        if stage == "decide":
            case.end_notice()
        with refused(Refused, "recusal"):
            acting(helper, case)


class TestOneStageEach:
    """Who acted at one stage acts at no other."""

    def reviewer_who_approves(self):
        """One user on both posts of the prefecture's bureau and on the county's."""
        user = official("many-posts", stages.office("hrss"), "reviewer")
        official("many-posts", prefecture("hrss"), "approver")
        official("many-posts", prefecture("hrss"), "reviewer")
        return user

    def test_the_reviewer_cannot_decide(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "county_review"]()
        speak(user, case, "agree")
        case.end_notice()
        with refused(Refused, "four_eyes"):
            acting(user, case)

    def test_the_reviewer_cannot_answer_an_objection(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "county_review"]()
        speak(user, case, "agree")
        stages.objected(case)
        with refused(Refused, "four_eyes"):
            acting(user, case)

    def test_who_answered_an_objection_cannot_decide(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "notice"]()
        speak(user, case, "dismiss")
        case.end_notice()
        with refused(Refused, "four_eyes"):
            acting(user, case)

    def test_an_account_linked_to_its_person_since_is_still_the_same_official(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "county_review"]()
        speak(user, case, "agree")
        case.end_notice()
        user.person = world.grant(4).submit().application.subject
        user.save()
        with refused(Refused, "four_eyes"):
            acting(user, case)

    def test_who_claimed_and_put_back_an_item_cannot_decide(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "county_review"]()
        decide.claim(user, case.item().pk, case.later(1))
        decide.release(user, case.item().pk, case.later(1))
        case.say("agree").end_notice()
        with refused(Refused, "four_eyes"):
            acting(user, case)

    def test_a_colleague_who_only_looked_on_may_decide(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "decide"]()
        acting(user, case)
        assert case.application.state == "granted"

    def test_the_same_official_takes_the_same_stage_again_in_the_next_round(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "county_review"]()
        speak(user, case, "correction", points=(stages.POINT,))
        case.resubmit()
        speak(user, case, "agree")
        assert case.application.state == "noticed"

    def test_a_colleague_may_take_the_stage_in_the_next_round(self):
        case = AT_STAGE["grant", "county_review"]()
        case.ask_to_correct().resubmit()
        speak(stages.colleague(case), case, "agree")
        assert case.application.state == "noticed"

    def test_a_case_sent_back_does_not_free_who_had_decided_to_send_it(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "decide"]()
        speak(user, case, "send_back", target="county_review")
        with refused(Refused, "four_eyes"):
            acting(user, case)

    def test_acting_elsewhere_does_not_count(self):
        user, case = self.reviewer_who_approves(), AT_STAGE["grant", "county_review"]()
        speak(user, case, "agree")
        other = world.grant(0).submit().say("accept").end_notice()
        acting(user, other)
        assert other.application.state == "granted"


class TestClaiming:
    """Taking an item is taking part."""

    def test_a_party_cannot_claim(self):
        case = AT_STAGE["grant", "decide"]()
        user = stages.colleague(case)
        related(user, case.application.subject)
        with refused(Refused, "recusal"):
            decide.claim(user, case.item().pk, case.later())

    def test_what_was_claimed_is_not_for_a_colleague(self):
        case = AT_STAGE["grant", "decide"]()
        user = stages.colleague(case)
        case.claim()
        with refused(Conflict, "claimed"):
            acting(user, case)

    def test_what_somebody_claimed_who_left_is_for_colleagues(self):
        case = AT_STAGE["grant", "decide"]().claim()
        user, claimant = stages.colleague(case), case.item().owner
        for post in claimant.posts.all():
            dismiss(post, case.at.date() - timedelta(days=1))
        acting(user, case)
        assert case.application.state == "granted"

    def test_what_was_put_back_is_for_everybody(self):
        case = AT_STAGE["grant", "decide"]().claim()
        decide.release(case.official(), case.item().pk, case.later())
        acting(stages.colleague(case), case)
        assert case.application.state == "granted"


class TestWhatPagesSay:
    """The page says why before the door refuses."""

    def test_nothing_bars_a_stranger(self):
        case = AT_STAGE["grant", "decide"]()
        assert door.barred_from(case.application, world.user("prefecture-approver"), "decide") == ""

    def test_a_relative_registered_since_is_told_to_recuse(self):
        case = AT_STAGE["grant", "decide"]()
        user = stages.colleague(case)
        related(user, case.application.subject)
        assert "回避" in door.barred_from(case.application, user, "decide")

    def test_who_acted_before_is_told_so(self):
        case = AT_STAGE["grant", "decide"]()
        assert "另一环节" in door.barred_from(case.application, world.user("county-reviewer"), "decide")


def test_a_person_named_in_a_correction_becomes_a_party():
    case = world.grant().submit()
    person = synthetic_person(77, "532503", (2000, 2003))
    named = {"name": person.name, "id_number": person.id_number, "disability_certificate": person.certificate}
    case.say("correction", points=tuple(("question", name, "请更正。") for name in named))
    actions.save_answers(case.user, case.public_id, named, case.later())
    actions.resubmit(case.user, case.public_id, case.later())
    assert capacities(case)[f"person:{case.application.subject.pk}"] == "party"
    assert case.application.subject.name == person.name


def test_an_official_whom_a_correction_names_is_out_of_the_case():
    """Who asked for the correction cannot go on in what has become their own case."""
    case, person = world.grant().submit(), synthetic_person(78, "532503", (2000, 2003))
    clerk = stages.colleague(case)
    clerk.person = Person.objects.create(
        name=person.name,
        data_key=_key(),
        id_index=vault.blind_index("id", person.id_number),
        id_number=b"",
    )
    clerk.save()
    named = {"name": person.name, "id_number": person.id_number, "disability_certificate": person.certificate}
    speak(clerk, case, "correction", points=tuple(("question", name, "请更正。") for name in named))
    actions.save_answers(case.user, case.public_id, named, case.later())
    actions.resubmit(case.user, case.public_id, case.later())
    with refused(Refused, "recusal"):
        acting(clerk, case)
