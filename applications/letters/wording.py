"""The variables of a letter about a case, filled in from the case."""

from applications.door import Case
from applications.models import Application
from applications.naming import name_of
from papers.capitals import amount_capitals
from papers.wording import day_in_words, named, signer_of
from people.models import Office
from schemes.letters import LETTER_VARIABLES
from schemes.texts import LocalText

# How a standard letter addresses a person, and how an organisation.
YOU = {False: LocalText(zh="您", en="you"), True: LocalText(zh="贵单位", en="you")}


def variables(case: Case, office: Office, **given: str | LocalText) -> dict[str, str | LocalText]:
    """Every variable a letter may use; those that do not apply are empty."""
    return dict.fromkeys(LETTER_VARIABLES, "") | known_of(case.application, office) | given


def known_of(application: Application, office: Office) -> dict[str, str | LocalText]:
    """What a letter by an office may say of a case, whatever the letter is about."""
    amount = application.amount
    known: dict[str, str | LocalText] = {
        "name": name_of(application),
        "you": YOU[application.by_organisation],
        "case_number": application.number,
        "scheme": application.definition.public_title,
        "submitted_on": day_in_words(application.submitted_at),
        "accepted_on": day_in_words(application.accepted_at),
        "organ": named(signer_of(office)),
        "division": named(application.division),
    }
    if amount is not None:
        known |= {"amount": f"{amount:.2f}", "amount_capitals": amount_capitals(amount)}
    return known
