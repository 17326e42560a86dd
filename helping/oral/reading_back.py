"""Reading an oral application back: what was read is fixed by its hash, who was there is sealed with the case."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from applications import actions
from applications import answers as answers_of
from applications.models import Application
from applications.own import Act
from applications.states import State
from helping.models import OralReading
from helping.standing import bodies_of
from people import vault
from people.identity import IdentityError, check_name, check_phone, normalise_name
from people.models import User
from people.refusals import Conflict, Invalid, Refused

CONTEXT = "oral"
LONGEST = 200


@dataclass(frozen=True)
class Said:
    """Who was witness, how they are reached, and where and how the answers were read back (sign language, dialect)."""

    witness: str
    phone: str
    how: str


def keep(user: User, public_id: str, said: Said, at: datetime, *, version: int | None = None) -> OralReading:
    """Record that the answers of a draft were read back and confirmed, before a witness.

    Raises NotFound, Refused for who is no clerk, Conflict once filed or on a stale page, Invalid for a witness who is a
    party, a relative named in the case, or the clerk.
    """
    if not bodies_of(user, at):
        raise Refused(code="no_office")
    with actions.own_case(user, public_id, at, Act.EDIT, version=version) as case:
        application = case.application
        if application.state != State.DRAFT or not application.for_other:
            raise Conflict(_("只有替别人填写、还没有提交的申请可以登记口头申请。"), code="not_oral")
        answers = answers_of.read(application)
        checked = _checked(said, answers, user)
        reading = OralReading.objects.create(
            application=application,
            answers_sha256=mark_of(answers),
            said=vault.encrypt_json(application.data_key, vars(checked), CONTEXT),
            taken_by=user,
            at=at,
        )
        case.record("oral.read_back", reading=reading.pk)
    return reading


def mark_of(answers: dict[str, Any]) -> str:
    """The hash of what was read: any change of any answer gives another."""
    text = json.dumps(answers, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def latest_of(application: Application) -> OralReading | None:
    """The reading that counts; None for a case that is no oral application."""
    return application.oral_readings.select_related("taken_by").order_by("-pk").first()


def check_unchanged(application: Application) -> None:
    """An oral application is filed as it was read. Raises Invalid where an answer was changed since."""
    reading = latest_of(application)
    if reading is not None and reading.answers_sha256 != mark_of(answers_of.read(application)):
        text = _("读给本人听以后，填写的内容有改动。请把改动后的内容再读给本人听，登记以后再提交。")
        raise Invalid(text, code="read_again")


def said_of(reading: OralReading, application: Application) -> Said:
    """Who was witness and how it was done. The caller has checked who asks and records the reading."""
    return Said(**vault.decrypt_json(application.data_key, bytes(reading.said), CONTEXT))


def _checked(said: Said, answers: dict[str, Any], clerk: User) -> Said:
    errors = {}
    witness = phone = ""
    try:
        witness = check_name(said.witness)
    except IdentityError as error:
        errors["witness"] = str(error.message)
    try:
        phone = check_phone(said.phone)
    except IdentityError as error:
        errors["phone"] = str(error.message)
    how = said.how.strip()
    if not how or len(how) > LONGEST:
        errors["how"] = _("请写明在哪里、用什么话（或者手语）读给本人听的，不超过200个字。")
    if witness and witness in _near(answers):
        errors["witness"] = _("见证人不能是申请人或者申请表里的家庭成员，请另找一位。")
    elif witness and witness == normalise_name(clerk.full_name):
        errors["witness"] = _("见证人不能是您自己，请另找一位。")
    if errors:
        raise Invalid(errors=errors, code="witness")
    return Said(witness, phone, how)


def _near(answers: dict[str, Any]) -> set[str]:
    """Everybody the case names."""
    names = [answers.get("name", ""), *(member.get("name", "") for member in answers.get("household", []))]
    return {normalise_name(name) for name in names if name}
