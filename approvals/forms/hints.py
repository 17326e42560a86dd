"""What each outcome leads to, in a few words under it."""

from django.utils.translation import gettext_lazy

from approvals.outcomes import Outcome

HINTS = {
    Outcome.AGREE: gettext_lazy("送下一环节"),
    Outcome.DISAGREE: gettext_lazy("写明理由，送下一环节决定"),
    Outcome.CORRECTION: gettext_lazy("一次写明全部需要补正的内容，期间暂停计时"),
    Outcome.SEND_BACK: gettext_lazy("退给前面的环节重新审核"),
    Outcome.NOT_ACCEPT: gettext_lazy("出具不予受理决定书，办理终止"),
    Outcome.ANSWER_YES: gettext_lazy("出具办理结果告知书，办理终结"),
    Outcome.ANSWER_NO: gettext_lazy("出具办理结果告知书，办理终结；这不是本单位的决定"),
    Outcome.ANSWER_OTHER: gettext_lazy("例如该单位又转给了别的单位；出具办理结果告知书，办理终结"),
    Outcome.REFUSE: gettext_lazy("出具不予批准决定书，办理终止"),
    Outcome.ORDER: gettext_lazy("请作出决定的机关说明情况或者改正，答复后再备案"),
    Outcome.EXPLAINED: gettext_lazy("说明没有错误的理由，送回备案机关"),
    Outcome.CORRECTED: gettext_lazy("写明怎样改正的，送回备案机关"),
    Outcome.UPHOLD: gettext_lazy("终止公示，退回前一环节重新审核；理由写进给异议人的答复书，不要写申请人的隐私"),
    Outcome.DISMISS: gettext_lazy("公示继续；理由写进给异议人的答复书，不要写申请人的隐私"),
}
# What the second of two signers does with the same words.
COSIGN_HINTS = {
    Outcome.AGREE: gettext_lazy("按第一位审批人的意见作出决定"),
    Outcome.DISAGREE: gettext_lazy("写明理由，退回重新提出决定意见"),
}
