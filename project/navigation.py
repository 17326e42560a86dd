"""Which rooms of the site a visitor sees in the service navigation: the roles decide, the pages check again."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.consulting.who import ANSWERING_ROLES
from archives.access import ARCHIVE_ROLES
from helping.standing.asking import HELPING_ROLES
from people.posts import roles_of
from people.roles import CASE_ROLES, DESK_ROLES, MONEY_ROLES, POLICY_ROLES

APPLICANT = "applicant"
SIGNED_IN_APPLICANT = "signed_in_applicant"
EVERYONE = "everyone"


@dataclass(frozen=True)
class Entry:
    """One link of the navigation: where it leads, what it says and whom it is for (any of the audiences).

    `holds`: rooms reached from there that have no link of their own for everybody who may enter them.
    """

    url_name: str
    label: Promise | str
    audiences: frozenset[str]
    holds: tuple[str, ...] = ()


ENTRIES = (
    Entry("approvals:inbox", _("待办"), DESK_ROLES, ("helping:letters",)),
    Entry("approvals:asked", _("征求意见"), ANSWERING_ROLES),
    Entry("approvals:visits", _("入户核查"), CASE_ROLES),
    Entry("approvals:dossiers", _("批次卷"), CASE_ROLES),
    Entry("helping:rosters", _("村（社区）帮办"), HELPING_ROLES),
    Entry("archives:index", _("档案"), ARCHIVE_ROLES),
    Entry("approvals:supervise", _("督办"), frozenset({"supervisor"})),
    Entry("approvals:ratings", _("差评"), frozenset({"supervisor"})),
    Entry("approvals:not_told", _("没有送到的通知"), frozenset({"supervisor", "system_administrator"})),
    Entry("reports:index", _("年度报告"), frozenset({"supervisor"})),
    Entry("approvals:waiting", _("等待名单"), frozenset({"approver", "supervisor"})),
    Entry("budget_requests:own", _("申请预算"), frozenset({"approver", "supervisor"})),
    Entry("approvals:labels", _("标签和字段"), frozenset({"supervisor"})),
    Entry("payouts:index", _("资金"), MONEY_ROLES),
    Entry("policy_work:desk", _("政策工作台"), POLICY_ROLES),
    Entry("policy:index", _("政策"), POLICY_ROLES),
    Entry("helping:counter", _("窗口代办"), frozenset({"clerk"}), ("helping:schools", "helping:invites")),
    Entry("helping:invites", _("政策找人"), frozenset({"reviewer"})),
    Entry("helping:hotline", _("电话查询"), frozenset({"hotline"})),
    Entry("staff:index", _("人员"), frozenset({"administrator"})),
    Entry("security:index", _("账号安全"), frozenset({"administrator"})),
    Entry("security:lost_factors", _("第二步登录丢失"), frozenset({"system_administrator"})),
    Entry("approvals:paper_queue", _("文书生成"), frozenset({"administrator"})),
    Entry("offices:index", _("机关名录"), frozenset({"system_administrator"})),
    Entry("audit:index", _("审计"), frozenset({"auditor"})),
    Entry("apply:index", _("办事事项"), frozenset({APPLICANT})),
    Entry("applications:list", _("我的申请"), frozenset({SIGNED_IN_APPLICANT})),
    Entry("my_data:show", _("我的个人信息"), frozenset({SIGNED_IN_APPLICANT})),
    Entry("telling:index", _("通知"), frozenset({SIGNED_IN_APPLICANT})),
    Entry("notices:list", _("公示"), frozenset({EVERYONE})),
    Entry("papers:verify", _("文书核验"), frozenset({EVERYONE})),
)


def audiences_of(user) -> frozenset[str]:
    """The audiences a visitor belongs to: every role held today, or applicant when none is held."""
    roles = roles_of(user)
    if roles:
        return frozenset(roles | {EVERYONE})
    return frozenset({EVERYONE, APPLICANT} | ({SIGNED_IN_APPLICANT} if user.is_authenticated else set()))


def _address(url_name: str) -> str:
    """The address behind a URL name; empty when this site does not mount that room."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def room_of(path: str) -> str:
    """What the navigation calls the room a path of this site lies in; "" where it has no link."""
    rooms = [(address, entry.label) for entry in ENTRIES if (address := _address(entry.url_name))]
    inside = [(address, label) for address, label in rooms if path.startswith(address)]
    return str(max(inside, key=lambda room: len(room[0]))[1]) if inside else ""


def links_for(audiences: frozenset[str], path: str) -> list[dict]:
    """``url``, ``label`` and ``current`` of each link these audiences see, in reading order.

    Of rooms that lie in one another (政策 and its desk) the innermost is the current one; a room without a link of its
    own marks the one it is reached from.
    """
    seen = [(_address(entry.url_name), entry) for entry in ENTRIES if entry.audiences & audiences]
    rooms = {_address(name): url for url, entry in seen for name in entry.holds} | {url: url for url, _entry in seen}
    here = max((room for room in rooms if room and path.startswith(room)), key=len, default="")
    return [{"url": url, "label": entry.label, "current": url == rooms.get(here)} for url, entry in seen if url]


def nav_for(request: HttpRequest) -> list[dict]:
    """The navigation of one request."""
    return links_for(audiences_of(request.user), request.path)
