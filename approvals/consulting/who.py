"""Who may be asked for an opinion, who may answer, and who may read what was answered."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from applications import door
from applications.models import Application
from applications.states import OPEN
from approvals.models import Consultation
from approvals.seats import Seat
from people.models import Office, Post, User
from people.posts import holds, in_force, posts_of

# The stage of whoever answered: by four eyes they act at no other stage of the case.
ASKED = "asked"
ASKING_ROLES = frozenset({Post.Role.REVIEWER, Post.Role.APPROVER})
ANSWERING_ROLES = frozenset({Post.Role.REVIEWER, Post.Role.EXPERT})
ANSWERING = Post.Role.REVIEWER
EXPERT = Post.Role.EXPERT


def may_ask(seat: Seat) -> bool:
    """Whether the official who would act on the open item may ask for opinions on the case."""
    return seat.may_act and seat.item is not None and seat.item.queue.role in ASKING_ROLES


def offices_to_ask(own: Office, at: datetime) -> QuerySet[Office]:
    """Offices of the prefecture, and of the province itself, where a reviewer can answer; one's own is not asked."""
    staffed = Post.objects.filter(_serving(at), office=OuterRef("pk"), role=ANSWERING)
    division = own.division
    prefecture, province = division.at_level("prefecture"), division.at_level("province")
    inside = Q(division__prefecture_id=prefecture) if prefecture else Q(division__province_id=province)
    here = inside | Q(division_id__in=[code for code in (prefecture, province) if code])
    return Office.objects.filter(here, Exists(staffed)).exclude(pk=own.pk).select_related("division")


def experts_to_ask(own: Office, at: datetime) -> QuerySet[User]:
    """Experts engaged by the office, or by an office of a division it lies in."""
    engaged = Post.objects.filter(
        _serving(at), user=OuterRef("pk"), role=EXPERT, office__division_id__in=own.division.lineage
    )
    return User.objects.filter(Exists(engaged)).order_by("full_name", "pk")


def somebody_free(office: Office, application: Application, at: datetime) -> bool:
    """Whether a reviewer of an office can answer: not a party, no relative, and has not acted at another stage."""
    serving = Post.objects.filter(_serving(at), office=office, role=ANSWERING).select_related("user")
    return any(not door.barred_from(application, post.user, ASKED) for post in serving)


def addressed_to(user: User, at: datetime) -> Q:
    """The consultations that are put to a user: as an expert, or to an office where they review."""
    posts = posts_of(user, at)
    offices = {post.office_id for post in posts if post.role == ANSWERING}
    asked = Q(to_office__in=offices)
    return asked | Q(to_user=user) if any(post.role == EXPERT for post in posts) else asked


def may_answer(user: User, asked: Consultation, at: datetime) -> bool:
    """Whether a user holds the post, and its permission, that a consultation is put to."""
    if asked.to_office is not None:
        return holds(user, ANSWERING, asked.to_office, "review_cases", at)
    engaged = [post.office for post in posts_of(user, at) if post.role == EXPERT]
    return asked.to_user_id == user.pk and any(holds(user, EXPERT, one, "give_opinions", at) for one in engaged)


def may_read_answer(asked: Consultation, offices: Iterable[int]) -> bool:
    """Whether officials of these offices read the answer; a confidential one is for those who asked or answered."""
    return not asked.confidential or bool({asked.by_office_id, asked.to_office_id} & set(offices))


def waiting() -> Q:
    """The consultations that still wait for an answer: none does once its case is decided or closed."""
    return Q(answered_at__isnull=True, withdrawn_at__isnull=True, application__state__in=sorted(OPEN))


def _serving(at: datetime) -> Q:
    return Q(in_force(timezone.localdate(at)), withdrawn=False, user__is_active=True)
