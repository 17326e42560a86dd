"""The page of an issued paper, what waits to be served, and the register: what they show, take and keep."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from approvals.issued import register, voiding
from papers.models import Paper, PaperService
from tests import world
from tests.approvals.desk import events, sign_in, text_of
from tests.approvals.issuing import APPROVER, REVIEWER, granted, proposed, served, slip_in
from tests.approvals.visiting import picture

pytestmark = pytest.mark.django_db


def page_of(case, paper):
    return f"/inbox/{case.public_id}/papers/{paper.pk}/"


@pytest.fixture
def now():
    with time_machine.travel(world.START + timedelta(days=40), tick=False):
        yield timezone.localdate()


def sent(day, **changes):
    given = {"act": "serve", "way": "hand", "receiver": "王小明（本人）", "proof": picture()}
    return given | {"on_year": day.year, "on_month": day.month, "on_day": day.day} | changes


class TestPaper:
    """One paper before officials."""

    def test_a_service_is_taken_and_shown(self, now):
        case, paper = granted()
        client = sign_in(REVIEWER)
        answer = client.post(page_of(case, paper), sent(now))
        assert (answer.status_code, answer["Location"]) == (302, page_of(case, paper))
        page = text_of(client.get(page_of(case, paper)))
        assert f"{now:%Y-%m-%d}送达（直接送达）" in page
        assert "王小明（本人）" in page
        assert "申请行政复议：最迟" in page

    def test_what_was_typed_is_not_lost(self, now):
        case, paper = granted()
        answer = sign_in(REVIEWER).post(page_of(case, paper), sent(now, way="post", tracking=""))
        page = text_of(answer)
        assert answer.status_code == 422
        assert "王小明（本人）" in page
        assert "请填写邮件号码。" in page
        assert not PaperService.objects.exists()

    def test_a_wrong_record_is_replaced_on_the_page(self, now):
        case, paper, _service = served()
        page = page_of(case, paper)
        client = sign_in(REVIEWER)
        assert client.post(page, sent(now, act="amend")).status_code == 422
        assert client.post(page, sent(now, act="amend", note="日期登记错了。")).status_code == 302
        shown = text_of(client.get(page))
        assert "已被更正" in shown
        assert "日期登记错了。" in shown

    def test_the_proof_is_a_download_on_record(self, now):
        case, paper, service = served()
        answer = sign_in(REVIEWER).get(f"{page_of(case, paper)}service/{service.pk}/")
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer.content.startswith(b"\xff\xd8")
        assert events("paper.proof_read")[-1].data["paper"] == paper.number

    def test_the_proof_of_another_paper_is_not_there(self, now):
        _case, _paper, service = served()
        other = world.granted(4)
        paper = Paper.objects.get(case_ref=other.public_id, kind="grant")
        assert sign_in(REVIEWER).get(f"{page_of(other, paper)}service/{service.pk}/").status_code == 404

    def test_the_read_receipt_is_shown(self, now):
        case, paper = granted()
        assert "没有在网上打开过" in text_of(sign_in(REVIEWER).get(page_of(case, paper)))
        sign_in("applicant").get(f"/applications/{case.public_id}/papers/{paper.pk}/")
        assert "在网上第一次打开" in text_of(sign_in(REVIEWER).get(page_of(case, paper)))

    def test_a_correction_is_proposed_and_signed(self, now):
        case, paper = granted()
        slip = slip_in(case)
        given = {"act": "propose", "wrong": slip.wrong, "right": slip.right, "reason": slip.reason}
        sign_in(REVIEWER).post(page_of(case, paper), given)
        proposal = paper.slips.get()
        assert "签发更正决定书" not in text_of(sign_in(REVIEWER).get(page_of(case, paper)))
        signer = sign_in(APPROVER)
        assert "签发更正决定书" in text_of(signer.get(page_of(case, paper)))
        assert signer.post(page_of(case, paper), {"act": "sign", "correction": proposal.pk}).status_code == 302
        issued = Paper.objects.get(kind="corrigendum")
        assert f"已由{issued.number}更正" in text_of(signer.get(page_of(case, paper)))
        assert f"已由{issued.number}更正" in text_of(sign_in("applicant").get(f"/applications/{case.public_id}/"))

    def test_the_proposer_who_signs_is_refused(self, now):
        case, paper, proposal = proposed(APPROVER)
        sent_by_hand = {"act": "sign", "correction": proposal.pk}
        assert sign_in(APPROVER).post(page_of(case, paper), sent_by_hand).status_code == 403

    def test_a_second_signature_is_a_conflict(self, now):
        case, paper, proposal = proposed()
        given = {"act": "sign", "correction": proposal.pk}
        client = sign_in(APPROVER)
        client.post(page_of(case, paper), given)
        assert client.post(page_of(case, paper), given).status_code == 409

    @pytest.mark.parametrize("number", ["", "x", "999999"])
    def test_a_correction_nobody_knows_is_not_there(self, now, number):
        case, paper = granted()
        assert sign_in(APPROVER).post(page_of(case, paper), {"act": "sign", "correction": number}).status_code == 404

    def test_an_act_nobody_knows_changes_nothing(self, now):
        case, paper = granted()
        assert sign_in(APPROVER).post(page_of(case, paper), {"act": "burn"}).status_code == 422

    def test_who_may_not_is_offered_nothing(self, now):
        case, paper = granted()
        page = text_of(sign_in("county-reviewer").get(page_of(case, paper)))
        assert paper.number in page
        assert "登记送达" not in page
        assert sign_in("county-reviewer").post(page_of(case, paper), sent(now)).status_code == 403

    def test_another_county_finds_no_such_page(self, now):
        case, paper = granted()
        assert sign_in("other-county").get(page_of(case, paper)).status_code == 404

    def test_the_read_is_recorded(self, now):
        case, paper = granted()
        sign_in(REVIEWER).get(page_of(case, paper))
        event = events("paper.read")[-1]
        assert (event.actor, event.data) == (REVIEWER, {"paper": paper.number})


class TestStory:
    """The history on the review page."""

    def test_it_tells_of_the_service_and_until_when_the_paper_can_be_contested(self, now):
        case, _paper, _service = served()
        page = text_of(sign_in(REVIEWER).get(f"/inbox/{case.public_id}/"))
        assert "送达一次性求职补贴决定书：直接送达" in page
        assert "申请行政复议最迟" in page

    def test_it_tells_of_a_void_paper(self, now):
        case = world.grant().submit().say("accept")
        paper = Paper.objects.get(case_ref=case.public_id, kind="receipt")
        voiding.void(world.user("school"), case.public_id, paper.pk, "发错了人。", case.later(1))
        assert "文书作废" in text_of(sign_in("school").get(f"/inbox/{case.public_id}/"))


class TestUnserved:
    """What waits to be served."""

    def test_it_shows_numbers_and_masked_names_and_is_on_record(self, now):
        case, paper = granted()
        page = text_of(sign_in(REVIEWER).get("/inbox/unserved/"))
        assert paper.number in page
        assert page_of(case, paper) in page
        assert "超过期限" in page
        assert case.application.subject.name not in page
        assert events("unserved.read")[-1].data == {"count": 1}

    def test_an_address_nobody_wrote_shows_the_first_page(self, now):
        granted()
        client = sign_in(REVIEWER)
        for after in ("x", "1:x", "1:2026-99-99T00:00:00+08:00", "1:2026-01-01"):
            assert client.get("/inbox/unserved/", {"after": after}).status_code == 200


class TestRegister:
    """The register of numbers."""

    def test_it_lists_the_numbers_of_an_office_with_masked_names(self, now):
        case, paper, _service = served()
        paper.refresh_from_db()
        page = text_of(sign_in(REVIEWER).get("/inbox/register/"))
        assert paper.number in page
        assert f"{paper.served_on:%Y-%m-%d}" in page
        assert "连续，1到1" in page
        assert case.application.subject.name not in page
        told = events("register.read")[-1].data
        assert (told["office"], told["count"]) == (paper.office_id, Paper.objects.filter(office=paper.office).count())

    def test_a_void_number_stays_in_it(self, now):
        case = world.grant().submit()
        paper = Paper.objects.get(case_ref=case.public_id, kind="receipt")
        Paper.objects.filter(pk=paper.pk).update(status="void", voided_at=case.at)
        rows, _more = register.page(register.Wanted(paper.office, paper.year), None)
        assert paper in rows
        (series,) = [one for one in register.series_of(register.Wanted(paper.office, paper.year)) if one.void]
        assert (series.series, series.count, series.gapless) == (paper.series, series.highest, True)

    def test_a_missing_number_would_be_told(self):
        _case, paper = granted()
        Paper.objects.filter(pk=paper.pk).update(sequence=3)
        told = {one.series: one.gapless for one in register.series_of(register.Wanted(paper.office, paper.year))}
        assert not told.pop(paper.series)
        assert all(told.values())

    def test_it_goes_page_by_page_in_the_order_of_numbers(self, monkeypatch, now):
        monkeypatch.setattr(register, "PAGE", 1)
        _case, paper = granted()
        second = Paper.objects.get(case_ref=world.granted(4).public_id, kind="grant")
        client = sign_in(REVIEWER)
        first = text_of(client.get("/inbox/register/"))
        assert paper.number in first
        assert second.number not in first
        after = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        page = text_of(client.get(f"/inbox/register/{after}"))
        assert second.number in page
        assert paper.number not in page

    @pytest.mark.parametrize(
        "asked, shown",
        [
            ({}, True),
            ({"series": "决"}, True),
            ({"series": "撤"}, False),
            ({"year": "2025"}, False),
            ({"number": "〔2026〕1号"}, True),
            ({"number": "不存在"}, False),
            ({"year": "x", "series": "决"}, True),
        ],
    )
    def test_it_is_narrowed(self, now, asked, shown):
        _case, paper = granted()
        page = text_of(sign_in(REVIEWER).get("/inbox/register/", asked))
        assert (paper.number in page) == shown

    def test_an_office_of_others_is_not_there(self, now):
        _case, paper = granted()
        assert sign_in("county-reviewer").get("/inbox/register/", {"office": paper.office_id}).status_code == 404
        assert paper.number not in text_of(sign_in("county-reviewer").get("/inbox/register/"))

    def test_the_file_holds_the_same_with_harmless_cells_and_one_event(self, now):
        _case, paper = granted()
        Paper.objects.filter(pk=paper.pk).update(addressee_masked="=1+1")
        answer = sign_in(REVIEWER).get("/inbox/register/", {"as": "csv", "series": paper.series})
        text = answer.content.decode("utf-8-sig")
        assert answer["Content-Type"].startswith("text/csv")
        assert paper.number in text
        assert "'=1+1" in text
        assert [event.data["count"] for event in events("register.exported")] == [1]

    def test_it_speaks_english(self, now):
        granted()
        page = text_of(sign_in(REVIEWER).get("/inbox/register/", headers={"accept-language": "en"}))
        assert 'lang="zh-Hans"' in page
