"""What came of a thing, in the applicant's words: events carry codes, codes never stand alone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.models import Event

# By action: under which key an event says its result, and each result in words.
RESULTS: dict[str, tuple[str, dict[str, Promise]]] = {
    "phase_out.change_settled": (
        "effect",
        {
            "none": _("不影响待遇，照常发放。"),
            "adjusted": _("以后各月的金额有调整，各月多少见“发放情况”。"),
            "reverted": _("人均收入又在低保标准以内，恢复正常享受，渐退期不再计算。"),
            "terminated": _("渐退期提前终止，以后月份不再发放。理由和不服时的办法写在文书里。"),
        },
    ),
    "waiver.change_settled": (
        "result",
        {
            "nothing": _("不影响减免。"),
            "moved": _("登记了新的经营地点，减免不变。"),
            "ended": _("减免已经终止。"),
            "revival": _("打算恢复缴纳，另案办理，会先听取您的意见。"),
        },
    ),
    "waiver.checked": (
        "result",
        {
            "ok": _("符合，减免继续。"),
            "unclear": _("还有情况要查明，减免暂时不变。"),
            "revival": _("有恢复缴纳的情形，另案办理，会先听取您的意见。"),
        },
    ),
    "complaint.answered": (
        "result",
        {
            "upheld": _("成立。答复写在这一页的“您的投诉和申诉”里。"),
            "dismissed": _("不成立。理由写在这一页的“您的投诉和申诉”里。"),
        },
    ),
    "ex_officio.imposed": (
        "kind",
        {
            "stop": _("以后不再发放或者不再享受。"),
            "reduce": _("以后各期减少发放。"),
            "revoke": _("原来的批准撤销。"),
            "recover": _("已经发放的全部或者一部分要退回。"),
            "revive": _("减免终止，恢复缴纳。"),
        },
    ),
    "payment.returned": (
        "then",
        {"owed": _("这一笔会重新发放。账号不对的，请更正收款账号。"), "stopped": _("这一笔按后来的决定不再发放。")},
    ),
}


def result_words(event: Event) -> str:
    """What came of the thing an event tells; "" where the event says nothing of it."""
    key, words = RESULTS.get(event.action, ("", {}))
    return str(words.get(event.data.get(key, ""), ""))
