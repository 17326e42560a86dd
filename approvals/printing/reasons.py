"""Why papers were not made, in words that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.attempts import INTERRUPTED
from papers.engine.interface import DIED, OUT_OF_MEMORY, TIMEOUT
from papers.seals import faults

WORDS: dict[str, Promise] = {
    TIMEOUT: gettext_lazy("生成超过了规定时间。可以重新生成；再次超时的，文书内容可能过长，请告知系统管理员。"),
    OUT_OF_MEMORY: gettext_lazy("生成占用的内存超过了规定。文书内容可能过长，请告知系统管理员。"),
    DIED: gettext_lazy("生成程序意外结束。可以重新生成；再次发生的，请告知系统管理员。"),
    INTERRUPTED: gettext_lazy("后台程序多次中断，没有做完。可以重新生成。"),
    "RendererFault": gettext_lazy("文书中有一部分画不出来，为免缺漏没有生成。请告知系统管理员。"),
    "FetchRefused": gettext_lazy("文书要用到它自身以外的内容，已被拒绝。请告知系统管理员。"),
    "Altered": gettext_lazy("存储的文书内容同签发时不一致，不能生成。请告知系统管理员查明原因。"),
    "Undecipherable": gettext_lazy("存储的文书内容无法解密。请告知系统管理员查明原因。"),
    "KeyDestroyed": gettext_lazy("文书的密钥已经销毁，不能再生成。"),
} | faults.WORDS


def reason(failure: str) -> str:
    """What is said of a kind of failure; one without words yet is shown by its kind, which quotes nothing."""
    if failure in WORDS:
        return str(WORDS[failure])
    return _("生成时出错（%(kind)s）。可以重新生成；再次发生的，请告知系统管理员。") % {"kind": failure}
