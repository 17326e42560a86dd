"""The demonstration's accounts: those printed at the start, and officials of the other counties."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib.auth.hashers import make_password

from people.models import Office, User
from people.posts import appoint
from project.demo.directory import HONGHE, KAIYUAN, MENGZI, counties

PASSWORD = "Demo-2026-only!"  # noqa: S105 - printed on purpose; these accounts exist only where DEMO=1
SINCE = date(2025, 1, 1)
BUREAUS = ("hrss", "civil_affairs", "education_sports")
# The federation accepts and decides its own matters. Its two reviewers are other people: one visits, one reviews.
DECIDING = (*BUREAUS, "dpf")
BOTH_CENTRES = ("welfare_lottery", "sports_lottery")

APPLICANTS = {"applicant": "申请人甲", "applicant2": "申请人乙", "helper": "代办人丙"}
# account: (name, role, office functions, division)
OFFICIALS: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "county-clerk": ("市级受理岗·白", "clerk", DECIDING, MENGZI),
    "county-reviewer": ("市级审核岗·李", "reviewer", BUREAUS, MENGZI),
    "county-approver": ("市级审批岗·普", "approver", DECIDING, MENGZI),
    "other-county": ("开远审核岗·马", "reviewer", BUREAUS, KAIYUAN),
    "prefecture-reviewer": ("州级审核岗·杨", "reviewer", BUREAUS, HONGHE),
    "prefecture-approver": ("州级审批岗·陈", "approver", DECIDING, HONGHE),
    "dpf": ("蒙自残联·段", "reviewer", ("dpf",), MENGZI),
    "dpf-second": ("蒙自残联复核岗·高", "reviewer", ("dpf",), MENGZI),
    "county-supervisor": ("市级督办岗·尹", "supervisor", BUREAUS, MENGZI),
    "expert": ("外聘专家·沈", "expert", ("dpf",), MENGZI),
    "lottery-centre": ("彩票中心·何", "clerk", BOTH_CENTRES, HONGHE),
    "finance-maker": ("州财政制单岗·周", "finance_maker", ("finance",), HONGHE),
    "finance-checker": ("州财政复核岗·罗", "finance_checker", ("finance",), HONGHE),
    "policy-editor": ("州政策编辑岗·赵", "policy_editor", ("government",), HONGHE),
    "policy-publisher": ("州政策发布岗·吴", "policy_publisher", ("government",), HONGHE),
    "auditor": ("州审计岗·孙", "auditor", ("government",), HONGHE),
    "hotline": ("热线话务员·方", "hotline", ("government",), MENGZI),
    "admin": ("州安全管理岗·朱", "administrator", ("government",), HONGHE),
    "system-admin": ("州系统管理岗·钱", "system_administrator", ("government",), HONGHE),
}
# Who accepts and publishes does not answer the objections.
# Who keeps a roster of a village helps there, and sees no case but those they began.
TOWNSHIP_OFFICIALS = (
    ("township", "街道经办人", "clerk"),
    ("township-reviewer", "街道复核人", "reviewer"),
    ("village-clerk", "村帮办员·杨", "village_clerk"),
)
PRINTED = (*APPLICANTS, "school", "township", "village-clerk", *(name for name in OFFICIALS if name != "dpf-second"))


def build() -> dict[str, User]:
    """Create accounts and posts that are not there yet; every account by its name."""
    password = make_password(PASSWORD)
    users = {name: _account(name, full_name, password) for name, full_name in APPLICANTS.items()}
    for name, (full_name, role, functions, division) in OFFICIALS.items():
        users[name] = _account(name, full_name, password)
        for office in Office.objects.filter(division_id=division, function__in=functions):
            appoint(users[name], office, role, SINCE)
    users["school"] = _account("school", "学校经办人", password)
    _appoint_all(users["school"], "clerk", Office.objects.filter(division_id=MENGZI, function="school"))
    townships = Office.objects.filter(division__parent_id=MENGZI, function="township")
    for name, full_name, role in TOWNSHIP_OFFICIALS:
        users[name] = _account(name, full_name, password)
        _appoint_all(users[name], role, townships)
    for name, full_name, role, offices in _other_counties():
        users[name] = _account(name, full_name, password)
        _appoint_all(users[name], role, offices)
    return users


def _appoint_all(user: User, role: str, offices: Iterable[Office]) -> None:
    for office in offices:
        appoint(user, office, role, SINCE)


def _other_counties() -> Iterator[tuple[str, str, str, list[Office]]]:
    for region in counties():
        code = region.division.pk
        if code == MENGZI:
            continue
        bureaus = list(Office.objects.filter(division_id=code, function__in=BUREAUS))
        deciding = list(Office.objects.filter(division_id=code, function__in=DECIDING))
        local = Office.objects.filter(division__parent_id=code, function="township") | Office.objects.filter(
            division_id=code, function="school"
        )
        yield f"clerk-{code}", f"{region.name}受理岗", "clerk", deciding
        yield f"reviewer-{code}", f"{region.name}审核岗", "reviewer", bureaus
        yield f"approver-{code}", f"{region.name}审批岗", "approver", deciding
        yield (
            f"dpf-{code}",
            f"{region.name}残联",
            "reviewer",
            list(Office.objects.filter(division_id=code, function="dpf")),
        )
        yield f"local-{code}", f"{region.name}基层经办人", "clerk", list(local)
        yield f"local-reviewer-{code}", f"{region.name}基层复核人", "reviewer", list(local.filter(function="township"))


def _account(name: str, full_name: str, password: str) -> User:
    user, _created = User.objects.get_or_create(username=name, defaults={"full_name": full_name, "password": password})
    return user
