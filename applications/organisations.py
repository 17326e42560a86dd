"""From answers to an organisation: for whom an institution applies, and who is paid.

The questions have fixed names: `uscc`, `organisation`, `legal_representative`, `account`, `bank`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q

from applications.models import Application
from applications.states import LIVE
from people import recording, vault
from people.identity import IdentityError, check_organisation, check_uscc, normalise_name
from people.models import Organisation
from people.refusals import Invalid


def organisation_in(case: Application, answers: Mapping[str, Any]) -> Organisation:
    """The organisation the answers name, recorded if new.

    What a case says of it replaces what was known, unless another live case rests on that: whoever knows a code, which
    is public, cannot rename the organisation or redirect its money by filing something else. Raises Invalid naming the
    answer that cannot be right.
    """
    code, name = _checked(answers, "uscc", check_uscc), _checked(answers, "organisation", check_organisation)
    organisation = known_by(code) or recording.new_organisation(code, name)
    if not rests(organisation, besides=case):
        _learn(organisation, name, answers)
        organisation.division = case.division
        organisation.save()
    return organisation


def _checked(answers: Mapping[str, Any], field: str, check: Callable[[str], str]) -> str:
    try:
        return check(answers.get(field) or "")
    except IdentityError as error:
        raise Invalid(errors={field: str(error.message)}) from error


def rests(organisation: Organisation, besides: Application | None = None) -> bool:
    """Whether a live case, `besides` one, rests on what is known of an organisation."""
    live = Application.objects.filter(state__in=LIVE).exclude(pk=besides.pk if besides else None)
    return live.filter(Q(organisation=organisation) | Q(payee_organisation=organisation)).exists()


def known_by(code: str) -> Organisation | None:
    """Locked: of two first filings at one moment the second sees that the first rests on what it said."""
    rows = Organisation.objects.select_for_update(of=("self",), no_key=True).select_related("data_key")
    return rows.filter(uscc=code).first()


def _learn(organisation: Organisation, name: str, answers: Mapping[str, Any]) -> None:
    """Take over what a case says (not yet saved); what it does not say stays."""
    organisation.name = name
    organisation.bank = answers.get("bank") or organisation.bank
    if answers.get("legal_representative"):
        organisation.legal_representative = normalise_name(answers["legal_representative"])
    if answers.get("account"):
        organisation.account = vault.encrypt(organisation.data_key, answers["account"], "account")
        organisation.account_index = vault.blind_index("account", answers["account"])
