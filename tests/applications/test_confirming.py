"""On a production site a scheme stays closed until its last example is confirmed by two people."""

from datetime import date

import pytest

from applications.offers import offer_of
from schemes.models import PolicyValue, current_version
from schemes.policies import resolve_for
from schemes.publication import policy_desk
from schemes.publication.drafting import DraftValue
from tests import world

pytestmark = pytest.mark.django_db
GRANT, HONGHE, MENGZI = "grad-jobseeking", "532500", "532503"
ON = date(2026, 11, 23)


def confirm(row, at):
    """The same value, stated, from the same day on."""
    draft = DraftValue(
        row.scheme_id, row.division_id, row.name, row.value, row.clause, "stated", row.valid_from, row.valid_to
    )
    editor = world.user("policy-editor")
    proposal = policy_desk.begin(editor, draft.draft("confirmation"), at)
    policy_desk.submit(editor, proposal.pk, "文件已补充说明", at, "自始适用")
    policy_desk.publish(world.user("policy-publisher"), proposal.pk, at)


def test_a_scheme_opens_with_the_confirmation_of_its_last_example(settings, clock, monday):
    settings.DEMO = False
    definition = current_version(GRANT).definition
    assumed = resolve_for(definition, MENGZI, ON).assumed
    rows = list(PolicyValue.objects.filter(scheme=GRANT, division=HONGHE, name__in=assumed, successor__isnull=True))
    assert len(rows) == len(assumed) > 1
    for row in rows:
        assert offer_of(definition, MENGZI, ON).standing == "not_confirmed"
        confirm(row, monday)
    assert offer_of(definition, MENGZI, ON).is_open
