"""An ex officio case pushed along: who opens it, tells, weighs and decides, for tests."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from applications.models import Application
from approvals.exofficio import deciding, hearing, opening, replying
from approvals.exofficio.terms import Intended, Opening, Weighed
from approvals.letters.statements import HearingReply
from approvals.models import Proceeding
from people.models import User
from project.demo.clerks import Case
from tests import world

CLAUSE = "示例办法第九条"


class Taken:
    """A proceeding about a granted case and its clock."""

    def __init__(self, granted: Case, kind: str = "revoke", *, reviewer: str, approver: str, ground: str = "") -> None:
        self.granted, self.at = granted, granted.later(24)
        self.reviewer, self.approver = world.user(reviewer), world.user(approver)
        said = Opening(kind, "official", "核查发现毕业证书不属实。", ground)
        self.public_id = opening.open_case(self.reviewer, granted.public_id, said, self.at).public_id

    @property
    def application(self) -> Application:
        """As it stands."""
        return Application.objects.get(public_id=self.public_id)

    @property
    def proceeding(self) -> Proceeding:
        """As it stands."""
        return Proceeding.objects.get(application__public_id=self.public_id)

    def later(self, hours: int = 3) -> datetime:
        """The clock moves on."""
        self.at += timedelta(hours=hours)
        return self.at

    def tell(self, amount: str | None = None, effective_on: date | None = None) -> "Taken":
        """The prior notice."""
        sum_ = Decimal(amount) if amount else None
        intended = Intended("经查，证书编号不存在。", CLAUSE, effective_on or self.at.date(), sum_)
        hearing.give_notice(self.reviewer, self.public_id, intended, self.later())
        return self

    def state(self, text: str = "证书是真的。", *, wants_hearing: bool = False, user: User | None = None) -> "Taken":
        """The person answers."""
        hearing.state_case(user or self.granted.user, self.public_id, text, wants_hearing, self.later())
        return self

    def answer_request(self) -> "Taken":
        """The office answers that a hearing is held, nine days later."""
        at = self.later()
        reply = HearingReply(True, "由法制机构主持。", at + timedelta(days=9), "州政务中心301室")
        replying.reply_to_request(self.reviewer, self.public_id, reply, at)
        return self

    def weigh(self, *, impose: bool = True, answer: str = "经再次核对，不予采纳。", held: str = "") -> "Taken":
        """The reviewer proposes."""
        said = Weighed(impose, "事实清楚。", answer, held)
        deciding.weigh(self.reviewer, self.public_id, said, self.later())
        return self

    def decide(self, outcome: str = "impose", text: str = "依据充分。", user: User | None = None) -> "Taken":
        """The approver decides."""
        deciding.decide(user or self.approver, self.public_id, outcome, text, self.later())
        return self


def about_grant(kind: str = "revoke") -> Taken:
    """About a grant of the prefecture."""
    return Taken(world.granted(), kind, reviewer="prefecture-reviewer", approver="prefecture-approver")


def about_phase_out(kind: str = "stop") -> Taken:
    """About a phase-out of six months that the county confirmed."""
    return Taken(world.phase_out_granted(), kind, reviewer="county-reviewer", approver="county-approver")
