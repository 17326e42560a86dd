"""更正 and 作废: a slip is corrected by a paper of its own, signed by another; old bytes stay, numbers stay."""

import pytest
from django.test import Client

from applications import remedy_clock
from approvals.issued import correcting, voiding
from approvals.letters.corrections import Slip
from approvals.models import PaperCorrection
from papers import jobs, reading
from papers.models import Counter, Paper, PaperVoid
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.approvals.desk import events, sign_in, text_of
from tests.approvals.issuing import APPROVER, REVIEWER, granted, proposed, served, slip_in

pytestmark = pytest.mark.django_db


def sign(case, proposal, user=APPROVER):
    return correcting.sign(world.user(user), case.public_id, proposal.pk, case.later(2))


class TestCorrections:
    """A slip, from the proposal to the paper."""

    def test_a_signed_correction_is_a_paper_that_refers_to_the_old(self):
        case, paper, proposal = proposed()
        issued = sign(case, proposal)
        told = reading.content(issued)
        assert (issued.kind, issued.corrects) == ("corrigendum", paper)
        assert told.refers_to == paper.number
        assert told.machine["refers_to"] == paper.number
        assert told.sections[0].table.rows == ((slip_in(case).wrong, slip_in(case).right),)

    def test_it_is_addressed_to_the_person_as_they_are_rightly_written(self):
        case, _paper, proposal = proposed()
        issued = sign(case, proposal)
        assert reading.content(issued).addressee == slip_in(case).right
        assert slip_in(case).right not in issued.addressee_masked

    def test_the_old_paper_stays_in_force_and_says_that_it_was_corrected(self):
        case, paper, proposal = proposed()
        issued = sign(case, proposal)
        paper.refresh_from_db()
        assert paper.status == "corrected"
        page = text_of(Client().get(f"/verify/{paper.verify_code}/"))
        assert "已更正" in page
        assert issued.number in page

    def test_the_old_bytes_are_the_same_on_every_download(self):
        case, paper, proposal = proposed()
        jobs.render_one(paper.pk, patient=False)
        before = reading.pdf_bytes(Paper.objects.get(pk=paper.pk))
        sign(case, proposal)
        address = f"/applications/{case.public_id}/papers/{paper.pk}/pdf/"
        downloads = {sign_in("applicant").get(address).content for _time in range(3)}
        assert downloads == {before}

    def test_it_moves_no_time_limit(self):
        case, paper, _service = served()
        paper.refresh_from_db()
        until = remedy_clock.remedy_until(paper)
        slip = slip_in(case)
        proposal = correcting.propose(world.user(REVIEWER), case.public_id, paper.pk, slip, case.later(1))
        sign(case, proposal)
        paper.refresh_from_db()
        assert remedy_clock.remedy_until(paper) == until

    def test_who_proposed_does_not_sign(self):
        case, _paper, proposal = proposed(APPROVER)
        with pytest.raises(Refused) as refused:
            sign(case, proposal)
        assert refused.value.code == "four_eyes"
        assert not Paper.objects.filter(kind="corrigendum").exists()

    def test_a_reviewer_does_not_sign_where_there_is_an_approver(self):
        case, _paper, proposal = proposed(APPROVER)
        with pytest.raises(Refused) as refused:
            sign(case, proposal, REVIEWER)
        assert refused.value.code == "not_signer"

    def test_another_office_neither_proposes_nor_signs(self):
        case, paper, proposal = proposed()
        with pytest.raises(Refused):
            sign(case, proposal, "county-approver")
        with pytest.raises(NotFound):
            sign(case, proposal, "other-county")
        with pytest.raises(Refused):
            correcting.propose(world.user("county-reviewer"), case.public_id, paper.pk, slip_in(case), case.later(1))

    @pytest.mark.parametrize(
        "changes, field",
        [
            ({"wrong": "文书里没有的字"}, "wrong"),
            ({"wrong": " "}, "wrong"),
            ({"right": ""}, "right"),
            ({"reason": " "}, "reason"),
        ],
    )
    def test_a_slip_stands_in_the_paper_and_has_a_reason(self, changes, field):
        case, paper = granted()
        with pytest.raises(Invalid) as refused:
            correcting.propose(world.user(REVIEWER), case.public_id, paper.pk, slip_in(case, **changes), case.later(1))
        assert field in refused.value.errors

    def test_what_is_right_differs_from_what_is_wrong(self):
        case, paper = granted()
        name = case.application.subject.name
        with pytest.raises(Invalid):
            correcting.propose(
                world.user(REVIEWER), case.public_id, paper.pk, Slip(name, name, "没有变"), case.later(1)
            )

    def test_one_proposal_waits_at_a_time(self):
        case, paper, _proposal = proposed()
        with pytest.raises(Conflict):
            correcting.propose(world.user(APPROVER), case.public_id, paper.pk, slip_in(case), case.later(1))

    def test_what_was_signed_is_not_signed_again(self):
        case, _paper, proposal = proposed()
        sign(case, proposal)
        with pytest.raises(Conflict):
            sign(case, proposal)
        assert Paper.objects.filter(kind="corrigendum").count() == 1

    def test_who_proposed_can_take_it_back(self):
        case, paper, proposal = proposed()
        correcting.drop(world.user(REVIEWER), case.public_id, proposal.pk, case.later(2))
        proposal.refresh_from_db()
        paper.refresh_from_db()
        assert (proposal.state, proposal.corrigendum, paper.status) == ("dropped", None, "valid")

    def test_nobody_else_drops_it(self):
        case, _paper, proposal = proposed(APPROVER)
        with pytest.raises(Refused):
            correcting.drop(world.user(REVIEWER), case.public_id, proposal.pk, case.later(2))

    def test_a_proposal_of_another_case_is_not_there(self):
        _case, _paper, proposal = proposed()
        with pytest.raises(NotFound):
            sign(world.granted(4), proposal)

    def test_a_paper_for_somebody_else_is_not_corrected_towards_the_applicant(self):
        case, paper = granted()
        Paper.objects.filter(pk=paper.pk).update(kind="objection_reply")
        with pytest.raises(Conflict) as refused:
            correcting.propose(world.user(REVIEWER), case.public_id, paper.pk, slip_in(case), case.later(1))
        assert refused.value.code == "not_correctable"

    def test_a_corrigendum_is_not_corrected_itself(self):
        case, _paper, proposal = proposed()
        issued = sign(case, proposal)
        with pytest.raises(Conflict):
            correcting.propose(world.user(REVIEWER), case.public_id, issued.pk, slip_in(case), case.later(3))

    def test_events_and_row_tell_no_name(self):
        case, _paper, proposal = proposed()
        sign(case, proposal)
        name = case.application.subject.name
        told = [event.data for event in events("paper.correction_proposed") + events("paper.corrected")]
        assert name not in str(told)
        row = PaperCorrection.objects.get()
        assert name.encode() not in bytes(row.wrong) + bytes(row.right)


