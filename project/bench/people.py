"""The offices and accounts that benchmarks play with."""

from django.utils import timezone

from people.models import User
from project.demo import accounts, directory, money


def users() -> dict[str, User]:
    """The demonstration's accounts by name; its offices and budgets are there."""
    directory.build()
    made = accounts.build()
    year = timezone.localdate().year
    money.envelopes(range(year - 1, year + 3))
    return made
