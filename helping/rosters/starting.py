"""An application begun from a roster: the draft of the clerk, for the villager, with what is known filled in."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions
from applications.models import Application
from applications.offers import offers_in
from applications.own import Act
from helping.models import Villager
from helping.rosters import access, keeping
from helping.standing import APPLY, asking
from helping.standing.limits import link_draft
from people import vault
from people.models import User
from people.refusals import Conflict, Invalid
from schemes.definition import APPLICANT, SchemeDefinition

# What the record knows of a person, by the question that asks for it.
KNOWN = {"id_number": "id_number", "disability_certificate": "certificate", "phone": "phone"}


def schemes_for(villager: Villager, on: date) -> list[SchemeDefinition]:
    """What a person of the roster's place can apply for there, by title."""
    county = villager.roster.office.division.at_level("county")
    offers = [one.definition for one in offers_in(county, on) if one.is_open and one.definition.can_be_filed]
    return sorted((one for one in offers if one.applicant != "organisation"), key=lambda one: str(one.title))


def begin(user: User, public_id: uuid.UUID, scheme: str, at: datetime) -> Application:
    """A draft for the villager, bound to their consent. Raises NotFound, Conflict without consent, Invalid."""
    villager = access.villager_of(user, public_id, at)
    mandate = asking.mandate_for(user, villager.person, at, APPLY)
    if mandate is None:
        raise Conflict(_("还没有登记本人的同意，不能替他申请。请先登记同意。"), code="no_mandate")
    if scheme not in {one.code for one in schemes_for(villager, timezone.localdate(at))}:
        raise Invalid(errors={"scheme": _("请选择要申请的事项。")}, code="scheme")
    with transaction.atomic():
        draft = actions.begin(user, scheme, at, for_other=True)
        with actions.own_case(user, draft.public_id, at, Act.CONSENT) as case:
            link_draft(case, mandate)
        known = known_of(villager, draft.definition)
        return actions.save_answers(user, draft.public_id, known, at) if known else draft


def known_of(villager: Villager, definition: SchemeDefinition) -> dict[str, str]:
    """Answers by question name: what the roster and the record of the person say, as far as the scheme asks it."""
    person = villager.person
    asked = {question.name for question in definition.questions(APPLICANT)}
    known = {"name": person.name}
    for name, field in KNOWN.items():
        blob = bytes(getattr(person, field))
        if blob:
            known[name] = vault.decrypt(person.data_key, blob, field)
    if villager.phone:
        known["phone"] = keeping.phone_of(villager)
    return {name: value for name, value in known.items() if name in asked}
