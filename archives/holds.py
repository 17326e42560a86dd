"""暂缓销毁: a file is kept whatever its time, until somebody lifts that; and what falls due.

Nothing is destroyed here: this room only says which files may be.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from archives import access, volumes
from archives.models import Hold, Volume
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid

LONGEST = 500


def place(user: User, pk: int, reason: str, at: datetime) -> Hold:
    """Hold a file. Raises NotFound, Refused for who is close to it, Invalid without a reason, Conflict when it is
    held already."""
    access.volume_for(user, pk, at)
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST:
        raise Invalid(errors={"reason": _("请写明为什么暂缓销毁，最多%(most)s字。") % {"most": LONGEST}})
    with transaction.atomic():
        volume = volumes.locked(pk)
        if current(volume) is not None:
            raise Conflict(_("本卷已经暂缓销毁。"), code="already_held")
        sealed = vault.encrypt(volume.data_key, reason, _context(volume))
        hold = Hold.objects.create(volume=volume, reason=sealed, placed_by=user, placed_at=at)
        volumes.note(volume, user.username, "archive.held", at)
    return hold


def lift(user: User, pk: int, at: datetime) -> Hold:
    """End the hold of a file. Raises NotFound, Refused, Conflict when there is none."""
    access.volume_for(user, pk, at)
    with transaction.atomic():
        volume = volumes.locked(pk)
        hold = current(volume)
        if hold is None:
            raise Conflict(_("本卷没有暂缓销毁。"), code="not_held")
        hold.lifted_by, hold.lifted_at = user, at
        hold.save(update_fields=["lifted_by", "lifted_at"])
        volumes.note(volume, user.username, "archive.hold_lifted", at)
    return hold


def current(volume: Volume) -> Hold | None:
    """The hold in force; None where there is none."""
    return volume.holds.filter(lifted_at__isnull=True).select_related("placed_by").first()


def reason_of(hold: Hold, volume: Volume) -> str:
    """Why, in clear. Raises a VaultError where it cannot be opened."""
    return vault.decrypt(volume.data_key, bytes(hold.reason), _context(volume))


def due(user: User, at: datetime) -> QuerySet[Volume]:
    """The user's files whose time is over, the oldest first, each with `held`: whether it has to be kept all the
    same."""
    holding = Hold.objects.filter(volume=OuterRef("pk"), lifted_at__isnull=True)
    over = access.volumes_of(user, at).filter(expires_on__lte=timezone.localdate(at))
    return over.annotate(held=Exists(holding)).order_by("expires_on", "pk")


def _context(volume: Volume) -> str:
    return f"archive:{volume.pk}:hold"
