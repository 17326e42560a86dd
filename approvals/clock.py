"""What happens to notices by the clock."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from applications.each import done_for_each
from applications.states import State
from approvals import notices
from approvals.models import Objection, PublicNotice


def end_notices(at: datetime) -> int:
    """End notices whose days are over and that no open objection holds up; the number ended."""
    open_objections = Objection.objects.filter(notice=OuterRef("pk"), handled_at__isnull=True)
    over = Q(ends_at__lt=at) & ~Exists(open_objections)
    due = PublicNotice.objects.filter(ended_at__isnull=True).filter(over | ~Q(application__state=State.NOTICED))
    public_ids = list(due.order_by("pk").values_list("application__public_id", flat=True))
    return done_for_each(public_ids, lambda public_id: notices.end(public_id, at))
