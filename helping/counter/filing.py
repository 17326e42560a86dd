"""From a visit to a filed case: a draft under the mandate, read back as it stands, filed, and nobody's twice."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions, prefill
from applications.door import Case
from applications.models import Application
from applications.offers import Offer, offer_of, offers_in
from helping.counter import visiting
from helping.invites import answering
from helping.models import CounterVisit
from helping.standing import APPLY, may_help
from helping.standing.limits import link_draft
from people.models import User
from people.refusals import Conflict, Refused
from schemes.definition import APPLICANT, SchemeDefinition
from schemes.models import current_version

NAMES = ("name", "id_number", "disability_certificate", "phone")


def offered(visit: CounterVisit, at: datetime) -> list[Offer]:
    """What a person can apply for where the counter is."""
    division = visit.office.division
    found = offers_in(division.at_level("county") or division.pk, timezone.localdate(at))
    return [offer for offer in found if offer.is_open and offer.definition.applicant != "organisation"]


def begin(user: User, public_id: str, scheme: str, at: datetime) -> Application:
    """Begin the draft with what is known of the person. The account is never among it: the person says it.

    Raises Refused without a consent in force, Conflict for a second draft or a scheme that is not open here.
    """
    with transaction.atomic():
        visit = visiting.locked(user, public_id, at)
        if visit.application_id is not None:
            raise Conflict(_("这次窗口办理已经开始填写。"), code="begun")
        if visit.mandate is None or not may_help(user, visit.mandate.person, at, APPLY):
            raise Refused(_("请先登记本人同意由窗口代为填写。"), code="no_consent")
        _check_open(visit, scheme, at)
        application = actions.begin(user, scheme, at, for_other=True)
        link_draft(Case(application, None, user, at), visit.mandate)
        invited = answering.bring_along(user, application, visit.id_index, at)
        known = invited | _known(visit, application.definition)
        application = actions.save_answers(user, application.public_id, known, at)
        visit.application, visit.said = application, b""
        visit.save(update_fields=["application", "said"])
    return application


def _check_open(visit: CounterVisit, scheme: str, at: datetime) -> None:
    version, division = current_version(scheme), visit.office.division
    if version is None or version.definition.applicant == "organisation":
        raise Conflict(_("这个事项不能在这里办理。"), code="not_open")
    offer = offer_of(version.definition, division.at_level("county") or division.pk, timezone.localdate(at))
    if not offer.is_open:
        raise Conflict(offer.told or _("这个事项现在不能在这里申请。"), code="not_open")


def _known(visit: CounterVisit, definition: SchemeDefinition) -> dict[str, str]:
    """What was said counts before what is on record: the card lies on the counter."""
    known = prefill.known_of(visit.mandate.person) | visiting.said_at(visit)
    asked = {question.name for question in definition.questions(APPLICANT)}
    return {name: known[name] for name in NAMES if name in asked and known.get(name)}


def file(user: User, public_id: str, version: int, at: datetime) -> Application:
    """File what was just read back, in one transaction with saying so. Raises what `actions.submit` raises."""
    with transaction.atomic():
        visit = visiting.locked(user, public_id, at)
        if visit.application is None:
            raise Conflict(_("还没有开始填写。"), code="no_draft")
        visit.read_back_at = at
        visit.save(update_fields=["read_back_at"])
        application = actions.submit(user, visit.application.public_id, at, version=version)
        Case(application, None, user, at).record("counter.read_back", office=visit.office_id)
        visiting.end(visit, at)
    return application
