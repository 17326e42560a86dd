"""All that is kept about an account: itself, the person it belongs to, its cases, what it agreed to."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from applications import own
from applications.models import Application
from archives.my_data.verdicts import Verdict, verdicts_on
from people import consents, vault
from people.masking import masked_account, masked_id, masked_phone
from people.models import Consent, Person, User

MOST_CASES = 200
FIELDS = {"id_number": masked_id, "certificate": masked_account, "phone": masked_phone, "account": masked_account}


@dataclass(frozen=True)
class Kept:
    """One case, and what can be erased of it."""

    application: Application
    verdict: Verdict


def cases_of(user: User, at: datetime) -> list[Kept]:
    """The cases of the account, newest first."""
    related = ("scheme_version", "subject", "organisation", "data_key", "draft_warning")
    rows = list(own.cases_of(user, at).select_related(*related).order_by("-pk")[:MOST_CASES])
    return [Kept(row, verdict) for row, verdict in zip(rows, verdicts_on(rows, at), strict=True)]


def person_of(user: User) -> Person | None:
    """The person the account belongs to, where that was proved; what one merely typed proves nothing."""
    return Person.objects.select_related("data_key").filter(pk=user.person_id).first() if user.person_id else None


def numbers_of(person: Person, *, masked: bool) -> dict[str, str]:
    """What the record of a person holds, by field; "" where there is nothing."""
    clear = {field: _clear(person, field) for field in FIELDS}
    return {field: FIELDS[field](value) if masked and value else value for field, value in clear.items()}


def labels() -> dict[str, str]:
    """How the fields are called."""
    return {
        "id_number": _("身份证号"),
        "certificate": _("残疾人证号"),
        "phone": _("手机号码"),
        "account": _("银行账号"),
    }


def consents_of(user: User) -> list[Consent]:
    """What the account agreed to, newest first."""
    return list(consents.given_by(user))


def _clear(person: Person, field: str) -> str:
    sealed = bytes(getattr(person, field))
    return vault.decrypt(person.data_key, sealed, field) if sealed else ""
