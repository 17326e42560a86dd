"""Slips in issued papers 更正: proposed by one official of the issuing office, signed by another, issued as a paper.

Only slips: a word that stands in the paper and reads wrongly. What was decided is changed by a new decision.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from approvals import scope
from approvals.issued import access
from approvals.letters.corrections import Slip, corrigendum
from approvals.models import PaperCorrection
from papers import reading, serving
from papers.models import Paper
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid, NotFound, Refused

LONGEST_WORDS, LONGEST_REASON = 200, 500
WRONG, RIGHT, REASON = "correction:wrong", "correction:right", "correction:reason"
State = PaperCorrection.State


def why_not(paper: Paper) -> str:
    """Why a paper cannot be corrected, for its page; "" when it can."""
    if paper.kind == Paper.Kind.CORRIGENDUM:
        return _("更正决定书有误的，请对原文书再作更正。")
    if paper.kind in reading.NOT_FOR_THE_APPLICANT:
        return _("这份文书不是发给申请人的，更正决定书会把它的内容告诉申请人。有误的，请作废后重新制发。")
    if paper.status not in serving.IN_FORCE:
        return _("只有现行有效的文书可以更正。")
    return ""


def propose(user: User, public_id: str, pk: int, slip: Slip, at: datetime) -> PaperCorrection:
    """Propose to correct a slip.

    Raises NotFound, Refused (another office's paper, recusal), Invalid (the words do not stand in the paper), Conflict
    (not in force, or another proposal waits).
    """
    access.paper_for(user, public_id, pk, at)
    with door.open_case(public_id, user=user, at=at) as case:
        paper = reading.papers_of(public_id).get(pk=pk)
        access.act_for(case, paper)
        _check_open(paper)
        _check(paper, slip)
        key = case.application.data_key
        proposed = PaperCorrection.objects.create(
            application=case.application,
            paper=paper,
            wrong=vault.encrypt(key, slip.wrong, WRONG),
            right=vault.encrypt(key, slip.right, RIGHT),
            reason=vault.encrypt(key, slip.reason.strip(), REASON),
            proposed_by=user,
            proposed_at=at,
        )
        case.record("paper.correction_proposed", paper=paper.number)
    return proposed


def _check_open(paper: Paper) -> None:
    message = why_not(paper)
    if message:
        raise Conflict(message, code="not_correctable")
    if paper.slips.filter(state=State.PROPOSED).exists():
        raise Conflict(_("这份文书已有一件更正等待签发。请先办完。"), code="proposed")


def _check(paper: Paper, slip: Slip) -> None:
    errors: dict[str, str] = {}
    if not slip.wrong.strip():
        errors["wrong"] = _("请照原文填写有误的文字。")
    elif not any(slip.wrong in text for _field, text in reading.content(paper).texts()):
        errors["wrong"] = _("文书里没有这样的文字。请照原文填写，一字不差。")
    if not slip.right.strip() or slip.right == slip.wrong:
        errors["right"] = _("请填写更正后的文字，不能和原文一样。")
    if not slip.reason.strip():
        errors["reason"] = _("请写明更正的理由，会写进更正决定书。")
    if errors:
        raise Invalid(errors=errors)


def sign(user: User, public_id: str, pk: int, at: datetime) -> Paper:
    """签发: another official, who signs for the office, issues the correction as a paper.

    Raises NotFound, Refused (no signer, or the proposer), Conflict (signed or dropped before, or no longer in force).
    """
    with _closing(user, public_id, pk, at) as (case, proposal):
        _check_signer(case, proposal)
        message = why_not(proposal.paper)
        if message:
            raise Conflict(message, code="not_correctable")
        issued = corrigendum(case, proposal.paper, slip_of(proposal))
        _close(case, proposal, State.ISSUED, issued)
        case.record("paper.corrected", paper=proposal.paper.number, corrigendum=issued.number)
    return issued


def drop(user: User, public_id: str, pk: int, at: datetime) -> None:
    """不予更正, by who signs, or taken back by who proposed it. Raises as `sign`."""
    with _closing(user, public_id, pk, at) as (case, proposal):
        if not _is_proposer(case, proposal):
            _check_signer(case, proposal)
        _close(case, proposal, State.DROPPED, None)
        case.record("paper.correction_dropped", paper=proposal.paper.number)


@contextmanager
def _closing(user: User, public_id: str, pk: int, at: datetime) -> Iterator[tuple[door.Case, PaperCorrection]]:
    """The door to a case, opened for one of its proposals that still waits."""
    if not scope.visible_cases(user, at).filter(public_id=public_id).exists():
        raise NotFound()
    with door.open_case(public_id, user=user, at=at) as case:
        found = PaperCorrection.objects.select_related("paper__office", "paper__data_key", "application__data_key")
        proposal = found.filter(pk=pk, application=case.application).first()
        if proposal is None:
            raise NotFound()
        if proposal.state != State.PROPOSED:
            raise Conflict(_("这件更正已经办过了。请刷新页面。"), code="closed")
        yield case, proposal


def _check_signer(case: door.Case, proposal: PaperCorrection) -> None:
    assert case.user is not None
    if not access.may_sign(case.user, case.application, proposal.paper, case.at):
        raise Refused(code="not_signer")
    if _is_proposer(case, proposal):
        raise Refused(_("更正须由另一名工作人员签发。"), code="four_eyes")


def _is_proposer(case: door.Case, proposal: PaperCorrection) -> bool:
    assert case.user is not None
    return door.identity_of(case.user) == door.identity_of(proposal.proposed_by)


def _close(case: door.Case, proposal: PaperCorrection, state: str, issued: Paper | None) -> None:
    proposal.state, proposal.corrigendum = state, issued
    proposal.closed_by, proposal.closed_at = case.user, case.at
    proposal.save(update_fields=["state", "corrigendum", "closed_by", "closed_at"])


def slip_of(proposal: PaperCorrection) -> Slip:
    """The slip, in clear. Raises a VaultError where it cannot be opened."""
    key = proposal.application.data_key
    words = ((proposal.wrong, WRONG), (proposal.right, RIGHT), (proposal.reason, REASON))
    return Slip(*(vault.decrypt(key, bytes(sealed), context) for sealed, context in words))
