"""What the clock does for the archive: old closed cases are filed, packages nobody fetched expire."""

import logging
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef

from archives import closing, filing
from papers.models import Paper
from people.refusals import Refused

log = logging.getLogger(__name__)
# assumed: six months, within which a decision can be taken to court; until then a case may well be opened again.
DAYS_AFTER_CLOSING = 180
CASES_A_RUN = 500
HOUR = 3600  # seconds


def file_closed(at: datetime) -> int:
    """File what has been over long enough, oldest first; how many were. What cannot be filed waits for a person.

    Looked for once an hour: half a year is no matter of minutes, and it means walking through every closed case.
    """
    if not cache.add(f"archives:filed:{at:%Y%m%d%H}", True, HOUR):
        return 0
    # Cases with a paper that was given up wait for a person: tried first each hour, they would keep all others out.
    unmade = Paper.objects.filter(case_ref=OuterRef("public_id")).exclude(state=Paper.State.READY)
    old = closing.unfiled(at).filter(~Exists(unmade), closing__lte=at - timedelta(days=DAYS_AFTER_CLOSING))
    waiting = old.order_by("closing", "pk").values_list("public_id", flat=True)[:CASES_A_RUN]
    return sum(_file(public_id, at) for public_id in list(waiting))


def _file(public_id: str, at: datetime) -> int:
    try:
        filing.file_case(None, public_id, at)
    except Refused as refusal:
        log.warning("case %s could not be filed: %s", public_id, refusal.code)
        return 0
    return 1
