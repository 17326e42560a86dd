"""Inviting people a matching found, each with a letter and a short code; nobody who is left alone or invited."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.models.application import ALPHABET
from audit import chain
from helping.invites import access, matching
from helping.models import Invitation, Match, Matching
from people import vault
from people.finding import one_of
from people.models import Person, User
from people.refusals import Conflict
from schemes.models import current_version
from telling import outbox, recipients

TOLD, CODE = "invitation.told", "invitation"
CODE_LENGTH = 10
# Somebody of whom facts are missing may be asked too: they know them.
INVITED = frozenset({Match.Verdict.ELIGIBLE, Match.Verdict.UNSURE})


def invite(user: User, pk: int, chosen: Collection[int], at: datetime) -> int:
    """Invite those of a matching who were chosen and whom nothing keeps from it; how many were invited.

    Raises NotFound, and Conflict for a matching that has not ended or was erased.
    """
    found = matching.matching_of(user, pk, at)
    if found.ended_at is None or found.erased_at is not None or found.expires_at <= at:
        raise Conflict(_("比对还没有完成，或者名单已经到期删除。"), code="no_matching")
    matches = Match.objects.filter(matching=found, pk__in=list(chosen), verdict__in=INVITED).order_by("pk")
    kept_out = matching.excluded(found.scheme_version.definition, [match.id_index for match in matches])
    sources = [{"source": one.source, "basis": one.legal_basis} for one in matching.rosters_in(found)]
    wanted = [match for match in matches if match.id_index not in kept_out]
    return sum(_invite_one(user, found, match, sources, at) for match in wanted)


def _invite_one(user: User, found: Matching, match: Match, sources: list[dict[str, str]], at: datetime) -> bool:
    """False where somebody else invited them a moment ago: the database has one open invitation a person and scheme."""
    told = matching.told_of(match, found.data_key)
    code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
    try:
        with transaction.atomic():
            key = vault.new_data_key()
            key.save()
            invitation = Invitation.objects.create(
                office=found.office,
                scheme_code=found.scheme_version.scheme_id,
                division=found.division,
                id_index=match.id_index,
                code_digest=digest_of(code),
                data_key=key,
                sealed=vault.encrypt_json(key, {**told, "code": code, "sources": sources}, TOLD),
                invited_by=user,
                invited_at=at,
                expires_at=found.expires_at,
            )
            Match.objects.filter(pk=match.pk).update(verdict=Match.Verdict.INVITED)
            record(invitation, "sent", user.username, at)
            tell_invited(invitation)
    except IntegrityError:
        return False
    return True


def tell_invited(invitation: Invitation) -> None:
    """What follows an invitation besides its sheet: it stands in the person's own account, found by their number.

    Where they are known they are told too, inside the transaction; what leaves the site names no scheme.
    """
    record(invitation, "shown_on_site", "clock", invitation.invited_at)
    person = Person.objects.filter(id_index=invitation.id_index).values_list("pk", flat=True).first()
    if person is None:
        return
    about = outbox.About(invitation.data_key, current_version(invitation.scheme_code).definition.title)
    people = recipients.person(person)
    outbox.tell(f"invitation:{invitation.public_id}", "invitation", about, people, invitation.invited_at)


def digest_of(code: str) -> str:
    """By what a code is known again, however it is grouped."""
    return vault.blind_index(CODE, code)


def invitations_of(user: User, at: datetime) -> QuerySet[Invitation]:
    """What the user's offices sent, newest first."""
    rows = Invitation.objects.filter(office__in=access.offices_of(user, at))
    return rows.select_related("office", "division", "data_key", "invited_by", "application").order_by("-pk")


def invitation_of(user: User, public_id: str, at: datetime) -> Invitation:
    """One of them. Raises NotFound."""
    return one_of(invitations_of(user, at), public_id=public_id)


def told_of(invitation: Invitation) -> dict[str, Any]:
    """Name, number, code, facts, lines, sources; nothing once it was answered or ran out."""
    if invitation.state != Invitation.State.OPEN:
        return {}
    return vault.decrypt_json(invitation.data_key, bytes(invitation.sealed), TOLD)


def record(invitation: Invitation, step: str, actor: str, at: datetime, **data: object) -> None:
    """Append to the invitation's story; codes only."""
    told = {"office": invitation.office_id, "scheme": invitation.scheme_code, **data}
    stream = f"invitation:{invitation.public_id}"
    chain.append(stream, f"invitation.{step}", actor=actor, at=at, subject=invitation.public_id, data=told)
