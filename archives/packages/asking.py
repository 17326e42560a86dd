"""Asking for a package, and handing it out: to who keeps the office's files, each time on the record."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain as one_after_another

from django.db import transaction
from django.utils.translation import gettext as _

from archives import access, volumes
from archives.models import Handover, Package, Volume
from archives.packages.work import context_of, make_package
from audit import chain
from papers.models import Paper
from people import sealed_streams, vault
from people.models import User
from people.refusals import Conflict


def ask_for_volume(user: User, pk: int, at: datetime) -> Package:
    """Have a file packed; one that is being packed already is not packed twice. Raises NotFound, Refused."""
    access.volume_for(user, pk, at)
    with transaction.atomic():
        return _asked(user, at, volume=volumes.locked(pk))


def ask_for_handover(user: User, pk: int, at: datetime) -> Package:
    """Have all files of a list packed, with the list. Raises NotFound, Refused, Conflict before it is printed."""
    access.check_not_close_to_list(user, access.handover_for(user, pk, at))
    with transaction.atomic():
        rows = Handover.objects.select_related("paper").select_for_update(of=("self",), no_key=True)
        handover = rows.get(pk=pk)
        if handover.paper.state != Paper.State.READY:
            raise Conflict(_("移交清单还没有生成，请过一会儿再导出。"), code="paper_not_ready")
        return _asked(user, at, handover=handover)


def _asked(user: User, at: datetime, **of: Volume | Handover) -> Package:
    waiting = Package.objects.filter(state=Package.State.QUEUED, **of).first()
    if waiting is not None:
        return waiting
    key = vault.new_data_key()
    key.save()
    package = Package.objects.create(data_key=key, asked_by=user, asked_at=at, next_attempt_at=at, **of)
    told = {"subject": package.subject, "data": {"package": package.pk}}
    chain.append(package.stream, "archive.package_asked", actor=user.username, at=at, **told)
    transaction.on_commit(lambda: make_package.enqueue(package.pk))
    return package


def opened(package: Package, at: datetime) -> Iterator[bytes]:
    """The package, frame by frame. The caller has checked who asks and recorded it. Raises Conflict when it is not
    ready, or was kept long enough."""
    if package.state != Package.State.READY or package.expires_at <= at:
        raise Conflict(_("这个导出包还没有生成好，或者已经过期。请返回查看，需要时重新导出。"), code="not_ready")
    frames = sealed_streams.reading(package.stored, package.data_key, context_of(package))
    try:
        return one_after_another([next(frames)], frames)
    except (vault.VaultError, FileNotFoundError) as error:
        raise Conflict(_("这个导出包无法打开，请重新导出，或者联系管理员。"), code="unreadable") from error
