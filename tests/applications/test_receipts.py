"""Receipts 收件凭证: what was handed in, on which day, who has it and until when, from the filing itself."""

from unittest.mock import patch

import pytest

from applications import actions, attachments
from papers import glyphs, reading
from papers.models import Paper
from people.models import Office
from project.demo import stories
from project.demo.pictures import card
from tests import world
from workflows.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]


def receipts_of(case):
    return list(Paper.objects.filter(case_ref=case.public_id, kind="receipt").order_by("pk"))


def content_of(case):
    return reading.content(receipts_of(case)[-1])


def with_papers(n=0):
    given = stories.Cast(n, world.user("applicant"), world.MENGZI, world.START, papers=True)
    return stories.grant_case(given)


class TestAFiling:
    def test_the_receipt_is_issued_with_the_filing_by_the_office_that_has_the_case(self):
        case = world.grant(0).submit()
        item = WorkItem.objects.get(case_id=case.application.pk)
        paper = receipts_of(case)[0]
        assert (paper.office, paper.issued_at) == (item.queue.office, case.application.submitted_at)
        assert paper.state == "queued"

    def test_it_tells_number_day_office_telephone_and_until_when(self):
        Office.objects.update(phone="0873-0000001")
        case = world.grant(0).submit()
        item, application = WorkItem.objects.get(case_id=case.application.pk), case.application
        said = "".join(content_of(case).opening)
        due = item.due_at.astimezone(world.START.tzinfo)
        for told in (
            application.number,
            "2026年9月7日",
            f"{due.year}年{due.month}月{due.day}日",
            item.queue.office.name,
            "电话0873-0000001",
        ):
            assert told in said

    def test_every_paper_handed_in_is_listed_with_its_files(self):
        case = with_papers()
        first = case.application.definition.papers_asked[0]
        attachments.add(case.user, case.public_id, first.code, card("第二页"), case.at)
        rows = {row[1]: row[2] for row in content_of(case.submit()).sections[0].table.rows}
        handed_in = case.application.attachments.values_list("paper", flat=True).distinct()
        assert set(rows) == {"网上填写的申请表"} | {
            paper.label.zh for paper in case.application.definition.papers_asked if paper.code in handed_in
        }
        assert rows[first.label.zh] == "2个文件"

    def test_a_filing_that_fails_leaves_no_receipt_and_takes_no_number(self):
        case = world.grant(0)
        with (
            patch("applications.actions.receipts.receipt", side_effect=[ZeroDivisionError]),
            pytest.raises(ZeroDivisionError),
        ):
            actions.submit(case.user, case.public_id, case.later(1), with_papers=False)
        case.submit()
        assert receipts_of(case)[0].sequence == 1

    def test_a_name_that_no_font_can_print_keeps_nobody_from_applying(self, settings):
        case = world.grant(0)
        with patch("papers.glyphs.printable", return_value=frozenset(glyphs.printable() - {ord("凭")})):
            case.submit()
        assert case.application.state == "submitted"
        assert receipts_of(case) == []

    def test_the_applicant_finds_it_among_the_papers_and_with_the_filing_in_the_story(self, client):
        case = world.grant(0).submit()
        paper = receipts_of(case)[0]
        client.force_login(case.user)
        page = client.get(f"/applications/{case.public_id}/").content.decode()
        assert page.count(f"/applications/{case.public_id}/papers/{paper.pk}/") >= 2
        assert "您提交了申请" in page
        assert "文书：收件凭证" not in page

    def test_whoever_handles_the_case_finds_it_too(self, client):
        case = world.grant(0).submit()
        client.force_login(case.official())
        page = client.get(f"/inbox/{case.public_id}/").content.decode()
        assert receipts_of(case)[0].number in page


class TestACorrection:
    def test_what_came_for_each_point_is_listed(self):
        case = with_papers().submit()
        paper, other = case.application.definition.papers_asked[:2]
        question = next(iter(case.application.definition.questions()))
        points = (
            ("paper", paper.code, "不清楚"),
            ("paper", other.code, "缺页"),
            ("question", question.name, "请核对"),
        )
        case.say("correction", points=points)
        attachments.add(case.user, case.public_id, paper.code, card("清楚的"), case.later(1))
        rows = [row[1:] for row in content_of(case.resubmit()).sections[0].table.rows]
        assert rows == [
            (paper.label.zh, "1个文件"),
            (other.label.zh, "没有新文件"),
            (question.label.zh, "没有修改"),
        ]

    def test_an_answer_that_was_changed_is_said_to_be(self):
        case = world.grant(0).submit()
        question = case.application.definition.question("bank")
        case.say("correction", points=(("question", question.name, "请写开户银行全称"),))
        actions.save_answers(case.user, case.public_id, {question.name: "示例银行蒙自支行营业部"}, case.later(1))
        assert content_of(case.resubmit()).sections[0].table.rows[0][1:] == (question.label.zh, "已修改")

    def test_the_receipt_says_until_when_the_step_is_done_now(self):
        case = world.grant(0).submit().ask_to_correct().resubmit()
        due = WorkItem.objects.get(case_id=case.application.pk, closed_at__isnull=True).due_at
        assert f"{due.astimezone(world.START.tzinfo).day}日" in "".join(content_of(case).opening)
        assert len(receipts_of(case)) == 2
