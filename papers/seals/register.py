"""The seals of offices and the register of their use 用印登记."""

from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from papers.models import Paper, Scan, Seal, SealUse
from papers.seals import keys
from papers.seals.faults import SealExpired, SealWithdrawn
from people.models import Office, User

# These bear the signatures of people, not a seal.
SIGNED_BY_HAND = frozenset({Paper.Kind.VISIT_RECORD, Paper.Kind.BATCH_COVER, Paper.Kind.HANDOVER})
# Its text is drawn up before anybody agreed to it: both sides seal and sign it by hand when they conclude it.
CONCLUDED_BY_HAND = frozenset({Paper.Kind.AGREEMENT})


def in_force(on: date) -> Q:
    """The condition that a seal may be used on a day."""
    return Q(withdrawn_at__isnull=True, valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def seals_of(office: Office, kind: str) -> QuerySet[Seal]:
    """The seals an office has or had, the latest first: a township entrusted by the county has the county's."""
    return Seal.objects.filter(office=office.signs_for or office, kind=kind).order_by("-valid_from", "-pk")


def electronic_for(kind: str, office: Office) -> Seal | None:
    """The electronic seal for a paper of this kind that is issued now; None where it is not signed.

    An office whose seal ran out or was withdrawn still gets it: its papers wait for another one, they do not go out
    unsigned. Papers of a practice site have no force, and no signature.
    """
    if settings.PRACTICE or kind in SIGNED_BY_HAND | CONCLUDED_BY_HAND:
        return None
    found = seals_of(office, Seal.Kind.E_SEAL)
    return found.filter(in_force(timezone.localdate())).first() or found.first()


def usable(seal: Seal, on: date) -> Seal:
    """The seal itself, or its office's latest that is in force. Raises SealWithdrawn and SealExpired."""
    theirs = Seal.objects.filter(in_force(on), office=seal.office_id, kind=Seal.Kind.E_SEAL)
    found = theirs.filter(pk=seal.pk).first() or theirs.order_by("-valid_from", "-pk").first()
    if found is not None:
        return found
    raise SealWithdrawn if Seal.objects.filter(pk=seal.pk, withdrawn_at__isnull=False).exists() else SealExpired


def sealed_by_hand(office: Office, on: date) -> Seal | None:
    """The seal of rubber and ink with which an office seals its papers; None where it has an electronic one too."""
    if seals_of(office, Seal.Kind.E_SEAL).exists():
        return None
    return seals_of(office, Seal.Kind.WET).filter(in_force(on)).first()


def hand_seal_for(kind: str, office: Office, on: date) -> Seal | None:
    """The seal of rubber and ink that a paper of this kind bears; None where it bears none or none is registered.

    What both sides conclude by hand is so sealed by an office with an electronic seal too.
    """
    if kind in CONCLUDED_BY_HAND:
        return seals_of(office, Seal.Kind.WET).filter(in_force(on)).first()
    return sealed_by_hand(office, on)


def enter_signature(paper: Paper, seal: Seal, at: datetime) -> None:
    """Enter that a worker signed a paper with an electronic seal."""
    SealUse.objects.create(seal=seal, paper=paper, purpose=SealUse.Purpose.ISSUE, at=at)


def enter_scan(scan: Scan, seal: Seal, by: User) -> None:
    """Enter that an official sealed a paper by hand."""
    purpose = SealUse.Purpose.WET
    SealUse.objects.create(seal=seal, paper=scan.paper, purpose=purpose, at=scan.added_at, by=by.username, scan=scan)


def add_electronic(office: Office, name: str, source: tuple[str, str, str], by: str, at: datetime) -> Seal:
    """Register an electronic seal. `source`: provider, certificates (PEM, its own first), key file or "".

    It is valid from the day on which its certificate begins to the day on which that ends.
    """
    provider, certificate, key_file = source
    own = keys.certificates(certificate)[0]
    return Seal.objects.create(
        office=office,
        kind=Seal.Kind.E_SEAL,
        name=name,
        provider=provider,
        certificate=certificate,
        key_file=key_file,
        serial=keys.serial_of(own),
        valid_from=timezone.localdate(own.not_valid_before),
        valid_to=timezone.localdate(own.not_valid_after),
        added_at=at,
        added_by=by,
    )


def add_wet(office: Office, name: str, first: date, by: str, at: datetime) -> Seal:
    """Register a seal of rubber and ink."""
    kind, provider = Seal.Kind.WET, Seal.Provider.NONE
    return Seal.objects.create(
        office=office, kind=kind, name=name, provider=provider, valid_from=first, added_at=at, added_by=by
    )


def withdraw(seal: Seal, by: str, at: datetime) -> None:
    """Withdraw a seal for good 停用; the first withdrawal stays. Papers it sealed keep their signature."""
    Seal.objects.filter(pk=seal.pk, withdrawn_at__isnull=True).update(withdrawn_at=at, withdrawn_by=by)
