"""Answering a bad rating: by a supervisor who has not acted in the case; the applicant reads the answer."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from applications import door
from applications.models import CaseActor
from approvals.models import Rating
from people import vault
from people.areas import inside
from people.models import User
from people.posts import holds, posts_of
from people.refusals import Conflict, Invalid, NotFound, Refused

ANSWER = "rating_answer"
SUPERVISOR = "supervisor"
# Whoever answers a rating acts at no stage of the case.
STAGE = "rating"


def overseen(user: User, at: datetime) -> QuerySet[Rating]:
    """The ratings of all offices in the divisions of the user's own supervisors' posts."""
    posts = [post for post in posts_of(user, at) if post.role == SUPERVISOR]
    wanted = inside("office__division", {post.office.division_id for post in posts}) if posts else Q(pk=None)
    return Rating.objects.filter(wanted)


def bad_ones(user: User, at: datetime) -> QuerySet[Rating]:
    """Those that need an answer, the most urgent first; who took part in the case sees them once they were answered."""
    related = ("application__data_key", "application__scheme_version", "office", "answered_by")
    found = overseen(user, at).filter(due_at__isnull=False)
    return found.exclude(_kept_from(user)).select_related(*related).order_by("due_at", "pk")


def _kept_from(user: User) -> Q:
    """Unanswered ratings of cases the user, or somebody close to them, has a part in other than answering ratings."""
    parts = door.parts_of(user).exclude(capacity=CaseActor.Capacity.OFFICIAL, stage=STAGE)
    return Q(answered_at__isnull=True) & (Q(by=user) | Exists(parts.filter(application=OuterRef("application"))))


def why_not(user: User, rating: Rating) -> str:
    """Why a user may not answer a rating; "" when they may."""
    if rating.answered_at is not None:
        return _("这条评价已经答复。")
    if rating.by_id == user.pk or door.barred_from(rating.application, user, STAGE):
        return _("您办理过本案，或者是本案当事人、其近亲属，这条评价须由其他工作人员答复。")
    return ""


def answer(user: User, pk: int, words: str, at: datetime) -> Rating:
    """Answer a bad rating, once.

    Raises NotFound outside the user's divisions and for whoever took part in the case, Refused for whoever took part in
    it meanwhile, Conflict when somebody was first, Invalid without words.
    """
    found = bad_ones(user, at).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    if not words.strip():
        raise Invalid(errors={"answer": _("请写明核实的情况和怎样改进。")})
    application = found.application
    with door.open_locked(application.pk, application.process_ref, user=user, at=at) as case:
        rating = Rating.objects.select_for_update(of=("self",), no_key=True).select_related("application").get(pk=pk)
        if rating.answered_at is not None:
            raise Conflict(_("这条评价已由同事答复，您的答复没有保存。"), code="answered")
        posts = [post for post in posts_of(user, at) if post.role == SUPERVISOR]
        if not any(holds(user, SUPERVISOR, post.office, "manage_work", at) for post in posts):
            raise NotFound()
        refused = why_not(user, rating)
        if refused:
            raise Refused(refused, code="four_eyes")
        door.take_seat(case, STAGE)
        rating.answered_by, rating.answered_at = user, at
        rating.answer = vault.encrypt(case.application.data_key, words.strip(), ANSWER)
        rating.save(update_fields=["answered_by", "answered_at", "answer"])
        case.record("rating.answered", rating=rating.pk, level=rating.level)
    return rating
