"""归档: a closed case is put into its party's file, with everything that belongs to it, once a closing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from applications import door
from applications.models import Application
from archives import access, closing, parties, sources, volumes
from archives.models import FiledCase, Piece
from archives.retention import rule_for
from archives.sources import trail
from papers.reading import Altered
from people.models import Office, User
from people.refusals import Conflict, NotFound, Refused
from people.vault import VaultError
from workflows.models import WorkItem

CHINESE = "zh-hans"
UNREADABLE = (VaultError, FileNotFoundError, Altered)


@dataclass(frozen=True)
class Filed:
    """What came of one case: "" where it lies in a file, else why not."""

    number: str
    why_not: str = ""


def file_ticked(user: User, public_ids: Iterable[str], at: datetime) -> list[Filed]:
    """File cases, each in its own transaction. What is refused is told beside what is done."""
    return [_filed(user, public_id, at) for public_id in dict.fromkeys(public_ids)]


def _filed(user: User, public_id: str, at: datetime) -> Filed:
    try:
        return Filed(file_case(user, public_id, at).application.number)
    except Refused as refusal:
        return Filed(public_id, str(refusal.message))


def file_case(user: User | None, public_id: str, at: datetime) -> FiledCase:
    """Put a closed case into its file; filed already as it was closed last, nothing changes.

    `user` is None for the clock. Raises NotFound for a case of another office, Refused for who is close to it,
    Conflict where it is not over, a paper of it is still being made, or something of it cannot be opened.
    """
    with door.open_case(public_id, user=user, at=at) as case, translation.override(CHINESE):
        closed = closing.closed_cases(at).filter(pk=case.application.pk).first()
        keeper = _keeper(user, case.application, closed, at)
        known = case.application.filed_in.filter(closing=closed.closing).first()
        return known or _file(case, keeper, closed.closing)


def _keeper(user: User | None, application: Application, closed: Application | None, at: datetime) -> Office:
    """The office whose files the case belongs in. Raises what keeps it, or the user, out of them."""
    if user is not None:
        offices = {office.pk for office in access.offices_of(user, at)}
        theirs = closed.keeper in offices if closed else _is_of(application, offices)
        if not theirs:
            raise NotFound()
        access.check_not_close(user, [application.pk])
    if closed is None or closed.keeper is None:
        raise Conflict(_("这件申请还没有办结，或者待遇还没有发放完毕，不能归档。"), code="not_closed")
    return Office.objects.select_related("division").get(pk=closed.keeper)


def _is_of(application: Application, offices: set[int]) -> bool:
    """Whether one of the offices has or had the case: its state is then no secret to them."""
    return WorkItem.objects.filter(case_id=application.pk, queue__office__in=offices).exists()


def _file(case: door.Case, keeper: Office, closed_at: datetime) -> FiledCase:
    application, at = case.application, case.at
    year = timezone.localdate(closed_at).year
    gives = application.scheme_version.definition.benefit_kind
    rule = rule_for(gives, application.state, timezone.localdate(closed_at))
    pieces = _pieces(application)
    volume = volumes.open_volume(keeper, parties.party_of(application), year, rule.retention, case.actor, at)
    volumes.keep_as_long(volume, rule.retention)
    row = FiledCase.objects.create(
        volume=volume,
        application=application,
        closing=closed_at,
        state=application.state,
        round=application.round,
        retention=rule.retention,
        basis=rule.basis,
        document=rule.document,
        filed_by=case.user,
        filed_at=at,
    )
    count = volumes.add_pieces(volume, application.pk, pieces)
    case.record("archive.filed", volume=volume.pk, pieces=count)
    volumes.add_pieces(volume, application.pk, [(Piece.Kind.CHAIN, one) for one in trail.found(application)])
    return row


def _pieces(application: Application) -> list:
    try:
        return list(sources.found_in(application))
    except UNREADABLE as error:
        text = _("申请%(number)s的材料有的无法打开，不能归档。请联系管理员。")
        raise Conflict(text % {"number": application.number}, code="unreadable") from error
