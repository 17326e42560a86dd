"""The consent of whom a draft is for, recorded by whoever fills it in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from applications import actions
from applications import answers as answers_of
from applications.models import Application
from applications.own import Act
from helping.models import HelpedCase, Mandate
from helping.standing import asking
from helping.standing.limits import link_draft
from helping.standing.naming import person_named
from helping.standing.recording import Terms, record_consent
from people import vault
from people.identity import IdentityError, check_id
from people.models import Person, User
from people.refusals import Conflict, Invalid


def number_in(answers: dict[str, Any]) -> str:
    """The (checked) citizen ID of whom a draft is about; "" while name or number is missing or wrong."""
    try:
        return check_id(answers["id_number"]).number if answers.get("name") else ""
    except (IdentityError, KeyError, TypeError):
        return ""


def known_person(answers: dict[str, Any]) -> Person | None:
    """The person on record whom a draft is about; None where there is none yet."""
    number = number_in(answers)
    return Person.objects.filter(id_index=vault.blind_index("id", number)).first() if number else None


def mandate_of(application: Application, answers: dict[str, Any], user: User, at: datetime) -> Mandate | None:
    """The mandate under which the user may file this draft."""
    helped = HelpedCase.objects.select_related("mandate__person").filter(application=application).first()
    person = helped.mandate.person if helped else known_person(answers)
    return asking.mandate_for(user, person, at) if person else None


def agree(user: User, public_id: str, terms_of: Callable[[], Terms], at: datetime) -> Mandate:
    """Record the consent of whom a draft is for, and bind the draft to it; both or nothing.

    Raises Invalid where the draft does not say yet whom it is for, and as record_consent does.
    """
    terms = terms_of()
    with actions.own_case(user, public_id, at, Act.CONSENT) as case:
        application = case.application
        if not application.for_other or application.by_organisation:
            raise Conflict(_("这份申请是为自己办的，不用登记。"), code="own")
        answers = answers_of.read(application)
        number = number_in(answers)
        if not number:
            raise Invalid(_("请先在申请里填写本人的姓名和身份证号码，再回来登记。"), code="nobody_named")
        mandate = record_consent(user, person_named(answers["name"], number), terms, at)
        if not HelpedCase.objects.filter(application=application).exists():
            link_draft(case, mandate)
        case.record("case.consent_recorded", kind=mandate.kind, way=mandate.way)
    return mandate
