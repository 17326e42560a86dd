"""Which places lie in which: the condition that a row belongs to some divisions or to what lies in them."""

from collections.abc import Iterable

from django.db.models import Q

NATION = "0"


def inside(path: str, codes: Iterable[str]) -> Q:
    """The condition that the division at `path` is one of them or lies in one; never true for no codes."""
    codes = list(codes)
    if NATION in codes:
        return Q(**{f"{path}__isnull": False})
    return Q(
        *[(f"{path}{level}__in", codes) for level in ("", "__county_id", "__prefecture_id", "__province_id")],
        _connector=Q.OR,
    )
