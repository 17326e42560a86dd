"""会议纪要: written for an open dossier; each writing is a new row, and the latest counts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.dossiers import access, opening
from approvals.dossiers.cases import check_open
from approvals.models import Dossier, DossierMinutes
from people import vault
from people.models import User
from people.refusals import Invalid

CONTEXT = "dossier.minutes"
MOST_PRESENT = 60


@dataclass(frozen=True)
class Present:
    """One who attended: an official's name and office, which are no secret."""

    name: str
    office: str


@dataclass(frozen=True)
class Minutes:
    """A meeting as it was held."""

    held_on: date
    place: str
    chair: str
    present: tuple[Present, ...]
    votes_for: int
    votes_against: int
    abstained: int
    text: str


def write(user: User, pk: int, said: Minutes, at: datetime) -> DossierMinutes:
    """Write the minutes of an open dossier. Raises NotFound, Conflict once it is sealed, Invalid for what is wrong."""
    access.dossier_for(user, pk, at)
    errors = _errors(said, at)
    if errors:
        raise Invalid(errors=errors)
    with transaction.atomic():
        dossier = opening.locked(pk)
        check_open(dossier)
        row = DossierMinutes.objects.create(
            dossier=dossier,
            held_on=said.held_on,
            place=said.place.strip(),
            chair=said.chair.strip(),
            attendance=[vars(one) for one in said.present],
            present=len(said.present),
            votes_for=said.votes_for,
            votes_against=said.votes_against,
            abstained=said.abstained,
            text=vault.encrypt(dossier.data_key, said.text.strip(), CONTEXT),
            written_by=user,
            written_at=at,
        )
        opening.note(dossier, user, "dossier.minutes", at, present=row.present, agreed=row.votes_for)
    return row


def _errors(said: Minutes, at: datetime) -> dict[str, str]:
    errors = {}
    names = {one.name for one in said.present}
    votes = said.votes_for + said.votes_against + said.abstained
    if said.held_on > timezone.localdate(at):
        errors["held_on"] = _("会议日期不能晚于今天。")
    if not 1 <= len(said.present) <= MOST_PRESENT or len(set(said.present)) < len(said.present):
        errors["attendance"] = _("请每行写一位到会人员，不要重复，最多%(most)s位。") % {"most": MOST_PRESENT}
    elif said.chair.strip() not in names:
        errors["chair"] = _("主持人应在到会人员名单中，请核对姓名。")
    if votes != len(said.present) or min(said.votes_for, said.votes_against, said.abstained) < 0:
        errors["votes_for"] = _("同意、反对、弃权共%(votes)s票，与到会%(present)s人不符。") % {
            "votes": votes,
            "present": len(said.present),
        }
    if not said.text.strip():
        errors["text"] = _("请写明讨论的情况和结论。")
    return errors


def latest(dossier: Dossier) -> DossierMinutes | None:
    """The minutes that count."""
    return DossierMinutes.objects.filter(dossier=dossier).order_by("-pk").first()


def text_of(row: DossierMinutes, dossier: Dossier) -> str:
    """What was said, in clear. Raises a VaultError where it cannot be opened."""
    return vault.decrypt(dossier.data_key, bytes(row.text), CONTEXT)
