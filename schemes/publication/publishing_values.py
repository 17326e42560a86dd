"""A policy value comes into force: beside what there is, in place of it, or cutting it short."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from people.refusals import Conflict
from schemes.files.loading import publish_value
from schemes.models import PolicyValue, Proposal
from schemes.models.versions import Origin
from schemes.publication.proposal_checks import days_of


def publish_value_of(proposal: Proposal) -> PolicyValue:
    """Add the value; what it replaces ends the day before it begins. Raises Conflict."""
    content = proposal.content
    begins, ends = days_of(content)
    replaced = _cut_short(proposal, begins, ends)
    fields = {
        "scheme_id": proposal.scheme_id,
        "division_id": proposal.division_id,
        "clause": proposal.clause,
        **{name: content[name] for name in ("name", "value", "basis", "note")},
        "valid_from": begins,
        "valid_to": ends,
    }
    return publish_value(fields, replaced, Origin.PEOPLE, proposal.decided_by, proposal.decided_at)


def _cut_short(proposal: Proposal, begins: date, ends: date | None) -> PolicyValue | None:
    """The row the new value supersedes: one that would not live a day beside it. A row that began before is cut
    short by a row of its own. Raises Conflict where a row reaches beyond the new value's last day.
    """
    rows = PolicyValue.objects.filter(
        scheme=proposal.scheme_id, division=proposal.division_id, name=proposal.content["name"], successor__isnull=True
    )
    superseded = None
    for row in (row for row in rows if row.overlaps(begins, ends)):
        if ends is not None and (row.valid_to is None or row.valid_to > ends):
            raise Conflict(_("现行参数的有效期超出草案的失效日期。请把草案的有效期延长，或先调整现行参数。"))
        if row.valid_from < begins:
            _end_before(row, begins, proposal)
        elif superseded is None:
            superseded = row
        else:
            raise Conflict(_("草案的有效期覆盖了多条现行参数。请分段提出草案。"))
    return superseded


def _end_before(row: PolicyValue, begins: date, proposal: Proposal) -> None:
    fields = {name: getattr(row, name) for name in ("name", "value", "basis", "note", "valid_from")}
    fields |= {"scheme_id": row.scheme_id, "division_id": row.division_id, "clause_id": row.clause_id}
    fields["valid_to"] = begins - timedelta(days=1)
    publish_value(fields, row, Origin.PEOPLE, proposal.decided_by, proposal.decided_at)
