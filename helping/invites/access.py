"""Who may hold rosters against rules and invite people: case officials of the offices that look after people."""

from datetime import datetime

from people.models import Office, User
from people.posts import posts_of
from people.refusals import NotFound

ROLES = frozenset({"clerk", "reviewer"})
FUNCTIONS = frozenset(
    {
        Office.Function.DPF,
        Office.Function.HRSS,
        Office.Function.CIVIL_AFFAIRS,
        Office.Function.EDUCATION_SPORTS,
    }
)


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices in whose name the user may do it, by their own posts."""
    held = [post.office for post in posts_of(user, at) if post.role in ROLES and post.office.function in FUNCTIONS]
    return list({office.pk: office for office in held}.values())


def office_of(user: User, pk: int, at: datetime) -> Office:
    """One of them. Raises NotFound."""
    found = next((office for office in offices_of(user, at) if office.pk == pk), None)
    if found is None:
        raise NotFound()
    return found
