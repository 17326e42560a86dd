"""A PIN is made by the one who filed the case, shown once, and replaced whenever they want."""

import hmac
import secrets
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import actions
from applications.models import Application
from applications.own import Act
from applications.states import State
from helping.models import CasePin, PinLookup
from people import vault
from people.models import User
from people.refusals import Conflict

DIGITS = 6
LOOKUPS_SHOWN = 10


def make(user: User, public_id: str, at: datetime) -> str:
    """A new PIN for one's own case, in clear; the one before it ends. Only its keyed hash is kept.

    Raises NotFound for somebody else's case, Conflict for a draft, which nobody can ask about.
    """
    with actions.own_case(user, public_id, at, Act.PIN) as case:
        application = case.application
        if application.state == State.DRAFT:
            raise Conflict(_("申请提交以后才能设置查询密码。"), code="draft")
        replaced = CasePin.objects.filter(application=application, ended_at__isnull=True).update(ended_at=at)
        pin = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        CasePin.objects.create(application=application, digest=digest_of(application, pin), made_by=user, made_at=at)
        case.record("pin.made", replaced=bool(replaced))
    return pin


def digest_of(application: Application, pin: str) -> str:
    """By what a PIN is known again: hashed with a key that is not in the database, and for this case alone."""
    return vault.blind_index("pin", f"{application.public_id}:{pin}")


def fits(application: Application, pin: str, digest: str) -> bool:
    """Whether a digest is that of the PIN, also under an index key that was exchanged since."""
    known = vault.blind_indexes("pin", f"{application.public_id}:{pin}")
    return any(hmac.compare_digest(digest, one) for one in known)


def pin_of(application: Application) -> CasePin | None:
    """The PIN in force, locked ones too; None where there is none."""
    return CasePin.objects.filter(application=application, ended_at__isnull=True).first()


def lookups_of(application: Application) -> QuerySet[PinLookup]:
    """When the hotline looked, or somebody tried, newest first."""
    rows = PinLookup.objects.filter(application=application).select_related("office")
    return rows.order_by("-pk")[:LOOKUPS_SHOWN]
