"""抄送: showing a case to officials who do not act on it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from approvals import scope
from approvals.models import CaseCopy, Move
from approvals.moves import hands, table
from approvals.moves.record import WORDS, note_move
from people import vault
from people.models import User
from people.refusals import Invalid, NotFound, Refused
from workflows.models import WorkItem

MOST_READERS = 20


def copy(user: User, application: Application, to_users: Iterable[User], text: str, at: datetime) -> list[CaseCopy]:
    """Let officials read a case: those of its county, or above it in line, who hold a case post and are no party to it.

    Raises NotFound for a case out of sight, Refused for somebody with no part in it, Invalid for readers it cannot
    be shown to.
    """
    with door.open_case(application.public_id, user=user, at=at) as case:
        if not scope.visible_cases(user, at).filter(pk=case.application.pk).exists():
            raise NotFound()
        if not may_copy(user, case.application, at):
            raise Refused(_("您没有办理过本案，不能抄送。"), code="not_yours")
        chosen = _checked(user, case.application, to_users, at)
        key, words = case.application.data_key, text.strip()
        sealed = [vault.encrypt(key, words, WORDS) if words else b"" for _one in chosen]
        made = [
            CaseCopy.objects.create(application=case.application, by=user, to=one, text=blob, at=at)
            for one, blob in zip(chosen, sealed, strict=True)
        ]
        for one in chosen:
            note_move(case, Move.Kind.COPY, to_user=one, text=text)
    return made


def may_copy(user: User, application: Application, at: datetime) -> bool:
    """Whether the user has a part in a case: they act on it, have acted, or oversee an office that has it."""
    who = table.RULES[Move.Kind.COPY].who
    items = WorkItem.objects.filter(case_id=application.pk).select_related("queue__office", "owner")
    return any(who & set(table.standing_of(user, application, item, at)) for item in items)


def mark_read(user: User, application: Application, at: datetime) -> int:
    """The user has read what was copied to them of a case; how many copies that were."""
    return CaseCopy.objects.filter(application=application, to=user, read_at__isnull=True).update(read_at=at)


def _checked(user: User, application: Application, to_users: Iterable[User], at: datetime) -> list[User]:
    chosen = list(dict.fromkeys(to_users))
    able = {reader.pk for reader in hands.readers(application, at, but=user)}
    if not chosen:
        raise Invalid(errors={"to_users": _("请至少选择一位工作人员。")})
    if len(chosen) > MOST_READERS:
        raise Invalid(errors={"to_users": _("一次最多抄送%(most)s人。") % {"most": MOST_READERS}})
    if any(one.pk not in able for one in chosen):
        raise Invalid(errors={"to_users": _("所选人员中有不能查看本案的，请重新选择。")}, code="barred")
    return chosen
