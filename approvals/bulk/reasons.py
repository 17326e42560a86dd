"""Why a case is not done in bulk: codes are kept, the words are made for whoever reads them."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.models import WorkItem

ALREADY, FAULT, OTHER_OUTCOME, OTHER_OFFICE = "already_decided", "fault", "other_outcome", "other_office"
BUSY, UNREADABLE, NO_AUTHORITY, INTERRUPTED = "busy", "unreadable", "no_authority", "interrupted"
REASONS: dict[str, Promise] = {
    ALREADY: gettext_lazy("此件已经办结或转到别处。"),
    "paused": gettext_lazy("正在等待申请人补正，补正后才能办理。"),
    "money": gettext_lazy("本案在等待资金，请打开此件单独办理。"),
    "waiting": gettext_lazy("要等另一席位先发表意见。"),
    "delegated": gettext_lazy("已委托给同事，要等同事的意见。"),
    "claimed": gettext_lazy("同事已经签收此件。"),
    "asked_personally": gettext_lazy("这是加签给您的席位，请打开此件，写明您自己的意见。"),
    "recusal": gettext_lazy("您是当事人、其近亲属或有利害关系，应当回避，须由其他工作人员办理。"),
    "four_eyes": gettext_lazy("您在本案的另一环节办理过，须由其他工作人员办理。"),
    "barred": gettext_lazy("您在本案的另一环节办理过，或者应当回避，须由其他工作人员办理。"),
    OTHER_OUTCOME: gettext_lazy("这个环节的办理结果不同，请另行批量办理。"),
    OTHER_OFFICE: gettext_lazy("属于另一机关，请另行批量办理。"),
    "one_by_one": gettext_lazy("这个环节要逐件办理，不能批量。"),
    "ex_officio": gettext_lazy("依职权的案件要逐件听取当事人的陈述申辩，不能批量。"),
    "entries": gettext_lazy("这个环节有内容要您填写，请打开此件填写后办理。"),
    "not_eligible": gettext_lazy("测算结果不是“符合条件”，请打开此件查看。"),
    "unconfirmed": gettext_lazy("测算用到的标准还没有经政策发布人确认，不能批准。"),
    "findings": gettext_lazy("申请人另有办理中或已享受的待遇，请打开此件核对。"),
    "excluded": gettext_lazy("申请人另有不能同时享受的待遇，请打开此件核对。"),
    "objection": gettext_lazy("有尚未处理的异议。"),
    "spoken": gettext_lazy("本轮已有补正、不同意或退回的意见，请打开此件查看。"),
    "name": gettext_lazy("姓名或单位名称与另一份申请记载的不同，请打开此件核对证件。"),
    UNREADABLE: gettext_lazy("申请内容无法打开，请联系管理员。"),
    "stale": gettext_lazy("您选定之后此件有变化，请打开此件查看。"),
    "no_budget": gettext_lazy("预算余额不足，不能批准。"),
    "waiting_first": gettext_lazy("等待名单上有先受理的申请，应当先办。"),
    "quota_full": gettext_lazy("本年名额已满，不能批准。"),
    "level_missing": gettext_lazy("金额变化后还要经过前面的环节，请打开此件退回办理。"),
    "given_already": gettext_lazy("同一待遇已经批准过，不能重复批准。"),
    BUSY: gettext_lazy("办理时此件正被别人使用，请稍后再办。"),
    FAULT: gettext_lazy("办理时出错，没有办成，已记录。请打开此件单独办理；仍然出错的，联系管理员。"),
}
FAILURES: dict[str, Promise] = {
    NO_AUTHORITY: gettext_lazy("发起人不再有办理这些件的岗位，批量办理已停止。其余的件没有办理，请由在岗人员办理。"),
    INTERRUPTED: gettext_lazy(
        "后台多次中断，批量办理已停止。其余的件没有办理，请重新选择后再办；仍然中断的，联系管理员。"
    ),
}


def words_of(code: str, item: WorkItem | None = None) -> str:
    """The reason in the reader's language; where the item is known, who was first and when."""
    if code == ALREADY and item is not None and item.owner is not None and item.closed_at is not None:
        when = date_format(timezone.localtime(item.closed_at), "Y-m-d H:i")
        return _("此件已由%(who)s于%(when)s办理。") % {"who": item.owner.full_name, "when": when}
    if code in REASONS:
        return str(REASONS[code])
    return _("没有通过办理时的检查（%(code)s）。请打开此件单独办理，页面会说明原因。") % {"code": code}


def failure_words(code: str) -> str:
    """Why a run ended early, in the reader's language; "" where it did not."""
    return str(FAILURES.get(code, FAILURES[INTERRUPTED])) if code else ""
