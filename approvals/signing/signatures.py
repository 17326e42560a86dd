"""What the first one signed: kept frozen, read again by the second, and who the two are."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from applications import door
from applications.door import Case
from approvals.models import FirstSignature, Opinion
from approvals.said import Answered, Said
from people import vault
from people.models import User
from workflows import engine
from workflows.models import WorkItem

CONTEXT = "signature"
COSIGN, ORDER, FILE = "cosign", "order", "file"
ANSWERS_TO_ORDER = (Opinion.Outcome.EXPLAINED, Opinion.Outcome.CORRECTED)


def keep(case: Case, item: WorkItem, said: Said) -> FirstSignature:
    """Freeze what the first one said."""
    key = case.application.data_key
    return FirstSignature.objects.create(
        application=case.application,
        item=item,
        official=case.user,
        on_behalf_of=case.on_behalf_of,
        said=vault.encrypt_json(key, _plain(said), CONTEXT),
        said_at=case.at,
    )


def first_of(item: WorkItem) -> FirstSignature:
    """The signature a second seat was opened for. Raises DoesNotExist where there is none."""
    waiting = FirstSignature.objects.select_related("official", "application__data_key", "item")
    return waiting.get(item__task_id=item.task_id, result=FirstSignature.Result.WAITING)


def read(first: FirstSignature) -> Said:
    """What the first one said, as it was said. Raises VaultError where it cannot be opened."""
    kept = vault.decrypt_json(first.application.data_key, bytes(first.said), CONTEXT)
    answered = kept["answered"]
    on = date.fromisoformat(answered["on"]) if answered["on"] else None
    points = tuple(tuple(point) for point in kept["points"])
    again = {"answered": Answered(answered["by"], on, answered["number"]), "points": points}
    return Said(**{**kept, **again, "reasons": tuple(kept["reasons"])})


def _plain(said: Said) -> dict[str, Any]:
    plain = asdict(said)
    on = said.answered.on
    plain["answered"]["on"] = on.isoformat() if on else ""
    return plain


def settle(case: Case, first: FirstSignature, result: str) -> None:
    """The second one has spoken."""
    first.second, first.settled_at, first.result = case.user, case.at, result
    first.save(update_fields=["second", "settled_at", "result"])


def signers(case: Case, item: WorkItem, *, final: bool) -> dict[str, Any]:
    """Who made a decision, as its row names them. Raises RuntimeError when two must sign and only one has."""
    stage = engine.definition_of(case.process).stage(item.stage) if case.process else None
    if not (final and stage is not None and stage.two_persons):
        return {"official": case.user, "on_behalf_of": case.on_behalf_of}
    if item.kind != COSIGN:
        raise RuntimeError("a decision that two persons make was reached by one")
    first = first_of(item)
    return {
        "official": first.official,
        "on_behalf_of": first.on_behalf_of,
        "second_official": case.user,
        "second_on_behalf_of": case.on_behalf_of,
        "two_persons": True,
    }


def other_hand_of(item: WorkItem, user: User, for_user: User | None = None) -> str:
    """Why one who spoke before may not speak in this seat, "" when they may: nobody answers themselves.

    For whom the user acts (`for_user`) must not have spoken either.
    """
    both = [user, *([for_user] if for_user else [])]
    if item.kind == COSIGN:
        return _("您已提出决定意见，须由另一位审批人复签。") if _meet(both, _proposers(item)) else ""
    if item.kind == ORDER and _meet(both, _speakers(item, [Opinion.Outcome.ORDER])):
        return _("您已提出责令改正，须由作出决定的机关的其他人员答复。")
    if item.kind == FILE and _meet(both, _speakers(item, ANSWERS_TO_ORDER)):
        return _("您已答复责令改正，须由其他人员备案。")
    return ""


def _proposers(item: WorkItem) -> list[User]:
    first = first_of(item)
    return [one for one in (first.official, first.on_behalf_of) if one is not None]


def _speakers(item: WorkItem, outcomes: list[str] | tuple[str, ...]) -> list[User]:
    spoken = Opinion.objects.filter(item__task_id=item.task_id, outcome__in=outcomes)
    found = spoken.select_related("official", "on_behalf_of")
    return [one for opinion in found for one in (opinion.official, opinion.on_behalf_of) if one is not None]


def _meet(those: list[User], spoken: list[User]) -> bool:
    """Whether one of these has spoken, be it under another account of the same person."""
    known = {user.pk for user in spoken} | {door.identity_of(user) for user in spoken}
    return any(user.pk in known or door.identity_of(user) in known for user in those)
