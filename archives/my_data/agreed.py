"""Taking a consent back: what follows is told first, and then done in one piece (个人信息保护法 art. 15)."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications import actions, own
from applications.models import Application
from audit import chain
from people import consents
from people.finding import one_of
from people.models import Consent, User

EFFECTS: dict[str, Promise] = {
    "running": _("这份申请需要使用这些信息才能办理。撤回同意以后，申请随之撤回，不再办理；需要时可以重新申请。"),
    "over": _(
        "这份申请已经办结。撤回以前的办理仍然有效，已经给予的待遇不因此取消；法律规定应当保存的材料，按保管期限保存，"
        "不再用于新的申请。"
    ),
    "no_case": _("以后不再按这项同意使用您的信息。撤回以前的使用仍然有效。"),
}


def consent_of(user: User, pk: int) -> Consent:
    """One's own consent that can be taken back and was not. Raises NotFound."""
    rows = consents.given_by(user).filter(text__withdrawable=True, withdrawal__isnull=True)
    return one_of(rows, pk=pk)


def effect_of(user: User, consent: Consent, at: datetime) -> str:
    """The code (EFFECTS) of what taking it back leads to."""
    case = _case(user, consent, at)
    if case is None:
        return "no_case"
    return "running" if case.is_open and not case.is_ex_officio else "over"


def withdraw(user: User, pk: int, at: datetime) -> Consent:
    """Take a consent back; a case that still runs on it is withdrawn with it. Raises NotFound, Conflict."""
    consent = consent_of(user, pk)
    with transaction.atomic():
        effect = effect_of(user, consent, at)
        if effect == "running":
            actions.withdraw(user, consent.case_ref, at)
        consents.withdraw(user, pk, at)
        data = {"text": str(consent.text), "effect": effect}
        stream = f"case:{consent.case_ref}" if consent.case_ref else f"account:{user.pk}"
        chain.append(stream, "consent.withdrawn", actor=user.username, at=at, subject=consent.case_ref, data=data)
    return consent


def _case(user: User, consent: Consent, at: datetime) -> Application | None:
    return own.cases_of(user, at).filter(public_id=consent.case_ref).first() if consent.case_ref else None
