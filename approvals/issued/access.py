"""Whose issued papers an official may read, serve, correct and declare void."""

from datetime import datetime

from django.utils import timezone

from applications import door
from applications.models import Application
from approvals import scope
from papers import reading, serving
from papers.models import Paper
from people.finding import one_of
from people.models import Office, Post, User
from people.posts import Standing, holds, in_force, posts_of, standing
from people.refusals import NotFound, Refused
from people.roles import CASE_ROLES, DESK_ROLES

# Who signs for an office, the highest first, and what the act asks for.
SIGNERS = (("approver", "decide_cases"), ("reviewer", "review_cases"), ("clerk", "accept_cases"))


def paper_for(user: User, public_id: str, pk: int, at: datetime) -> Paper:
    """One paper of a case the user may see. Raises NotFound."""
    if not scope.visible_cases(user, at).filter(public_id=public_id).exists():
        raise NotFound()
    return one_of(reading.papers_of(public_id), pk=pk)


def office_standing(user: User, application: Application, paper: Paper, at: datetime) -> Standing | None:
    """As what the user may act on a paper for the office that issued it; None where they may not.

    Parties of the case and those close to one are kept out.
    """
    if door.recused(application, user):
        return None
    scheme = application.scheme_code
    found = (standing(user, role, paper.office, "view_cases", at, scheme) for role in sorted(CASE_ROLES))
    return next((one for one in found if one is not None), None)


def act_for(case: door.Case, paper: Paper) -> None:
    """Check that the user may act for the issuing office, and for whom they do. Raises Refused."""
    assert case.user is not None
    found = office_standing(case.user, case.application, paper, case.at)
    if found is None:
        raise Refused(code="not_our_paper")
    case.on_behalf_of = found.for_user


def may_sign(user: User, application: Application, paper: Paper, at: datetime) -> bool:
    """Whether the user signs for the issuing office: on a post of their own, in the office's highest deciding role."""
    role, permission = _signing_role(paper.office, at)
    return not door.recused(application, user) and holds(user, role, paper.office, permission, at)


def may_amend_service(user: User, application: Application, paper: Paper, at: datetime) -> bool:
    """Whether the user may replace the record of a service: what the person confirmed online, only who signs."""
    if serving.confirmed_on(paper) is not None:
        return may_sign(user, application, paper, at)
    return office_standing(user, application, paper, at) is not None


def may_void(user: User, application: Application, paper: Paper, at: datetime) -> bool:
    """Whether the user may declare a paper void: who signs for the office, or who oversees it."""
    overseer = not door.recused(application, user) and holds(user, "supervisor", paper.office, "manage_work", at)
    return overseer or may_sign(user, application, paper, at)


def _signing_role(office: Office, at: datetime) -> tuple[str, str]:
    posts = Post.objects.filter(in_force(timezone.localdate(at)), office=office, user__is_active=True)
    held = set(posts.values_list("role", flat=True))
    return next((one for one in SIGNERS if one[0] in held), SIGNERS[0])


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices whose papers the user oversees in lists: where they hold a desk post of their own."""
    offices = {post.office_id: post.office for post in posts_of(user, at) if post.role in DESK_ROLES}
    return [offices[key] for key in sorted(offices)]
