"""The story of a case as its applicant sees it, drawn from the events and papers of the case."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import remedy_clock
from applications.models import Application
from applications.story_words import result_words
from applications.time_told import time_told
from audit.models import Event
from papers.models import Paper
from people.models import Office

# Opinions and claims of officials are theirs until a decision is made: the story tells that they acted, not what they
# said. Actions that are not named here are not shown.
TITLES: dict[str, Promise] = {
    "draft.begun": gettext_lazy("您开始填写申请"),
    "application.submitted": gettext_lazy("您提交了申请"),
    "application.resubmitted": gettext_lazy("您补正后重新提交"),
    "application.withdrawn": gettext_lazy("您撤回了申请"),
    "attachment.followed": gettext_lazy("您补交了材料"),
    "application.moved": gettext_lazy("事项有了新版本，申请改按新版本办理"),
    "application.lapsed": gettext_lazy("没有在期限内补正，申请终止"),
    "official.accept": gettext_lazy("申请已受理"),
    "official.not_accept": gettext_lazy("申请没有受理"),
    "official.correction": gettext_lazy("请您补充或修改"),
    "official.agree": gettext_lazy("完成了审核"),
    "official.disagree": gettext_lazy("完成了审核"),
    "official.send_back": gettext_lazy("退给前面的环节重新审核"),
    "official.grant": gettext_lazy("作出决定：批准"),
    "official.refuse": gettext_lazy("作出决定：不批准"),
    "official.answer_yes": gettext_lazy("主管单位已答复：同意办理"),
    "official.answer_no": gettext_lazy("主管单位已答复：不予办理"),
    "official.answer_other": gettext_lazy("主管单位已答复：转其他单位或另行处理"),
    "official.confirm": gettext_lazy("协议已经确认"),
    "official.decline": gettext_lazy("没有达成协议"),
    "official.file": gettext_lazy("上级机关已经备案"),
    "official.uphold": gettext_lazy("公示中的异议成立，重新审核"),
    "official.dismiss": gettext_lazy("公示中的异议不成立"),
    "official.extend": gettext_lazy("办理期限延长"),
    "official.pause": gettext_lazy("办理期限暂停计算"),
    "official.resume": gettext_lazy("办理期限恢复计算"),
    "official.order": gettext_lazy("上级机关要求作出决定的机关说明或改正"),
    "official.explained": gettext_lazy("作出决定的机关已向上级机关答复"),
    "official.corrected": gettext_lazy("作出决定的机关已向上级机关答复"),
    "case.accepted_by_silence": gettext_lazy("没有在期限内答复，依法视为受理"),
    "official.reopen": gettext_lazy("案件重新办理，开始新的一轮"),
    "ex_officio.told": gettext_lazy("机关告知了拟作的处理，请您陈述申辩"),
    "ex_officio.stated": gettext_lazy("收到了您的陈述申辩"),
    "ex_officio.hearing_answered": gettext_lazy("机关答复了您的听证要求"),
    "ex_officio.term_over": gettext_lazy("陈述申辩的期限已过，继续办理"),
    "ex_officio.imposed": gettext_lazy("机关对这项待遇作出了处理"),
    "official.impose": gettext_lazy("作出决定：按告知的内容处理"),
    "official.drop": gettext_lazy("认为不应当处理"),
    "complaint.made": gettext_lazy("您提出了投诉或申诉"),
    "complaint.answered": gettext_lazy("投诉或申诉已经答复"),
    "notice.opened": gettext_lazy("开始公示"),
    "notice.ended": gettext_lazy("公示结束，没有异议"),
    "objection.raised": gettext_lazy("有人对公示提出了异议，机关正在核实"),
    "phase_out.change_reported": gettext_lazy("登记了家庭情况的变更，机关正在核实"),
    "phase_out.suspended": gettext_lazy("核实期间，以后月份暂停发放"),
    "phase_out.change_settled": gettext_lazy("家庭情况的变更已经处理"),
    "milestone.reported": gettext_lazy("您报告了一期的完成情况，等待现场核查"),
    "milestone.visit_planned": gettext_lazy("机关安排了现场核查"),
    "milestone.ruled": gettext_lazy("现场核查后，机关对这一期作出了确认或者退回"),
    "milestone.put_off": gettext_lazy("一期的完成日期延后了"),
    "milestone.near": gettext_lazy("提醒您：有一期快到或者已到完成的日期"),
    "waiver.refunded": gettext_lazy("彩票中心退还了押金"),
    "waiver.checked": gettext_lazy("减免作了年检"),
    "waiver.check_near": gettext_lazy("减免快到年检的日子了"),
    "waiver.change_reported": gettext_lazy("登记了减免的变化，工作人员正在核实"),
    "waiver.change_settled": gettext_lazy("减免的变化已经处理"),
    "waiver.ended": gettext_lazy("减免终止"),
    "waiver.revived": gettext_lazy("减免终止，恢复缴纳"),
    "payment.returned": gettext_lazy("银行退回了一笔款项"),
    "payment.held": gettext_lazy("款项暂缓发放，正在核实"),
    "payment.hold_lifted": gettext_lazy("核实完毕，继续发放"),
    "payment.told": gettext_lazy("一笔款项已经送银行发放"),
    "recovery.paid": gettext_lazy("收到了您退回的款项"),
    "recovery.set_off": gettext_lazy("从应发的款项中抵扣了要退回的钱"),
    "phase_out.warned": gettext_lazy("提醒您：渐退期快要结束"),
    "phase_out.ended": gettext_lazy("渐退期已经期满"),
    "waiting.listed": gettext_lazy("符合条件，因名额或者资金有限，列入等待名单"),
    "period.begun": gettext_lazy("您开始申请下一期"),
    "rating.given": gettext_lazy("您作出了评价"),
    "rating.answered": gettext_lazy("您的评价有了答复"),
    "account.keyed": gettext_lazy("您更正了收款账号，等待核对"),
    "account.confirmed": gettext_lazy("新的收款账号已经核对，将重新发放"),
    "account.rejected": gettext_lazy("新的收款账号不能使用，请重新填写"),
    "case.helped": gettext_lazy("帮办人替您办理这份申请"),
    "case.taken_over": gettext_lazy("您接过来自己办理"),
    "case.represented_anew": gettext_lazy("由单位新的经办人接着办理"),
    "case.handed_on": gettext_lazy("学校另一位工作人员接着办理"),
    "counter.read_back": gettext_lazy("窗口把填写的内容读给您听过"),
    "oral.read_back": gettext_lazy("工作人员把记下的内容读给您听过"),
    "draft.warned": gettext_lazy("提醒您：草稿很久没有填写，将要删除"),
    "data.correction_asked": gettext_lazy("您申请更正个人信息"),
    "data.corrected": gettext_lazy("您的个人信息已经更正"),
    "data.correction_refused": gettext_lazy("您申请更正个人信息，机关答复不予更正"),
    "consent.withdrawn": gettext_lazy("您撤回了同意"),
    "paper.served": gettext_lazy("文书已经送达"),
    "paper.voided": gettext_lazy("一份文书作废"),
    "pin.made": gettext_lazy("设置了电话查询密码"),
    "hotline.looked": gettext_lazy("12345热线凭查询密码答复了一次来电"),
    "hotline.refused": gettext_lazy("有人在热线报出的查询密码不对"),
}


# What the applicant did, or a limit that was changed: the event names no office, its paper belongs to it all the same.
WITH_PAPER = frozenset(
    {
        "application.submitted",
        "application.resubmitted",
        "official.extend",
        "payment.told",
        "phase_out.warned",
        "phase_out.ended",
        "phase_out.change_settled",
    }
)


def events_of(application: Application) -> list[Event]:
    """The case's events that its applicant sees, oldest first."""
    return list(Event.objects.filter(stream=application.stream, action__in=TITLES).order_by("seq"))


