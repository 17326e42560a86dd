"""One true row of what officials lend, hold and keep for themselves."""

from datetime import date

from approvals.models import SavedSearch
from people.models import Delegation, LookPreference, Post, Side
from tests import world


def delegation() -> Delegation:
    """A post lent to a colleague for a month."""
    post = Post.objects.filter(user=world.user("county-reviewer")).first()
    return Delegation.objects.create(
        post=post,
        lender=post.user,
        to=world.user("county-clerk"),
        starts=date(2026, 11, 1),
        ends=date(2026, 11, 30),
        document_number="蒙人社代〔2026〕1号",
        made_by=world.user("county-supervisor"),
        made_at=world.START,
    )


def side() -> Side:
    """On which side an official stands."""
    return world.user("county-reviewer").side


def saved_search() -> SavedSearch:
    """A search an official begins with."""
    user = world.user("county-reviewer")
    fields = {"name": "本周", "query": "due=week", "is_default": True, "created_at": world.START}
    return SavedSearch.objects.create(user=user, **fields)


def look() -> LookPreference:
    """How pages are to look for somebody."""
    return LookPreference.objects.create(user=world.user("applicant"), elder_size=2, changed_at=world.START)
