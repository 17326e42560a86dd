"""Required papers: there when a case is filed, or promised where they may follow, and then handed in later."""

from datetime import date, timedelta

import pytest

from applications import actions, attachments, papers_due, promising
from applications.models import Application, PaperToFollow
from approvals import review
from audit.models import Event
from people.refusals import Conflict, Invalid, NotFound
from schemes.questions import PaperAsked
from tests import world
from tests.applications.pages import declared, hand_in_everything, photo, send, sign_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ALL = {"id-copy", "certificate-copy", "enrolment-proof"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def promise(case, *codes):
    promising.promise(case.user, case.public_id, codes, case.at)
    return case


def file(case):
    return actions.submit(case.user, case.public_id, case.later(1))


def due(case):
    return [(one.paper.code, one.due_on, one.late) for one in papers_due.outstanding(case.application, case.at.date())]


class TestTheRule:
    """One rule, in the service that files."""

    def test_a_missing_paper_is_named(self):
        case = world.grant()
        with pytest.raises(Invalid) as caught:
            file(case)
        assert set(caught.value.errors) == ALL
        assert "请上传" in caught.value.errors["id-copy"]
        assert case.application.state == "draft"

    def test_with_every_paper_it_is_filed(self):
        assert file(hand_in_everything(world.grant())).number

    def test_promised_papers_do_not_hold_it_up_and_get_their_last_day(self):
        case = promise(world.grant(), *ALL)
        assert file(case).number
        assert {day for _code, day, _late in due(case)} == {case.at.date() + timedelta(days=15)}

    def test_what_has_come_meanwhile_is_no_longer_promised(self):
        case = hand_in_everything(promise(world.grant(), "id-copy"))
        file(case)
        assert not PaperToFollow.objects.exists()

    def test_a_paper_no_data_check_can_stand_for_cannot_follow(self):
        case = world.waiver()
        codes = {paper.code for paper in case.application.definition.papers_asked if not paper.can_follow}
        with pytest.raises(Invalid, match="不能以后再交"):
            promise(case, *codes)

    def test_the_scheme_may_say_otherwise(self):
        paper = {"code": "one", "label": {"zh": "材料", "en": "paper"}}
        assert not PaperAsked(**paper).can_follow
        assert PaperAsked(**paper, unless_check="identity").can_follow
        assert PaperAsked(**paper, may_follow=True).can_follow
        assert not PaperAsked(**paper, unless_check="identity", may_follow=False).can_follow
        assert not PaperAsked(**paper, required=False, may_follow=True).can_follow

    def test_nothing_is_promised_twice_and_a_promise_can_be_taken_back(self):
        case = promise(promise(world.grant(), "id-copy"), "id-copy")
        assert Event.objects.filter(stream=case.application.stream, action="papers.promised").count() == 1
        promise(case)
        assert not PaperToFollow.objects.exists()

    def test_a_filed_case_promises_nothing(self):
        case = world.grant().submit()
        with pytest.raises(Conflict):
            promise(case, "id-copy")

    def test_nobody_promises_in_somebody_elses_case(self):
        case = world.grant()
        with pytest.raises(NotFound):
            promising.promise(world.user("applicant2"), case.public_id, {"id-copy"}, case.at)


class TestHandingInLater:
    """A filed case takes what was promised, and nothing else."""

    @pytest.fixture
    def case(self):
        case = promise(world.grant(), *ALL)
        file(case)
        return case

    def add(self, case, code="id-copy"):
        return attachments.add(case.user, case.public_id, code, photo(), case.later(1))

    def test_a_promised_paper_is_taken_and_recorded(self, case):
        row = self.add(case)
        assert row.round == case.application.round
        assert Event.objects.filter(stream=case.application.stream, action="attachment.followed").count() == 1
        assert "id-copy" not in {code for code, _day, _late in due(case)}

    def test_it_is_taken_once(self, case):
        self.add(case)
        with pytest.raises(Conflict):
            self.add(case)

    def test_what_was_not_promised_is_not_taken(self):
        case = hand_in_everything(world.grant())
        file(case)
        with pytest.raises(Conflict):
            self.add(case)

    def test_it_cannot_be_taken_back_afterwards(self, case):
        row = self.add(case)
        with pytest.raises(Conflict):
            attachments.remove(case.user, case.public_id, row.public_id, case.at)

    def test_the_official_sees_what_is_outstanding_and_that_it_is_late(self, case):
        official = case.official()
        seen = review.load(official, case.application, case.at)
        assert {one.paper.code for one in seen.awaited} == ALL
        assert not any(one.late for one in seen.awaited)
        later = review.load(official, case.application, case.at + timedelta(days=20))
        assert all(one.late for one in later.awaited)

    def test_the_page_takes_it_and_the_case_says_so(self, case):
        client = sign_in()
        page = text_of(client.get(url(case)))
        assert "还要补交的材料" in page
        assert "2026年9月22日" in page
        assert "补交材料" in text_of(client.get(url(case, "papers/")))
        response = send(client, case, "papers/", {"id-copy": photo()})
        assert response.headers["Location"] == url(case)
        assert "您补交了材料" in text_of(client.get(url(case)))


class TestPages:
    """Ticking that a paper follows."""

    def test_each_paper_that_may_follow_has_a_box(self):
        page = text_of(sign_in().get(url(world.grant(), "papers/")))
        assert page.count("这份材料以后再交") == len(ALL)

    def test_the_camera_is_offered_and_no_file_excluded(self):
        page = text_of(sign_in().get(url(world.grant(), "papers/")))
        assert 'accept="image/jpeg,image/png,application/pdf' in page
        assert "capture" not in page

    def test_with_every_box_ticked_the_form_goes_on(self):
        case = world.grant()
        ticked = {f"later_{code}": "on" for code in ALL}
        response = send(sign_in(), case, "papers/", {"go_on": "1", **ticked})
        assert response.headers["Location"] == url(case, "check/")
        assert set(papers_due.promised(case.application)) == ALL

    def test_without_file_or_tick_the_page_says_both_ways(self):
        response = send(sign_in(), world.grant(), "papers/", {"go_on": "1"})
        assert response.status_code == 422
        assert "或者勾选“这份材料以后再交”" in text_of(response)

    def test_a_file_takes_the_tick_away(self):
        case = promise(world.grant(), *ALL)
        send(sign_in(), case, "papers/", {"id-copy": photo(), **{f"later_{code}": "on" for code in ALL}})
        assert set(papers_due.promised(case.application)) == ALL - {"id-copy"}

    def test_a_file_that_is_refused_keeps_the_other_files_and_ticks(self):
        case = world.grant()
        bad = photo()
        bad.name, bad.file = "a.jpg", type(bad.file)(b"no picture")
        sent = {"id-copy": bad, "certificate-copy": photo(), "later_enrolment-proof": "on"}
        response = send(sign_in(), case, "papers/", sent)
        assert response.status_code == 422
        assert papers_due.files_there(case.application) == {"certificate-copy"}
        assert set(papers_due.promised(case.application)) == {"enrolment-proof"}

    def test_the_last_look_and_the_receipt_say_what_follows(self):
        case = promise(world.grant(), *ALL)
        client = sign_in()
        assert "您说这份材料以后再交" in text_of(client.get(url(case, "check/")))
        response = send(client, case, "check/", declared(case))
        assert response.headers["Location"] == url(case, "receipt/")
        assert "还要补交的材料" in text_of(client.get(url(case, "receipt/")))

    def test_a_forged_promise_is_not_taken(self):
        case = world.waiver()
        code = next(paper.code for paper in case.application.definition.papers_asked if not paper.can_follow)
        send(sign_in(), case, "papers/", {f"later_{code}": "on"})
        assert code not in papers_due.promised(case.application)


def test_the_last_day_is_the_fifteenth_after_filing():
    case = promise(world.grant(), *ALL)
    file(case)
    assert isinstance(due(case)[0][1], date)
    assert Application.objects.get(pk=case.application.pk).submitted_at


class TestFurtherPapers:
    """A correction whose new answer calls for a paper it does not name takes that paper, and asks for it."""

    @pytest.fixture
    def case(self):
        case = world.waiver(0, deposit_paid="0.00").submit()
        case.say("correction", points=(("question", "deposit_paid", "请按实际缴纳的填写。"),))
        return case

    def corrected(self, case, paid="5000.00"):
        actions.save_answers(case.user, case.public_id, {"deposit_paid": paid}, case.later(1))
        return case

    def test_nothing_further_while_the_answer_is_as_it_was(self, case):
        assert papers_due.lacking_further(case.application, case.at) == []

    def test_the_new_answer_calls_for_the_receipt_and_the_case_waits_for_it(self, case):
        self.corrected(case)
        with pytest.raises(Invalid) as caught:
            actions.resubmit(case.user, case.public_id, case.later(1))
        assert set(caught.value.errors) == {"deposit-receipt"}

    def test_with_the_paper_it_goes_on(self, case):
        self.corrected(case)
        attachments.add(case.user, case.public_id, "deposit-receipt", photo(), case.later(1))
        assert case.resubmit().application.state != "returned_for_correction"

    def test_the_pages_lead_there(self, case):
        self.corrected(case)
        client = sign_in()
        assert "您改过的回答还需要这些材料" in text_of(client.get(url(case, "correct/")))
        response = send(client, case, "papers/", {"deposit-receipt": photo()})
        assert response.status_code == 302
        assert "已经上传" in text_of(client.get(url(case, "correct/")))

    def test_a_paper_nothing_calls_for_is_not_taken(self, case):
        with pytest.raises(Conflict):
            attachments.add(case.user, case.public_id, "deposit-receipt", photo(), case.later(1))
