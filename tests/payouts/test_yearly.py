"""年度报告: counted in the database for one office, issued once by whoever supervises it; small numbers withheld."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from papers import reading
from papers.models import Paper
from payouts import batching
from payouts.models import YearlyReport
from payouts.yearly.counting import OfficeYear, SchemeYear, count
from payouts.yearly.issuing import issue_report
from payouts.yearly.report import WITHHELD, Edition, content_of
from people.refusals import Conflict, Invalid, NotFound
from tests import stages, world
from tests.approvals.desk import sign_in, text_of
from tests.stages import prefecture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
GRANT = "grad-jobseeking"
NEXT_YEAR = world.START.replace(year=2027, month=2)
END = date(2026, 12, 31)


def table(content, heading):
    return next(part.table for part in content.sections if part.heading == heading)


def year_of(office, up_to=END):
    return count(office, 2026, up_to)


class TestCounting:
    """One office, one year, scheme by scheme."""

    def test_what_was_filed_counts_where_it_was_accepted_what_was_decided_where_that_was(self):
        case = world.granted()
        school, bureau = year_of(case.application.subject_office), year_of(prefecture("hrss"))
        assert (school.schemes[GRANT].received, school.schemes[GRANT].granted) == (1, 0)
        assert (bureau.schemes[GRANT].received, bureau.schemes[GRANT].granted) == (0, 1)

    def test_amounts_granted_and_sent_are_told_apart(self):
        case, maker = world.granted(), world.user("finance-maker")
        assert year_of(prefecture("hrss")).schemes[GRANT].amount == Decimal("1000.00")
        assert year_of(prefecture("hrss")).schemes[GRANT].paid == 0
        batch = batching.make(maker, world.finance(), GRANT, case.later())
        batching.seal(maker, batch.number, case.later())
        batching.approve(world.user("finance-checker"), batch.number, case.later())
        batching.export(maker, batch.number, "csv", case.later())
        assert year_of(prefecture("hrss")).schemes[GRANT].paid == Decimal("1000.00")

    def test_the_median_is_of_the_days_from_acceptance_to_decision(self):
        cases = [world.granted(n).application for n in (2, 5, 8)]
        days = sorted((one.decided_at - one.accepted_at).days for one in cases)
        assert year_of(prefecture("hrss")).schemes[GRANT].days == days[1]

    def test_nothing_decided_has_no_median(self):
        case = world.grant().submit()
        assert year_of(case.item().queue.office).schemes[GRANT].days is None

    def test_objections_and_corrections_count_at_the_office_that_has_them(self):
        stages.objected(stages.noticed())
        case = world.waiver().submit()
        case.ask_to_correct()
        assert year_of(prefecture("hrss")).objections == {"": 1}
        office = Paper.objects.get(case_ref=case.public_id, kind="correction").office
        assert year_of(office).schemes["lottery-deposit-waiver"].corrections == 1

    def test_papers_count_by_kind(self):
        world.granted()
        assert year_of(prefecture("hrss")).papers["grant"] == 1

    def test_the_day_it_closes_on_counts_and_the_next_does_not(self):
        day = timezone.localdate(world.granted().application.decided_at)
        assert year_of(prefecture("hrss"), day).schemes[GRANT].granted == 1
        assert year_of(prefecture("hrss"), day - timedelta(days=1)).schemes.get(GRANT, SchemeYear()).granted == 0

    def test_another_year_holds_nothing_of_it(self):
        world.granted()
        assert count(prefecture("hrss"), 2025, date(2025, 12, 31)) == OfficeYear()

    def test_it_takes_few_queries_however_many_cases(self, django_assert_max_num_queries):
        for n in (2, 5, 8):
            world.granted(n)
        with django_assert_max_num_queries(9):
            year_of(prefecture("hrss"))


def printed(public, **schemes):
    """The report of made-up counts."""
    counted = OfficeYear(schemes={code: SchemeYear(**figures) for code, figures in schemes.items()})
    return content_of(Edition(stages.office("hrss"), 2026, END, public), counted, NEXT_YEAR)


MANY = {"received": 40, "accepted": 38, "granted": 30, "refused": 8, "amount": Decimal("30000.00")}
FEW = {"received": 9, "accepted": 9, "granted": 7, "refused": 2, "amount": Decimal("7000.00")}


class TestSmallNumbers:
    """Below five, a number may tell who it was."""

    def test_the_public_edition_withholds_every_number_that_would_give_a_small_one_away(self):
        rows = table(printed(True, **{GRANT: FEW}), "申请办理情况").rows
        assert rows == (("一次性求职补贴", "9", *[WITHHELD] * 7),)

    def test_nor_does_the_money_tell(self):
        assert table(printed(True, **{GRANT: FEW}), "资金情况").rows == (("一次性求职补贴", WITHHELD, WITHHELD),)

    def test_nor_a_sum_over_schemes(self):
        content = printed(True, **{GRANT: FEW, "lottery-deposit-waiver": MANY})
        assert "合计" not in {row[0] for row in table(content, "申请办理情况").rows}

    def test_large_numbers_are_public_with_their_sums(self):
        rows = table(printed(True, **{GRANT: MANY}), "申请办理情况").rows
        assert rows[-1][:5] == ("合计", "40", "38", "0", "30")

    def test_the_internal_edition_tells_all(self):
        rows = table(printed(False, **{GRANT: FEW}), "申请办理情况").rows
        assert rows[0][5] == "2"

    def test_schemes_are_called_by_their_public_titles(self):
        text = "".join(words for _field, words in printed(True, **{"lottery-deposit-waiver": MANY}).texts())
        assert "残疾" not in text


class TestIssuing:
    """By the supervisor, once, for what is over."""

    @pytest.fixture
    def edition(self):
        return Edition(stages.office("hrss"), 2026, END, public=True)

    def issue(self, edition, at=NEXT_YEAR, who="county-supervisor"):
        return issue_report(world.user(who), edition, at)

    def test_it_is_numbered_in_the_register_of_the_office(self, edition):
        report = self.issue(edition)
        assert report.paper.number.endswith("年〔2027〕1号")
        assert report.paper.kind == "yearly_report"

    def test_it_says_up_to_which_day_and_which_edition(self, edition):
        content = reading.content(self.issue(edition).paper)
        assert "2026年12月31日" in content.opening[0]
        assert "公开版" in content.opening[0]

    def test_each_edition_is_issued_once(self, edition):
        self.issue(edition)
        with pytest.raises(Conflict):
            self.issue(edition)
        assert YearlyReport.objects.count() == Paper.objects.filter(kind="yearly_report").count() == 1

    @pytest.mark.parametrize("who", ["county-reviewer", "finance-maker", "applicant"])
    def test_nobody_else_issues_it(self, edition, who):
        with pytest.raises(NotFound):
            self.issue(edition, who=who)

    def test_a_year_that_runs_is_told_up_to_a_day_that_is_past(self):
        day = world.START.date()
        with pytest.raises(Invalid):
            self.issue(Edition(stages.office("hrss"), day.year, day, public=False), at=world.START)
        yesterday = Edition(stages.office("hrss"), day.year, day - timedelta(days=1), public=False)
        assert self.issue(yesterday, at=world.START).up_to == day - timedelta(days=1)

    def test_the_public_edition_waits_for_the_end_of_the_year(self):
        part = Edition(stages.office("hrss"), 2026, date(2026, 6, 30), public=True)
        with pytest.raises(Invalid) as refused:
            self.issue(part)
        assert set(refused.value.errors) == {"public"}

    def test_a_day_of_another_year_is_refused(self):
        with pytest.raises(Invalid):
            self.issue(Edition(stages.office("hrss"), 2025, END, public=False))

    def test_a_year_before_there_was_any_of_this_is_refused(self):
        with pytest.raises(Invalid) as refused:
            self.issue(Edition(stages.office("hrss"), 1999, date(1999, 12, 31), public=False))
        assert set(refused.value.errors) == {"up_to"}


class TestPage:
    """/reports/."""

    def form(self, **changes):
        given = {
            "office": stages.office("hrss").pk,
            "up_to_year": "2025",
            "up_to_month": "12",
            "up_to_day": "31",
            "public": "no",
        }
        return given | changes

    def test_a_supervisor_issues_one_and_finds_it_in_the_list(self):
        client = sign_in("county-supervisor")
        assert client.post("/reports/", self.form()).status_code == 302
        assert YearlyReport.objects.get().paper.number in text_of(client.get("/reports/"))

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self):
        answer = sign_in("county-supervisor").post("/reports/", self.form(public=""))
        assert answer.status_code == 422
        assert 'value="2025"' in text_of(answer)
        assert not YearlyReport.objects.exists()

    def test_an_office_one_does_not_supervise_cannot_be_chosen(self):
        answer = sign_in("county-supervisor").post("/reports/", self.form(office=prefecture("hrss").pk))
        assert answer.status_code == 422

    def test_the_same_again_is_told_to_be_there(self):
        client = sign_in("county-supervisor")
        client.post("/reports/", self.form())
        assert client.post("/reports/", self.form()).status_code == 409

    def test_others_find_no_such_page(self):
        assert sign_in("county-reviewer").get("/reports/").status_code == 404