def opened_notice(events: Iterable[Event]) -> tuple[str, datetime] | None:
    """Stage and beginning of the notice that opened last."""
    opened = [event for event in events if event.action == "notice.opened"]
    return (opened[-1].data["stage"], opened[-1].at) if opened else None


def timeline_of(application: Application, events: Iterable[Event], papers: Iterable[Paper]) -> list[dict[str, Any]]:
    """The story, newest first, as the timeline component draws it. An act and the paper it made are one entry."""
    events, papers = list(events), list(papers)
    offices = Office.objects.in_bulk({event.data["office"] for event in events if event.data.get("office")})
    made: dict[datetime, list[Paper]] = {}
    for paper in papers:
        made.setdefault(paper.issued_at, []).append(paper)
    told, story = time_told(application), []
    for event in events:
        its_own = made.get(event.at) if event.data.get("office") or event.action in WITH_PAPER else None
        paper = its_own.pop(0) if its_own else None
        entry = _from_event(application, event, offices) | told.get(event.at, {})
        story.append(entry | _remedies(event, papers) | (_link(application, paper) if paper else {}))
    story += [_from_paper(application, paper) for rest in made.values() for paper in rest]
    return sorted(story, key=lambda entry: entry["at"])[::-1]


def _from_event(application: Application, event: Event, offices: Mapping[int, Office]) -> dict[str, Any]:
    office = offices.get(event.data.get("office"))
    stages = {stage.code: str(stage.public_label) for stage in application.definition.stages}
    return {
        "title": str(TITLES[event.action]),
        "at": timezone.localtime(event.at),
        "by": office.label if office else "",
        "text": stages.get(event.data.get("stage", ""), "") or _number_in(event) or _said_of(application, event),
    }


def _said_of(application: Application, event: Event) -> str:
    return _paper_in(application, event) or result_words(event)


def _remedies(event: Event, papers: Iterable[Paper]) -> dict[str, str]:
    """Until when a paper that was served can be contested; nothing where the record was replaced since."""
    served = event.data.get("served_on")
    paper = next((one for one in papers if served and one.number == event.data.get("paper")), None)
    if paper is None or paper.served_on is None or served != paper.served_on.isoformat():
        return {}
    return {"text": "\n".join(filter(None, (paper.number, remedy_clock.in_words(paper))))}


def _number_in(event: Event) -> str:
    """The paper an event is about, by its number."""
    return event.data.get("paper", "") if event.action.startswith("paper.") else ""


def _paper_in(application: Application, event: Event) -> str:
    """The paper somebody handed in, by what the scheme calls it."""
    if event.action != "attachment.followed":
        return ""
    asked = application.definition.papers_asked
    return next((str(paper.label) for paper in asked if paper.code == event.data.get("paper")), "")


def _from_paper(application: Application, paper: Paper) -> dict[str, Any]:
    title = _("出具文书：%(title)s") % {"title": paper.label}
    told = {"title": title, "at": timezone.localtime(paper.issued_at), "by": paper.office.label, "text": paper.number}
    return told | _link(application, paper)


def _link(application: Application, paper: Paper) -> dict[str, str]:
    url = reverse("applications:paper", args=[application.public_id, paper.pk])
    return {"url": url, "url_text": _("阅读%(title)s") % {"title": paper.label}}
