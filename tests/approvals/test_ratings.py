"""好差评: once a decision, hidden from who handled the case until a supervisor answered, counted without pointing."""

from datetime import timedelta

import pytest

from applications import actions
from applications.four_eyes import identity_of
from applications.models import CaseActor
from approvals.models import Rating
from approvals.ratings import answering, counts
from approvals.ratings.rating import Rated, rate
from audit.models import Event
from people.refusals import Conflict, Invalid, NotFound, Refused
from telling.models import Notice
from tests import world
from tests.approvals.desk import sign_in, text_of

pytestmark = pytest.mark.django_db
BAD = Rated(2, ("slow", "unclear"), "等了两个月。")
GOOD = Rated(5, ("fast",))


def closed(n=2):
    """A case of the county that was taken back."""
    case = world.grant(n).submit()
    actions.withdraw(case.user, case.public_id, case.later(1))
    return case


def rated(said=BAD, n=2):
    case = closed(n)
    return case, rate(case.user, case.public_id, said, case.later(1))


def supervisor():
    return world.user("county-supervisor")


def answered(n=2):
    case, bad = rated(n=n)
    return case, answering.answer(supervisor(), bad.pk, "已核实，今后按期办理。", case.later(1))


class TestRating:
    def test_a_decision_is_rated(self):
        case = world.granted()
        given = rate(case.user, case.public_id, GOOD, case.later(1))
        assert (given.stage, given.level, given.due_at) == ("decision", 5, None)

    def test_a_bad_one_is_due_after_five_working_days(self):
        _case, bad = rated()
        assert bad.due_at - bad.made_at >= timedelta(days=5)

    def test_a_case_that_runs_is_not_rated(self):
        case = world.grant().submit()
        with pytest.raises(Conflict):
            rate(case.user, case.public_id, GOOD, case.later(1))

    def test_one_rates_once(self):
        case, _bad = rated()
        with pytest.raises(Conflict):
            rate(case.user, case.public_id, GOOD, case.later(1))

    def test_nobody_rates_the_case_of_another(self):
        case = closed()
        for name in ("applicant2", "county-reviewer"):
            with pytest.raises(NotFound):
                rate(world.user(name), case.public_id, GOOD, case.later(1))

    @pytest.mark.parametrize("said", [Rated(0), Rated(6), Rated(3, ("because",)), Rated(3, (), "长" * 501)])
    def test_what_is_no_rating_is_refused(self, said):
        case = closed()
        with pytest.raises(Invalid):
            rate(case.user, case.public_id, said, case.later(1))

    def test_its_words_are_sealed_and_the_event_holds_codes_only(self):
        _case, bad = rated()
        assert "两个月".encode() not in bytes(bad.text)
        event = Event.objects.get(action="rating.given")
        assert set(event.data) == {"state", "round", "rating", "stage", "level"}

    def test_the_page_takes_it_and_says_thanks(self):
        case = closed()
        client = sign_in("applicant")
        answer = client.post(f"/applications/{case.public_id}/rate/", {"level": "4", "reasons": ["kind"]}, follow=True)
        assert "谢谢您的评价" in text_of(answer)

    def test_nothing_chosen_is_refused_at_its_field_and_the_words_are_kept(self):
        case = closed()
        answer = sign_in("applicant").post(f"/applications/{case.public_id}/rate/", {"text": "我的话"})
        assert answer.status_code == 422
        assert "我的话" in text_of(answer)

    def test_the_case_page_leads_to_it_once_it_is_over(self):
        case = world.grant().submit()
        client, url = sign_in("applicant"), f"/applications/{case.public_id}/"
        assert "评价这次办理" not in text_of(client.get(url))
        actions.withdraw(case.user, case.public_id, case.later(1))
        assert "评价这次办理" in text_of(client.get(url))


