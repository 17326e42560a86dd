"""What an administrator does: offices in their area, posts given and ended, accounts made for officials.

An administrator's area is the division of the office at which they hold that post, and all that lies in it. Nobody
appoints themselves; whoever watches over an area (the three administrators) is appointed from above it. Every
appointment and ending is an event in the stream of the office.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from audit import chain
from people import grants, posts
from people.areas import inside
from people.finding import one_of
from people.models import Office, Post, User
from people.posts import in_force, posts_of
from people.refusals import Conflict, Invalid, NotFound

ADMINISTRATOR = "administrator"
# Who watches over an area is not appointed from within it.
FROM_ABOVE = frozenset({"administrator", "auditor", "system_administrator"})
SOON = timedelta(days=30)
PASSWORD_LENGTH = 16
# No characters that are mistaken for one another when a password is read aloud or from paper.
PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # noqa: S105 - an alphabet


@dataclass(frozen=True)
class Appointment:
    """Who (account) gets which role, from which day, to which (None: until it is ended)."""

    username: str
    role: str
    starts: date
    ends: date | None = None


def area_of(user: User, at: datetime) -> list[str]:
    """The codes of the divisions for which the user administers posts then."""
    held = [post for post in posts_of(user, at) if post.role == ADMINISTRATOR]
    granted = set(grants.offices_where(user, "manage_posts").values_list("pk", flat=True)) if held else set()
    return sorted({post.office.division_id for post in held if post.office_id in granted})


def offices_of(user: User, at: datetime) -> QuerySet[Office]:
    """The offices in the user's area."""
    return Office.objects.filter(inside("division", area_of(user, at)))


def office_of(user: User, office_id: int, at: datetime) -> Office:
    """One of them. Raises NotFound."""
    return one_of(offices_of(user, at).select_related("division"), pk=office_id)


def roles_for(user: User, office: Office, at: datetime) -> list[str]:
    """The roles the user may fill at an office of their area."""
    below = bool(set(area_of(user, at)) & set(office.division.lineage[:-1]))
    return [role for role in Post.Role.values if below or role not in FROM_ABOVE]


def appoint(by: User, office_id: int, wanted: Appointment, at: datetime) -> Post:
    """Give a post. Raises NotFound for an office outside the area, Invalid naming what is wrong, Refused for roles
    that do not go together.
    """
    with transaction.atomic():
        office = office_of(by, office_id, at)
        user = _official(wanted.username)
        _check(by, user, office, wanted, at)
        post = posts.appoint(user, office, wanted.role, wanted.starts, wanted.ends)
        _record("post.given", post, by, at)
    return post


def end_post(by: User, post_id: int, last: date, at: datetime) -> Post:
    """End a post: at once when its last day is today, else by the clock after that day.

    Raises NotFound for a post outside the area, Conflict when it has ended, Invalid for a day that is over.
    """
    with transaction.atomic():
        rows = Post.objects.select_for_update(of=("self",), no_key=True).select_related("user", "office")
        post = rows.filter(pk=post_id, office__in=offices_of(by, at)).first()
        if post is None:
            raise NotFound()
        _check_ending(by, post, last, at)
        if last <= timezone.localdate(at):
            posts.dismiss(post, last)
        else:
            post.ends = last
            post.save(update_fields=["ends"])
        _record("post.ended", post, by, at)
    return post


def may_end(user: User, post: Post, at: datetime) -> bool:
    """Whether the user may end a post: in their area, not their own, and none that watches over it."""
    in_area = offices_of(user, at).filter(pk=post.office_id).exists()
    return in_area and post.user_id != user.pk and post.role in roles_for(user, post.office, at)


