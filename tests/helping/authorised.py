"""An organisation's letters of authority, brought and confirmed, for tests."""

from datetime import timedelta

from applications.uploads import CleanFile
from helping.models import LetterEnd, LetterRuling, OrganisationLetter
from helping.organisations import bringing, ruling
from helping.organisations.bringing import Brought
from project.demo.clerks import Case
from tests import institution, world

AT = world.START + timedelta(days=1)
SCAN = CleanFile("letter.pdf", "application/pdf", b"%PDF-1.7 sealed")
CLERK = "clerk-of-dpf"


def filed() -> Case:
    """A case of the organisation, which the applicant's account filed. The scheme has to be published."""
    return institution.case().submit()


def brought(by: str = "applicant", at=AT, **changes) -> OrganisationLetter:
    """A letter for the organisation that waits for the office."""
    given = {
        "uscc": institution.code_of(),
        "name": institution.NAME,
        "starts": at.date() - timedelta(days=3),
        "ends": at.date() + timedelta(days=365),
        "scan": SCAN,
        **changes,
    }
    return bringing.bring(world.user(by), Brought(**given), at)


def confirmed(by: str = "applicant", at=AT, **changes) -> OrganisationLetter:
    """One that was confirmed."""
    letter = brought(by, at, **changes)
    ruling.confirm(world.user(CLERK), letter.public_id, at)
    return letter


def row() -> OrganisationLetter:
    """A letter of an organisation the site did not know."""
    return brought()


def ruled() -> LetterRuling:
    """What an official said of a letter."""
    institution.publish()
    filed()
    return ruling.confirm(world.user(CLERK), brought().public_id, AT)


def ended() -> LetterEnd:
    """A letter its holder gave up."""
    return bringing.give_up(world.user("applicant"), ruled().letter.public_id, AT)
