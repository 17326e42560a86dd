"""What may be done in bulk: only what has nothing to look at; everything else is left out with its own reason."""

import pytest

from applications.models import Application
from approvals import decide
from approvals.bulk import choosing
from people import vault
from people.models import Person
from people.posts import appoint
from people.refusals import Invalid
from tests import offered, stages, world
from tests.approvals.bulk_cases import APPROVER, chosen, ready
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


def left(choice):
    """Why each item is left out."""
    return {code: len(items) for code, items in choice.left.items()}


def write(case, **columns):
    """What other moves leave on the open item."""
    WorkItem.objects.filter(pk=case.item().pk).update(**columns)


class TestClean:
    """Nothing to look at."""

    def test_clean_cases_fit_the_outcome_of_their_stage(self):
        choice = chosen(ready(2))
        assert (choice.counts, left(choice), choice.capped) == ({"grant": 2}, {}, False)

    def test_items_are_sorted_by_what_can_be_said_of_them(self):
        user, cases = world.user(APPROVER), ready(1)
        appoint(user, stages.office("hrss"), "reviewer", world.START.date())
        case = stages.AT_STAGE["grant", "county_review"]()
        items = [cases[0].item().pk, case.item().pk]
        assert left(choosing.choose(user, items, case.at)) == {"other_office": 1}
        assert choosing.choose(user, items[::-1], case.at).counts == {"agree": 1}

    def test_items_of_others_are_not_there(self):
        cases = ready(1)
        assert chosen(cases, world.user("county-approver")) is None
        assert choosing.choose(world.user(APPROVER), [0, 10**12], cases[0].at) is None

    def test_an_item_named_twice_is_one(self):
        cases = ready(1)
        item = cases[0].item().pk
        assert choosing.choose(world.user(APPROVER), [item, item], cases[0].at).total == 1

    def test_more_than_can_be_done_at_once_is_cut_and_said(self, monkeypatch):
        monkeypatch.setattr(choosing, "MOST", 2)
        choice = chosen(ready(3))
        assert (choice.total, choice.capped) == (2, True)

    def test_reading_many_takes_no_more_queries_than_reading_few(self, django_assert_max_num_queries):
        cases, user = ready(6), world.user(APPROVER)
        items = [case.item().pk for case in cases]
        with django_assert_max_num_queries(16):
            assert choosing.choose(user, items, cases[-1].at).total == 6


class TestLeftOut:
    """One reason each."""

    @pytest.mark.parametrize(
        "columns, code",
        [
            ({"waiting": True}, "waiting"),
            ({"placement": "beside"}, "asked_personally"),
            ({"delegate": "expert"}, "delegated"),
            ({"owner": "expert"}, "claimed"),
        ],
    )
    def test_what_another_move_holds_up(self, columns, code):
        [case] = ready(1)
        colleague = stages.colleague(case, "expert")
        known = {name: colleague if value == "expert" else value for name, value in columns.items()}
        if "placement" in known:
            known["added_by"] = colleague
        write(case, **known)
        assert left(chosen([case])) == {code: 1}

    def test_what_somebody_took_who_left_is_free(self):
        [case] = ready(1)
        write(case, owner=world.user("county-clerk"))
        assert chosen([case]).counts == {"grant": 1}

    def test_a_case_that_waits_for_its_applicant(self):
        [case] = ready(1)
        write(case, paused_at=case.at)
        assert left(chosen([case])) == {"paused": 1}

    def test_a_case_that_is_decided(self):
        [case] = ready(1)
        item = case.item().pk
        case.say("grant")
        assert left(choosing.choose(world.user(APPROVER), [item], case.at)) == {"already_decided": 1}

    def test_a_case_that_is_not_eligible(self):
        assert left(chosen([world.at_decision(study_mode="part_time")])) == {"not_eligible": 1}

    def test_a_case_somebody_was_against_or_sent_back_in_this_round(self):
        case = world.grant().submit().say("accept").say("disagree", text="材料存疑。").end_notice()
        assert left(chosen([case])) == {"spoken": 1}

    def test_a_correction_of_an_earlier_round_is_over(self):
        case = world.grant().submit().ask_to_correct().resubmit().say("accept").say("agree").end_notice()
        assert chosen([case]).counts == {"grant": 1}

    def test_a_case_with_another_of_the_same_certificate(self):
        cases = ready(2)
        index = cases[0].application.subject.certificate_index
        Person.objects.filter(pk=cases[1].application.subject_id).update(certificate_index=index)
        assert left(chosen(cases)) == {"findings": 2}

    def test_a_case_whose_name_another_case_writes_otherwise(self):
        [case] = ready(1)
        subject = case.application.subject
        subject.name = "王另名"
        subject.save()
        assert left(chosen([case])) == {"name": 1}

    def test_a_case_that_cannot_be_read(self):
        [case] = ready(1)
        vault.destroy(case.application.data_key, case.at)
        assert left(chosen([case])) == {"unreadable": 1}

    def test_a_stage_that_asks_the_official_something(self):
        case = stages.phase_out_reviewed()
        assert left(chosen([case], case.official())) == {"entries": 1}

    def test_an_objection_that_waits_for_its_answer(self):
        case = stages.objected(stages.noticed())
        assert left(chosen([case], case.official())) == {"one_by_one": 1}

    def test_an_answer_of_another_office_is_recorded_one_by_one(self):
        case = offered.referred()
        assert left(chosen([case], case.official())) == {"one_by_one": 1}

    def test_a_case_the_office_opened_by_itself(self, monkeypatch):
        [case] = ready(1)
        monkeypatch.setattr(Application, "is_ex_officio", True)
        assert left(chosen([case])) == {"ex_officio": 1}

    def test_a_case_of_a_relative(self):
        [case] = ready(1)
        user = world.user(APPROVER)
        user.kin.create(relative=case.application.subject, relation="sister")
        assert left(chosen([case])) == {"barred": 1}


class TestSealed:
    """The choice as it travels in the page."""

    def test_it_comes_back_as_it_was_and_takes_little_room(self):
        user, choice = world.user(APPROVER), chosen(ready(1))
        choice.fit["grant"] = [(1_000_000 + 3 * n, n % 9) for n in range(5000)]
        text = choosing.sealed(user, choice)
        assert len(text) < 60_000
        again = choosing.opened(user, text)
        assert (again.total, again.office, again.counts) == (5000, choice.office, {"grant": 5000})

    def test_one_that_was_changed_or_is_somebody_else_s_is_refused(self):
        user, choice = world.user(APPROVER), chosen(ready(1))
        text = choosing.sealed(user, choice)
        for reader, given in ((world.user("county-approver"), text), (user, text[:-1] + "x"), (user, "")):
            with pytest.raises(Invalid):
                choosing.opened(reader, given)


def test_a_case_claimed_by_oneself_is_one_s_own_to_do():
    [case] = ready(1)
    decide.claim(world.user(APPROVER), case.item().pk, case.later())
    assert chosen([case]).counts == {"grant": 1}
