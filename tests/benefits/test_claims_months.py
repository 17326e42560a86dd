"""The months of a periodic benefit: taken once, counted by us, never more than policy allows."""

import pytest
from django.db import IntegrityError, transaction

from applications import answers as stored
from benefits.models import ClaimedMonth, Due, Entitlement
from people.refusals import Conflict
from tests import offered
from tests.benefits import claimed
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def scheme():
    claimed.publish()


def lines(case):
    return {line["code"]: line for line in stored.read_assessment(case.application)["lines"]}


class TestTheFirstClaim:
    """It opens what stands over all of them."""

    def test_it_opens_an_entitlement_with_its_months_and_the_limit_of_policy(self):
        case = claimed.granted("2026-06-01", 2)
        row = claimed.standing()
        assert (row.application, row.person, row.state) == (case.application, case.application.subject, "open")
        assert (f"{row.first_month:%Y-%m}", row.months_at_most, row.months_claimed) == ("2026-06", 6, 2)
        assert claimed.months() == ["2026-06", "2026-07"]

    def test_what_was_had_elsewhere_counts_against_the_limit(self):
        claimed.granted("2026-06-01", 2, months_received=3)
        assert claimed.standing().months_left == 1

    def test_the_last_month_that_policy_allows_exhausts_it(self):
        claimed.granted("2026-03-01", 6)
        assert (claimed.standing().state, claimed.standing().months_left) == ("exhausted", 0)

    def test_without_a_limit_none_is_left_to_count(self):
        claimed.publish("none")
        claimed.granted("2026-03-01", 6)
        assert (claimed.standing().state, claimed.standing().months_left) == ("open", None)

    def test_a_refused_claim_opens_none(self):
        claimed.before().say("refuse", reasons=("no_evidence",), text="材料不能证明。")
        assert not Entitlement.objects.exists()

    def test_a_month_past_every_calendar_is_refused(self):
        claimed.publish("none")
        case = claimed.before("9999-12-01", 2)
        with refused(Conflict, "months_impossible"):
            case.say("grant")


class TestLaterClaims:
    """They stand under the same entitlement."""

    def test_a_later_claim_takes_its_months_under_it(self):
        claimed.granted("2026-06-01", 2)
        claimed.granted("2026-08-01", 1)
        assert claimed.standing().months_claimed == 3
        assert claimed.months() == ["2026-06", "2026-07", "2026-08"]

    def test_a_month_that_was_given_is_refused_by_the_number_of_its_case(self):
        first = claimed.granted("2026-06-01", 2)
        again = claimed.before("2026-07-01", 2)
        with refused(Conflict, "given_already") as caught:
            again.say("grant")
        assert first.application.number in str(caught.value.message)
        assert Due.objects.count() == 1

    def test_more_months_than_are_left_are_refused_by_the_number_of_the_case_that_had_them(self):
        later = claimed.before("2026-08-01", 3)
        first = claimed.granted("2026-02-01", 4)
        with refused(Conflict, "months_used_up") as caught:
            later.say("grant")
        assert first.application.number in str(caught.value.message)

    def test_somebody_else_has_months_of_their_own(self):
        claimed.granted("2026-06-01", 2)
        claimed.granted("2026-06-01", 2, n=4)
        assert Entitlement.objects.count() == 2

    def test_the_database_itself_refuses_a_month_twice(self):
        claimed.granted("2026-06-01", 1)
        row = ClaimedMonth.objects.get()
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


class TestTheBooksSpeak:
    """What the applicant states is compared with what was granted; the greater counts."""

    def test_months_of_ours_that_were_not_stated_count(self):
        claimed.granted("2026-02-01", 4)
        case = claimed.before("2026-06-01", 3, months_received=0)
        assert case.application.eligible is False
        assert lines(case)["months_left"]["value"] == "2"
        assert "本系统记载为4，填写的是0" in lines(case)["from_books"]["label_zh"]

    def test_more_than_we_know_of_is_believed(self):
        claimed.granted("2026-02-01", 1)
        case = claimed.before("2026-06-01", 1, months_received=5)
        assert lines(case)["months_left"]["value"] == "1"
        assert "from_books" not in lines(case)

    def test_what_was_revoked_does_not_count(self):
        first = claimed.granted("2026-02-01", 4)
        claimed.measure(first, "revoke")
        assert "from_books" not in lines(claimed.before("2026-06-01", 3))

    def test_a_draft_tells_nobody_what_somebody_had(self):
        claimed.granted("2026-02-01", 4)
        claim = {"claimed_from": "2026-06-01", "months_claimed": 1, **claimed.POST, **offered.account(0)}
        draft = offered.case(offered.MONTHS, 0, **claim)
        found = stored.assess_now(draft.application, stored.read(draft.application), draft.at.date())
        assert found.line("from_books") is None


class TestWhatEndsIt:
    """Revoking and stopping."""

    def test_revoking_the_first_decision_ends_it_and_frees_its_months(self):
        first = claimed.granted("2026-06-01", 2)
        claimed.granted("2026-08-01", 1)
        claimed.measure(first, "revoke")
        row = claimed.standing()
        assert (row.state, row.end_reason, row.months_claimed) == ("revoked", "revoked", 1)
        assert claimed.months() == ["2026-08"]

    def test_revoking_a_later_claim_gives_its_months_back(self):
        claimed.granted("2026-02-01", 5)
        later = claimed.granted("2026-07-01", 1)
        assert claimed.standing().state == "exhausted"
        claimed.measure(later, "revoke")
        row = claimed.standing()
        assert (row.state, row.months_claimed) == ("open", 5)
        claimed.granted("2026-07-01", 1)
        assert claimed.standing().state == "exhausted"

    def test_stopping_it_ends_it_and_keeps_what_was_had(self):
        first = claimed.granted("2026-06-01", 2)
        claimed.measure(first, "stop")
        row = claimed.standing()
        assert (row.state, row.end_reason, row.months_claimed) == ("ended", "stopped", 2)
        assert claimed.months() == ["2026-06", "2026-07"]

    def test_after_the_end_a_new_claim_opens_another_that_counts_the_months_before(self):
        claimed.measure(claimed.granted("2026-02-01", 2), "stop")
        claimed.granted("2026-06-01", 1)
        row = Entitlement.objects.get(state="open")
        assert (row.months_before, row.months_claimed, row.months_left) == (2, 1, 3)
