"""Which cases are over, since when, and whose files they belong in: one statement for lists, clock and filing."""

from datetime import datetime

from django.db.models import Case, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from applications.models import Application
from applications.states import FINAL, State
from approvals.models import Decision, Proceeding
from archives.models import FiledCase
from benefits.models import Due, PhaseOut, Service, Waiver, WaiverRefund
from benefits.models.kinds import PHASE_OUT_OVER, WAIVER_OVER
from benefits.waivers.refunds import with_open_refund
from payouts.models import Batch, Payout
from payouts.models.payouts import SENT
from workflows.models import WorkItem

ENDING = (
    Decision.Kind.GRANT,
    Decision.Kind.REFUSAL,
    Decision.Kind.NOT_ACCEPTED,
    Decision.Kind.ANSWER,
    Decision.Kind.REVOCATION,
    Decision.Kind.STOP,
    Decision.Kind.REDUCTION,
    Decision.Kind.RECOVERY,
    Decision.Kind.NO_ACTION,
)


def closed_cases(at: datetime) -> QuerySet[Application]:
    """Cases that are over by then, each with `closing`, when it was over, and `keeper`, the office whose files it
    belongs in: the one that ended it by a decision, else the one that had it last.

    A granted case is over once nothing more is owed, nothing it gave goes on, and nobody has to act in it.
    """
    over = Application.objects.annotate(closing=_closing(), keeper=_keeper())
    return over.filter(Q(state__in=FINAL) | Q(state=State.GRANTED) & _finished(at), ~_at_work(), closing__lte=at)


def unfiled(at: datetime) -> QuerySet[Application]:
    """Those of them that lie in no file yet, as they were closed last."""
    filed = FiledCase.objects.filter(application=OuterRef("pk"), closing__gte=OuterRef("closing"))
    return closed_cases(at).filter(~Exists(filed), keeper__isnull=False)


def _closing() -> Case:
    """The last of what ended a granted case; for the others the stamp of their state."""
    sent = Batch.objects.filter(payouts__due__application=OuterRef("pk"), payouts__state__in=SENT)
    last_sent = Subquery(sent.order_by("-exported_at").values("exported_at")[:1])
    refunds = WaiverRefund.objects.filter(waiver__application=OuterRef("pk")).order_by("-confirmed_at")
    last_refund = Subquery(refunds.values("confirmed_at")[:1])
    ends = ("waiver__ended_at", "phase_out__ended_at", "phase_out__filed_at", last_refund)
    return Case(
        When(
            state=State.GRANTED,
            then=Greatest(*(Coalesce(end, F("decided_at")) for end in (*ends, last_sent))),
        ),
        default=Coalesce("closed_at", "decided_at"),
    )


def _keeper() -> Coalesce:
    ending = Decision.objects.filter(application=OuterRef("pk"), kind__in=ENDING).order_by("-pk")
    last = WorkItem.objects.filter(case_id=OuterRef("pk")).order_by("-pk")
    return Coalesce(Subquery(ending.values("office")[:1]), Subquery(last.values("queue__office")[:1]))


def _finished(at: datetime) -> Q:
    """Nothing owed that has not left us, no waiver or phase-out that goes on, no service that still holds.

    A relief that ran its course is not finished while the lottery centre has yet to pay back what it owes.
    """
    mine = {"application": OuterRef("pk")}
    left = Payout.objects.filter(due=OuterRef("pk"), state__in=SENT)
    owed = Due.objects.filter(~Exists(left), stop__isnull=True, **mine)
    waivers = Waiver.objects.filter(**mine).exclude(state__in=WAIVER_OVER)
    refunds = with_open_refund(Waiver.objects.filter(**mine))
    phase_outs = PhaseOut.objects.filter(**mine).exclude(state__in=PHASE_OUT_OVER)
    services = Service.objects.filter(valid_to__gte=timezone.localdate(at), **mine)
    return ~Exists(owed) & ~Exists(waivers) & ~Exists(refunds) & ~Exists(phase_outs) & ~Exists(services)


def _at_work() -> Q:
    """Somebody still has to act in it, or the office looks into it by itself."""
    items = WorkItem.objects.filter(case_id=OuterRef("pk"), closed_at__isnull=True)
    looked_into = Proceeding.objects.filter(about=OuterRef("pk"), closed_at__isnull=True)
    return Q(Exists(items)) | Q(Exists(looked_into))


def last_closing(application: Application) -> datetime | None:
    """When the case was filed as closed last; None where it never was."""
    return application.filed_in.aggregate(last=Max("closing"))["last"]