class TestVoiding:
    """A number that is kept and never used again."""

    @pytest.fixture
    def receipt(self):
        case = world.grant().submit().say("accept")
        return case, Paper.objects.get(case_ref=case.public_id, kind="receipt")

    @pytest.fixture
    def signer(self, receipt):
        return "school"

    def void(self, case, paper, user, reason="发错了人。"):
        return voiding.void(world.user(user), case.public_id, paper.pk, reason, case.later(1))

    def test_the_number_stays_and_verification_says_void(self, receipt, signer):
        case, paper = receipt
        self.void(case, paper, signer)
        paper.refresh_from_db()
        counter = Counter.objects.get(key__contains=f":{paper.office_id}:{paper.series}:")
        assert (paper.status, counter.value) == ("void", paper.sequence)
        page = text_of(Client().get(f"/verify/{paper.verify_code}/"))
        assert "已作废" in page
        assert events("paper.voided")[-1].data["paper"] == paper.number

    def test_the_applicant_is_no_longer_offered_the_pdf_and_officials_are(self, receipt, signer):
        case, paper = receipt
        jobs.render_one(paper.pk, patient=False)
        self.void(case, paper, signer)
        address = f"/applications/{case.public_id}/papers/{paper.pk}/"
        client = sign_in("applicant")
        assert client.get(f"{address}pdf/").headers["Location"] == address
        page = text_of(client.get(address))
        assert "已经作废" in page
        assert "下载PDF" not in page
        assert sign_in(signer).get(f"/inbox/{case.public_id}/papers/{paper.pk}/pdf/").status_code == 200

    def test_a_decision_is_never_void(self):
        case, paper = granted()
        with pytest.raises(Conflict):
            self.void(case, paper, APPROVER)

    def test_it_needs_a_reason(self, receipt, signer):
        with pytest.raises(Invalid):
            self.void(*receipt, signer, reason=" ")
        assert not PaperVoid.objects.exists()

    def test_it_is_void_once(self, receipt, signer):
        self.void(*receipt, signer)
        with pytest.raises(Conflict):
            self.void(*receipt, signer)

    def test_another_office_cannot(self, receipt):
        with pytest.raises((Refused, NotFound)):
            self.void(*receipt, "county-approver")
        with pytest.raises(NotFound):
            self.void(*receipt, "other-county")
