"""定期复核: benefits that live on are looked at again every so often; nothing is opened without an official."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from applications.states import State
from approvals import scope
from approvals.exofficio import opening
from approvals.models import BenefitReview
from benefits.stopping import PHASE_OUT_LIVE, WAIVER_LIVE
from people import vault
from people.models import User
from people.posts import posts_of
from people.refusals import Conflict, Invalid, NotFound, Refused

# assumed: no text of the first two divisions states how often; days between two looks.
EVERY: tuple[tuple[Q, timedelta], ...] = (
    (Q(phase_out__state__in=PHASE_OUT_LIVE), timedelta(days=90)),
    (Q(waiver__state__in=WAIVER_LIVE), timedelta(days=365)),
    (Q(service_given__valid_to__isnull=True, service_given__isnull=False), timedelta(days=365)),
)
REVIEWERS = frozenset({"reviewer", "supervisor"})
LISTED = 100
TEXT = "benefit_review"


@dataclass(frozen=True)
class ReviewDue:
    """A benefit to be looked at, and when it was looked at last (or granted)."""

    application: Application
    since: datetime


def due_reviews(user: User, at: datetime) -> list[ReviewDue]:
    """What the user's offices granted and have not looked at for long enough, the oldest first."""
    found = _living(user, at).annotate(since=Coalesce(Max("benefit_reviews__at"), "decided_at"))
    over = Q(pk=None)
    for living, between in EVERY:
        over |= living & Q(since__lte=at - between)
    rows = found.filter(over).select_related("scheme_version", "subject", "organisation", "division")
    return [ReviewDue(row, row.since) for row in rows.order_by("since", "pk")[:LISTED]]


def _living(user: User, at: datetime) -> QuerySet[Application]:
    offices = {post.office_id for post in posts_of(user, at) if post.role in REVIEWERS}
    granted = scope.visible_cases(user, at).filter(state=State.GRANTED, origin=Application.Origin.ON_APPLICATION)
    return granted.filter(decisions__kind="grant", decisions__office__in=offices).distinct()


def confirm(user: User, public_id: str, text: str, at: datetime) -> BenefitReview:
    """Note that a benefit was looked at and nothing has changed, in words.

    Raises NotFound outside the offices that granted it, Refused for parties and their relatives, Conflict when the
    case is no longer a grant, Invalid without words.
    """
    keys = scope.visible_cases(user, at).filter(public_id=public_id).values_list("pk", "process_ref").first()
    if keys is None:
        raise NotFound()
    if not text.strip():
        raise Invalid(errors={"text": _("请写明核对了什么、结论是什么。")})
    with door.open_locked(*keys, user=user, at=at) as case:
        application = case.application
        if application.state != State.GRANTED:
            raise Conflict(_("这项待遇已经不再有效，不需要复核。"), code="not_granted")
        if door.recused(application, user):
            raise Refused(_("您是本案当事人、其近亲属或有利害关系，应当回避，须由其他工作人员办理。"), code="recusal")
        if not opening.role_for(user, application, at):
            raise NotFound()
        sealed = vault.encrypt(application.data_key, text.strip(), TEXT)
        done = BenefitReview.objects.create(application=application, by=user, at=at, text=sealed)
        case.record("benefit.reviewed", review=done.pk)
    return done
