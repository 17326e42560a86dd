"""Audit actions and faults in words: codes never stand alone."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.states import State
from approvals.models import Move, Opinion
from audit.models import Event
from audit.verify import Fault
from helping.models import Mandate, MandateEnd
from helping.words import ACTIONS as HELPING_ACTIONS
from payouts.models import Batch
from payouts.words import ACTIONS as MONEY_ACTIONS
from people.joining import in_a_row
from project.sign_in.words import ACTIONS as SIGN_IN_ACTIONS

ACTIONS: dict[str, Promise] = {
    "draft.begun": gettext_lazy("开始填写申请"),
    "application.submitted": gettext_lazy("提交申请"),
    "application.resubmitted": gettext_lazy("补正后重新提交"),
    "application.withdrawn": gettext_lazy("撤回申请"),
    "application.lapsed": gettext_lazy("逾期未补正，终止"),
    "application.moved": gettext_lazy("改按新版本办理"),
    "attachment.added": gettext_lazy("上传材料"),
    "attachment.followed": gettext_lazy("补交材料"),
    "papers.promised": gettext_lazy("说明哪些材料以后再交"),
    "answers.taken": gettext_lazy("沿用以前填写的内容和材料"),
    "attachment.removed": gettext_lazy("删除材料"),
    "route.sealed": gettext_lazy("封存抽查种子的摘要"),
    "route.sampled": gettext_lazy("随机抽查"),
    "case.accepted_by_silence": gettext_lazy("逾期未答复，视为受理"),
    "official.propose": gettext_lazy("提出决定意见，待复签"),
    "notice.opened": gettext_lazy("开始公示"),
    "notice.ended": gettext_lazy("公示结束"),
    "objection.raised": gettext_lazy("提出异议"),
    "objection.reply_read": gettext_lazy("异议人查看答复"),
    "ex_officio.hearing_answered": gettext_lazy("答复听证要求"),
    "receipt.unprintable": gettext_lazy("收件凭证无法打印，未出具"),
    "period.claimed": gettext_lazy("登记申领的月份"),
    "period.begun": gettext_lazy("开始申报下一期"),
    "loans.kept": gettext_lazy("收到银行贴息清单"),
    "loans.erased": gettext_lazy("销毁银行贴息清单"),
    "loans.compared": gettext_lazy("核对银行贴息清单"),
    "phase_out.ended": gettext_lazy("渐退期满"),
    "case.followed": gettext_lazy("开立关联案件"),
    "phase_out.warned": gettext_lazy("提醒渐退期即将结束"),
    "phase_out.change_reported": gettext_lazy("登记家庭变更"),
    "phase_out.change_settled": gettext_lazy("处理家庭变更"),
    "phase_out.suspended": gettext_lazy("渐退期暂停发放"),
    "phase_out.paper_unprintable": gettext_lazy("渐退期文书无法打印，未出具"),
    "milestones.written": gettext_lazy("写明分期节点"),
    "milestone.reported": gettext_lazy("单位报告分期节点完成"),
    "milestone.visit_planned": gettext_lazy("安排分期节点核查"),
    "milestone.ruled": gettext_lazy("确认分期节点"),
    "milestone.put_off": gettext_lazy("分期节点延期"),
    "milestone.near": gettext_lazy("提醒分期节点"),
    "waiver.refunded": gettext_lazy("登记彩票中心退款"),
    "waiver.checked": gettext_lazy("登记减免年检"),
    "waiver.check_near": gettext_lazy("提醒减免年检"),
    "waiver.change_reported": gettext_lazy("登记减免变更"),
    "waiver.change_settled": gettext_lazy("处理减免变更"),
    "waiver.ended": gettext_lazy("减免终止"),
    "waiver.revived": gettext_lazy("恢复缴纳押金或者费用"),
    "phase_out.end_unprintable": gettext_lazy("渐退期结束告知书无法打印，未出具"),
    "account.keyed": gettext_lazy("填写更正的收款账号"),
    "account.confirmed": gettext_lazy("核对收款账号，可以使用"),
    "account.rejected": gettext_lazy("核对收款账号，不能使用"),
    "waiting.clock_started": gettext_lazy("有了资金，恢复计时"),
    "waiting.clock_stopped": gettext_lazy("等待资金，停止计时"),
    "waiting.listed": gettext_lazy("列入等待名单"),
    "waiting.passed": gettext_lazy("先于等待名单上的申请批准"),
    "loans.bank_named": gettext_lazy("注明清单是哪家银行的"),
    "loans.claims_found": gettext_lazy("清单各行找到后来的申请"),
    "case.unmasked": gettext_lazy("查看完整号码"),
    "official.bulk": gettext_lazy("批量办理"),
    "bulk.started": gettext_lazy("开始批量办理"),
    "bulk.finished": gettext_lazy("完成批量办理"),
    "bulk.cancelled": gettext_lazy("取消批量办理"),
    "bulk.failed": gettext_lazy("批量办理没有完成"),
    "bulk.chosen": gettext_lazy("选择批量办理的件"),
    "bulk.read": gettext_lazy("查看批量办理的结果"),
    "inbox.read": gettext_lazy("查看待办列表"),
    "case.read": gettext_lazy("查看申请"),
    "attachment.read": gettext_lazy("打开材料"),
    "paper.read": gettext_lazy("打开文书"),
    "paper.opened": gettext_lazy("当事人打开文书"),
    "paper.proof_read": gettext_lazy("打开送达证明"),
    "paper.served": gettext_lazy("文书送达"),
    "paper.voided": gettext_lazy("文书作废"),
    "paper.correction_proposed": gettext_lazy("提出更正文书"),
    "paper.correction_dropped": gettext_lazy("不予更正文书"),
    "paper.corrected": gettext_lazy("签发更正决定书"),
    "register.read": gettext_lazy("查看发文登记簿"),
    "milestones.read": gettext_lazy("查看分期节点名单"),
    "waivers.read": gettext_lazy("查看减免名单"),
    "register.exported": gettext_lazy("导出发文登记簿"),
    "unserved.read": gettext_lazy("查看待送达的文书"),
    "account.read": gettext_lazy("查看更正的收款账号"),
    "claim.read": gettext_lazy("查看追回"),
    "audit.read": gettext_lazy("查阅审计记录"),
    "story.read": gettext_lazy("阅读办理经过"),
    "trail.read": gettext_lazy("查阅办理轨迹"),
    "trail.verified": gettext_lazy("校验轨迹"),
    "catalogue.added": gettext_lazy("导入政策目录"),
    "catalogue.changed": gettext_lazy("更新政策目录"),
    "policy.drafted": gettext_lazy("起草政策草案"),
    "policy.redrafted": gettext_lazy("修改政策草案"),
    "policy.submitted": gettext_lazy("提交政策草案"),
    "policy.withdrawn": gettext_lazy("撤回政策草案"),
    "policy.published": gettext_lazy("发布政策"),
    "policy.rejected": gettext_lazy("退回政策草案"),
    "what_if.started": gettext_lazy("开始试算草案"),
    "what_if.finished": gettext_lazy("完成草案试算"),
    "what_if.cancelled": gettext_lazy("取消草案试算"),
    "what_if.failed": gettext_lazy("草案试算没有完成"),
    "post.given": gettext_lazy("任命岗位"),
    "post.ended": gettext_lazy("结束岗位"),
    "account.made": gettext_lazy("开设工作人员账号"),
    "office.added": gettext_lazy("添加机关"),
    "office.changed": gettext_lazy("修改机关"),
    "delegation.made": gettext_lazy("安排代理"),
    "delegation.revoked": gettext_lazy("收回代理"),
    "kin.registered": gettext_lazy("登记亲属"),
    "tie.registered": gettext_lazy("登记利害关系单位"),
    "official.ask_answered": gettext_lazy("答复征求的意见"),
    "official.ask_withdrawn": gettext_lazy("撤回征求意见"),
    "official.note": gettext_lazy("写内部备注"),
    "official.label": gettext_lazy("加标签"),
    "official.unlabel": gettext_lazy("取下标签"),
    "official.fields": gettext_lazy("填写内部字段"),
    "message.written": gettext_lazy("写留言"),
    "message.read": gettext_lazy("看过留言"),
    "telling.wishes_changed": gettext_lazy("修改通知方式"),
    "telling.address_given": gettext_lazy("填写接收通知的地址"),
    "telling.address_proved": gettext_lazy("验证码核对通过"),
    "telling.tried_again": gettext_lazy("重新发送通知"),
    "telling.read": gettext_lazy("查看告知申请人的记录"),
    "telling.failures_read": gettext_lazy("查看没有送到的通知"),
    "rating.given": gettext_lazy("作出评价"),
    "rating.answered": gettext_lazy("答复评价"),
    "rating.read": gettext_lazy("查看评价"),
    "ratings.listed": gettext_lazy("查看差评列表"),
    "label.defined": gettext_lazy("添加标签"),
    "label.retired": gettext_lazy("停用标签"),
    "field.defined": gettext_lazy("添加内部字段"),
    "field.retired": gettext_lazy("停用内部字段"),
    "consultation.read": gettext_lazy("查看征求意见的内容"),
    "notes.read": gettext_lazy("查看内部备注"),
    "fields.read": gettext_lazy("查看内部字段"),
    "messages.read": gettext_lazy("查看留言"),
    "visit.planned": gettext_lazy("安排入户核查"),
    "visit.reported": gettext_lazy("提交核查报告"),
    "visit.cancelled": gettext_lazy("取消入户核查"),
    "visit.photo_added": gettext_lazy("上传现场照片"),
    "visits.planned": gettext_lazy("查看入户核查安排"),
    "visits.sheet": gettext_lazy("查看入户路线单"),
    "visit.read": gettext_lazy("查看入户核查"),
    "visit.record_read": gettext_lazy("查看核查记录"),
    "visit.photo_read": gettext_lazy("查看现场照片"),
    "visit.signature_read": gettext_lazy("查看核查签名"),
    "archive.opened": gettext_lazy("立档案卷"),
    "archive.filed": gettext_lazy("归档"),
    "archive.held": gettext_lazy("暂缓销毁"),
    "archive.hold_lifted": gettext_lazy("解除暂缓销毁"),
    "archive.law_held": gettext_lazy("依法保全"),
    "archive.law_hold_lifted": gettext_lazy("解除依法保全"),
    "archive.erasure_examined": gettext_lazy("鉴定可以销毁"),
    "archive.erasure_dropped": gettext_lazy("鉴定继续保管"),
    "archive.erased": gettext_lazy("销毁案卷"),
    "archives.erasures_read": gettext_lazy("查看待销毁的卷"),
    "archives.law_holds_read": gettext_lazy("查看依法保全"),
    "case.erased": gettext_lazy("按保管期限销毁"),
    "draft.warned": gettext_lazy("提醒草稿将删除"),
    "draft.erased": gettext_lazy("删除草稿"),
    "consent.withdrawn": gettext_lazy("撤回同意"),
    "data.exported": gettext_lazy("申请个人信息副本"),
    "data.export_made": gettext_lazy("生成个人信息副本"),
    "data.export_read": gettext_lazy("下载个人信息副本"),
    "data.export_expired": gettext_lazy("个人信息副本失效"),
    "data.correction_asked": gettext_lazy("申请更正个人信息"),
    "data.corrected": gettext_lazy("更正个人信息"),
    "data.correction_refused": gettext_lazy("不予更正个人信息"),
    "data.erasure_asked": gettext_lazy("申请删除个人信息"),
    "data.requests_read": gettext_lazy("查看个人信息请求"),
    "data.request_read": gettext_lazy("查看个人信息更正请求"),
    "data.evidence_read": gettext_lazy("查看更正请求的证明材料"),
    "archive.list_made": gettext_lazy("生成移交清单"),
    "archive.handed_over": gettext_lazy("列入移交清单"),
    "archive.package_asked": gettext_lazy("申请导出档案"),
    "archive.package_made": gettext_lazy("生成导出包"),
    "archive.package_expired": gettext_lazy("导出包失效"),
    "archive.package_read": gettext_lazy("下载导出包"),
    "archive.read": gettext_lazy("查看档案卷"),
    "archives.read": gettext_lazy("查看档案列表"),
    "archives.waiting_read": gettext_lazy("查看待归档的申请"),
    "archives.due_read": gettext_lazy("查看保管期满的卷"),
    "handover.read": gettext_lazy("查看移交清单"),
    "handover.pdf_read": gettext_lazy("下载移交清单"),
    "dossier.opened": gettext_lazy("立卷"),
    "dossier.case_added": gettext_lazy("编入批次卷"),
    "dossier.case_removed": gettext_lazy("移出批次卷"),
    "dossier.minutes": gettext_lazy("填写会议纪要"),
    "dossier.sealed": gettext_lazy("封卷"),
    "dossier.read": gettext_lazy("查看批次卷"),
    "dossier.sheets_read": gettext_lazy("查看批次卷表页"),
    "dossier.pdf_read": gettext_lazy("下载批次卷"),
    "seal.used": gettext_lazy("人工盖章后归档扫描件"),
    "seal.added": gettext_lazy("登记印章"),
    "seal.withdrawn": gettext_lazy("停用印章"),
    "scan.read": gettext_lazy("下载盖章扫描件"),
    "papers.tried_again": gettext_lazy("重新生成文书"),
    "moving.read": gettext_lazy("查看可以改用新版本的申请"),
    "what_if.read": gettext_lazy("查看试算中会变的申请"),
}
ACTIONS |= SIGN_IN_ACTIONS | HELPING_ACTIONS | MONEY_ACTIONS
OFFICIAL = "official."
OF_MANDATES = {"kind": Mandate.Kind, "way": Mandate.Way, "capacity": MandateEnd.By}
FAULTS: dict[str, Promise] = {
    "missing": gettext_lazy("第%(seq)s条记录缺失。"),
    "link": gettext_lazy("第%(seq)s条记录与上一条不衔接。"),
    "changed": gettext_lazy("第%(seq)s条记录的内容被改动过。"),
    "end": gettext_lazy("末尾的记录被删去，或者末尾标记被改动过。"),
    "head": gettext_lazy("末尾标记缺失。"),
    "anchored": gettext_lazy("锚定标记被改动过。"),
    "anchor": gettext_lazy("第%(seq)s条记录与锚定时不一致，或者已被删去。"),
}


# What a trail is of. Persons are never named here: the title is a number, or a masked name.
TRAILS: dict[str, Promise] = {
    "case": gettext_lazy("申请 %(title)s 的办理轨迹"),
    "batch": gettext_lazy("批次 %(title)s 的办理轨迹"),
    "reader": gettext_lazy("%(title)s的查阅记录"),
    "policy": gettext_lazy("政策的变更轨迹"),
    "dossier": gettext_lazy("批次卷 %(title)s"),
    "archive": gettext_lazy("档案卷 %(title)s"),
    "handover": gettext_lazy("移交清单 %(title)s"),
    "return": gettext_lazy("银行回单 %(title)s"),
    "roster": gettext_lazy("核对停发名单 %(title)s"),
    "budget": gettext_lazy("预算申请 %(title)s"),
    "staff": gettext_lazy("%(title)s的人员和岗位记录"),
    "user": gettext_lazy("%(title)s的登录和账号记录"),
    "help": gettext_lazy("帮办授权 %(title)s"),
    "village": gettext_lazy("帮办名册 %(title)s"),
    "school": gettext_lazy("学校名单 %(title)s"),
    "matching": gettext_lazy("政策找人 %(title)s"),
    "facts": gettext_lazy("核对名单 %(title)s"),
    "invitation": gettext_lazy("邀请申请 %(title)s"),
    "organisation": gettext_lazy("单位经办授权 %(title)s"),
}


def trail_words(kind: str, title: str) -> str:
    """How a trail is called."""
    return str(TRAILS[kind]) % {"title": title}


def action_words(action: str) -> str:
    """An action as officials call it; one without a name yet is shown with its code."""
    if action.startswith(OFFICIAL) and action not in ACTIONS:
        outcome = action.removeprefix(OFFICIAL)
        for known in (Opinion.Outcome, Move.Kind):
            if outcome in known.values:
                return str(known(outcome).label)
    return str(ACTIONS[action]) if action in ACTIONS else _("其他记录（%(code)s）") % {"code": action}


def action_choices() -> list[tuple[str, str]]:
    """Every action that has a name, for a filter."""
    named = dict([*Move.Kind.choices, *Opinion.Outcome.choices])
    outcomes = [(f"{OFFICIAL}{value}", str(label)) for value, label in named.items()]
    return [*((code, str(label)) for code, label in ACTIONS.items()), *outcomes]


def note_words(event: Event) -> str:
    """What an event says besides its action: the state it led to, sums, counts, the result of a verification."""
    data, parts = event.data, []
    states = {"case": State, "batch": Batch.State}.get(event.stream.partition(":")[0])
    if states is not None and data.get("state") in states.values:
        parts.append(_("状态：%(state)s") % {"state": states(data["state"]).label})
    if "total" in data:
        parts.append(_("%(lines)s笔，%(total)s元") % {"lines": data.get("lines", ""), "total": data["total"]})
    else:
        parts += [_("%(count)s条") % {"count": data[name]} for name in ("count", "rows", "people") if name in data]
    if event.action.startswith(("mandate.", "renewal.")):
        parts += [str(choices(data[name]).label) for name, choices in OF_MANDATES.items() if name in data]
    if event.action == "route.sampled":
        parts.append(_("抽中") if data["drawn"] else _("未抽中"))
        parts.append(_("抽签号%(number)s，比例%(percent)s%%") % {"number": data["number"], "percent": data["percent"]})
    if event.action == "trail.verified":
        parts.append(_("没有通过") if data.get("fault") else _("通过，%(count)s条") % {"count": data.get("events", 0)})
    return in_a_row(parts)


def fault_words(fault: Fault) -> str:
    """What does not hold in one stream."""
    return str(FAULTS[fault.kind]) % {"seq": fault.seq}
