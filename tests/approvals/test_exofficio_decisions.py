"""An ex officio case from opening to decision: told first, heard, weighed, decided by another, with its money."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from approvals.exofficio import hearing
from approvals.exofficio.clock import end_terms
from approvals.exofficio.terms import Intended
from approvals.models import Decision
from approvals.moves import seating
from approvals.timing import changes
from benefits.models import Budget, Due, DueStop
from papers import reading
from papers.models import Paper
from people import delegating
from people.refusals import Conflict, Invalid, Refused
from tests import world
from tests.approvals import exofficio
from tests.stages import official, prefecture
from tests.unchanged import refused as refused_as

pytestmark = pytest.mark.django_db


def reserved(scheme="grad-jobseeking"):
    return Budget.objects.filter(scheme_code=scheme).aggregate(all=Sum("reserved"))["all"]


def imposed(kind="revoke"):
    return exofficio.about_grant(kind).tell().state().weigh().decide()


class TestRevocation:
    def test_a_case_of_its_own_is_opened_at_the_office_that_granted(self):
        taken = exofficio.about_grant()
        application = taken.application
        assert (application.origin, application.state) == ("ex_officio", "in_review")
        assert application.number.startswith("ZQ532503")
        item = world.open_item(application)
        assert (item.queue.office.division_id, item.queue.role, item.owner) == ("532500", "reviewer", taken.reviewer)

    def test_it_has_its_own_key_and_stream(self):
        taken = exofficio.about_grant()
        granted = taken.granted.application
        assert taken.application.data_key_id != granted.data_key_id
        assert taken.application.stream != granted.stream

    def test_a_measure_ends_both_cases(self):
        taken = imposed()
        assert taken.application.state == "concluded"
        assert taken.granted.application.state == "revoked"
        assert taken.proceeding.outcome == "imposed"

    def test_the_old_decision_stays_and_says_that_it_was_revoked(self):
        taken = imposed()
        old = Decision.objects.get(application=taken.granted.application, kind="grant")
        new = Decision.objects.get(application=taken.application, kind="revocation")
        assert (new.supersedes, new.paper.supersedes) == (old, old.paper)
        assert old.paper.status == "revoked"

    def test_the_decision_tells_what_was_said_and_how_to_object(self):
        taken = imposed()
        paper = Paper.objects.get(case_ref=taken.public_id, kind="revocation")
        told = reading.content(paper)
        old = Paper.objects.get(case_ref=taken.granted.public_id, kind="grant")
        assert old.number in told.opening[0] + told.opening[-1]
        assert (told.refers_to, told.machine["refers_to"]) == (old.number, old.number)
        headings = [section.heading for section in told.sections]
        assert headings == ["查明的事实", "陈述申辩和答复", "理由", "处理依据", "救济途径"]
        assert "陈述申辩：证书是真的。" in told.sections[1].paragraphs
        assert told.sections[3].paragraphs == (f"{exofficio.CLAUSE}。",)

    def test_what_was_not_paid_is_stopped_and_its_reservation_is_given_back(self):
        world.granted(4)
        before = reserved()
        taken = imposed()
        assert DueStop.objects.get().due.application == taken.granted.application
        assert reserved() == before

    def test_the_due_itself_is_not_touched(self):
        taken = imposed()
        due = Due.objects.get(application=taken.granted.application)
        assert due.amount == Decimal("1000.00")


class TestTelling:
    def test_nothing_is_imposed_before_it_was_told(self):
        taken = exofficio.about_grant()
        with pytest.raises(Invalid) as refused:
            taken.weigh()
        assert "impose" in refused.value.errors

    def test_the_clock_stands_still_until_the_statement_came(self):
        taken = exofficio.about_grant().tell()
        assert world.open_item(taken.application).paused_at is not None
        taken.state()
        assert world.open_item(taken.application).paused_at is None

    def test_the_term_is_five_working_days(self):
        taken = exofficio.about_grant().tell()
        proceeding = taken.proceeding
        assert (proceeding.reply_due - proceeding.notice_at).days >= 5

    def test_nobody_weighs_while_the_term_runs(self):
        taken = exofficio.about_grant().tell()
        with pytest.raises(Conflict):
            taken.weigh()

    def test_it_is_told_once(self):
        taken = exofficio.about_grant().tell().state()
        with pytest.raises(Conflict, match="不能重复告知"):
            taken.tell()

    def test_facts_clause_and_day_are_needed(self):
        taken = exofficio.about_grant()
        with pytest.raises(Invalid) as refused:
            hearing.give_notice(taken.reviewer, taken.public_id, Intended(" ", "", None), taken.later())
        assert set(refused.value.errors) == {"facts", "clause", "effective_on"}

    def test_a_term_that_is_over_ends_once_though_the_clock_is_stopped_for_a_hearing_then(self):
        taken = exofficio.about_grant().tell()
        over = taken.proceeding.reply_due + timedelta(hours=1)
        assert end_terms(over) == 1
        until = timezone.localdate(over) + timedelta(days=20)
        changes.pause(taken.reviewer, world.open_item(taken.application).pk, "hearing", until, "组织听证。", over)
        assert end_terms(over) == 0

    def test_no_seat_is_added_to_a_built_in_procedure(self):
        taken = exofficio.about_grant().tell().state().weigh()
        office = official("another-reviewer", prefecture("hrss"), "reviewer").posts.get().office
        with refused_as(Refused, "not_here"):
            seating.add_seat(
                taken.approver, world.open_item(taken.application).pk, office, "beside", "请提意见。", taken.later()
            )

    def test_a_colleague_who_was_lent_the_post_decides_for_the_approver(self):
        taken = exofficio.about_grant().tell().state().weigh()
        stand_in, day = official("stand-in", prefecture("hrss"), "clerk"), timezone.localdate(taken.at)
        post = taken.approver.posts.get(office=prefecture("hrss"), role="approver")
        terms = delegating.Terms(stand_in.username, day, day + timedelta(days=30), "1号")
        delegating.lend(taken.approver, post.pk, terms, taken.at)
        taken.decide(user=stand_in)
        said = taken.application.opinions.get(outcome="impose")
        assert (said.official, said.on_behalf_of, taken.application.state) == (stand_in, taken.approver, "concluded")