def make_account(by: User, office_id: int, username: str, full_name: str, at: datetime) -> tuple[User, str]:
    """A new official's account and its first password, which is kept nowhere and must be changed at first sign-in.

    Raises NotFound for an office outside the area, Invalid naming what is wrong.
    """
    office = office_of(by, office_id, at)
    errors = _errors_of_account(username, full_name)
    if errors:
        raise Invalid(errors=errors)
    password = get_random_string(PASSWORD_LENGTH, PASSWORD_LETTERS)
    try:
        with transaction.atomic():
            user = User.objects.create(
                username=username,
                full_name=full_name.strip(),
                password=make_password(password),
                staff_of=office,
                must_change_password=True,
            )
            data = {"user": user.username}
            chain.append(f"staff:{office.pk}", "account.made", actor=by.username, at=at, data=data)
    except IntegrityError as error:
        raise Invalid(errors={"username": _taken()}) from error
    return user, password


def without_post(user: User, at: datetime) -> QuerySet[User]:
    """Accounts made for the area's offices that hold no post now."""
    day = timezone.localdate(at)
    holding = Post.objects.filter(in_force(day)).values("user")
    accounts = User.objects.filter(is_active=True, staff_of__in=offices_of(user, at)).exclude(pk__in=holding)
    return accounts.select_related("staff_of").order_by("full_name", "username")


def ending_soon(user: User, at: datetime) -> QuerySet[Post]:
    """Posts of the area in force whose last day is within 30 days."""
    day = timezone.localdate(at)
    found = Post.objects.filter(in_force(day), office__in=offices_of(user, at), ends__lte=day + SOON)
    return found.select_related("user", "office").order_by("ends", "pk")


def _official(username: str) -> User:
    """An official's account: made for an office, or with posts now or before. Other accounts are not told of."""
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None or not (user.staff_of_id or user.posts.exists()):
        text = _("没有这个工作人员账号。请核对账号，或者先为其开设账号。")
        raise Invalid(errors={"username": text}, code="no_such_official")
    return user


def _check(by: User, user: User, office: Office, wanted: Appointment, at: datetime) -> None:
    today, errors = timezone.localdate(at), {}
    if user.pk == by.pk:
        errors["username"] = _("不能任命自己。请由上级管理员任命。")
    if wanted.role not in roles_for(by, office, at):
        errors["role"] = _("本级的系统管理、安全管理和审计岗由上级安全管理员任命，请选择其他岗位。")
    if wanted.starts < today:
        errors["starts"] = _("任职不能从过去的日期开始，请填写今天或以后的日期。")
    if wanted.ends is not None and wanted.ends < wanted.starts:
        errors["ends"] = _("最后一天不能早于第一天。")
    held = user.posts.filter(office=office, role=wanted.role, withdrawn=False)
    if not errors and held.exists():
        errors["username"] = _("此人在这个机关已经担任这个岗位。需要更改日期的，请先结束原来的岗位。")
    if errors:
        raise Invalid(errors=errors)


def _check_ending(by: User, post: Post, last: date, at: datetime) -> None:
    if not may_end(by, post, at):
        raise NotFound()
    if post.withdrawn:
        raise Conflict(_("这个岗位已经结束。"), code="ended")
    if last < timezone.localdate(at):
        raise Invalid(errors={"ends": _("最后一天不能是过去的日期，请填写今天或以后的日期。")})
    if last < post.starts and last > timezone.localdate(at):
        raise Invalid(errors={"ends": _("最后一天不能早于第一天。")})


def _errors_of_account(username: str, full_name: str) -> dict[str, str]:
    errors = {}
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        errors["username"] = _("账号只能用字母、数字和 @ . + - _，不能有空格。")
    if User.objects.filter(username__iexact=username).exists():
        errors["username"] = _taken()
    if not full_name.strip():
        errors["full_name"] = _("请填写姓名。")
    return errors


def _taken() -> str:
    return _("这个账号已经有人使用，请换一个。")


def _record(action: str, post: Post, by: User, at: datetime) -> None:
    data = {
        "post": post.pk,
        "user": post.user.username,
        "role": post.role,
        "starts": post.starts.isoformat(),
        "ends": post.ends.isoformat() if post.ends else "",
    }
    chain.append(f"staff:{post.office_id}", action, actor=by.username, at=at, data=data)
