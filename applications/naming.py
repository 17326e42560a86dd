"""What a case calls the one it is for: by its own answers, which no other filing can change."""

from collections.abc import Mapping
from typing import Any

from applications import answers as answers_of
from applications.models import Application
from people import vault
from people.identity import normalise_name, normalise_organisation
from people.masking import masked_name


def name_in(application: Application, answers: Mapping[str, Any]) -> str:
    """The organisation's or the person's name in these answers; as recorded where they hold none."""
    if application.by_organisation:
        return normalise_organisation(answers.get("organisation") or "") or application.applicant_name
    return normalise_name(answers.get("name") or "") or application.applicant_name


def name_of(application: Application) -> str:
    """The name in the case's present answers; as recorded where they cannot be opened."""
    try:
        return name_in(application, answers_of.read(application))
    except vault.VaultError:
        return application.applicant_name


def public_name_of(application: Application) -> str:
    """What outsiders see: an organisation's name as it is, a person's masked."""
    name = name_of(application)
    return name if application.by_organisation else masked_name(name)
