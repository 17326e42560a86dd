"""封卷: another than who opened it fixes the dossier; it is issued as one numbered paper. Locks: dossier → counter."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from approvals.dossiers import access, cases, minutes, opening, sheets
from approvals.models import Dossier, DossierCase
from papers.issuing import issue
from papers.models import Paper
from people.joining import listed
from people.models import User
from people.refusals import Conflict, Invalid, Refused


def seal(user: User, pk: int, at: datetime, *, version: int | None = None) -> Dossier:
    """Seal a dossier: its content is frozen as it stands, numbered and queued to be rendered.

    `version` is the number of cases the sealer saw. Raises NotFound; Refused for who opened it, has no post to seal
    it, or is close to one of its cases; Conflict when it is sealed or was changed meanwhile; Invalid when something is
    missing, or a character cannot be printed.
    """
    access.dossier_for(user, pk, at)
    with transaction.atomic():
        dossier = opening.locked(pk)
        cases.check_open(dossier)
        rows = list(cases.rows_of(dossier))
        _check_sealer(user, dossier, at)
        cases.check_not_close(user, [row.application_id for row in rows])
        if version is not None and version != len(rows):
            raise Conflict(code="stale")
        _check_whole(dossier, rows)
        dossier.paper = _issue(dossier, rows, at)
        dossier.state, dossier.sealed_by, dossier.sealed_at = Dossier.State.SEALED, user, at
        dossier.save()
        opening.note(dossier, user, "dossier.sealed", at, count=len(rows), paper=dossier.paper.number)
    return dossier


def _check_sealer(user: User, dossier: Dossier, at: datetime) -> None:
    if access.is_opener(user, dossier):
        raise Refused(_("立卷人不能自己封卷，须由另一位审核或审批人员封卷。"), code="opener_seals")
    if not access.may_seal(user, dossier, at):
        raise Refused(_("封卷须由本机关的审核或审批人员办理。"), code="not_sealer")


def _check_whole(dossier: Dossier, rows: list[DossierCase]) -> None:
    if not rows:
        raise Invalid(_("卷内还没有申请，不能封卷。"), code="empty")
    if minutes.latest(dossier) is None:
        raise Invalid(_("还没有会议纪要，请先填写再封卷。"), code="no_minutes")
    gone = [row.application.number for row in rows if row.application.state not in opening.PAST_REVIEW]
    if gone:
        text = _("这些申请已撤回、终止或退回补正，请先移出本卷：%(numbers)s。")
        raise Invalid(text % {"numbers": listed(gone)}, code="not_past_review")


def _issue(dossier: Dossier, rows: list[DossierCase], at: datetime) -> Paper:
    definition = rows[0].application.definition
    return issue(
        kind=Paper.Kind.DOSSIER,
        office=dossier.office,
        content=sheets.content_of(dossier, at),
        data_key=dossier.data_key,
        case_ref=f"dossier-{dossier.pk}",
        public_title=definition.public_title.zh,
        public_addressee=dossier.request_to,
        at=at,
    )
