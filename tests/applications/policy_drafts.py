"""Drafts of the policy to try on real cases, and those who may try them."""

from datetime import date, timedelta

from people.models import Office
from people.posts import appoint
from schemes.models import PolicyClause, current_version
from schemes.publication.publishing import DraftValue, propose_value, propose_version, publish, reject
from tests import world

GRANT = "grad-jobseeking"
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


def draft_value(value="1200.00", division="532500", name="amount", begins=date(2027, 1, 1)):
    """A drafted value of the grant in Honghe; by default one that begins next year."""
    clause = PolicyClause.objects.filter(document="honghe-2025-47", scheme=GRANT).first()
    draft = DraftValue(GRANT, division, name, value, clause, "stated", begins, date(2027, 12, 31))
    return propose_value(draft, "调整标准", by="policy-editor", at=world.START)


def draft_version(change, scheme=GRANT):
    """A drafted version of a scheme: `change` gets the content to change."""
    content = current_version(scheme).content
    change(content)
    return propose_version(content, "调整条件", by="policy-editor", at=world.START)


def newer_version(change, scheme=GRANT):
    """A version of a scheme published by two people after the last; `change` gets the content to change."""
    latest = current_version(scheme)
    content, at = latest.content, latest.published_at + timedelta(hours=1)
    change(content)
    drafted = propose_version(content, "调整条件", by="policy-editor", at=at)
    return publish(drafted.pk, by="policy-publisher", at=at)


def without_study_mode(content):
    """The grant for every way of studying."""
    content["requirements"] = [rule for rule in content["requirements"] if rule["code"] != "study_mode"]


def closed(proposal):
    """The same proposal, turned down by somebody else."""
    return reject(proposal.pk, "依据不足", by="policy-publisher", at=world.START)


def county_editor(county="532503", role="policy_editor"):
    """Somebody who edits (or publishes) policy in one county only."""
    user = world.user("applicant2")
    office = Office.objects.filter(division_id=county).first()
    appoint(user, office, role, date(2025, 1, 1))
    return user
