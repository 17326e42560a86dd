"""Who works with an office's files: those who handle its cases, but for who is close to the party."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import door
from archives.models import FiledCase, Handover, Package, Volume
from people import grants
from people.finding import one_of
from people.models import Office, User
from people.posts import posts_of
from people.refusals import NotFound, Refused

# Who brings cases to their end and oversees that; who decides or pays keeps no files.
ARCHIVE_ROLES = frozenset({"clerk", "reviewer", "supervisor"})


def offices_of(user: User, at: datetime) -> list[Office]:
    """The offices whose files the user keeps, on posts of their own: files are not lent with a post."""
    found = {post.office_id: post.office for post in posts_of(user, at) if post.role in ARCHIVE_ROLES}
    allowed = set(grants.offices_where(user, "view_cases").filter(pk__in=found).values_list("pk", flat=True))
    return [found[pk] for pk in sorted(allowed)]


def office_of(user: User, pk: int, at: datetime) -> Office:
    """One of them. Raises NotFound."""
    for office in offices_of(user, at):
        if office.pk == pk:
            return office
    raise NotFound()


def volumes_of(user: User, at: datetime) -> QuerySet[Volume]:
    """The files of those offices."""
    related = ("office__division", "data_key", "handover__paper")
    return Volume.objects.filter(office__in=offices_of(user, at)).select_related(*related)


def volume_for(user: User, pk: int, at: datetime) -> Volume:
    """One file. Raises NotFound for one of another office, Refused for who is close to a case in it."""
    volume = volumes_of(user, at).filter(pk=pk).first()
    if volume is None:
        raise NotFound()
    check_not_close(user, list(volume.cases.values_list("application", flat=True)))
    return volume


def handovers_of(user: User, at: datetime) -> QuerySet[Handover]:
    """The hand-over lists of those offices."""
    related = ("office__division", "paper__data_key", "made_by")
    return Handover.objects.filter(office__in=offices_of(user, at)).select_related(*related)


def handover_for(user: User, pk: int, at: datetime) -> Handover:
    """One hand-over list. Raises NotFound for one of another office."""
    return one_of(handovers_of(user, at), pk=pk)


def package_for(user: User, pk: int, at: datetime) -> Package:
    """One package of those offices' files. Raises NotFound, Refused for who is close to a case in it."""
    package = Package.objects.select_related("volume", "handover", "data_key").filter(pk=pk).first()
    if package is None:
        raise NotFound()
    if package.volume is not None:
        volume_for(user, package.volume_id, at)
        return package
    handover = handover_for(user, package.handover_id, at)
    check_not_close_to_list(user, handover)
    return package


def check_not_close_to_list(user: User, handover: Handover) -> None:
    """Raise Refused for who is close to a case in one of the files of a list."""
    rows = FiledCase.objects.filter(volume__handover=handover)
    check_not_close(user, list(rows.values_list("application", flat=True)))


def check_not_close(user: User, application_ids: list[int]) -> None:
    """Raise Refused for a party to one of the cases, or somebody close to one."""
    if door.close_to(user, application_ids):
        raise Refused(_("卷内有您本人、近亲属或有利害关系的申请，应当回避，须由其他工作人员办理。"), code="recusal")
