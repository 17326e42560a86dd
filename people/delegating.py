"""Lending a post 代理 and taking it back. Each is an event in the stream of the office."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import chain
from people.models import Delegation, Office, Post, User
from people.posts import holds, in_force
from people.refusals import Conflict, Invalid, NotFound
from people.roles import CASE_ROLES

# assumed: no text of ours limits it. Who is away for longer is replaced by an appointment.
LONGEST_YEARS = 1
SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Terms:
    """What a delegation says: to whom (account), from which day to which, for which schemes (none: all), by which
    document.
    """

    to: str
    starts: date
    ends: date
    document_number: str
    schemes: Collection[str] = ()


def lend(by: User, post_id: int, terms: Terms, at: datetime) -> Delegation:
    """Lend a post: one's own, or as supervisor one of the office's for somebody on leave.

    Raises NotFound for a post that is not theirs to lend, Invalid naming what is wrong with the terms.
    """
    with transaction.atomic():
        post = _post_to_lend(by, post_id, at)
        to = _receiver(post, terms.to, at)
        _check(by, post, to, terms, timezone.localdate(at))
        delegation = Delegation.objects.create(
            post=post,
            lender=post.user,
            to=to,
            starts=terms.starts,
            ends=terms.ends,
            schemes=sorted(terms.schemes),
            document_number=terms.document_number.strip(),
            made_by=by,
            made_at=at,
        )
        _record("delegation.made", delegation, by, at)
    return delegation


def revoke(by: User, delegation_id: int, at: datetime) -> Delegation:
    """End a delegation at once: by the lender, by who received it, by a supervisor of the office.

    Raises NotFound for others, Conflict when it was revoked before.
    """
    with transaction.atomic():
        rows = Delegation.objects.select_for_update(of=("self",), no_key=True).select_related("post__office", "to")
        delegation = rows.filter(pk=delegation_id).first()
        if delegation is None or not may_revoke(by, delegation, at):
            raise NotFound()
        if delegation.revoked_at is not None:
            raise Conflict(_("这项代理已经收回。"), code="revoked")
        delegation.revoked_at, delegation.revoked_by = at, by
        delegation.save(update_fields=["revoked_at", "revoked_by"])
        _record("delegation.revoked", delegation, by, at)
    return delegation


def lock(delegation: Delegation) -> bool:
    """Whether a delegation still stands; it can then not be revoked before the caller's transaction ends."""
    rows = Delegation.objects.select_for_update(no_key=True).filter(pk=delegation.pk, revoked_at__isnull=True)
    return rows.first() is not None


def may_revoke(user: User, delegation: Delegation, at: datetime) -> bool:
    """Whether the user may take a delegation back."""
    if user.pk in (delegation.lender_id, delegation.to_id):
        return True
    return holds(user, SUPERVISOR, delegation.post.office, "manage_work", at)


def lendable(posts: QuerySet[Post], at: datetime) -> list[Post]:
    """Of some posts those that can be lent: case posts, in force or about to begin."""
    day = timezone.localdate(at)
    still = Q(withdrawn=False) & (Q(ends__isnull=True) | Q(ends__gte=day))
    return list(posts.filter(still, role__in=CASE_ROLES).select_related("user", "office__division"))


def supervised_offices(user: User, at: datetime) -> list[Office]:
    """The offices whose work the user oversees."""
    posts = user.posts.filter(in_force(timezone.localdate(at)), role=SUPERVISOR).select_related("office__division")
    return [post.office for post in posts if holds(user, SUPERVISOR, post.office, "manage_work", at)]


def receivers(offices: Collection[Office], at: datetime) -> list[User]:
    """Who may be lent a post of these offices: officials with a case post in the same division."""
    divisions = {office.division_id for office in offices}
    return list(_case_officials(divisions, at).order_by("full_name", "username"))


def _case_officials(divisions: Collection[str], at: datetime) -> QuerySet[User]:
    posts = Post.objects.filter(
        in_force(timezone.localdate(at)), role__in=CASE_ROLES, office__division_id__in=divisions
    )
    return User.objects.filter(is_active=True, pk__in=posts.values("user"))


def _post_to_lend(by: User, post_id: int, at: datetime) -> Post:
    """Locked, so that the same delegation is not made twice at one moment."""
    rows = Post.objects.select_for_update(of=("self",), no_key=True).select_related("user", "office__division")
    post = rows.filter(pk=post_id, withdrawn=False).first()
    if post is None or (post.user_id != by.pk and not holds(by, SUPERVISOR, post.office, "manage_work", at)):
        raise NotFound()
    if post.role not in CASE_ROLES:
        text = _("只有受理、审核、审批岗位可以代理。其他岗位请由管理员任命临时人员。")
        raise Invalid(errors={"post": text}, code="not_lendable")
    return post


def _receiver(post: Post, username: str, at: datetime) -> User:
    found = _case_officials({post.office.division_id}, at).filter(username=username.strip()).first()
    if found is None:
        text = _("代理人须是本地（同一行政区划）有受理、审核或审批岗位的工作人员，请核对账号。")
        raise Invalid(errors={"to": text}, code="no_such_colleague")
    return found


def _check(by: User, post: Post, to: User, terms: Terms, today: date) -> None:
    errors = _errors_of_days(post, terms, today)
    if to.pk == post.user_id:
        errors["to"] = _("不能由本人代理本人，请选择另一位同事。")
    elif to.pk == by.pk:
        errors["to"] = _("督办人不能把别人的岗位安排给自己代理，请选择另一位同事。")
    if not terms.document_number.strip():
        errors["document_number"] = _("请填写代理文书文号。")
    if errors:
        raise Invalid(errors=errors)
    overlapping = Delegation.objects.filter(post=post, to=to, revoked_at__isnull=True)
    if overlapping.filter(starts__lte=terms.ends, ends__gte=terms.starts).exists():
        raise Invalid(errors={"to": _("这位同事在这段时间已经代理这个岗位。需要更改的，请先收回原来的代理。")})


def _errors_of_days(post: Post, terms: Terms, today: date) -> dict[str, str]:
    errors = {}
    if terms.starts < today:
        errors["starts"] = _("代理不能从过去的日期开始，请填写今天或以后的日期。")
    if terms.ends < terms.starts:
        errors["ends"] = _("代理的最后一天不能早于第一天。")
    elif terms.ends > a_year_after(terms.starts):
        errors["ends"] = _("代理最长一年。需要更久的，请由管理员任命。")
    elif post.ends is not None and terms.ends > post.ends:
        errors["ends"] = _("这个岗位到%(day)s为止，代理不能更久。") % {"day": post.ends.isoformat()}
    return errors


def a_year_after(day: date) -> date:
    """The last day that lies within a year of a day; 29 February counts as the 28th."""
    clamped = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return clamped.replace(year=day.year + LONGEST_YEARS)


def _record(action: str, delegation: Delegation, by: User, at: datetime) -> None:
    data = {
        "delegation": delegation.pk,
        "post": delegation.post_id,
        "role": delegation.post.role,
        "lender": delegation.lender.username,
        "to": delegation.to.username,
        "starts": delegation.starts.isoformat(),
        "ends": delegation.ends.isoformat(),
        "schemes": list(delegation.schemes),
    }
    chain.append(f"staff:{delegation.post.office_id}", action, actor=by.username, at=at, data=data)
