"""Whose envelopes an official sees, and for which offices they may ask for money."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from benefits import budgets
from benefits.models import Budget, BudgetRequest
from payouts import scope
from people.finding import one_of
from people.models import Division, Office, Post, User
from people.posts import holds, in_force, posts_of
from people.refusals import Invalid, NotFound

# Who speaks for a line office 业务股室 when it asks finance for money, and by which permission of theirs.
LINE_ROLES = {"approver": "decide_cases", "supervisor": "manage_work"}
LINE_FUNCTIONS = frozenset(
    {Office.Function.DPF, Office.Function.HRSS, Office.Function.CIVIL_AFFAIRS, Office.Function.EDUCATION_SPORTS}
)


def line_offices(user: User, at: datetime) -> list[Office]:
    """The line offices for which the user may ask."""
    found = {
        post.office_id: post.office
        for post in posts_of(user, at)
        if post.office.function in LINE_FUNCTIONS
        and post.role in LINE_ROLES
        and holds(user, post.role, post.office, LINE_ROLES[post.role], at)
    }
    return sorted(found.values(), key=lambda office: (office.division_id, office.pk))


def making_offices(user: User, at: datetime) -> list[Office]:
    """The finance bureaus for which the user makes proposals of their own."""
    return [office for office in scope.finance_offices(user, at) if scope.may(user, scope.MAKER, office, at)]


def asking_office(user: User, office_id: int, at: datetime) -> Office:
    """One of either kind. Raises NotFound."""
    for office in [*line_offices(user, at), *making_offices(user, at)]:
        if office.pk == office_id:
            return office
    raise NotFound()


def envelopes_of(user: User, at: datetime) -> QuerySet[Budget]:
    """The envelopes of the divisions whose money the user makes or checks."""
    return Budget.objects.filter(division__in=_divisions(user, at)).select_related("division")


def envelope_of(user: User, pk: int, at: datetime) -> Budget:
    """One of them. Raises NotFound."""
    return one_of(envelopes_of(user, at), pk=pk)


def requests_of(user: User, at: datetime) -> QuerySet[BudgetRequest]:
    """What was asked of the user's bureaus, and what the user's own line offices asked."""
    mine = Q(division__in=_divisions(user, at)) | Q(office__in=line_offices(user, at))
    related = ("division", "to_division", "office__division", "requested_by", "decided_by")
    return BudgetRequest.objects.filter(mine).select_related(*related)


def request_of(user: User, pk: int, at: datetime) -> BudgetRequest:
    """One of them. Raises NotFound."""
    return one_of(requests_of(user, at), pk=pk)


def place_of(office: Office, scheme: str, year: int, at: datetime) -> Division:
    """Whose envelope a line office asks for: the nearest that exists, else the nearest place whose finance bureau has
    somebody to decide on it.

    Raises Invalid where no bureau is in charge.
    """
    found = budgets.envelope_for(scheme, office.division, year)
    if found is not None:
        return found.division
    deciding = Post.objects.filter(in_force(timezone.localdate(at)), role=scope.CHECKER, user__is_active=True)
    bureaus = _bureaus().filter(division__in=office.division.lineage, pk__in=deciding.values("office"))
    places = {bureau.division_id: bureau.division for bureau in bureaus.select_related("division")}
    near = next((places[code] for code in reversed(office.division.lineage) if code in places), None)
    if near is None:
        raise Invalid(_("本地和上级的财政局都没有人能够审核。请先联系管理员。"), code="no_bureau")
    return near


def counties_under(office: Office) -> list[Division]:
    """Where a bureau can put a part of its envelope: the places next below its own that have a bureau, too."""
    below = Division.objects.filter(parent=office.division_id, retired=False)
    return list(below.filter(pk__in=_bureaus().values("division")).order_by("pk"))


def has_bureau(division: str) -> bool:
    """Whether a place has a finance bureau, which alone sees, pays and gives back what is in its envelopes."""
    return _bureaus().filter(division=division).exists()


def _bureaus() -> QuerySet[Office]:
    return Office.objects.filter(function=Office.Function.FINANCE)


def _divisions(user: User, at: datetime) -> list[str]:
    return sorted({office.division_id for office in scope.finance_offices(user, at)})
