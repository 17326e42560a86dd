"""Papers of a deposit waived: agreement, certificate, or that no agreement came about; each the centre's own."""

from datetime import timedelta

import pytest

from applications import answers as answers_of
from approvals.models import Decision
from papers import reading
from papers.models import Paper
from papers.seals import register
from tests import stages, world
from tests.approvals import exofficio
from tests.stages import AT_STAGE, speak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("peopled")]
REASON = "代销合同已于上月到期，双方没有续签。"


def paper_of(case, kind):
    return Paper.objects.select_related("office").get(case_ref=case.public_id, kind=kind)


def words_of(case, kind):
    """Everything the paper says, and its lines as pairs."""
    content = reading.content(paper_of(case, kind))
    return content, "".join(text for _field, text in content.texts())


def particulars(content):
    return dict(next(part.table.rows for part in content.sections if part.table))


@pytest.fixture
def granted():
    """Granted, and waiting for the agreement."""
    return AT_STAGE["waiver", "confirm"]()


@pytest.fixture
def confirmed(granted):
    """The centre has confirmed the agreement."""
    return granted.say("confirm")


class TestAgreement:
    """Drawn up when the case reaches the centre, so that both sides have it to sign."""

    def test_it_waits_for_signatures_when_the_case_reaches_the_centre(self, granted):
        paper = paper_of(granted, "agreement")
        assert paper.office == granted.item().queue.office
        assert "协〔2026〕1号" in paper.number

    def test_it_says_when_the_deposit_revives(self, granted):
        _content, text = words_of(granted, "agreement")
        for event in ("转让或者转租", "不再由乙方本人经营", "不再从事代销", "残疾人证被注销"):
            assert event in text
        assert "补缴" in text

    def test_both_sides_have_a_line_to_sign(self, granted):
        content, _text = words_of(granted, "agreement")
        assert [line.role[:2] for line in content.signing] == ["甲方", "甲方", "乙方"]
        assert content.signing[2].name == granted.application.subject.name

    def test_it_names_contract_decision_and_sums(self, granted):
        _content, text = words_of(granted, "agreement")
        answers, waiver = answers_of.read(granted.application), granted.application.waiver
        decision = Decision.objects.get(application=granted.application, kind="grant")
        for told in (answers["contract_number"], decision.paper.number, f"{waiver.relief:.2f}元", "元整"):
            assert told in text

    def test_nobody_has_sealed_it_before_both_sides_conclude_it(self, granted):
        content, _text = words_of(granted, "agreement")
        assert content.seal_note == ""
        assert register.electronic_for("agreement", granted.item().queue.office) is None

    def test_a_dispute_over_it_is_a_civil_one(self, granted):
        _content, text = words_of(granted, "agreement")
        assert "民事合同" in text
        assert "行政复议" not in text

    def test_its_english_copy_has_the_revival_clause_and_the_remedy(self, granted):
        content, _text = words_of(granted, "agreement")
        assert "Revival" in "".join(content.english)
        assert "civil contract" in "".join(content.english)

    def test_what_was_agreed_stays_as_it_was_when_the_answers_cannot_be_opened_any_more(self, granted):
        before = words_of(granted, "agreement")[0]
        granted.application.subject.__class__.objects.filter(pk=granted.application.subject_id).update(name="改名")
        assert words_of(granted, "agreement")[0] == before


class TestCertificate:
    """What is checked at the counter."""

    def test_there_is_none_before_the_waiver_is_in_force(self, granted):
        assert not Paper.objects.filter(kind="certificate").exists()

    def test_it_tells_outlet_contract_relief_refund_and_from_when_until_when(self, confirmed):
        content, _text = words_of(confirmed, "certificate")
        answers, waiver = answers_of.read(confirmed.application), confirmed.application.waiver
        told = particulars(content)
        assert told["代销合同编号"] == answers["contract_number"]
        assert answers["outlet_address"] in told["代销点"]
        assert told["减免的押金"].startswith(f"{waiver.relief:.2f}元")
        assert told["由彩票中心退还的押金"].startswith(f"{waiver.refund_owed:.2f}元")
        assert (told["减免生效"], "终止" in told["有效期"]) == ("自2026年9月11日起", True)

    def test_it_refers_to_the_agreement_and_the_decision(self, confirmed):
        _content, text = words_of(confirmed, "certificate")
        assert paper_of(confirmed, "agreement").number in text
        assert paper_of(confirmed, "waiver_grant").number in text

    def test_it_bears_no_number_of_the_person(self, confirmed):
        content, text = words_of(confirmed, "certificate")
        answers = answers_of.read(confirmed.application)
        for secret in (answers["id_number"], answers["disability_certificate"], answers["phone"]):
            assert secret not in text + str(content.machine)

    @pytest.mark.parametrize("kind", ["revoke", "stop"])
    def test_it_is_not_valid_any_more_once_the_relief_is_taken_back(self, confirmed, kind):
        taken = exofficio.Taken(confirmed, kind, reviewer="prefecture-reviewer", approver="prefecture-approver")
        taken.tell().state().weigh().decide()
        assert paper_of(confirmed, "certificate").status == "revoked"
        assert paper_of(confirmed, "agreement").status == "revoked"


class TestNoAgreement:
    """The contract refusal of the centre is not the refusal of an authority."""

    @pytest.fixture
    def declined(self, granted):
        speak(world.user("lottery-centre"), granted, "decline", text=REASON)
        return granted

    def test_it_gives_the_reason_and_leaves_the_decision(self, declined):
        _content, text = words_of(declined, "refusal")
        assert REASON in text
        assert "不改变上述决定" in text
        assert paper_of(declined, "waiver_grant").status == "valid"

    def test_the_agreement_that_was_drawn_up_is_not_valid(self, declined):
        assert paper_of(declined, "agreement").status == "revoked"

    def test_it_is_the_centres_own_paper(self, declined):
        assert paper_of(declined, "refusal").office.function == "welfare_lottery"

    def test_its_remedies_are_those_of_a_contract(self, declined):
        _content, text = words_of(declined, "refusal")
        assert "民事诉讼" in text
        assert "行政复议" not in text

    def test_an_authoritys_refusal_of_the_same_scheme_can_be_reviewed(self):
        case = AT_STAGE["waiver", "decide"]()
        speak(world.user("prefecture-approver"), case, "refuse", reasons=("no_evidence",), text=stages.TEXT)
        _content, text = words_of(case, "refusal")
        assert "行政复议" in text
        assert "民事" not in text


def test_the_day_of_the_certificate_is_the_day_it_came_into_force(granted):
    granted.at += timedelta(days=3)
    granted.say("confirm")
    content, _text = words_of(granted, "certificate")
    assert granted.application.waiver.in_force_at == granted.at
    assert particulars(content)["减免生效"] == f"自{granted.at.year}年{granted.at.month}月{granted.at.day}日起"
