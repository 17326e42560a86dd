"""What a helper may do 代办范围, each by itself."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helping.models import Mandate
from people.joining import listed

APPLY, FOLLOW, CORRECT, RECEIVE = "apply", "follow", "correct", "receive"
EVERYTHING = frozenset({APPLY, FOLLOW, CORRECT, RECEIVE})
LABELS: dict[str, Promise] = {
    APPLY: _("填写和提交申请"),
    FOLLOW: _("查看进度和结果"),
    CORRECT: _("补正材料"),
    RECEIVE: _("代收文书"),
}


# What no single scope names: see limits.NEEDED.
SPEAKING = _("撤回、报告变化、陈述申辩、换收款账号、投诉")


def sentence_of(given: Iterable[frozenset[str]]) -> str:
    """What a helper with mandates of these scopes may do, what is left out, and who does that."""
    given = list(given)
    held = frozenset().union(*given)
    left = [str(LABELS[scope]) for scope in LABELS if scope not in held]
    left += [] if EVERYTHING in given else [str(SPEAKING)]
    text = _("本人授权您：%(held)s。这里没有列出的事您不能办：%(left)s。这些由本人办理，或者请本人另行授权。")
    there = [str(LABELS[scope]) for scope in LABELS if scope in held]
    return text % {"held": listed(there), "left": listed(left)}


def columns(scopes: Iterable[str]) -> dict[str, bool]:
    """The columns of a mandate that say what it allows. Raises ValueError for a scope that is none."""
    given = frozenset(scopes)
    if given - EVERYTHING:
        raise ValueError(f"no such scope: {sorted(given - EVERYTHING)}")
    return {f"may_{scope}": scope in given for scope in sorted(EVERYTHING)}


def scopes_of(mandate: Mandate) -> list[str]:
    """What a mandate allows, in the order it is told."""
    return [scope for scope in LABELS if getattr(mandate, f"may_{scope}")]
