"""Who looked at one's cases: when, what, of which office and in which post; never by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from people.joining import listed
from people.models import Post

READER = "reader:"
SHOWN = 200
WHAT: dict[str, Promise] = {
    "case.read": gettext_lazy("查看申请"),
    "case.unmasked": gettext_lazy("查看完整号码"),
    "attachment.read": gettext_lazy("打开材料"),
    "paper.read": gettext_lazy("打开文书"),
    "messages.read": gettext_lazy("查看留言"),
    "trail.read": gettext_lazy("查阅办理轨迹"),
}


@dataclass(frozen=True)
class Read:
    """One look at a case: when, at which (by its public id), what, and who by office and post."""

    at: datetime
    case: str
    what: str
    who: str


def reads_of(cases: Iterable[str], own: str) -> list[Read]:
    """The latest looks of others at these cases, newest first. Unmasking is noted in the case's own record."""
    looks = Q(stream__startswith=READER) | Q(action="case.unmasked")
    events = list(Event.objects.filter(looks, subject__in=list(cases)).exclude(actor=own).order_by("-pk")[:SHOWN])
    posts = _posts({event.actor for event in events})
    return [
        Read(event.at, event.subject, _what(event.action), _who(posts.get(event.actor, []), event.at))
        for event in events
    ]


def _what(action: str) -> str:
    return str(WHAT[action]) if action in WHAT else _("查看")


def _posts(names: set[str]) -> dict[str, list[Post]]:
    found: dict[str, list[Post]] = {}
    for post in Post.objects.filter(user__username__in=names).select_related("user", "office").order_by("pk"):
        found.setdefault(post.user.username, []).append(post)
    return found


def _who(posts: list[Post], at: datetime) -> str:
    held = [post for post in posts if _held(post, timezone.localdate(at))]
    return listed(f"{post.office.label} {post.get_role_display()}" for post in held) or _("不在岗位上的账号")


def _held(post: Post, on: date) -> bool:
    return post.starts <= on and (post.ends is None or post.ends >= on)
