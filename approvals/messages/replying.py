"""An office answers its applicant: whoever works at the desk of the office that has the case."""

from datetime import datetime

from django.utils.translation import gettext as _

from applications import messages
from applications.door import Case
from applications.models import Application, Message
from approvals.notes.beside import beside, desk_offices
from people.models import Office, User
from people.refusals import Conflict


def write(user: User, public_id: str, text: str, at: datetime) -> Message:
    """Write to the applicant for the office that has the case. The applicant reads the office, not the name.

    Raises NotFound, Refused for recusal, Conflict where another office has the case, Invalid for an empty message.
    """
    with beside(user, public_id, at) as case:
        return messages.keep(case, _office(user, case), text, from_official=True)


def read(user: User, public_id: str, at: datetime) -> int:
    """The office that has the case has read what the applicant wrote; the number of messages that were unread."""
    with beside(user, public_id, at) as case:
        _office(user, case)
        return messages.mark_read(case, from_official=False)


def writes_for(user: User, application: Application, at: datetime) -> Office | None:
    """The office for which a user may write now: the one that has the case, where they work there."""
    office = messages.office_with(application)
    return office if office is not None and office.pk in desk_offices(user, at) else None


def _office(user: User, case: Case) -> Office:
    office = writes_for(user, case.application, case.at)
    if office is None:
        raise Conflict(_("本件现在不由您的单位办理，只能查看留言。"), code="elsewhere")
    return office
