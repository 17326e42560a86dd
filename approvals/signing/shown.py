"""What the second one reads before signing, and what an office asked to answer an order reads."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from approvals.models import Opinion
from approvals.outcomes import Outcome
from approvals.signing import signatures
from people import vault
from workflows.models import WorkItem


@dataclass(frozen=True)
class Spoken:
    """What another official said that this seat answers: outcome, who, when, reasons and words."""

    outcome: str
    by: str
    at: datetime
    text: str = ""
    reasons: tuple[str, ...] = ()


def first_word(item: WorkItem | None) -> Spoken | None:
    """The proposal a second seat is about; None at every other seat."""
    if item is None or item.kind != signatures.COSIGN or item.closed_at is not None:
        return None
    first = signatures.first_of(item)
    by = f"{first.official} · {first.item.queue.office.label}"
    try:
        said = signatures.read(first)
    except vault.VaultError:
        return Spoken(_("（内容无法解密）"), by, first.said_at)
    known = {reason.code: str(reason.label) for reason in first.application.definition.refusal_reasons}
    reasons = tuple(known.get(code, code) for code in said.reasons)
    return Spoken(str(Outcome(said.outcome).label), by, first.said_at, said.text, reasons)


def order_words(item: WorkItem | None) -> Spoken | None:
    """What was last said between the two offices of an order, for the one whose turn it is."""
    if item is None or item.kind not in (signatures.ORDER, signatures.FILE):
        return None
    between = [Outcome.ORDER, *signatures.ANSWERS_TO_ORDER]
    spoken = Opinion.objects.filter(item__task_id=item.task_id, outcome__in=between)
    last = spoken.select_related("official", "office", "application__data_key").order_by("-pk").first()
    if last is None:
        return None
    by = f"{last.official} · {last.office.label}"
    try:
        text = vault.decrypt(last.application.data_key, bytes(last.text), "opinion")
    except vault.VaultError:
        text = _("（内容无法解密）")
    return Spoken(str(Outcome(last.outcome).label), by, last.said_at, text)
