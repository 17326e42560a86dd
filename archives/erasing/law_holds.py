"""依法保全: what a court, an audit or a superior asks to be kept is not erased, whatever its time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications.models import Application, CaseActor
from applications.states import State
from archives import access
from archives.models import FiledCase, LegalHold
from audit import chain
from helping.models import HelpedCase
from people import vault
from people.areas import inside
from people.identity import IdentityError, check_id
from people.models import Division, Person, User
from people.refusals import Conflict, Invalid, NotFound
from schemes.models import Scheme
from workflows.models import WorkItem

SEALED = "legal-hold"
Reach = LegalHold.Reach


@dataclass(frozen=True)
class Asked:
    """A hold as it is asked for: `about` is a case number, a citizen ID, the code of a scheme or of a division."""

    reach: str
    about: str
    document: str
    reason: str
    starts: date
    ends: date | None = None


def place(user: User, office_pk: int, asked: Asked, at: datetime) -> LegalHold:
    """Hold something for one of the user's offices. Raises NotFound for another's, Invalid for what is unknown."""
    office = access.office_of(user, office_pk, at)
    target = _target(office.pk, office.division, asked)
    with transaction.atomic():
        key = vault.new_data_key()
        key.save()
        hold = LegalHold.objects.create(
            reach=asked.reach,
            office=office,
            document=asked.document.strip(),
            data_key=key,
            reason=vault.encrypt(key, asked.reason.strip(), SEALED),
            starts=asked.starts,
            ends=asked.ends,
            placed_by=user,
            placed_at=at,
            **target,
        )
        _note(hold, user, "archive.law_held", at)
    return hold


def lift(user: User, pk: int, at: datetime) -> LegalHold:
    """End a hold of one of the user's offices. Raises NotFound, Conflict where it ended."""
    with transaction.atomic():
        rows = held_by(user, at).select_for_update(of=("self",), no_key=True)
        hold = rows.filter(pk=pk).first()
        if hold is None:
            raise NotFound()
        if hold.lifted_at is not None:
            raise Conflict(_("这项保全已经解除。"), code="not_held")
        hold.lifted_by, hold.lifted_at = user, at
        hold.save(update_fields=["lifted_by", "lifted_at"])
        _note(hold, user, "archive.law_hold_lifted", at)
    return hold


def held_by(user: User, at: datetime) -> QuerySet[LegalHold]:
    """The holds of the user's offices."""
    return LegalHold.objects.filter(office__in=access.offices_of(user, at))


def reason_of(hold: LegalHold) -> str:
    """Why, in clear. Raises a VaultError where it cannot be opened."""
    return vault.decrypt(hold.data_key, bytes(hold.reason), SEALED)


def standing(on: date) -> QuerySet[LegalHold]:
    """The holds in force on a day, of whichever office."""
    rows = LegalHold.objects.filter(lifted_at__isnull=True, starts__lte=on)
    return rows.filter(Q(ends__isnull=True) | Q(ends__gte=on))


def held_cases(on: date) -> QuerySet[Application]:
    """The cases of which nothing is erased on a day."""
    holds = list(standing(on))
    wanted = Q(pk__in=[hold.application_id for hold in holds if hold.reach == Reach.CASE])
    persons = [hold.person_id for hold in holds if hold.reach == Reach.PERSON]
    wanted |= Q(subject__in=persons) | Q(payee__in=persons) | Q(pk__in=_named(persons)) | _begun(persons)
    for hold in holds:
        if hold.reach == Reach.SCHEME:
            wanted |= Q(scheme_code=hold.scheme_code) & inside("division", [hold.division_id])
    places = [hold.division_id for hold in holds if hold.reach == Reach.DIVISION]
    return Application.objects.filter(wanted | inside("division", places))


def is_held(person: Person, on: date) -> bool:
    """Whether a hold names the person."""
    return standing(on).filter(person=person).exists()


def _begun(persons: list[int]) -> Q:
    """Drafts name no parties yet: those whose account is one of these persons', or that somebody began for them."""
    mine = Q(filed_by__person__in=persons) | Q(pk__in=_helped(persons))
    return Q(state=State.DRAFT) & mine


def _helped(persons: list[int]) -> QuerySet:
    return HelpedCase.objects.filter(mandate__person__in=persons).values("application")


def _named(persons: list[int]) -> QuerySet:
    who = [f"person:{pk}" for pk in persons]
    return CaseActor.objects.filter(who__in=who, capacity=CaseActor.Capacity.PARTY).values("application")


def _target(office: int, division: Division, asked: Asked) -> dict[str, object]:
    about = asked.about.strip()
    found = {Reach.CASE: _case, Reach.PERSON: _person, Reach.SCHEME: _scheme, Reach.DIVISION: _division}
    target = found[asked.reach](about, office, division)
    if target is None:
        raise Invalid(errors={"about": _("没有找到，或者不属于您所在的机关。请核对后再填。")})
    return target


def _case(number: str, office: int, _place: Division) -> dict[str, object] | None:
    case = Application.objects.filter(number=number).first() if number else None
    return {"application": case} if case and _knows(office, Q(pk=case.pk)) else None


def _person(number: str, office: int, _place: Division) -> dict[str, object] | None:
    try:
        index = vault.blind_index("id", check_id(number).number)
    except IdentityError as error:
        raise Invalid(errors={"about": str(error.message)}) from error
    person = Person.objects.filter(id_index=index).first()
    known = person and _knows(office, Q(subject=person) | Q(payee=person) | Q(pk__in=_named([person.pk])))
    return {"person": person} if known else None


def _scheme(code: str, _office: int, place: Division) -> dict[str, object] | None:
    return {"scheme_code": code, "division": place} if Scheme.objects.filter(pk=code).exists() else None


def _division(code: str, _office: int, place: Division) -> dict[str, object] | None:
    """A place that is the office's own, or lies in it."""
    division = Division.objects.filter(pk=code).filter(Q(pk=place.pk) | _below(place)).first()
    return {"division": division} if division else None


def _below(place: Division) -> Q:
    return Q(county_id=place.pk) | Q(prefecture_id=place.pk) | Q(province_id=place.pk)


def _knows(office: int, cases: Q) -> bool:
    """Whether the office has, had or keeps one of the cases."""
    found = Application.objects.filter(cases)
    had = WorkItem.objects.filter(case_id__in=found.values("pk"), queue__office=office)
    return had.exists() or FiledCase.objects.filter(application__in=found, volume__office=office).exists()


def _note(hold: LegalHold, user: User, action: str, at: datetime) -> None:
    """In the stream of the office, which its auditors read."""
    subject = hold.application.public_id if hold.application else f"hold-{hold.pk}"
    data = {"hold": hold.pk, "reach": hold.reach, "office": hold.office_id}
    chain.append(f"staff:{hold.office_id}", action, actor=user.username, at=at, subject=subject, data=data)
