"""The person's answer: they agree and a draft is prefilled for them, or they do not, and may be left alone for good."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications import actions
from applications.models import Application
from helping.invites import inviting
from helping.models import AskNoMore, Invitation
from people import recording, vault
from people.identity import IdentityError, check_id
from people.models import Person, User
from people.refusals import Conflict, Invalid, NotFound
from schemes.definition import APPLICANT, SchemeDefinition
from schemes.models import current_version

State = Invitation.State


def open_ones(at: datetime) -> QuerySet[Invitation]:
    """The invitations that wait for an answer."""
    related = ("office", "division", "data_key")
    return Invitation.objects.filter(state=State.OPEN, expires_at__gt=at).select_related(*related)


def mine(user: User, at: datetime) -> QuerySet[Invitation]:
    """Those to the person the account belongs to."""
    if user.person_id is None:
        return Invitation.objects.none()
    return open_ones(at).filter(id_index=user.person.id_index).order_by("-pk")


def with_code(user: User, code: str, number: str, at: datetime) -> Invitation:
    """The invitation a sheet is of: its code and the ID number have to fit. Raises Invalid, the same for either."""
    try:
        index = vault.blind_index("id", check_id(number).number)
    except IdentityError as error:
        raise Invalid(errors={"number": str(error.message)}) from error
    digests = vault.blind_indexes(inviting.CODE, code)
    found = open_ones(at).filter(code_digest__in=digests, id_index=index).first()
    if found is None or (user.person_id and user.person.id_index != index):
        text = _("邀请码和身份证号码不符，或者邀请已经过期。请对照邀请书再填一遍，或者打邀请书上的电话。")
        raise Invalid(text, code="no_invitation")
    return found


def opened(user: User, public_id: str, shown: list[str], at: datetime) -> Invitation:
    """One's own, or one whose code was entered in this session (`shown`). Raises NotFound."""
    found = open_ones(at).filter(public_id=public_id).first()
    own = found is not None and user.person_id is not None and user.person.id_index == found.id_index
    if found is None or not (own or public_id in shown):
        raise NotFound()
    return found


def accept(user: User, invitation: Invitation, at: datetime) -> Application:
    """Begin a draft of the person's own with what they confirmed. Nothing is filed by this.

    Raises Conflict where it was answered meanwhile, or the scheme cannot be applied for any more.
    """
    with transaction.atomic():
        locked = _locked(invitation)
        told = inviting.told_of(locked)
        application = actions.begin(user, locked.scheme_code, at)
        known = _known(application.definition, told, locked)
        application = actions.save_answers(user, application.public_id, known, at)
        locked.application = application
        _answered(locked, State.ACCEPTED, user, at)
    return application


def bring_along(user: User, application: Application, index: str, at: datetime) -> dict[str, Any]:
    """What an open invitation says for a draft that a helper begins with the person there; it is answered by that.

    Empty where there is none. The caller holds the person's consent, and the transaction.
    """
    found = open_ones(at).filter(id_index=index, scheme_code=application.scheme_code).first()
    if found is None:
        return {}
    locked = _locked(found)
    known = _known(application.definition, inviting.told_of(locked), locked)
    locked.application = application
    _answered(locked, State.ACCEPTED, user, at)
    return known


def _known(definition: SchemeDefinition, told: dict[str, Any], invitation: Invitation) -> dict[str, Any]:
    """What the roster said, for the questions the applicant is asked; the place only where the county is enough."""
    questions = {question.name: question for question in definition.questions(APPLICANT)}
    known = {name: told[name] for name in ("name", "id_number") if name in questions}
    known |= {name: value for name, value in told["facts"].items() if name in questions}
    place = questions.get(definition.case_division)
    by_county = not any(stage.level == "township" for stage in definition.stages)
    if place is not None and place.kind == "division" and by_county and invitation.division.level == "county":
        known.setdefault(place.name, invitation.division_id)
    return known


def decline(user: User, invitation: Invitation, at: datetime, *, ask_no_more: str | None = None) -> None:
    """The person does not apply. `ask_no_more`: do not ask again about this scheme (its code) or ("") about any."""
    with transaction.atomic():
        locked = _locked(invitation)
        if ask_no_more is not None:
            leave_alone(user, _person_of(locked), ask_no_more, at)
        _answered(locked, State.DECLINED, user, at, ask_no_more=ask_no_more is not None)


def _person_of(invitation: Invitation) -> Person:
    """Whoever was invited, on record from now on where they were not: a refusal has to be known again."""
    told = inviting.told_of(invitation)
    return recording.person_with(told["id_number"], told["name"])


def leave_alone(user: User, person: Person, scheme: str, at: datetime) -> None:
    """Note that somebody is not to be asked again; saying it twice is saying it once."""
    rows = [AskNoMore(person=person, scheme_code=scheme, said_by=user, said_at=at)]
    AskNoMore.objects.bulk_create(rows, ignore_conflicts=True)


def left_alone(user: User) -> QuerySet[AskNoMore]:
    """What the person said they do not want to be asked about."""
    if user.person_id is None:
        return AskNoMore.objects.none()
    return AskNoMore.objects.filter(person=user.person_id).order_by("pk")


def ask_again(user: User, pk: int) -> None:
    """Take it back; only the person themselves can. Raises NotFound."""
    if not left_alone(user).filter(pk=pk).delete()[0]:
        raise NotFound()


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("data_key", "division", "office").get(pk=invitation.pk)
    if locked.state != State.OPEN:
        raise Conflict(_("这份邀请已经答复过。"), code="answered")
    if current_version(locked.scheme_code) is None:
        raise Conflict(_("这个事项现在不能申请。"), code="not_open")
    return locked


def _answered(locked: Invitation, state: str, user: User, at: datetime, **data: object) -> None:
    """What the office knew of the person is forgotten with the answer."""
    locked.state, locked.answered_by, locked.ended_at, locked.sealed = state, user, at, b""
    locked.save(update_fields=["state", "answered_by", "ended_at", "sealed", "application"])
    vault.destroy(locked.data_key, at)
    inviting.record(locked, str(state), user.username, at, **data)
