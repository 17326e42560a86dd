"""Stories of what comes after a decision: a grant taken up again by the office, a refusal complained of."""

from django.utils import timezone

from approvals.complaints import filing
from approvals.exofficio import hearing, opening
from approvals.exofficio.terms import Intended, Opening
from approvals.models import Complaint, Proceeding
from people.models import User
from project.demo import stories
from project.demo.clerks import Case


def taken_up(cast: stories.Cast) -> Case:
    """A grant that the prefecture means to revoke; the person was told and has answered."""
    case = stories.grant_to_notice(cast).end_notice().say("grant")
    reviewer = User.objects.get(username="prefecture-reviewer")
    found = Opening(Proceeding.Kind.REVOKE, Proceeding.Source.MATCH, "与就业名单比对，发现申请以前已经签订劳动合同。")
    public_id = opening.open_case(reviewer, case.public_id, found, case.later(30)).public_id
    facts = "申请人提交申请以前已与用人单位签订劳动合同，并已缴纳社会保险。"
    told = Intended(facts, "示例办法第九条（演示数据）", timezone.localdate(case.at))
    hearing.give_notice(reviewer, public_id, told, case.later(5))
    hearing.state_case(case.user, public_id, "合同是实习协议，没有领取工资，请核实。", False, case.later(20))
    return case


def complained(cast: stories.Cast) -> Case:
    """A refusal the applicant disagrees with."""
    case = stories.refuse(stories.grant_to_notice(cast).end_notice()).confirm_papers()
    said = filing.Complained(Complaint.Kind.DECISION, "我补交的学校证明没有被采纳，请重新核实。")
    filing.complain(case.user, case.public_id, said, case.later(30))
    return case
