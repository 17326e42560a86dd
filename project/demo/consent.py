"""Consent of those for whom the demonstration's helper files: said before a witness."""

from datetime import datetime

from applications import answers
from applications.models import Application
from helping.standing import Terms, may_help, record_consent
from people import recording
from people.models import User


def agree_to_help(application: Application, helper: User, at: datetime) -> None:
    """Put the consent on record; nothing for a case of one's own, or where it is there."""
    if not application.for_other:
        return
    told = answers.read(application)
    person = recording.person_with(told["id_number"], told["name"])
    if not may_help(helper, person, at):
        how = "在本人家中读给本人听，本人点头同意。"
        terms = Terms(kind="family", way="oral", helper=helper, witness="见证人甲", how=how)
        record_consent(helper, person, terms, at)
