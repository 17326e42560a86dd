"""Which offices' money an official may see and move: one function guards every page, file and act."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from payouts.models import Batch
from people.finding import one_of
from people.models import Office, Post, User
from people.posts import holds, posts_of
from people.refusals import NotFound, Refused
from people.roles import MONEY_ROLES

MAKER, CHECKER = "finance_maker", "finance_checker"
PERMISSION = {MAKER: "make_batches", CHECKER: "check_batches"}


def finance_offices(user: User, at: datetime | None = None) -> list[Office]:
    """The finance bureaus where the user makes or checks batches, in order of division."""
    posts = posts_of(user, at)
    found = {post.office_id: post.office for post in posts if post.role in MONEY_ROLES and _pays(post.office)}
    return sorted(found.values(), key=lambda office: (office.division_id, office.pk))


def finance_office(user: User, office_id: int, at: datetime | None = None) -> Office:
    """One of them. Raises NotFound."""
    for office in finance_offices(user, at):
        if office.pk == office_id:
            return office
    raise NotFound()


def batches_of(user: User, at: datetime | None = None) -> QuerySet[Batch]:
    """The batches of those offices."""
    return Batch.objects.filter(office__in=finance_offices(user, at)).select_related(
        "office__division", "data_key", "maker", "checker", "discarded_by", "cover__data_key"
    )


def batch_of(user: User, number: str, at: datetime | None = None) -> Batch:
    """One of them. Raises NotFound."""
    return one_of(batches_of(user, at), number=number)


def may(user: User, role: str, office: Office, at: datetime) -> bool:
    """Whether the user acts as maker, or as checker, at a finance bureau then: a post in force and its permission."""
    return _pays(office) and holds(user, role, office, PERMISSION[role], at)


def require(user: User, role: str, office: Office, at: datetime) -> None:
    """Raise NotFound for a stranger to the office's money, Refused for a colleague without this role."""
    if may(user, role, office, at):
        return
    finance_office(user, office.pk, at)
    raise Refused(_("这一步须由%(role)s岗位办理。") % {"role": Post.Role(role).label}, code="other_role")


def _pays(office: Office) -> bool:
    return office.function == Office.Function.FINANCE
