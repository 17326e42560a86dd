"""Whatever is claimed in whatever order: no month twice, never more than the limit, and the sums agree."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from benefits.models import Due, Entitlement
from people.refusals import Conflict, Invalid
from tests.benefits import claimed

LIMIT, MONTHLY = 6, Decimal("500.00")
CLAIMS = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 4), st.booleans()), min_size=2, max_size=4)


@contextmanager
def undone() -> Iterator[None]:
    """What one example writes is gone for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def one_by_one(wanted):
    """Grant what the rules and the books allow; some of it is revoked again."""
    for month, months, revoked in wanted:
        case = claimed.before(f"2026-{month:02}-01", months)
        try:
            with transaction.atomic():
                case.say("grant")
        except (Conflict, Invalid):
            continue
        if revoked:
            claimed.measure(case, "revoke")


def agree():
    """The months, the counts and the money say the same."""
    months = claimed.months()
    assert len(months) == len(set(months)) <= LIMIT
    counted = Entitlement.objects.aggregate(all=Sum("months_claimed"))["all"] or 0
    paid = Due.objects.filter(stop__isnull=True).aggregate(all=Sum("amount"))["all"] or 0
    assert (counted, paid) == (len(months), len(months) * MONTHLY)
    for row in Entitlement.objects.filter(state__in=("open", "exhausted")):
        assert (row.state == "exhausted") == (row.months_left == 0)


@pytest.mark.slow
@pytest.mark.django_db
def test_claims_in_any_order_never_overlap_nor_exceed_the_limit(clock):
    claimed.publish(LIMIT)

    @hypothesis_settings(max_examples=5)
    @given(CLAIMS)
    def check(wanted):
        with undone():
            one_by_one(wanted)
            agree()

    check()