class TestAnswering:
    def test_a_supervisor_answers_and_the_applicant_is_told(self):
        case, bad = answered()
        assert bad.answered_by == supervisor()
        assert Notice.objects.filter(case_ref=case.public_id, kind="rating_answered").exists()
        assert "今后按期办理" in text_of(sign_in("applicant").get(f"/applications/{case.public_id}/rate/"))

    def test_it_is_answered_once(self):
        case, bad = answered()
        with pytest.raises(Conflict):
            answering.answer(supervisor(), bad.pk, "再答一次。", case.later(1))

    def test_an_empty_answer_is_refused(self):
        case, bad = rated()
        with pytest.raises(Invalid):
            answering.answer(supervisor(), bad.pk, " ", case.later(1))

    def test_a_good_one_needs_no_answer(self):
        case, good = rated(GOOD)
        with pytest.raises(NotFound):
            answering.answer(supervisor(), good.pk, "谢谢。", case.later(1))

    @pytest.mark.parametrize("name", ["county-reviewer", "other-county", "auditor", "admin", "applicant"])
    def test_nobody_else_answers_or_sees_it(self, name):
        case, bad = rated()
        with pytest.raises(NotFound):
            answering.answer(world.user(name), bad.pk, "答复。", case.later(1))
        client = sign_in(name)
        assert client.get("/inbox/ratings/").status_code == 404
        assert client.get(f"/inbox/ratings/{bad.pk}/").status_code == 404

    def test_who_is_close_to_the_case_does_not_answer(self, monkeypatch):
        case, bad = rated()
        monkeypatch.setattr("applications.door.barred_from", lambda *_said: "回避")
        with pytest.raises(Refused):
            answering.answer(supervisor(), bad.pk, "答复。", case.later(1))

    def test_a_supervisor_who_handled_the_case_neither_reads_nor_answers_it(self):
        case, bad = rated()
        handled(case, supervisor())
        client = sign_in("county-supervisor")
        assert case.application.number not in text_of(client.get("/inbox/ratings/"))
        assert client.get(f"/inbox/ratings/{bad.pk}/").status_code == 404
        assert client.post(f"/inbox/ratings/{bad.pk}/", {"answer": "已核实。"}).status_code == 404
        with pytest.raises(NotFound):
            answering.answer(supervisor(), bad.pk, "答复。", case.later(1))

    def test_a_supervisor_who_handled_the_case_reads_it_once_a_colleague_answered(self):
        case, bad = answered()
        Rating.objects.filter(pk=bad.pk).update(answered_by=world.user("auditor"))
        handled(case, world.user("county-approver"))
        case.application.actors.filter(who=identity_of(supervisor())).update(stage="review")
        seen = answering.bad_ones(supervisor(), case.later(1))
        assert list(seen) == [bad]

    def test_who_answered_one_rating_of_a_case_sees_the_next(self):
        case, bad = answered()
        later = Rating.objects.create(**values(bad) | {"round": 9})
        assert later in answering.bad_ones(supervisor(), case.later(1))

    def test_who_handled_the_case_sees_it_only_once_it_was_answered(self):
        case, bad = rated()
        desk, url = sign_in("county-reviewer"), f"/inbox/{case.public_id}/told/"
        seen = desk.get(url)
        assert seen.status_code in (200, 404)
        assert "等了两个月" not in text_of(seen)
        answering.answer(supervisor(), bad.pk, "已核实。", case.later(1))
        school = sign_in("school")
        assert "等了两个月" in text_of(school.get(url))

    def test_the_page_names_nobody(self):
        case, bad = rated()
        page = text_of(sign_in("county-supervisor").get(f"/inbox/ratings/{bad.pk}/"))
        assert "等了两个月" in page
        assert case.application.subject.name not in page

    def test_the_list_has_what_waits_and_what_was_answered(self):
        client = sign_in("county-supervisor")
        case, bad = rated()
        assert case.application.number in text_of(client.get("/inbox/ratings/"))
        answer = client.post(f"/inbox/ratings/{bad.pk}/", {"answer": "已核实。"}, follow=True)
        assert "没有等待答复的差评" in text_of(answer)

    def test_an_empty_form_is_refused_at_its_field(self):
        _case, bad = rated()
        assert sign_in("county-supervisor").post(f"/inbox/ratings/{bad.pk}/", {"answer": ""}).status_code == 422


class TestCounting:
    def test_few_ratings_are_not_told_apart(self):
        _case, bad = rated()
        for _n in range(counts.FEWEST - 2):
            Rating.objects.create(**{**values(bad), "round": _n + 9})
        (row,) = counts.by_office(Rating.objects.all())
        assert (row.total, row.content) == (None, None)
        Rating.objects.create(**values(bad) | {"round": 99, "level": 5, "due_at": None})
        (row,) = counts.by_scheme(Rating.objects.all())
        assert (row.total, row.content) == (5, 20)

    def test_the_page_shows_them(self):
        rated()
        page = text_of(sign_in("county-supervisor").get("/inbox/ratings/counts/"))
        assert "少于5条" in page


def handled(case, user):
    """Let a user have acted at a stage of the case."""
    CaseActor.objects.create(
        application=case.application, who=identity_of(user), capacity=CaseActor.Capacity.OFFICIAL, stage="review"
    )


def values(rating):
    """The columns of a rating, for another one beside it."""
    names = ("application", "stage", "by", "office", "level", "made_at", "due_at")
    return {name: getattr(rating, name) for name in names}
