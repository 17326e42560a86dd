"""What letters of authority do to an organisation's cases: the rules the applications room asks for."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from applications.door import Case
from applications.leave import Bound
from applications.models import Application
from applications.own import Act
from helping.organisations import standing
from people.models import User
from people.refusals import Refused

NO_LETTER = _("这个单位须由凭授权委托书登记的经办人办理。请在“我代表的单位”上传有效的委托书，办理机关核对后再办。")


def hidden_from(user: User, at: datetime) -> Q:
    """Cases of organisations that took the user's authority back, or that the user gave up; one that has merely run out
    hides nothing: whoever holds it brings the next.
    """
    mine = standing.confirmed().filter(holder=user, organisation=OuterRef("organisation"))
    return Q(Exists(mine.filter(end__isnull=False)), by_organisation=True) & ~Q(Exists(mine.filter(end__isnull=True)))


def bounds(user: User, cases: Iterable[Application], at: datetime) -> dict[int, Bound]:
    """Every act but reading, where the organisation has letters on record and the user holds none that runs."""
    found = {case.pk: case.organisation_id for case in cases if case.by_organisation and case.organisation_id}
    if not found:
        return {}
    some = standing.confirmed().filter(organisation__in=set(found.values()))
    held = standing.in_force(at).filter(holder=user, organisation__in=set(found.values()))
    closed = set(some.values_list("organisation", flat=True)) - set(held.values_list("organisation", flat=True))
    bound = Bound(frozenset(Act) - {Act.READ}, str(NO_LETTER))
    return {pk: bound for pk, organisation in found.items() if organisation in closed}


def gate(case: Case, act: Act) -> None:
    """Where an organisation has ever had a confirmed letter, only whoever holds one acts for it.

    Raises Refused for all others. An organisation without one is bound to none: its case carries a letter of its own.
    """
    application = case.application
    if not application.by_organisation or application.organisation_id is None or case.user is None or act == Act.READ:
        return
    if not standing.confirmed().filter(organisation=application.organisation_id).exists():
        return
    if not standing.may_act(case.user, application.organisation_id, case.at):
        raise Refused(str(NO_LETTER), code="no_letter")
