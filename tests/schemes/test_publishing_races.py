"""Two people at the same moment: one acts, the other is told; nothing comes into force twice."""

from datetime import date

import pytest

from people.refusals import Refused
from schemes.models import PolicyValue, Proposal
from schemes.publication import policy_desk
from tests.schemes.conftest import AT
from tests.schemes.desk import GRANT, HONGHE, editor, publisher, submitted, value_draft

pytestmark = [pytest.mark.postgres_threads, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("founded")]


def told(act):
    """What became of an act."""
    try:
        act()
    except Refused as refusal:
        return refusal.code
    return "done"


def test_of_two_publishers_one_publishes(race):
    proposal = submitted(editor(), value_draft())
    users = [publisher(HONGHE, "first"), publisher(HONGHE, "second")]
    ends = race(*[lambda user=user: told(lambda: policy_desk.publish(user, proposal.pk, AT)) for user in users])
    assert sorted(map(str, ends)) == ["conflict", "done"]
    assert PolicyValue.objects.filter(value="1200.00").count() == 1


def test_a_proposal_is_withdrawn_or_published_never_both(race):
    author, other = editor(), publisher()
    proposal = submitted(author, value_draft())
    ends = race(
        lambda: told(lambda: policy_desk.withdraw(author, proposal.pk, AT)),
        lambda: told(lambda: policy_desk.publish(other, proposal.pk, AT)),
    )
    assert sorted(map(str, ends)).count("done") == 1
    published = PolicyValue.objects.filter(value="1200.00").exists()
    assert Proposal.objects.get().state == ("published" if published else "withdrawn")


def test_two_values_for_the_same_days_are_in_force_one_after_the_other_never_beside_each_other(race):
    drafts = [submitted(editor(), value_draft(value=value)) for value in ("1200.00", "1300.00")]
    user = publisher()
    race(*[lambda pk=draft.pk: told(lambda: policy_desk.publish(user, pk, AT)) for draft in drafts])
    rows = PolicyValue.objects.filter(scheme=GRANT, division=HONGHE, name="amount", successor__isnull=True)
    assert sum(row.overlaps(date(2027, 6, 1), date(2027, 6, 1)) for row in rows) == 1
