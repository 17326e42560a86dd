"""A post lent to a colleague, for tests of what is done on it."""

from datetime import datetime, timedelta

from people import delegating
from people.delegating import Terms
from people.models import Office, User


def lend(lender: User, to: User, office: Office, role: str, at: datetime) -> None:
    """For thirty days from the day on."""
    post = lender.posts.get(office=office, role=role)
    day = at.date()
    terms = {"to": to.username, "starts": day, "ends": day + timedelta(days=30), "document_number": "代〔2026〕1号"}
    delegating.lend(lender, post.pk, Terms(**terms), at)
