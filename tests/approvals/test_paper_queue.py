"""文书生成: what officials and administrators see of papers that are not made yet; another try for the failed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals.printing import groups
from approvals.printing.reasons import WORDS, reason
from audit.models import Event
from papers.jobs import render_one
from papers.models import Paper
from people.models import Office
from tests import world
from tests.approvals.bulk_cases import ready, started, worked
from tests.approvals.bulk_rows import bulk_run
from tests.approvals.desk import events, sign_in, text_of
from tests.approvals.filing_batches import OPENER, filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
QUEUE, AGAIN = "/inbox/papers/", "/inbox/papers/again/"


@pytest.fixture
def paper():
    """A paper that a school issued, and that waits."""
    return Paper.objects.get(case_ref=world.grant().submit().say("accept").public_id, kind="acceptance")


def give_up(paper, failure="Timeout"):
    Paper.objects.filter(pk=paper.pk).update(state="failed", failure=failure, attempts=4)


def again(paper):
    return Paper.objects.get(pk=paper.pk)


def numbers_on(page):
    """Waiting, being made, to be tried again, failed."""
    counts = page.context["counts"]
    return (counts.waiting, counts.making, counts.again, counts.failed)


def look(name="school"):
    return sign_in(name).get(QUEUE)


class TestCounts:
    """What stands at the head of the page."""

    def test_a_paper_just_issued_waits(self, paper):
        before = numbers_on(look())

        assert before[0] >= 1
        assert before[1:] == (0, 0, 0)

    @pytest.mark.parametrize(
        "changes, place",
        [
            ({"attempts": 1}, 1),
            ({"attempts": 1, "failure": "Died"}, 2),
            ({"attempts": 4, "failure": "Died", "state": "failed"}, 3),
        ],
    )
    def test_each_paper_is_counted_where_it_stands(self, paper, changes, place):
        waited = numbers_on(look())[0]
        ahead = timezone.now() + timedelta(minutes=1)
        Paper.objects.filter(pk=paper.pk).update(next_attempt_at=ahead, **changes)
        found = numbers_on(look())

        assert found[0] == waited - 1
        assert found[1:] == tuple(int(n == place) for n in (1, 2, 3))

    def test_a_paper_whose_worker_was_lost_waits_again(self, paper):
        waited = numbers_on(look())[0]
        Paper.objects.filter(pk=paper.pk).update(attempts=1, next_attempt_at=timezone.now() - timedelta(seconds=1))

        assert numbers_on(look())[:2] == (waited, 0)


class TestFailed:
    """The list of what was given up."""

    def test_number_kind_and_reason_are_told_and_nobodys_name(self, paper):
        give_up(paper)
        page = text_of(look())

        assert paper.number in page
        assert "受理通知书" in page
        assert str(WORDS["Timeout"]) in page
        assert paper.addressee_masked not in page

    def test_the_case_is_a_link_for_whoever_sees_it(self, paper):
        give_up(paper)

        assert f"/inbox/{paper.case_ref}/" in text_of(look())
        assert f"/inbox/{paper.case_ref}/" not in text_of(look("admin"))

    @pytest.mark.parametrize("name", ["county-clerk", "other-county", "finance-maker"])
    def test_papers_of_other_offices_are_not_seen(self, paper, name):
        give_up(paper)

        assert paper.number not in text_of(look(name))

    def test_an_administrator_sees_the_offices_of_the_area(self, paper):
        give_up(paper)

        assert paper.number in text_of(look("admin"))

    @pytest.mark.parametrize("name", ["applicant", "auditor", "policy-editor"])
    def test_for_everybody_else_there_is_no_such_page(self, paper, name):
        assert look(name).status_code == 404
        assert sign_in(name).post(AGAIN).status_code == 404

    def test_looking_writes_nothing(self, paper):
        count = Event.objects.count()
        look()

        assert Event.objects.count() == count

    def test_a_kind_without_words_is_told_by_its_name(self):
        assert "SomethingNew" in reason("SomethingNew")


class TestAgain:
    """Another try."""

    def test_a_failed_paper_is_queued_anew_with_all_its_attempts(self, paper, django_capture_on_commit_callbacks):
        give_up(paper)
        with django_capture_on_commit_callbacks(execute=True):
            answer = sign_in("school").post(AGAIN, {"paper": paper.pk})
        found = again(paper)

        assert answer["Location"] == QUEUE
        assert (found.state, found.failure, found.attempts) == ("ready", "", 1)
        assert (found.number, bytes(found.content)) == (paper.number, bytes(paper.content))

    def test_the_event_counts_kinds_and_names_nobody(self, paper):
        give_up(paper)
        sign_in("school").post(AGAIN)
        [event] = events("papers.tried_again")

        assert event.stream == f"papers:{paper.office_id}"
        assert event.actor == "school"
        assert event.data == {"office": paper.office_id, "count": 1, "kinds": {"Timeout": 1}}

    def test_all_of_ones_offices_are_taken_and_no_others(self, paper):
        others = Paper.objects.get(case_ref=world.grant(4).submit().say("accept").public_id, kind="acceptance")
        Paper.objects.filter(pk=others.pk).update(
            office=Office.objects.exclude(pk=paper.office_id).filter(function="hrss").order_by("-pk")[0]
        )
        give_up(paper)
        give_up(others)
        sign_in("school").post(AGAIN)

        assert (again(paper).state, again(others).state) == ("queued", "failed")

    def test_a_paper_of_another_office_does_not_exist(self, paper):
        give_up(paper)

        assert sign_in("other-county").post(AGAIN, {"paper": paper.pk}).status_code == 404
        assert again(paper).state == "failed"

    @pytest.mark.parametrize("given", [{}, {"paper": "x"}, {"paper": "9" * 30}])
    def test_nothing_to_try_again_is_said(self, paper, given):
        answer = sign_in("school").post(AGAIN, given)

        assert answer.status_code == (404 if given else 409)
        assert events("papers.tried_again") == []

    def test_whoever_comes_second_is_told(self, paper):
        give_up(paper)
        client = sign_in("school")
        client.post(AGAIN, {"paper": paper.pk})

        assert client.post(AGAIN, {"paper": paper.pk}).status_code == 409

    def test_it_takes_a_post(self, paper):
        assert sign_in("school").get(AGAIN).status_code == 405


class TestGroups:
    """Papers that were issued together."""

    def test_a_bulk_run_tells_how_many_of_its_papers_are_made(self):
        run = worked(started(ready(2)))
        first, second = Paper.objects.filter(kind="grant").order_by("pk")
        give_up(second)
        render_one(first.pk)
        [(found, progress)] = groups.of_runs(run.user, timezone.now())

        assert found == run
        assert (progress.ready, progress.failed, progress.left) == (1, 1, progress.total - 2)
        assert f"/inbox/bulk/{run.pk}/" in text_of(look(run.user.username))

    def test_a_dossier_tells_how_many_papers_of_its_cases_are_made(self):
        (case,), dossier, at = filled()
        papers = Paper.objects.filter(case_ref=case.public_id).order_by("pk")
        render_one(papers[0].pk)
        [(found, progress)] = groups.of_dossiers(world.user(OPENER), at)

        assert (found, progress) == (dossier, groups.Progress(papers.count(), 1, 0))
        assert f"/inbox/dossiers/{dossier.pk}/" in text_of(look(OPENER))

    def test_work_without_papers_is_not_listed(self):
        assert groups.of_runs(bulk_run().user, timezone.now()) == []
