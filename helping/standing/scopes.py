"""What a helper may do 代办范围, each by itself."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from helping.models import Mandate

APPLY, FOLLOW, CORRECT, RECEIVE = "apply", "follow", "correct", "receive"
EVERYTHING = frozenset({APPLY, FOLLOW, CORRECT, RECEIVE})
LABELS: dict[str, Promise] = {
    APPLY: _("填写和提交申请"),
    FOLLOW: _("查看进度和结果"),
    CORRECT: _("补正材料"),
    RECEIVE: _("代收文书"),
}


def columns(scopes: Iterable[str]) -> dict[str, bool]:
    """The columns of a mandate that say what it allows. Raises ValueError for a scope that is none."""
    given = frozenset(scopes)
    if given - EVERYTHING:
        raise ValueError(f"no such scope: {sorted(given - EVERYTHING)}")
    return {f"may_{scope}": scope in given for scope in sorted(EVERYTHING)}


def scopes_of(mandate: Mandate) -> list[str]:
    """What a mandate allows, in the order it is told."""
    return [scope for scope in LABELS if getattr(mandate, f"may_{scope}")]
