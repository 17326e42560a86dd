"""Why a student's draft was not made or not filed: codes, and the words for them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONSENT, ANSWERS, PAPERS, ERASED, FAULT = "no_consent", "no_answers", "no_papers", "erased", "fault"
INVALID, NOT_MADE, NOT_YOURS, STAYS = "invalid", "not_made", "not_yours", "stays"
WORDS: dict[str, Promise] = {
    CONSENT: _("学生还没有同意"),
    ANSWERS: _("还有必答的问题没有填写"),
    PAPERS: _("还有材料没有上传"),
    ERASED: _("草稿放得太久，已经删除，请重新申请"),
    FAULT: _("系统出错，请再试一次；仍然不行请联系管理员"),
    NOT_MADE: _("这一行不能生成申请，请更正后放进新的文件上传"),
    NOT_YOURS: _("还在原来的同事名下，请再选“由我接着办”"),
    STAYS: _("接手的同事审核过，或者是他自己的申请，仍由原来的同事办理"),
    "no_mandate": _("学生还没有同意"),
    "beyond_mandate": _("学生的同意里没有这一项"),
    "once_for_life": _("这名学生已经申请过"),
    "not_open": _("不在申报期内，或者名额已满"),
    INVALID: _("填写的内容不正确，请打开核对"),
    "not_found": _("学生已经停止由学校办理"),
}


def words_of(code: str) -> str:
    """The reason; "" where it was not tried, or was done."""
    return str(WORDS.get(code, WORDS[INVALID])) if code else ""
